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
    return _asked(search_any, patterns)


def _asked(
    compiled: Callable[[tuple[str, ...]], Search], patterns: Iterable[str]
) -> Callable[[bytes], bool] | None:
    if re2 is None:
        return None
    try:
        search = compiled(tuple(patterns))
    except (NotRelaxed, re2.error):
        return None
    return lambda data: search(data, 0) is not None


def any_of_groups(groups: Iterable[Iterable[str]]) -> Callable[[bytes], bool] | None:
    """The same for patterns that together are too many for one automaton: each group is one.

    Nothing is compiled before the first text comes.
    """
    if re2 is None:
        return None
    waiting = [tuple(group) for group in groups]
    looks: list[Callable[[bytes], bool] | None] = []

    def look(data: bytes) -> bool:
        while waiting:
            looks.append(any_of(waiting.pop(0)))
        for one in looks:  # noqa: SIM110 - a loop is three times as fast as any()
            if one is None or one(data):
                return True
        return False

    return look


def may_match(patterns: Iterable[str], *, passing: bool = False) -> Callable[[str], bool]:
    """The same for a text with a line end before and behind it; without an answer that is quick,
    "perhaps". Nothing is compiled before the first text comes. `passing` ones are not the
    program's own: nobody else asks for them."""
    patterns = tuple(patterns)
    looks: list[Callable[[bytes], bool] | None] = []

    def may(text: str) -> bool:
        if not looks:
            looks.append(_asked(search_once if passing else search_any, patterns))
        look = looks[0]
        return look is None or look(f"\n{text}\n".encode("utf-8", "surrogatepass"))

    return may


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
