"""From the spooled document to rows: read, checked, scanned, compressed, before any lock.

What is wrong with an upload is found here, while nothing of it is in the database. Memory holds
one line and the builders' bounded windows; rows wait in a file of their own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from ..transcript import document
from ..transcript.document import DocumentReader, FileEvent, HeaderEvent, LineEvent, TextEvent
from ..transcript.facts import Facts, FactsBuilder
from ..transcript.header import DocumentError, DocumentTooLarge, Header
from ..transcript.items import ItemBuilder
from ..transcript.model import Json, Part
from ..transcript.prompts import plain_prompt
from . import expiry, frames, images
from .frames import Frames
from .problems import Problem
from .scanning import Scanner
from .storage import packing

_FIRST_PROMPT = 300
_UNTITLED = "Untitled session"


@dataclass(slots=True)
class Staged:
    """An upload, ready to be written. `lifetime` in seconds, None = not said."""

    header: Header
    facts: Facts
    first_prompt: str
    message_count: int
    pages: int
    dictionary: bytes
    rows: Frames

    @property
    def header_json(self) -> Json:
        """The first line as it is given back."""
        return self.header.as_json()

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


def stage(body: IO[bytes], rows_file: IO[bytes], limits: document.Limits, scan: str) -> Staged:
    """Check a spooled document and lay its rows out in `rows_file`.

    `scan` is the SCAN setting. Raises Problem 400, 413 or 422; the caller closes both files.
    """
    stager = _Stager(Frames(rows_file), scan)
    try:
        for event in DocumentReader(body, limits):
            stager.take(event)
        return stager.finish()
    except DocumentTooLarge as error:
        raise _refused(413, "too-large", "Upload too large", error) from error
    except DocumentError as error:
        raise _refused(400, "invalid-document", "Not a shared session", error) from error


class _Stager:
    def __init__(self, rows: Frames, scan: str) -> None:
        self._rows = rows
        self._scanner = Scanner(scan)
        self._items = ItemBuilder()
        self._facts = FactsBuilder()
        self._packer = _Packer(rows)
        self._pictures: set[bytes] = set()
        self._header: Header | None = None
        self._first_prompt = ""
        self._files = 0
        self._lines = 0
        self._in_main = True

    def take(self, event: document.Event) -> None:
        """One event of the document, in order."""
        if isinstance(event, LineEvent):
            self._line(event.sequence, event.line)
        elif isinstance(event, FileEvent):
            self._file(event)
        elif isinstance(event, TextEvent):
            self._scanner.look({"text": event.text}, event.path)
            self._packer.text(event.text)
        else:
            self._open(event)

    def finish(self) -> Staged:
        """What was taken; raises the scanner's problem if it found anything."""
        self._scanner.finish()
        self._packer.finish()
        assert self._header is not None
        return Staged(
            header=self._header,
            facts=self._facts.result(),
            first_prompt=self._first_prompt,
            message_count=self._lines,
            pages=self._items.pages(""),
            dictionary=self._packer.dictionary,
            rows=self._rows,
        )

    def _open(self, event: HeaderEvent) -> None:
        header = event.header
        self._header = header
        if header.expires_in is not None:
            _checked_lifetime(header.expires_in)
        self._scanner.allow(header.allowed)
        texts = {"title": header.title, "project": header.project, "branch": header.branch}
        self._scanner.look(texts, "the header")

    def _line(self, sequence: int, line: Json) -> None:
        self._lines += 1
        for picture in images.take_out(line):
            self._picture(picture)
        body = document.encode(line)[:-1]
        self._scanner.look(line, f"message {sequence}", body)
        self._facts.line(line)
        self._parts(self._items.line(sequence, line))
        if self._in_main and not self._first_prompt:
            self._first_prompt = " ".join((plain_prompt(line) or "")[: 4 * _FIRST_PROMPT].split())
            self._first_prompt = self._first_prompt[:_FIRST_PROMPT]
        self._packer.line(message_row(sequence, line), body)

    def _file(self, event: FileEvent) -> None:
        self._in_main = False
        self._scanner.look(event.meta, event.path)
        self._items.file(event.path, event.meta)
        meta = json.dumps(event.meta, separators=(",", ":")) if event.meta else ""
        self._packer.file([self._files, self._lines, event.path, meta])
        self._files += 1

    def _picture(self, picture: images.Picture) -> None:
        digest = bytes.fromhex(picture.sha256)
        if digest not in self._pictures:
            self._pictures.add(digest)
            row = [picture.sha256, picture.media_type]
            self._rows.add(frames.IMAGE, row, picture.content)

    def _parts(self, parts: Sequence[Part]) -> None:
        for p in parts:
            row = [p.thread, p.n, p.page, p.sequence, p.block, p.role, p.kind, p.name, p.error]
            self._rows.add(frames.PART, row)


class _Packer:
    """Compresses bodies as they come; the first few wait until there is a dictionary."""

    def __init__(self, rows: Frames) -> None:
        self._rows = rows
        self._waiting: list[tuple[frames.Row, bytes]] = []
        self._file: frames.Row | None = None
        self._texts: list[str] = []
        self._ready = False
        self.dictionary = b""

    def line(self, row: frames.Row, body: bytes) -> None:
        self._close_file()
        if self._ready:
            self._rows.add(frames.MESSAGE, row, packing.pack(body, self.dictionary))
            return
        self._waiting.append((row, body))
        if len(self._waiting) == packing.SAMPLE_LINES:
            self._start()

    def file(self, row: frames.Row) -> None:
        self._close_file()
        self._file = row

    def text(self, text: str) -> None:
        if self._file is not None:
            self._start()
            body = packing.pack(text.encode("utf-8", "replace"), self.dictionary)
            self._rows.add(frames.FILE, self._file, body)
            self._file = None

    def finish(self) -> None:
        self._close_file()
        self._start()

    def _close_file(self) -> None:
        if self._file is not None:
            self._rows.add(frames.FILE, self._file)
            self._file = None

    def _start(self) -> None:
        if self._ready:
            return
        self._ready = True
        self.dictionary = packing.dictionary_of([body for _, body in self._waiting])
        for row, body in self._waiting:
            self._rows.add(frames.MESSAGE, row, packing.pack(body, self.dictionary))
        self._waiting.clear()


def message_row(sequence: int, line: Json) -> frames.Row:
    """The columns of a message, except its body."""
    found = line.get("message")
    message: Json = found if isinstance(found, dict) else {}
    content = message.get("content")
    blocks = content if isinstance(content, list) else ()
    kinds = {str(block.get("type")) for block in blocks if isinstance(block, dict)}
    usage = message.get("usage")
    tokens = usage.get("output_tokens") if isinstance(usage, dict) else 0
    return [
        sequence,
        _short(line.get("type"), 32),
        _short(message.get("role"), 16),
        _short(message.get("model"), 128),
        tokens if type(tokens) is int and 0 <= tokens < 1 << 53 else 0,
        milliseconds(line.get("timestamp")),
        not kinds.isdisjoint({"thinking", "redacted_thinking"}),
        not kinds.isdisjoint({"tool_use", "server_tool_use", "mcp_tool_use"}),
    ]


def _short(value: object, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def milliseconds(moment: object) -> int | None:
    """Milliseconds since the epoch of an ISO 8601 time; None if it is none."""
    if not isinstance(moment, str) or len(moment) > 40:
        return None
    try:
        parsed = datetime.fromisoformat(moment)
        zoned = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return int(zoned.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _checked_lifetime(text: str) -> None:
    try:
        expiry.lifetime(text)
    except ValueError as error:
        raise Problem(
            400, "invalid-document", "Not a valid expiry", f"Expiry: {error}.", "Change --expires."
        ) from None


def _refused(status: int, kind: str, title: str, error: DocumentError) -> Problem:
    where = f"Line {error.line_number}" if error.line_number else "The document"
    return Problem(status, kind, title, f"{where}: {error.what}.", error.todo)
