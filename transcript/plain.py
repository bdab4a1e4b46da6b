"""Session text for terminals and files: nothing of it may steer what shows it."""

import re

_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor, modes
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"  # OSC: titles, links, clipboard
    "|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\\\|\x9c)?"  # DCS, SOS, PM, APC
    "|\x1b[ -/]*[0-~]?"
)
# Control characters, marks that turn the direction of text, and halves of UTF-16 pairs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\u2028\u2029\x0c\x0b\x85]")


def plain(text: str) -> str:
    """The text without terminal escapes and other control characters; tabs and newlines stay.

    A line that was drawn over by carriage returns is what it was in the end. Linear in time.
    """
    text = _ESCAPE.sub("", _BREAKS.sub("\n", text))
    if "\r" in text:
        text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return _UNSEEN.sub("", text)


def one_line(text: str, most: int) -> str:
    """The first line that says something, of at most `most` characters."""
    for line in plain(text[: most * 20]).split("\n"):
        if words := " ".join(line.split()):
            return words if len(words) <= most else words[: most - 1].rstrip() + "…"
    return ""


def ends(text: str, head: int, tail: int, most: int) -> tuple[list[str], int, list[str]]:
    """(first lines, how many were left out, last lines) of a plain text.

    A line longer than `most` characters is cut with an ellipsis.
    """
    lines = [line if len(line) <= most else line[: most - 1] + "…" for line in text.split("\n")]
    hidden = len(lines) - head - tail
    if hidden <= 1:
        return lines, 0, []
    return lines[:head], hidden, lines[-tail:] if tail else []
