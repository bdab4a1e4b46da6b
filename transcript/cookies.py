"""The values of cookies that log somebody in."""

import re
from collections.abc import Iterator

from .mixture import is_random
from .span import Span
from .values import is_plain
from .wordlike import word_share

_PAIR = re.compile(
    r"([\w.\-]{1,64})(?:=|(?:\\{0,3}[\"'])[ ]{0,2}[:=,][ ]{0,2}\\{0,3}[\"'])([^\s;,\"'`<>\\]{6,4096})"  # noqa: E501
)
_LOGS_IN = re.compile(r"(?i)sess|sid\b|auth|token|jwt|csrf|xsrf|remember|login|secret|identity")


def values(text: str, at: int, end: int) -> Iterator[Span]:
    """The values in `at` to `end`, a Cookie or Set-Cookie header or a table of cookies."""
    for found in _PAIR.finditer(text, at, end):
        value = found[2]
        if is_plain(value):
            continue
        if is_random(value) or (_LOGS_IN.search(found[1]) and any(map(str.isdigit, value))):
            yield Span(found.start(2), found.end(2), "cookie", False)


SESSION = re.compile(
    r"(?i)\b(?:[\w-]{0,20}sessid|[\w-]{0,20}session_?id|connect\.sid|[\w-]{0,20}_session|session|xsrf-token)"
    r"=([\w%+/=.~:-]{12,2048})"
)


def session_pairs(text: str) -> Iterator[Span]:
    """`PHPSESSID=…`, `sessionid=…` and their like, wherever they stand."""
    for found in SESSION.finditer(text):
        value = found[1]
        if (is_random(value) and not is_plain(value)) or _is_of_letters(value):
            yield Span(found.start(1), found.end(1), "cookie", False)


def _is_of_letters(value: str) -> bool:
    """True for a long id of letters alone."""
    return len(value) >= 24 and value.isalpha() and word_share(value) < 0.5
