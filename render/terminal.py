"""Terminal output with its colours: SGR sequences become classes, all other escapes vanish.

Every colour is one of the sixteen classic ones, whose shades the style sheet picks for contrast
in both themes. Rows are drawn one at a time and only those that are shown.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from . import ansi, clip
from .clip import HEAD_LINES, LINE_CHARACTERS, TAIL_LINES, Clip

MOST_SPANS = 300
"""Coloured stretches of a clipped text; what follows is plain, so that a page stays small."""
MOST_SPANS_WHOLE = 20_000
_MOST_RAW = 20 * LINE_CHARACTERS
_COLOURED = re.compile(r"(?:\x1b\[|\x9b)[0-9;:]*m")
_TOKEN = re.compile(
    r"(?:\x1b\[|\x9b)(?P<sgr>[0-9;:]{0,256})m"
    r"|(?:\x1b\[|\x9b)(?P<erase>[02]?)K"
    r"|(?P<move>[\r\b])"
    rf"|{ansi.ESCAPE.pattern}"
    r"|[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
    r"|(?P<text>[^\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]+)"
)
_FLAGS = {1: "1", 2: "2", 3: "3", 4: "4", 7: "7", 9: "9"}
_ENDS = {22: "12", 23: "3", 24: "4", 27: "7", 29: "9"}


class Style(NamedTuple):
    """What is switched on. Colours are 0 to 15, -1 for none; flags are SGR's own digits."""

    colour: int = -1
    ground: int = -1
    flags: frozenset[str] = frozenset()

    @property
    def classes(self) -> str:
        """Space-separated class names, "" if nothing shows."""
        names = [f"sgr-{flag}" for flag in sorted(self.flags)]
        if self.ground >= 0:
            # A colour on a coloured ground could be unreadable in one of the themes.
            names.append(f"sgr-{40 + self.ground % 8}")
        elif self.colour >= 0:
            names.append(f"sgr-{30 + self.colour if self.colour < 8 else 82 + self.colour}")
        return " ".join(names)


PLAIN = Style()
_Cell = tuple[str, Style]


def lines(
    text: str, head: int = HEAD_LINES, tail: int = TAIL_LINES, *, clip_it: bool = True
) -> Clip:
    """As `clip.lines`, with the colours of what is shown; `head` and `tail` may be Markup."""
    if not _COLOURED.search(text):
        return clip.lines(ansi.plain(text), head, tail, clip=clip_it)
    rows = text.replace("\r\n", "\n").strip("\n").split("\n")
    if not clip_it or len(rows) <= head + tail + 2:
        cut = len(text) > clip.MOST_CHARACTERS
        if cut:
            return clip.lines(ansi.plain(text), head, tail, clip=clip_it)
        most = MOST_SPANS if clip_it else MOST_SPANS_WHOLE
        longest = LINE_CHARACTERS if clip_it else clip.MOST_CHARACTERS
        shown, _, narrowed = _drawn(rows, PLAIN, most, longest)
        return Clip(shown, "", 0, len(rows), narrowed=narrowed)
    first, style, narrow = _drawn(rows[:head], PLAIN, MOST_SPANS // 2, LINE_CHARACTERS)
    style = _after(rows[head:-tail], style)
    last, _, also = _drawn(rows[-tail:], style, MOST_SPANS // 2, LINE_CHARACTERS)
    return Clip(first, last, len(rows) - head - tail, len(rows), narrowed=narrow or also)


def _drawn(
    rows: Sequence[str], style: Style, spans: int, longest: int
) -> tuple[Markup, Style, bool]:
    """Rows as HTML, the style that is on behind them, and whether one of them lost its end."""
    pieces: list[str] = []
    narrowed = False
    for at, row in enumerate(rows):
        cells, style = _cells(row[: max(_MOST_RAW, longest)], style)
        if at:
            pieces.append("\n")
        for classes, characters in _runs(cells[:longest]):
            shown = classes and spans > 0
            spans -= 1 if shown else 0
            text = escape(characters)
            pieces.append(f'<span class="{classes}">{text}</span>' if shown else text)
        if len(cells) > longest:
            narrowed = True
            pieces.append(f"… ({len(cells) - longest:,} more characters)")
    return Markup("".join(pieces)), style, narrowed  # noqa: S704 - every text in it is escaped


def _runs(cells: Sequence[_Cell]) -> Iterator[tuple[str, str]]:
    for style, group in groupby(cells, key=lambda cell: cell[1]):
        yield style.classes, "".join(character for character, _ in group)


def _cells(row: str, style: Style) -> tuple[list[_Cell], Style]:
    """The characters that stand in a row after all overprinting, each with its style."""
    cells: list[_Cell] = []
    at = 0
    for token in _TOKEN.finditer(row):
        kind = token.lastgroup
        if kind == "text":
            written = [(character, style) for character in token[0]]
            cells[at : at + len(written)] = written
            at += len(written)
        elif kind == "sgr":
            style = changed(style, token["sgr"])
        elif kind == "erase":
            del cells[0 if token["erase"] == "2" else at :]
            at = min(at, len(cells))
        elif kind == "move":
            at = 0 if token[0] == "\r" else max(0, at - 1)
    return cells, style


def _after(rows: Sequence[str], style: Style) -> Style:
    for row in rows:
        for found in _COLOURED.finditer(row):
            style = changed(style, found[0].lstrip("\x1b[\x9b")[:-1])
    return style


def changed(style: Style, codes: str) -> Style:
    """The style after one SGR sequence with these parameters, `1;31` for bold red."""
    numbers = [int(code[-4:] or 0) for code in re.split("[;:]", codes)[:64]]
    at = 0
    while at < len(numbers):
        code = numbers[at]
        if code in (38, 48):
            colour, used = _extended(numbers[at + 1 :])
            at += used
            if colour is not None:
                style = _replace(style, code, colour)
        else:
            style = _simple(style, code)
        at += 1
    return style


def _simple(style: Style, code: int) -> Style:
    if code == 0:
        return PLAIN
    if code in _FLAGS:
        return style._replace(flags=style.flags | {_FLAGS[code]})
    if code in _ENDS:
        return style._replace(flags=style.flags - set(_ENDS[code]))
    tens, unit = divmod(code, 10)
    if tens in (3, 9) and unit < 8:
        return style._replace(colour=unit if tens == 3 else unit + 8)
    if (tens == 4 and unit < 8) or 100 <= code <= 107:
        return style._replace(ground=unit if tens == 4 else unit + 8)
    if code == 39:
        return style._replace(colour=-1)
    return style._replace(ground=-1) if code == 49 else style


def _replace(style: Style, code: int, colour: int) -> Style:
    return style._replace(colour=colour) if code == 38 else style._replace(ground=colour)


def _extended(numbers: Sequence[int]) -> tuple[int | None, int]:
    """The colour that follows 38 or 48, and how many numbers it took."""
    if numbers[:1] == [5] and len(numbers) > 1:
        return _of_256(numbers[1]), 2
    if numbers[:1] == [2] and len(numbers) > 3:
        return _nearest(numbers[1], numbers[2], numbers[3]), 4
    return None, len(numbers)


def _of_256(number: int) -> int | None:
    if number < 16:
        return number
    if number < 232:
        red, rest = divmod(number - 16, 36)
        return _nearest(*(0 if c == 0 else 55 + 40 * c for c in (red, *divmod(rest, 6))))
    return _nearest(*[8 + 10 * (number - 232)] * 3) if number < 256 else None


def _nearest(red: int, green: int, blue: int) -> int:
    """The classic colour of the same hue; greys by how light they are."""
    high, low = max(red, green, blue), min(red, green, blue)
    if high - low < 40:
        return (0, 8, 7, 15)[min(3, high // 64)]
    middle = (high + low) / 2
    hue = (red > middle) | (green > middle) << 1 | (blue > middle) << 2
    return hue + 8 if high > 200 else hue
