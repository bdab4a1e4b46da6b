"""Private keys in PEM form: whole, cut off at either end, numbered, escaped.

A session shows keys as `cat` printed them, as `cat -n` did, as a JSON string with `\\n`, or cut
by a line limit. So the body is judged line by line, after what a viewer put before each line.
"""

import re
from collections.abc import Iterator

from .span import Span

_MARKER = re.compile(r"----[- ](BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?[- ]----")
_LINE = re.compile(
    r"(?:[ \t]{0,12}\d{0,7}(?:\u2192|[ \t|:]{1,3}|[>+-][ \t]?)?[ \t]{0,12}[\"'`+]?)"  # shown before
    r"(?P<body>[A-Za-z0-9+/]{4,200}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment)[^\n\\]{0,120}|)"
    r"(?P<end>[\"'`,+ \t]{0,6}(?:\r?\n|(?:\\{1,2}r)?\\{1,2}n|$))"
)
_DATA = re.compile(r"[A-Za-z0-9+/]{20}")
_MAX = 64 << 10
_LINE_MAX = 400


def private_keys(text: str) -> Iterator[Span]:
    """Spans of private keys, with their BEGIN and END lines where these are there."""
    if "PRIVATE KEY" not in text:
        return
    opened: re.Match[str] | None = None
    last = 0
    for marker in _MARKER.finditer(text):
        if marker[1] == "BEGIN":
            if opened:
                yield from _cut_at_end(text, opened, marker.start())
            opened = marker
            continue
        if opened and marker.start() - opened.end() <= _MAX:
            yield from _whole(text, opened, marker)
        elif not opened:
            yield from _cut_at_start(text, marker, last)
        opened, last = None, marker.end()
    if opened:
        yield from _cut_at_end(text, opened, len(text))


def _whole(text: str, opened: re.Match[str], closed: re.Match[str]) -> Iterator[Span]:
    if _DATA.search(text, opened.end(), closed.start()):
        yield Span(opened.start(), closed.end(), "private-key", True)


def _cut_at_end(text: str, opened: re.Match[str], stop: int) -> Iterator[Span]:
    """A key whose END is missing: as many lines as look like its body."""
    at = first = opened.end()
    stop = min(stop, first + _MAX)
    while at < stop:
        line = _LINE.match(text, at, min(stop, at + _LINE_MAX))
        if not line or line.end() == at or _is_word(line["body"]):
            break
        at = line.end()
        if not line["body"] and at > first + 8 and not _DATA.search(text, at, min(stop, at + 120)):
            break
    if _DATA.search(text, first, at):
        yield Span(opened.start(), at, "private-key", True)


def _cut_at_start(text: str, closed: re.Match[str], floor: int) -> Iterator[Span]:
    """A key whose BEGIN is missing: lines backwards from its END."""
    at = closed.start()
    floor = max(floor, at - _MAX)
    while at > floor:
        low = max(floor, at - _LINE_MAX)
        start = _line_start(text, low, at)
        line = _LINE.match(text, start, at)
        if not line or line.end() != at or not line["body"]:
            break
        # The last line of a key may be four letters: what stands before it tells.
        if _is_word(line["body"]) and not _DATA.search(text, max(floor, start - 40), start):
            break
        at = start
    if _DATA.search(text, at, closed.start()):
        yield Span(at, closed.end(), "private-key", True)


def _is_word(body: str) -> bool:
    """True for a short line that is rather a word of the text around than a key's last line."""
    return 0 < len(body) < 20 and body.isalpha()


def _line_start(text: str, low: int, at: int) -> int:
    """Where the line that ends at `at` (with its line end, real or escaped) begins."""
    body_end = at - (2 if text.endswith("\\n", low, at) else 1)
    real = text.rfind("\n", low, body_end) + 1
    escaped = text.rfind("\\n", low, body_end) + 2
    return max(low, real, escaped if escaped > 1 else 0)
