"""The quick looks, faster where google-re2 and pyahocorasick are installed (extra `[fast]`), with
the same answer.

Only questions such as "is any of these in there?" go through here: what a rule matches, and where,
is always the standard library's word.
"""

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar
from weakref import WeakSet

from .pieces import ORDINARY, piece
from .relax import NotRelaxed, relaxed

re2: Any
try:
    import re2
except ImportError:
    re2 = None
ahocorasick: Any
try:
    import ahocorasick
except ImportError:
    ahocorasick = None

Text = TypeVar("Text", str, bytes)
Search = Callable[[bytes, int], Any]
"""The first match in bytes from a place on, or None."""
_SHORT = 1_000
"""Up to here the standard library is done before re2 has begun."""
WARM_UP = 192 << 10
"""Bytes that were asked about before automata are made: that takes as long as these without."""
_MOST_PIECES = 120
_MOST_WHOLE = 4
"""Patterns of an automaton: with more it has so many states that it gives up."""
MAX_PATTERN = 200_000
"""Characters of a pattern that re2 is given: larger ones take it more memory than we would."""


def quick_look(pattern: Text) -> Callable[[Text], bool]:
    """A function that tells whether `pattern` matches anywhere in a text."""
    search: Callable[[Text], object] | None = None
    fast = fast_look(pattern)

    def look(text: Text) -> bool:
        nonlocal search
        if fast is not None and len(text) > _SHORT:
            return fast(text) is not None
        if search is None:  # compiled when first needed: a large one takes long
            search = re.compile(pattern).search
        return search(text) is not None

    return look


def fast_look(pattern: Text) -> Callable[[Text], object] | None:
    """re2's search; None without it, for a pattern that is too large for it, and for one that looks
    around, which it refuses."""
    if re2 is None or len(pattern) > MAX_PATTERN:
        return None
    try:
        return re2.compile(pattern, _options()).search
    except re2.error:
        return None


def holds(text: str, words: Iterable[str]) -> bool:
    """True if one of the words stands in the text."""
    for word in words:  # noqa: SIM110 - a loop is three times as fast as any()
        if word in text:
            return True
    return False


def any_of(patterns: Iterable[str]) -> Callable[[bytes], bool] | None:
    """A function that tells whether one of these may match in a text, given in UTF-8.

    "No" is sure, "yes" is not. None without re2, as one after the other is quicker then, and for
    patterns that re2 cannot say.
    """
    return _asked(lambda: [search_any(tuple(patterns))])


def _asked(compiled: Callable[[], Iterable[Search]]) -> Callable[[bytes], bool] | None:
    if re2 is None:
        return None
    try:
        searches = tuple(compiled())
    except (NotRelaxed, re2.error):
        return None

    def look(data: bytes) -> bool:
        for search in searches:  # noqa: SIM110 - a loop is three times as fast as any()
            if search(data, 0) is not None:
                return True
        return False

    return look


_read = 0


def warm(size: int) -> bool:
    """True if so much was read, with these bytes, that automata are worth their making."""
    global _read
    if _read <= WARM_UP:
        _read += size
    return _read > WARM_UP


def _later(compiled: Callable[[], Iterable[Search]]) -> Callable[[bytes], bool]:
    """`_asked`, made when it is worth it; till then, and where it cannot be made, "perhaps"."""
    looks: list[Callable[[bytes], bool] | None] = []

    def look(data: bytes) -> bool:
        if not looks:
            if not warm(len(data)):
                return True
            looks.append(_asked(compiled))
        return looks[0] is None or looks[0](data)

    return look


def any_of_groups(
    groups: Iterable[tuple[str, ...]], many: tuple[str, ...] = ()
) -> Callable[[bytes], bool]:
    """`any_of` for patterns that together are too many for one automaton: each group is one, and of
    `many` only pieces are looked for (see `search_many`). "Perhaps" without re2, and at first."""
    return _later(lambda: [*map(search_any, groups), *search_many(many)])


def in_one(patterns: tuple[str, ...]) -> Iterable[Search]:
    """All in one automaton, which stays."""
    return [search_any(patterns)]


def in_passing(patterns: tuple[str, ...]) -> Iterable[Search]:
    """The same for patterns that are not the program's own: nobody else asks for them."""
    return [search_once(patterns)]


def may_match(
    patterns: Iterable[str], compiled: Callable[[tuple[str, ...]], Iterable[Search]] = in_one
) -> Callable[[str], bool]:
    """The same for a text with a line end before and behind it."""
    patterns = tuple(patterns)
    look = _later(lambda: compiled(patterns))
    return lambda text: look(f"\n{text}\n".encode("utf-8", "surrogatepass"))


def occurrences(words: Iterable[str]) -> Callable[[str], Iterable[tuple[int, str]]] | None:
    """A function that gives (end, word) wherever one of these stands in a text, overlapping too.

    None without pyahocorasick.
    """
    if ahocorasick is None:
        return None
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton.iter


def _options() -> Any:
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    return options


def _byte_options() -> Any:
    options = _options()
    options.encoding = re2.Options.Encoding.LATIN1
    return options


class _Automaton:
    """re2's search for a pattern. What it knows of the texts it has read grows with them."""

    __slots__ = ("__weakref__", "_pattern", "_search")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern.encode()
        self._search: Search | None = self._compiled()
        _AUTOMATA.add(self)

    def __call__(self, data: bytes, start: int) -> Any:
        search = self._search
        if search is None:
            search = self._search = self._compiled()
        return search(data, start)

    def forget(self) -> None:
        """Be compiled again when asked."""
        self._search = None

    def _compiled(self) -> Search:
        return re2.compile(self._pattern, _byte_options()).search


_AUTOMATA: WeakSet[_Automaton] = WeakSet()


def let_go() -> None:
    """Give back what the automata have grown by; they are compiled again when next asked."""
    if re2 is None:
        return
    for automaton in _AUTOMATA:
        automaton.forget()
    re2.purge()
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc, not of musl
        if trim is not None:
            trim(0)


def searcher(pattern: str) -> Search:
    """re2's `search(data, start)` for bytes, or without it the standard library's."""
    if re2 is None:
        return re.compile(pattern.encode()).search
    return _Automaton(pattern)


@cache
def search_any(patterns: tuple[str, ...]) -> Search:
    """`search_once`, for patterns of the program: they are compiled once."""
    return search_once(patterns)


def search_once(patterns: Iterable[str]) -> Search:
    """re2's search for something in every text in UTF-8 in which one of these matches.

    Raises NotRelaxed, and re2's error.
    """
    return searcher("|".join(f"(?:{relaxed(pattern)})" for pattern in patterns))


@cache
def search_many(patterns: tuple[str, ...]) -> tuple[Search, ...]:
    """re2's searches, one of which finds something in every text in UTF-8 in which one of these
    matches. Of most only a piece is looked for, see `pieces`.

    Raises NotRelaxed, and re2's error.
    """
    short: list[str] = []
    whole: list[str] = []
    for pattern in map(relaxed, dict.fromkeys(patterns)):
        found = piece(pattern, _is_ordinary)
        (whole if found is None else short).append(found or pattern)
    groups = [*_in_groups(short, _MOST_PIECES), *_in_groups(whole, _MOST_WHOLE)]
    return tuple(searcher("|".join(f"(?:{one})" for one in group)) for group in groups)


def _in_groups(patterns: list[str], size: int) -> list[list[str]]:
    patterns = list(dict.fromkeys(patterns))
    return [patterns[at : at + size] for at in range(0, len(patterns), size)]


def _is_ordinary(pattern: str) -> bool:
    return re2.search(pattern.encode("latin-1"), ORDINARY, _byte_options()) is not None
