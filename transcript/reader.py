"""Reads a session file line by line, whatever state it is in, without ever holding it.

A session file is append-only JSON lines, but real ones are cut, hold NULs after a crash, or were
run through a pretty-printer. Each line comes out as a `RawLine`: an object, or the reason why not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from .model import Json

MAX_LINE_BYTES = 64 << 20
MAX_DEPTH = 100
"""Deeper nesting is refused here, so that nothing behind the reader can run out of stack."""
MAX_DIGITS = 300
"""Longer integers are refused: they would not even fit a float."""
PRETTY_BYTES = 1 << 20
PRETTY_LINES = 20_000
_SKIP_BYTES = 1 << 16
_BOM = b"\xef\xbb\xbf"
_LONE = re.compile("[\ud800-\udfff]")


class LineSource(Protocol):
    """The only thing asked of a stream: one line, or its first `size` bytes; b"" at the end."""

    def readline(self, size: int = -1, /) -> bytes: ...


class RawLine(NamedTuple):
    """One line of the file, or several that a pretty-printer made of one."""

    number: int
    """The line it starts on, from 1."""
    value: Json | None
    """The object; None if the line is no JSON object."""
    problem: str | None
    """Why there is no object, in a few words that quote nothing of the line."""
    size: int
    """Bytes, line end included."""


class _Refused(ValueError):
    """The JSON is well-formed but holds what we do not carry on."""


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Refused("holds a number of too many digits")
    return int(digits)


def _fraction(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise _Refused("holds a number beyond all bounds")
    return value


def _constant(name: str) -> float:
    raise _Refused(f"holds {name}, which is not JSON")


_decode = json.JSONDecoder(
    parse_int=_integer, parse_float=_fraction, parse_constant=_constant
).decode


def read_lines(stream: LineSource, *, max_line_bytes: int = MAX_LINE_BYTES) -> Iterator[RawLine]:
    """Yield what each non-blank line holds. Raises only what the stream raises.

    A line over `max_line_bytes` is skipped in small pieces and reported as a problem.
    """
    pretty: _Pretty | None = None
    number = 0
    while raw := stream.readline(max_line_bytes + 1):
        number += 1
        if pretty is not None:
            if pretty.takes(raw):
                if pretty.closed:
                    yield pretty.line()
                    pretty = None
                continue
            yield pretty.line()
            pretty = None
        if len(raw) > max_line_bytes:
            yield _too_long(stream, raw, number, max_line_bytes)
        elif raw.rstrip() == b"{":
            pretty = _Pretty(number, [raw])
        elif line := _single(raw, number):
            yield line
    if pretty is not None:
        yield pretty.line()


def _single(raw: bytes, number: int) -> RawLine | None:
    """What one physical line holds; None if it is blank."""
    size = len(raw)
    # The first byte of a sound line is "{": nothing to strip, nothing to copy.
    if raw[0] != 0x7B:
        raw = raw.lstrip(b"\0").removeprefix(_BOM).lstrip(b"\0 \t\r\n")
        if not raw:
            return None
    value, problem = parse(raw)
    return RawLine(number, value, problem, size)


def parse(raw: bytes) -> tuple[Json | None, str | None]:
    """The object in these bytes, or None and the reason. Never raises."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
    try:
        value = _decode(text)
    except _Refused as refused:
        return None, str(refused)
    except RecursionError:
        return None, "is nested too deeply"
    except ValueError:
        return None, "is not JSON" if raw.endswith(b"\n") else "is cut off"
    if type(value) is not dict:
        return None, "is not a JSON object"
    # Counting brackets is a memchr; only a line with many of them is walked.
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        return None, "is nested too deeply"
    if b"\\ud" in raw or b"\\uD" in raw:
        value = _without_lone_surrogates(value)
    return value, None


def _deeper_than(value: Any, levels: int) -> bool:
    if not levels:
        return True
    children = value.values() if type(value) is dict else value
    return any(
        _deeper_than(child, levels - 1)
        for child in children
        if type(child) is dict or type(child) is list
    )


def _without_lone_surrogates(value: Any) -> Any:
    """Half a surrogate pair cannot be written as UTF-8: U+FFFD stands in for it."""
    if type(value) is str:
        return value if value.isascii() else _LONE.sub("\ufffd", value)
    if type(value) is list:
        return [_without_lone_surrogates(item) for item in value]
    if type(value) is dict:
        clean = _without_lone_surrogates
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _too_long(stream: LineSource, start: bytes, number: int, limit: int) -> RawLine:
    """Read on to the end of an over-long line, keeping nothing."""
    size, piece = len(start), start
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(_SKIP_BYTES)
        size += len(piece)
    return RawLine(number, None, f"is longer than {limit / (1 << 20):g} MB", size)


@dataclass(slots=True)
class _Pretty:
    """An object spread over lines: opens with a bare `{`, closes with a bare `}`.

    Every line between is indented, so the first one that is not ends the attempt at once.
    Parsing is tried only when it closed: the work stays linear.
    """

    number: int
    parts: list[bytes]
    size: int = field(default=2)
    closed: bool = False

    def takes(self, raw: bytes) -> bool:
        """Take the line if it can belong to the object."""
        if self.size + len(raw) > PRETTY_BYTES or len(self.parts) >= PRETTY_LINES:
            return False
        self.closed = raw.rstrip() == b"}"
        if not self.closed and raw[:1] not in (b" ", b"\t", b"\r", b"\n"):
            return False
        self.parts.append(raw)
        self.size += len(raw)
        return True

    def line(self) -> RawLine:
        """The object, or a problem if it never closed."""
        if not self.closed:
            return RawLine(self.number, None, "is not JSON", self.size)
        raw = b"".join(self.parts)
        value, problem = parse(raw)
        return RawLine(self.number, value, problem, len(raw))
