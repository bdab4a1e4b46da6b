"""Long texts show their two ends; the middle is one request away."""

from dataclasses import dataclass

HEAD_LINES, TAIL_LINES = 12, 8
CODE_HEAD, CODE_TAIL = 40, 10
LINE_CHARACTERS = 2_000
MOST_CHARACTERS = 200_000
"""More than this is never drawn in one piece: it is what the download is for."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A text as shown: all of it in `head`, or two ends with `hidden` lines between them."""

    head: str
    tail: str
    hidden: int
    total: int
    cut: bool = False
    """True when characters are missing that even "show all" would not show."""
    narrowed: bool = False
    """True when lines lost their ends that "show all" would show."""

    @property
    def tail_start(self) -> int:
        """How many lines stand before the first line of the tail."""
        return self.total - (self.tail.count("\n") + 1)


def lines(text: str, head: int = HEAD_LINES, tail: int = TAIL_LINES, *, clip: bool = True) -> Clip:
    """Clip to whole lines; with `clip=False` only the upper bound of a page holds."""
    text = text.strip("\n")
    rows = text.split("\n")
    total = len(rows) if text else 0
    if not clip:
        return _whole(text, total)
    # Two more than the limits are shown rather than folded away for a mere line.
    hidden = 0 if total <= head + tail + 2 else total - head - tail
    first, last = (rows[:head], rows[-tail:]) if hidden else (rows, [])
    return Clip(
        "\n".join(map(_short, first)),
        "\n".join(map(_short, last)),
        hidden,
        total,
        narrowed=any(len(row) > LINE_CHARACTERS for row in (*first, *last)),
    )


def _whole(text: str, total: int) -> Clip:
    if len(text) <= MOST_CHARACTERS:
        return Clip(text, "", 0, total)
    half = MOST_CHARACTERS // 2
    return Clip(text[:half], text[-half:], max(0, text.count("\n", half, -half)), total, cut=True)


def _short(row: str) -> str:
    if len(row) <= LINE_CHARACTERS:
        return row
    return f"{row[:LINE_CHARACTERS]}… ({len(row) - LINE_CHARACTERS:,} more characters)"


def prose(text: str, most: int) -> tuple[str, int]:
    """The beginning of a prose text and how many characters follow it.

    Cut at the end of a paragraph, line or word, whichever comes first from the right.
    """
    if len(text) <= most:
        return text, 0
    for mark in ("\n\n", "\n", " "):
        end = text.rfind(mark, most // 2, most)
        if end > 0:
            return text[:end], len(text) - end
    return text[:most], len(text) - most
