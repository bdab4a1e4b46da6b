"""How an upload is laid out: its items and their pages, its index, its first prompt.

The other half, what is stored of it as it came, is `bodies`.
"""

from dataclasses import dataclass

from ..transcript import document
from ..transcript.document import FileEvent, HeaderEvent, LineEvent, TextEvent
from ..transcript.export_sizes import ExportSizes
from ..transcript.header import Header
from ..transcript.items import ItemBuilder
from ..transcript.prompts import plain_prompt
from . import expiry, frames
from .frames import Frames
from .index_rows import Index
from .problem import Problem

_FIRST_PROMPT = 300


@dataclass(frozen=True, slots=True)
class Said:
    """The result; `pages` of the main thread, `lines` in all files."""

    header: Header
    first_prompt: str
    lines: int
    pages: int
    sizes: dict[str, int]
    """Bytes of its downloads, uncompressed: `bytes` the shared document, the others about."""


class Outline:
    """Takes the events of a document in order and writes a row for each item's part.

    Memory holds the builders' bounded windows. `take` raises Problem 400 on a wrong expiry.
    """

    def __init__(self, rows: Frames) -> None:
        self._rows = rows
        self._items = ItemBuilder()
        self._index = Index(rows)
        self._sizes = ExportSizes()
        self._bytes = 0
        self._header: Header | None = None
        self._first_prompt = ""
        self._lines = 0
        self._in_main = True

    def take(self, event: document.Event) -> None:
        """One event; images were taken out of its line already."""
        if isinstance(event, LineEvent):
            self._bytes += event.raw_size
            self._line(event)
        elif isinstance(event, FileEvent):
            self._bytes += len(document.file_line(event.path, event.meta))
            self._in_main = False
            self._items.file(event.path, event.meta)
        elif isinstance(event, TextEvent):
            self._bytes += len(document.text_line(event.text))
            self._index.text(event.path, event.text)
        elif isinstance(event, HeaderEvent):
            self._header = event.header
            self._bytes += len(document.header_line(event.header))
            if event.header.expires_in is not None:
                _checked_lifetime(event.header.expires_in)

    def finish(self) -> Said:
        """What the whole document said."""
        assert self._header is not None
        self._index.finish()
        return Said(
            header=self._header,
            first_prompt=self._first_prompt,
            lines=self._lines,
            pages=self._items.pages(""),
            sizes={"bytes": self._bytes, **self._sizes.result()},
        )

    def _line(self, event: LineEvent) -> None:
        sequence, line = event.sequence, event.line
        self._lines += 1
        parts = self._items.line(sequence, line)
        for p in parts:
            row = [p.thread, p.n, p.page, p.sequence, p.block, p.role, p.kind, p.name]
            self._rows.add(frames.PART, [*row, p.error, p.about])
        self._sizes.line(line, parts, event.raw_size, main=self._in_main)
        self._index.take(sequence, line, parts)
        if self._in_main and not self._first_prompt:
            self._first_prompt = " ".join((plain_prompt(line) or "")[: 4 * _FIRST_PROMPT].split())
            self._first_prompt = self._first_prompt[:_FIRST_PROMPT]


def _checked_lifetime(text: str) -> None:
    try:
        expiry.lifetime(text)
    except ValueError as error:
        raise Problem(
            400, "invalid-document", "Not a valid expiry", f"Expiry: {error}.", "Change --expires."
        ) from None
