"""The shared document: what the client writes, the server reads and a link gives back.

NDJSON: a header, the lines of the main file, then each subagent's and each spilled output's part.
`encode` is the only place where JSON becomes bytes; `DocumentReader` the only one that trusts
nothing and lets through only what the contract allows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from . import codec
from .allow import LINE_TYPES, shared, shared_meta
from .header import DocumentError, DocumentTooLarge, Header
from .model import Json
from .reader import LineSource, RawLine, read_lines

_PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"
_SUBAGENT = re.compile(rf"subagents/(?:{_PART}/){{0,6}}agent-[A-Za-z0-9._-]{{1,120}}\.jsonl")
_SPILLED = re.compile(rf"tool-results/{_PART}")
Place = Literal["main", "subagent", "spilled"]


@dataclass(frozen=True)
class Limits:
    """What one document may cost, in uncompressed bytes and in pieces."""

    line_bytes: int = 64 << 20
    total_bytes: int = 256 << 20
    lines: int = 2_000_000
    files: int = 4_000


@dataclass(frozen=True, slots=True)
class HeaderEvent:
    """The first line."""

    header: Header


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One shared line, of the main file or of the subagent file named before it."""

    sequence: int
    """Ordinal among all shared lines of the document, from 0, in document order."""
    line: Json
    """A fresh copy with allow-listed keys only."""
    raw_size: int
    """Bytes it took in the document."""


@dataclass(frozen=True, slots=True)
class FileEvent:
    """A file beside the main one begins; `path` is relative and safe, the same never twice."""

    path: str
    meta: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextEvent:
    """The text of a spilled output."""

    path: str
    text: str


Event = HeaderEvent | LineEvent | FileEvent | TextEvent


def encode(value: Json) -> bytes:
    """One line of compact JSON, UTF-8, with its line end; see `codec.encode`."""
    return codec.encode(value) + b"\n"


def header_line(header: Header) -> bytes:
    """The document's first line."""
    return encode(header.as_json())


def file_line(path: str, meta: Json | None = None) -> bytes:
    """The line that begins a subagent's (with `meta`) or a spilled output's part."""
    start: Json = {"type": "ccshare-file", "path": path}
    return encode(start if meta is None else {**start, "meta": shared_meta(meta)})


def text_line(text: str) -> bytes:
    """The line that holds a spilled output."""
    return encode({"type": "ccshare-text", "text": text})


def place_of(path: object) -> Place | None:
    """Where a file of this relative path belongs; None if no document may name it."""
    if not isinstance(path, str) or len(path) > 1000 or ".." in path:
        return None
    if _SUBAGENT.fullmatch(path):
        return "subagent"
    return "spilled" if _SPILLED.fullmatch(path) else None


class DocumentReader:
    """Streams the events of a document. Iterate once.

    `stream` gives uncompressed bytes. Memory holds one line, never the document. Raises
    `DocumentError` at the first thing that is wrong, `DocumentTooLarge` beyond the limits, and
    whatever the stream raises.
    """

    def __init__(self, stream: LineSource, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._source = _Metered(stream, self._limits)
        self._place: Place = "main"
        self._path = ""
        self._paths: set[str] = set()
        self._sequence = 0
        self._messages = 0

    def __iter__(self) -> Iterator[Event]:
        most = self._limits.line_bytes
        lines = read_lines(self._source, max_line_bytes=most, utf8_only=True)
        first = next(lines, None)
        if first is None:
            raise DocumentError(1, "the document is empty", "Upload a session with ccshare.")
        yield HeaderEvent(Header.from_json(self._object(first), first.number))
        for raw in lines:
            event = self._event(raw, self._object(raw))
            if event is not None:
                yield event
        if not self._messages:
            raise DocumentError(0, "there is no session in it: no user and no assistant line",
                                "Check that the file is a Claude Code session.")  # fmt: skip

    def _object(self, raw: RawLine) -> Json:
        if raw.value is not None:
            return raw.value
        if raw.size > self._limits.line_bytes:
            raise DocumentTooLarge(raw.number, f"it {raw.problem}", "Leave out large results.")
        raise DocumentError(raw.number, f"it {raw.problem}", "Upload again with ccshare.")

    def _event(self, raw: RawLine, value: Json) -> Event | None:
        kind = value.get("type")
        if kind == "ccshare-file":
            return self._file(raw, value)
        if kind == "ccshare-text":
            return self._text(raw, value)
        if type(kind) is not str or kind not in LINE_TYPES:
            raise DocumentError(raw.number, "its type is not one that is shared",
                                "Upload with ccshare, which leaves such lines out.")  # fmt: skip
        if self._place == "spilled":
            raise DocumentError(raw.number, "a session line stands in a tool's output",
                                "Put it before the output files.")  # fmt: skip
        return self._line(raw, value)

    def _line(self, raw: RawLine, value: Json) -> LineEvent | None:
        line = shared(value)
        if line is None:
            return None
        sequence = self._sequence
        if sequence >= self._limits.lines:
            raise DocumentTooLarge(raw.number, "there are too many lines", "Share a part of it.")
        self._sequence += 1
        if self._place == "main" and line["type"] in ("user", "assistant"):
            self._messages += 1
        return LineEvent(sequence, line, raw.size)

    def _file(self, raw: RawLine, value: Json) -> FileEvent:
        path, meta = value.get("path"), value.get("meta")
        place = place_of(path)
        if place is None or type(path) is not str or path in self._paths:
            raise DocumentError(raw.number, "the path of the file is not allowed or not new",
                                "Use subagents/agent-ID.jsonl or tool-results/NAME.")  # fmt: skip
        if len(self._paths) >= self._limits.files:
            raise DocumentTooLarge(raw.number, "there are too many files", "Share fewer of them.")
        self._paths.add(path)
        self._place, self._path = place, path
        return FileEvent(path, shared_meta(meta) if type(meta) is dict else {})

    def _text(self, raw: RawLine, value: Json) -> TextEvent:
        text = value.get("text")
        if self._place != "spilled" or type(text) is not str:
            raise DocumentError(raw.number, "an output's text stands in the wrong place",
                                "Put it after the file line of the output.")  # fmt: skip
        return TextEvent(self._path, text)


class _Metered:
    """Counts what is read, blank lines too, and stops a stream that never ends."""

    def __init__(self, stream: LineSource, limits: Limits) -> None:
        self._readline = stream.readline
        self._left = self._limit = limits.total_bytes
        # Each file takes two more; the rest is for blank lines, which cost time like others.
        self._lines_left = limits.lines + 2 * limits.files + 1_000

    def readline(self, size: int = -1, /) -> bytes:
        raw = self._readline(size)
        self._left -= len(raw)
        self._lines_left -= 1
        if self._lines_left < 0:
            raise DocumentTooLarge(0, "there are too many lines", "Share a part of it.")
        if self._left < 0:
            raise DocumentTooLarge(0, f"the session is over {self._limit / (1 << 20):g} MB",
                                   "Share a part of it, or ask the server's owner.")  # fmt: skip
        return raw
