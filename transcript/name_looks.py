"""Quick looks for what `names` finds: where none of them matches, it finds nothing.

Each pattern says, for one way of telling a secret, what stands at the least: the name, what joins
it to the value, and of the value a digit in a long enough word, or a word too long for one. What
they let through is judged by `names` itself. They are written for lower-cased text and for an
engine that reads each character once (see `relax`), so repeats need no bound.
"""

import re

from .joins import CLOSED, JOINS, PROSE, SIGNED
from .nearby import PATTERNS as NEARBY
from .prose import AS_NAME, FOREIGN
from .relax import IN_BYTES
from .stems import RARE
from .tables import PATTERNS as TABLES

_AUTH = (
    r"auth(?:(?:orization|entication|[a-np-z0-9_\-]|o[a-qs-z0-9_\-]|or[a-hj-rt-z0-9]|ori[a-su-y0-9_\-]"
    r"|ors[a-z0-9])[a-z0-9_\-]*|o)?"
)
"""Not `author`, `authors`, `authority`."""
_KEY = (
    rf"(?:(?:[a-z0-9][_\-. ]?key|token|secret|cred(?:ential)?|bearer|webhook|{RARE})[a-z0-9_\-]*"
    rf"|pat(?:[0-9_\-][a-z0-9_\-]*)?|{_AUTH})"
)
"""The names whose value a machine has made. The value of a cookie is looked for by itself."""
_ANY_KEY = rf"(?:{_KEY}|cookie[a-z0-9_\-]*)"
_CHOSEN = (
    r"(?:p(?:ass|wd|hrase)[a-z0-9_\-]*|p(?:w|sk|in)(?:[0-9_\-][a-z0-9_\-]*)?|kennwort[a-z0-9_\-]*)"
)


def _telling(letter: str, length: int = 6) -> str:
    """A run of so many letters of a class, one of them a digit."""
    last = length - 1
    places = (rf"{letter}{{{at}}}\d{letter}{{{last - at}}}" for at in range(length))
    return f"(?:{'|'.join(places)})"


_ANY = r"[^\x00-\x20]"
_BARE = r"[^\s\"'`\\\x1b]"
_WRAPPED = r"(?:(?:new )?[a-z0-9_.\[\]:]*\(\s*|r#{1,3})?[a-z@&$]{0,2}"
"""`SecretStr(`, `r#`, `b` before a literal."""


def _made(letter: str) -> str:
    """What a machine may have made of these letters."""
    return rf"(?:{_telling(letter)}|{letter}{{16}}|{letter}{{6,15}}\d)"


def _quoted(quote: str) -> str:
    letters = rf"[^{quote}\s]"
    return rf"{_WRAPPED}\\*{quote}[\\\"'`]*{_made(letters)}"


_ANY_MADE = _made(r"\S")
_IN_ELEMENT = _made(r"[^\s<>]")
_MADE = "|".join(
    [
        *map(_quoted, ("'", '"', "`")),
        # With another quotation mark inside.
        rf"{_WRAPPED}(?:\"{{3}}|'{{3}}|\\*[\"'`]\\{{1,3}}[\"']){_ANY_MADE}",
        rf"[\\\"'`]*{_made(_BARE)}",
    ]
)
_SCHEME = r"[\"']?(?:[a-z\-]{1,12}[ \t=]{1,4})?"
_DIRECT = rf"(?:{_SCHEME}(?:{_MADE})|[\"']?basic[ \t=]{{1,4}}[\w+/=~.:\-]{{8}})"
"""A value that a machine has made, right there."""
_REST = r"(?:[^\n{}|;.!?=]|[.!?=][^\n ])*?"
_TOLD = rf"{_REST}(?:{_telling(_ANY)}|\d{_REST}[a-z]{{10}}|[a-z]{{10}}{_REST}\d)"
"""A value in the same sentence, as `prose.told` takes it."""

_JOIN = f"{CLOSED}{SIGNED}"
_PROSE = f"{CLOSED}{PROSE}"
_BLANK = rf"{CLOSED}[ \t]{{1,16}}"
_IN_COOKIE = r"[^\s;,\"'`<>\\]"


def _in_bytes(*groups: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """They count letters from below only, where bytes will do."""
    return tuple(tuple(IN_BYTES + pattern for pattern in group) for group in groups)


ASSIGNED = _in_bytes(
    (
        rf"{_KEY}{_JOIN}{_DIRECT}",
        rf"{_KEY}{CLOSED}[ \t]*>[ \t]*{_IN_ELEMENT}",
        rf"{_ANY_KEY}{_BLANK}{_DIRECT}",
    ),
    (
        rf"{_KEY}{_PROSE}(?:{_DIRECT}|{_TOLD})",
        rf"{_ANY_KEY}{_BLANK}{_TOLD}",
    ),
    (
        rf"(?:\n|[^\W\d_][ ])(?:[\w.\-]+[ ])?[\w.\-]*{_KEY}{CLOSED}[ \t]{{0,24}}(?:{JOINS})[ ]{_TOLD}",  # noqa: E501
    ),
    (
        rf"cookie[a-z0-9_\-]*(?:{_JOIN}|{_PROSE})[^\n]*?(?:=|[\"'][ ]{{0,2}}[:=,][ ]{{0,2}}\\{{0,3}}[\"'])"  # noqa: E501
        rf"(?:{_telling(_IN_COOKIE, 6)}|{_IN_COOKIE}{{16}})",
    ),
    (
        rf"{_CHOSEN}(?:{_JOIN}|{_PROSE})(?:\S{{4}}|{_TOLD})",
        rf"{_CHOSEN}{_BLANK}(?:[\"'`]|[\w+/=~.%$!@#^*:-]{{12}}|{_TOLD})",
        rf"-[\w-]*{_CHOSEN}{_BLANK}",
        # Words in a literal.
        rf"{_CHOSEN}(?:{_JOIN}|{_PROSE})[\"'`][^\s\"'`]{{2}}[^\s\"'`]?[ ][^\s\"'`]{{2}}",
    ),
)
"""Where none of these matches, `assigned` finds nothing. Each group is one automaton: all together
they would be too large for one, and one by one they would each read the text."""
TOLD = _in_bytes(
    (
        r"(?:bearer|basic)[ \t]{1,4}[\w+/~.\-]{16}",
        rf"[\w!#$%^&*+./=@~-]{{8}}[\"'`*,)]{{0,3}}(?i:{AS_NAME})",
        f"(?:{'|'.join(map(re.escape, FOREIGN))}){_TOLD}",
        f"(?:{'|'.join(map(re.escape, FOREIGN))})[ ]?[:=][ ]+[\"'`]?[a-z]+-[a-z]+-[a-z]+-[a-z]",
    ),
)
"""The same for the rest of `beside`."""
GROUPS = (*ASSIGNED, *TOLD, TABLES, NEARBY)
"""All of them; `pairs` has patterns of its own."""
