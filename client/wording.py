"""Words and figures for a terminal, safe against what a session or a server may hold."""

import re
import unicodedata

# Bidirectional controls can make a line read as another one: as dangerous as an escape.
UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text without anything that moves a cursor, rings, colours or reorders; \\n stays."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, width: int = 72) -> str:
    """The text on one printable line, at most `width` columns, cut with an ellipsis."""
    flat = printable(" ".join(text.split()))
    kept, columns = [], 0
    for character in flat:
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > width:
            return "".join(kept[: width - 1]).rstrip() + "…"
        kept.append(character)
    return flat


def count(number: int, noun: str) -> str:
    """`1 message`, `2,300 messages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """A number of bytes as people say it: `812 B`, `41 KB`, `4.0 MB` (1 KB = 1,000 B)."""
    if number < 1_000:
        return f"{number} B"
    if number < 999_500:
        return f"{number / 1_000:.0f} KB"
    return f"{number / 1_000_000:,.1f} MB"


def duration(seconds: float) -> str:
    """About how long: `40 s`, `5 min`, `2 h`."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.0f} h"


def moment(iso: object) -> str:
    """A time of the server as people read it: `2026-12-21 10:00 UTC`; "" if it is none."""
    text = iso if isinstance(iso, str) else ""
    if not text.isascii() or not text.endswith("Z") or text[10:11] != "T":
        return one_line(text, 40)
    return printable(f"{text[:10]} {text[11:16]} UTC")


def columns(rows: list[tuple[str, ...]], indent: str = "") -> list[str]:
    """Rows as lines with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        (indent + "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
