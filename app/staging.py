"""From the spooled document to rows: read, checked, scanned, compressed, before any lock.

What is wrong with an upload is found here, while nothing of it is in the database. Rows wait in
nameless files. A document of some megabytes is staged by a process of its own; a larger one is
read twice at once, here for how it is laid out and by a second process for what is stored of it,
if a processor is free for that.
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
from . import expiry, images, staging_process
from .bodies import Bodies, Kept, milliseconds
from .bodies_process import SecondProcess
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
    kept: Kept
    frames: tuple[Frames, ...]

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
        return self.kept.facts

    @property
    def dictionary(self) -> bytes:
        """What the bodies were compressed with."""
        return self.kept.dictionary

    @property
    def stored_bytes(self) -> int:
        """What it takes in the database, the rows' own overhead aside."""
        return self.kept.size

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


class Staging:
    """Stages one upload, from when it begins to come. Close it when it was staged or failed.

    `scan` is the SCAN setting. Rows go to files of `spool`.
    """

    def __init__(self, spool: Spool, limits: Limits, scan: str) -> None:
        self._spool = spool
        self._limits = limits
        self._scan = scan
        self._second = SecondProcess(spool, limits, scan)

    def grown(self, body: IO[bytes], size: int) -> None:
        """So many bytes have come and are in `body`."""
        self._second.grown(body, size)

    def close(self) -> None:
        """End what is still at work."""
        self._second.close()

    def staged(self, body: IO[bytes]) -> Staged:
        """Check the whole document and lay its rows out.

        Raises Problem 400, 413 or 422, and leaves no file then; the caller closes `body` and what
        it gets.
        """
        with ExitStack() as files:
            parts = files.enter_context(self._spool.file())
            try:
                said, kept, rows = self._checked(body, parts)
                files.enter_context(rows)
                staged = Staged(said, kept, (Frames(parts), Frames(rows)))
            except DocumentTooLarge as error:
                raise _refused(413, "too-large", "Upload too large", error) from error
            except DocumentError as error:
                raise _refused(400, "invalid-document", "Not a shared session", error) from error
            files.pop_all()
            return staged

    def _checked(self, body: IO[bytes], parts: IO[bytes]) -> tuple[Said, Kept, IO[bytes]]:
        """The third is the file of the bodies' rows."""
        if self._second.works_on(body):
            outline = Outline(Frames(parts))
            for event in DocumentReader(shared_file(body.fileno()), self._limits):
                images.of(event)
                outline.take(event)
            said = outline.finish()  # the second process may still be at work
            return said, *self._second.result()
        with ExitStack() as files:
            rows = files.enter_context(self._spool.file())
            done = staging_process.staged(body, parts, rows, self._limits, self._scan)
            said, kept = done or self._here(body, parts, rows)
            files.pop_all()
            return said, kept, rows

    def _here(self, body: IO[bytes], parts: IO[bytes], rows: IO[bytes]) -> tuple[Said, Kept]:
        outline, bodies = Outline(Frames(parts)), Bodies(Frames(rows), self._scan)
        for event in DocumentReader(body, self._limits):
            bodies.take(event, images.of(event))
            outline.take(event)
        return outline.finish(), bodies.finish()


def _refused(status: int, kind: str, title: str, error: DocumentError) -> Problem:
    where = f"Line {error.line_number}" if error.line_number else "The document"
    return Problem(status, kind, title, f"{where}: {error.what}.", error.todo)
