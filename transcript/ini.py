"""Lines of INI files, where `password = word` gives a value and names no variable."""

import re

from .values import is_made_up

_LINE_START = r"(?m)^[ \t\d\u2192|]{0,16}"
_SECTION = re.compile(rf"{_LINE_START}\[[\w.:@/\" -]{{1,60}}\][ \t]{{0,4}}\r?$")
_USER_BESIDE = re.compile(rf"{_LINE_START}[\w.-]{{0,24}}user(?:name)?[ ]=[ ][\w.@-]{{1,64}}\r?$")
_ABOVE = 600
_BESIDE = 200


def is_setting(text: str, start: int, value: int, end: int) -> bool:
    """True if the line that begins at `start` stands below a section's name, or beside a user's if
    what stands from `value` to `end` can be no variable."""
    if _SECTION.search(text, max(0, start - _ABOVE), start):
        return True
    beside = text[max(0, start - _BESIDE) : end + _BESIDE]
    return is_made_up(text[value:end]) and _USER_BESIDE.search(beside) is not None
