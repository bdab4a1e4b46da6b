"""A secret found once is removed wherever it stands, in whatever spelling.

`Echoes` knows the values that were found. `possible` is a quick look at encoded lines, `find` the
exact search in one text; that text is one view of a string, so escapes are decoded already and
only base64 has to be looked for as such.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from . import engines
from .detect import Found
from .literals import Place, literals
from .mixture import is_made_up, is_random
from .traces import TraceLook, Traces, longest_run
from .values import is_dotted, is_numbered_words, is_passphrase, is_plain
from .wordlike import is_unlike_names, word_share

PERSONAL = frozenset({"email", "username", "hostname", "person"})
"""Rules whose values are names: they go wherever they stand as a word."""

_MIN_RANDOM = 8
_MIN_NAME = 4
_ALONE = 16
"""A shorter value counts only where no letter or digit touches it."""
_LINE_OF_KEY = 40
_MAX_PARTS = 200
_MOST_IN_BASE64 = 3_000
"""Values that are looked for inside base64 too."""
_MOST_TWICE = 4_000
"""Spellings of them inside base64 of base64."""
_MIN_CUT = 6
_JOINTS = ".:,-_/@ "
_NUMBER = re.compile(r"\d{3}")
_FEW_WORDS = 0.62
_COLOURS = re.compile(rb"\\u001[bB]\[[0-9;]{0,16}[A-Za-z]")
_HIDDEN = (
    r"\\\\u00[3-7][0-9a-fA-F]|%(?:3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])"
    r"|&#(?:x[3-7]|4[89]|5[0-7]|6[5-9]|[78][0-9]|9[0789]|1[01][0-9]|12[012])"
)
"""Letters and digits that were escaped although nobody has to: no needle would match them."""


def worthy(value: str, rule: str) -> Iterator[str]:
    """`value` if it may be looked for elsewhere, or its lines if it has several; else nothing.

    What is no name has to look random: a password such as `localhost` stands in many places where
    it is none.
    """
    if "\n" in value or "\\n" in value:
        lines = re.split(r"\\n|\s", value)
        for line in lines[:_MAX_PARTS]:
            part = line.strip("\"'`+,-> \t\u2192")
            if len(part) >= _LINE_OF_KEY and is_random(part):
                yield part
    elif rule in PERSONAL:
        if len(value) >= _MIN_NAME:
            yield value
    elif len(value) >= _MIN_RANDOM and (
        is_random(value) or _mixed(value) or is_unlike_names(value) or _numbered(value)
    ):
        yield value


def _numbered(value: str) -> bool:
    """True for a password of words with a number of three digits or more, and for a pass phrase."""
    if value.count(" ") >= 2:
        return is_numbered_words(value) or is_passphrase(value, strong=True)
    if not _NUMBER.search(value) or not any(map(str.isalpha, value)):
        return False
    return is_made_up(value) or is_dotted(value) or word_share(value) < _FEW_WORDS


def _mixed(value: str) -> bool:
    """True for what a person made up as a password: three kinds of characters, and no code.

    Signs that also join words, hosts and numbers do not count.
    """
    kinds = (
        any(map(str.islower, value)),
        any(map(str.isupper, value)),
        any(map(str.isdigit, value)),
        any(not c.isalnum() and c not in _JOINTS for c in value),
    )
    return sum(kinds) >= 3 and not is_plain(value)


class Echoes:
    """The known values of a session, and the rule of each.

    `names` are personal names in lower case that somebody else finds: here they only count for the
    quick look, in any case.
    """

    def __init__(self, values: Mapping[str, str], names: Iterable[str] = ()) -> None:
        self._rules = dict(values)
        fast = engines.re2 is not None
        named = Traces(names, _in_json, any_case=fast)
        self._base64: dict[str, tuple[str, int, int]] = {}
        twice: list[str] = []
        for value in islice(self._rules, _MOST_IN_BASE64):
            for core, left, right in _in_base64(value):
                self._base64.setdefault(core, (value, left, right))
                if len(twice) < _MOST_TWICE:
                    twice += (inner for inner, _, _ in _in_base64(core))
        self._values = literals([*self._rules, *self._base64], twice)
        valued = [self._values.traces] if self._values and self._values.traces else []
        also = _HIDDEN if self._values or named.any else ""
        # One search for all where it costs no more than each; else looking at lower case is quicker
        # than looking at any.
        self._look = TraceLook([named, *valued] if fast else valued, also)
        self._low = TraceLook([] if fast else [named])

    def possible(self, data: bytes) -> bool:
        """False only if none of the values can stand in these lines of JSON."""
        if not self._look:
            return False
        if b"u001" in data:
            data = _COLOURS.sub(b"", data)
        if self._look.found(data) or (self._low and self._low.found(data.lower())):
            return True
        values = self._values
        return values is not None and values.traces is None and values.may_be_in(data)

    def find(self, text: str) -> list[Found]:
        """Where the values stand in `text`, also inside its base64."""
        if self._values is None:
            return []
        found = (self._found(text, place) for place in self._values.find(text))
        return [one for one in found if one]

    def without_cut(self, title: str) -> str:
        """`title` without the beginning of a value at its end, if it was cut there."""
        body = title.removesuffix("…")
        if body == title:
            return title
        for value in self._rules:
            at = body.rfind(value[:_MIN_CUT], max(0, len(body) - len(value)))
            if at >= 0 and value.startswith(body[at:]):
                body = body[:at].rstrip()
        return f"{body}…"

    def without_pieces(self, title: str) -> str:
        """`title` without words that hold a piece of a value: line ends became blanks in it."""
        values = self._values
        if values is None:
            return title
        words = title.split(" ")
        return " ".join("…" if values.may_be_in(word.encode()) else word for word in words)

    def _found(self, text: str, place: Place) -> Found | None:
        start, value = place
        end = start + len(value)
        if value not in self._rules:
            value, left, right = self._base64[value]
            start, end = max(0, start - left), min(len(text), end + right)
        elif not _stands_alone(value, text, start, end):
            return None
        return Found(start, end, self._rules[value], False, value)


def _stands_alone(value: str, text: str, start: int, end: int) -> bool:
    """True unless a short value is only a part of a longer word."""
    if len(value) >= _ALONE:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (value[0].isalnum() and before.isalnum()) or (value[-1].isalnum() and after.isalnum())
    )


def _in_json(name: str) -> Iterator[str]:
    """The longest piece of a name that no escaping changes, with the separator before it."""
    run = longest_run(name)
    yield f"/{run}" if name.startswith(f"/{run}") and len(run) < _MIN_NAME else run


def _in_base64(value: str) -> Iterator[tuple[str, int, int]]:
    """The three ways in which `value` can stand inside base64: the characters that depend on it
    alone, and how many characters on each side it shares with what stands around."""
    data = value.encode("utf-8", "surrogatepass")
    if len(data) < _MIN_RANDOM:
        return
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        first, shared = (shift * 8 + 5) // 6, (shift + len(data)) % 3 != 0
        core = text[first : len(text) - shared]
        for spelling in {core, core.replace("+", "-").replace("/", "_")}:
            yield spelling, int(shift > 0), int(shared)
