"""What is stored of an upload as it came: lines, outputs and images, scanned and compressed; and
what can be counted line by line.

The other half, how it is laid out, is `outline`. Memory holds few lines.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ..transcript import document
from ..transcript.document import FileEvent, HeaderEvent, LineEvent, TextEvent
from ..transcript.facts import Facts, FactsBuilder
from ..transcript.model import Json
from . import frames, images
from .frames import Frames
from .scanning import Scanner
from .storage import packing


class Kept(NamedTuple):
    """The result, the rows aside."""

    facts: Facts
    dictionary: bytes
    """What the bodies were compressed with."""
    size: int
    """Bytes of dictionary and bodies."""


class Bodies:
    """Takes the events of a document in order and writes a row for each body.

    `scan` is the SCAN setting. `take` and `finish` raise Problem 422 over secrets.
    """

    def __init__(self, rows: Frames, scan: str) -> None:
        self._rows = rows
        self._scanner = Scanner(scan)
        self._packer = _Packer(rows)
        self._facts = FactsBuilder()
        self._pictures: set[bytes] = set()
        self._files = 0
        self._lines = 0

    def take(self, event: document.Event, pictures: Sequence[images.Picture] = ()) -> None:
        """One event; `pictures` were taken out of its line."""
        if isinstance(event, LineEvent):
            self._line(event.sequence, event.line, pictures)
        elif isinstance(event, FileEvent):
            self._file(event)
        elif isinstance(event, TextEvent):
            self._scanner.look({"text": event.text}, event.path)
            self._packer.text(event.text)
        else:
            self._open(event)

    def finish(self) -> Kept:
        """Write what is still open."""
        self._scanner.finish()
        self._packer.finish()
        dictionary = self._packer.dictionary
        return Kept(self._facts.result(), dictionary, len(dictionary) + self._rows.body_bytes)

    def _open(self, event: HeaderEvent) -> None:
        header = event.header
        self._scanner.allow(header.allowed)
        texts = {"title": header.title, "project": header.project, "branch": header.branch}
        self._scanner.look(texts, "the header")

    def _line(self, sequence: int, line: Json, pictures: Sequence[images.Picture]) -> None:
        self._lines += 1
        self._facts.line(line)
        for picture in pictures:
            self._picture(picture)
        encoded = document.encode(line)
        self._scanner.look_at_line(line, f"message {sequence}", encoded)
        self._packer.line(message_row(sequence, line), encoded[:-1])

    def _file(self, event: FileEvent) -> None:
        self._scanner.look(event.meta, event.path)
        meta = json.dumps(event.meta, separators=(",", ":")) if event.meta else ""
        self._packer.file([self._files, self._lines, event.path, meta])
        self._files += 1

    def _picture(self, picture: images.Picture) -> None:
        digest = bytes.fromhex(picture.sha256)
        if digest not in self._pictures:
            self._pictures.add(digest)
            row = [picture.sha256, picture.media_type]
            self._rows.add(frames.IMAGE, row, picture.content)


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
        # Near the ends of the calendar an offset leads out of it: nobody could show that time.
        return int(zoned.astimezone(UTC).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
