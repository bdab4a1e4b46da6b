"""Reads a session file line by line, whatever state it is in, without ever holding it.

A session file is append-only JSON lines, but real ones are cut, hold NULs after a crash, or were
run through a pretty-printer. Each line comes out as a `RawLine`: an object, or the reason why not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from .codec import MAX_DIGITS, quick_decode
from .model import Json

MAX_LINE_BYTES = 64 << 20
MAX_DEPTH = 100
"""Deeper nesting is refused here, so that nothing behind the reader can run out of stack."""
MAX_VALUES = 500_000
"""More values in one line are refused: as objects they take thirty times their bytes."""
PRETTY_BYTES = 1 << 20
PRETTY_LINES = 20_000
_SKIP_BYTES = 1 << 16
_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")
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


def read_lines(
    stream: LineSource, *, max_line_bytes: int = MAX_LINE_BYTES, utf8_only: bool = False
) -> Iterator[RawLine]:
    """Yield what each non-blank line holds. Raises only what the stream raises.

    A line over `max_line_bytes` is skipped in small pieces and reported as a problem. Bytes that
    are no UTF-8 become U+FFFD, or with `utf8_only` a problem.
    """
    pretty: _Pretty | None = None
    number = 0
    while raw := stream.readline(max_line_bytes + 1):
        number += 1
        if pretty is not None:
            if pretty.takes(raw):
                if pretty.closed:
                    yield pretty.line(utf8_only)
                    pretty = None
                continue
            yield pretty.line(utf8_only)
            pretty = None
        if len(raw) > max_line_bytes:
            yield _too_long(stream, raw, number, max_line_bytes)
        elif raw.rstrip() == b"{":
            pretty = _Pretty(number, [raw])
        elif line := _single(raw, number, utf8_only):
            yield line
    if pretty is not None:
        yield pretty.line(utf8_only)


def _single(raw: bytes, number: int, utf8_only: bool) -> RawLine | None:
    """What one physical line holds; None if it is blank."""
    size = len(raw)
    # The first byte of a sound line is "{": nothing to strip, nothing to copy.
    if raw[0] != 0x7B:
        raw = raw.lstrip(b"\0").removeprefix(_BOM).lstrip(b"\0 \t\r\n")
        if not raw:
            return None
    value, problem = parse(raw, utf8_only)
    return RawLine(number, value, problem, size)


def parse(raw: bytes, utf8_only: bool = False) -> tuple[Json | None, str | None]:
    """The object in these bytes, or None and the reason. Never raises."""
    if _too_many_values(raw):
        return None, f"holds more than {MAX_VALUES:,} values"
    value = quick_decode(raw)
    if value is None:
        value, problem = _slow_decode(raw, utf8_only)
        if problem is not None:
            return None, problem
    if type(value) is not dict:
        return None, "is not a JSON object"
    # Counting brackets is a memchr; only a line with many of them is walked.
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and _deeper_than(value, MAX_DEPTH):
        return None, "is nested too deeply"
    if b"\\ud" in raw or b"\\uD" in raw:
        value = _without_lone_surrogates(value)
    return value, None


def _slow_decode(raw: bytes, utf8_only: bool) -> tuple[Any, str | None]:
    try:
        return _decode(_text(raw, utf8_only)), None
    except _Refused as refused:
        return None, str(refused)
    except RecursionError:
        return None, "is nested too deeply"
    except ValueError:
        return None, "is not JSON" if raw.endswith(b"\n") else "is cut off"


def _text(raw: bytes, utf8_only: bool) -> str:
    if b"\0" in raw[:4] or raw.startswith(_OTHER_BOMS):
        raise _Refused("is not UTF-8 but another encoding")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        if utf8_only:
            raise _Refused("is not UTF-8") from None
        return raw.decode("utf-8", "replace")


def _too_many_values(raw: bytes) -> bool:
    """True beyond MAX_VALUES, told before any of them is made. Text is not counted."""
    if len(raw) <= MAX_VALUES or sum(map(raw.count, (b",", b"[", b"{"))) <= MAX_VALUES:
        return False
    plain = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    count = at = 0
    while count <= MAX_VALUES:
        quote = plain.find(b'"', at)
        end = quote if quote >= 0 else len(plain)
        count += sum(plain.count(mark, at, end) for mark in (b",", b"[", b"{"))
        at = plain.find(b'"', quote + 1) + 1
        if quote < 0 or not at:
            return count > MAX_VALUES
    return True


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

    def line(self, utf8_only: bool) -> RawLine:
        """The object, or a problem if it never closed."""
        if not self.closed:
            return RawLine(self.number, None, "is not JSON", self.size)
        raw = b"".join(self.parts)
        value, problem = parse(raw, utf8_only)
        return RawLine(self.number, value, problem, len(raw))
