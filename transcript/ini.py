"""Lines of INI and TOML files: `password = word` gives a value there and names no variable, and
below `[tokens]` stands a token, whatever its name."""

import re
from collections.abc import Iterator

from .engines import holds
from .forms import scrambled
from .mixture import is_made_up
from .span import Span

_LINE_START = r"(?m)^[ \t\d\u2192|]{0,16}"
_SECTION = re.compile(rf"{_LINE_START}\[[\w.:@/\" -]{{1,60}}\][ \t]{{0,4}}\r?$")
_USER_BESIDE = re.compile(rf"{_LINE_START}[\w.-]{{0,24}}user(?:name)?[ ]=[ ][\w.@-]{{1,64}}\r?$")
_ABOVE = 600
_BESIDE = 200

_OF_SECRETS = re.compile(
    rf"{_LINE_START}\[(?:[\w-]{{1,40}}\.){{0,4}}[\w-]{{0,20}}(?:tokens|secrets|passwords|credentials|api_?keys)\][ \t]{{0,4}}\r?\n"  # noqa: E501
    r"(?P<rows>(?:[ \t\d\u2192|]{0,16}(?:#[^\n]{0,200}|[\w.\"-]{1,64}[ ]{0,16}=[^\n]{1,600})\n?){1,32})"  # noqa: E501
)
_ROW = re.compile(
    r"(?m)(?P<name>[\w.-]{1,64})\"?[ ]{0,16}=[ ]{0,4}\"(?P<value>[^\"\s]{12,512})\"[ \t]{0,8}(?:\#[^\n]{0,200})?\r?$"  # noqa: E501
)
_NO_SECRET = re.compile(r"(?i)(?:id|ur[il]|name|email|user|host|region)$")
_ENDS = ("tokens]", "secrets]", "passwords]", "credentials]", "keys]")
SECTIONS = r"(?:tokens|secrets|passwords|credentials|api_?keys)\][ \t]*\r?\n"
"""Where it does not match, `in_sections` finds nothing."""


def in_sections(text: str) -> Iterator[Span]:
    """Random values in sections that are named for secrets."""
    if holds(text, _ENDS):
        for block in _OF_SECRETS.finditer(text):
            for row in _ROW.finditer(text, *block.span("rows")):
                if scrambled(row["value"]) and not _NO_SECRET.search(row["name"]):
                    yield Span(*row.span("value"), "secret", False)


def is_setting(text: str, start: int, value: int, end: int) -> bool:
    """True if the line that begins at `start` stands below a section's name, or above one or beside
    a user's if what stands from `value` to `end` can be no variable."""
    if _SECTION.search(text, max(0, start - _ABOVE), start):
        return True
    beside = text[max(0, start - _BESIDE) : end + _BESIDE]
    if not is_made_up(text[value:end]):
        return False
    return bool(_USER_BESIDE.search(beside) or _SECTION.search(text, end, end + _BESIDE))
