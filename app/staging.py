"""From the spooled document to rows: read, checked, scanned, compressed, before any lock.

What is wrong with an upload is found here, while nothing of it is in the database. Rows wait in
nameless files. A document of some megabytes is staged by a process of its own; a larger one is
read twice at once, here for what it says and by a second process for what is stored of it, if a
processor is free for that.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import IO

from ..transcript.document import DocumentReader, Limits
from ..transcript.facts import Facts
from ..transcript.header import DocumentError, DocumentTooLarge, Header
from ..transcript.model import Json
from . import bodies_process, expiry, images, staging_process
from .bodies import Bodies, milliseconds
from .frames import Frames, Row
from .outline import Outline, Said
from .problems import Problem
from .shared_file import shared_file
from .spool import Spool

_UNTITLED = "Untitled session"


@dataclass(slots=True)
class Staged:
    """An upload, ready to be written; `close` gives its files back. `lifetime` in seconds."""

    said: Said
    dictionary: bytes
    """What the bodies were compressed with."""
    frames: tuple[Frames, ...]
    stored_bytes: int
    """What it takes in the database, the rows' own overhead aside."""

    def close(self) -> None:
        """Give the disk space back."""
        for file in self.frames:
            file.close()

    def rows(self) -> Iterator[tuple[int, Row, bytes | None]]:
        """All rows, as (kind, row, body)."""
        return chain.from_iterable(file.read() for file in self.frames)

    @property
    def header(self) -> Header:
        """The document's first line."""
        return self.said.header

    @property
    def header_json(self) -> Json:
        """The first line as it is given back."""
        return self.header.as_json()

    @property
    def facts(self) -> Facts:
        """What was counted."""
        return self.said.facts

    @property
    def title(self) -> str:
        """The sharer's title, else the session's own."""
        return self.header.title or self.facts.title or _UNTITLED

    @property
    def project(self) -> str:
        """The project's name, never its path."""
        return self.header.project or self.facts.project

    @property
    def branch(self) -> str:
        """The git branch."""
        return self.header.branch or self.facts.branch

    @property
    def session_date(self) -> int | None:
        """When the session began, epoch seconds."""
        moment = milliseconds(self.facts.first_at)
        return None if moment is None else moment // 1000

    @property
    def lifetime(self) -> int | None:
        """What the header asks for."""
        return None if self.header.expires_in is None else expiry.lifetime(self.header.expires_in)


def stage(body: IO[bytes], spool: Spool, limits: Limits, scan: str) -> Staged:
    """Check a spooled document and lay its rows out in files of `spool`.

    `scan` is the SCAN setting. Raises Problem 400, 413 or 422, and leaves no file then; the
    caller closes `body` and what it gets.
    """
    with ExitStack() as files:
        parts, rows = (files.enter_context(spool.file()) for _ in range(2))
        try:
            said, dictionary = _checked(body, parts, rows, limits, scan)
            made = (Frames(parts), Frames(rows))
            size = len(dictionary) + sum(file.body_bytes() for file in made)
            staged = Staged(said, dictionary, made, size)
        except DocumentTooLarge as error:
            raise _refused(413, "too-large", "Upload too large", error) from error
        except DocumentError as error:
            raise _refused(400, "invalid-document", "Not a shared session", error) from error
        files.pop_all()
        return staged


def _checked(
    body: IO[bytes], parts: IO[bytes], rows: IO[bytes], limits: Limits, scan: str
) -> tuple[Said, bytes]:
    with bodies_process.started(body, rows, limits, scan) as second:
        if second is not None:
            outline = Outline(Frames(parts))
            for event in DocumentReader(shared_file(body.fileno()), limits):
                images.of(event)
                outline.take(event)
            dictionary = second.dictionary()
            return outline.finish(), dictionary
    done = staging_process.staged(body, parts, rows, limits, scan)
    return done or _here(body, parts, rows, limits, scan)


def _here(
    body: IO[bytes], parts: IO[bytes], rows: IO[bytes], limits: Limits, scan: str
) -> tuple[Said, bytes]:
    outline, bodies = Outline(Frames(parts)), Bodies(Frames(rows), scan)
    for event in DocumentReader(body, limits):
        bodies.take(event, images.of(event))
        outline.take(event)
    return outline.finish(), bodies.finish()


def _refused(status: int, kind: str, title: str, error: DocumentError) -> Problem:
    where = f"Line {error.line_number}" if error.line_number else "The document"
    return Problem(status, kind, title, f"{where}: {error.what}.", error.todo)
