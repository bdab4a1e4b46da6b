"""From a session on disk to the shared document, packed and ready to be sent or written.

Two passes: first each line is read, cut down to what may be shared and redacted; then, when every
secret is known, their echoes are taken out, long results are cut, and all is looked at again and
packed into a temporary file. The header, which needs to know it all, is made last and sent first.
"""

import gc
import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from ..transcript.bundle import SessionFiles, collect
from ..transcript.document import Header, header_line
from ..transcript.facts import Facts
from .draft import Draft
from .environment import Environment
from .exits import ExitStatus, Failure
from .find import Found
from .part import Unread
from .policy import DEFAULT, Policy
from .progress import Advance, bar
from .project import rules
from .redacting import Redaction, Reported
from .second_pass import SecondPass
from .second_reader import FirstPart, with_second
from .spool import Spool, packed
from .writer import DocumentWriter

LONGEST_TITLE = 300
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the sharer wants to be different from what the session says; None = nothing."""

    title: str | None
    expires: str | None
    policy: Policy = DEFAULT


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready. Sizes in bytes."""

    header: Header
    facts: Facts
    """Of the redacted session."""
    head: io.BytesIO
    """The header, a gzip member."""
    body: BinaryIO
    """All other lines, a gzip member; rewound."""
    packed_size: int
    size_before: int
    """What was read."""
    size_after: int
    """What is shared, uncompressed."""
    files: int
    """Subagents and spilled outputs that go along."""
    folders: tuple[str, ...]
    """Folders the session worked in, as its lines say."""
    reported: Reported
    unread: Unread


@contextmanager
def prepared(
    environment: Environment, found: Found, wishes: Wishes, *, quiet: bool
) -> Iterator[Prepared]:
    """The document of a session; its temporary file is gone when the block is left.

    Raises Failure (no session) if the input is none, Failure (usage) for a wrong title.
    """
    if wishes.title is not None and not 0 < len(wishes.title.strip()) <= LONGEST_TITLE:
        raise Failure(ExitStatus.USAGE, f"A title has 1 to {LONGEST_TITLE} characters.")
    gc.freeze()  # what is loaded stays: it need not be looked at again and again
    with Spool() as spool, Draft() as draft:
        redaction = Redaction(environment.home, wishes.policy, environment.user, environment.host)
        writer = DocumentWriter(draft, redaction, found.name)
        files = None if found.path is None else collected(found.path)
        with bar(environment, "Reading", total_size(files), shown=not quiet) as advance:
            read_all(environment, writer, files, advance, wishes.policy)
        writer.finish()
        redaction.search(rules(writer.folders).patterns)
        SecondPass(writer.redaction, draft, spool).run()
        yield finished(writer, spool, files, wishes)


def collected(path: Path) -> SessionFiles:
    """The session's files; Failure (no session) if the main one cannot be read."""
    try:
        return collect(path)
    except OSError as problem:
        raise Failure(
            ExitStatus.NO_SESSION, f"{path} cannot be read: {problem.strerror}."
        ) from problem


def total_size(files: SessionFiles | None) -> int:
    """Bytes on disk, as far as they are known beforehand."""
    if files is None:
        return 0
    beside = [file.path for file in (*files.subagents, *files.spilled)]
    total = 0
    for path in (files.main, *beside):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def read_all(
    environment: Environment,
    writer: DocumentWriter,
    files: SessionFiles | None,
    advance: Advance,
    policy: Policy,
) -> None:
    """Read the main file (or standard input), then what lies beside it."""
    writer.advance = advance
    with ExitStack() as opened:
        if files is None:
            writer.main(opened.enter_context(unpacked(environment.stdin)))
            return
        with files.main.open("rb") as stream, unpacked(stream) as plain:
            if plain is stream:
                read_main(environment, writer, files.main, plain, policy)
            else:
                writer.main(plain)
        for file in files.subagents:
            writer.subagent(file)
        for file in files.spilled:
            writer.spilled(file)


def read_main(
    environment: Environment, writer: DocumentWriter, path: Path, plain: BinaryIO, policy: Policy
) -> None:
    """Read the main file; a long one is read by two processes."""
    with with_second(environment, path, plain, writer.redaction, policy) as source:
        writer.main(source, source if isinstance(source, FirstPart) else None)


@contextmanager
def unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, decompressed if it is gzip, as `redact -o x.gz` writes it."""
    peekable = cast(io.BufferedReader, stream)
    if not hasattr(peekable, "peek"):
        peekable = io.BufferedReader(cast(io.RawIOBase, stream))
    if peekable.peek(2)[:2] != GZIP_MAGIC:
        yield peekable
        return
    try:
        with gzip.GzipFile(fileobj=peekable, mode="rb") as plain:
            yield cast(BinaryIO, io.BufferedReader(plain))
    except (EOFError, gzip.BadGzipFile, gzip.zlib.error) as problem:  # pyright: ignore[reportAttributeAccessIssue]
        raise Failure(
            ExitStatus.NO_SESSION, f"The input is damaged gzip: {problem}.", "Write it again."
        ) from problem


def finished(
    writer: DocumentWriter, spool: Spool, files: SessionFiles | None, wishes: Wishes
) -> Prepared:
    """The prepared document, once everything is read."""
    header = writer.header(files.session_id if files else None)
    if wishes.title is not None:
        title = writer.redaction.text(wishes.title.strip(), "the title")
        header = replace(header, title=title)
    if wishes.expires is not None:
        header = replace(header, expires_in=wishes.expires)
    reported = writer.redaction.reported()
    header = replace(
        header,
        redacted=merged(writer.redacted_before, reported.counts),
        allowed=tuple(writer.redaction.permitted),
    )
    first = header_line(header)
    head = packed(first)
    return Prepared(
        header=header,
        facts=writer.facts.result(),
        head=io.BytesIO(head),
        packed_size=len(head) + spool.finish(),
        body=spool.file,
        size_before=writer.size_before,
        size_after=len(first) + spool.plain_size,
        files=writer.files,
        folders=tuple(writer.folders),
        reported=reported,
        unread=writer.unread,
    )


def merged(before: dict[str, int], now: dict[str, int]) -> dict[str, int]:
    """Counts of an earlier redaction, whose marks are still there, and of this one."""
    return {rule: before.get(rule, 0) + now.get(rule, 0) for rule in sorted({*before, *now})}
