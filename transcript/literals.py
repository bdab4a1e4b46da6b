"""Where any of many literals stands in a text.

A few are one pattern. Of many, a pattern would take seconds and hundreds of megabytes to be made:
each of them is looked for by one or two short pieces of it, which a dictionary holds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from .alternation import any_of
from .engines import fast_look, occurrences
from .traces import PIECE, RUN, TraceLook, Traces, pieces, starts

FEW = 300
"""Literals that are one pattern."""
_ODD = 400
"""Of many, those without a piece that few others have: also one pattern."""
_LEAST = 4
_MOST_PER_PIECE = 32
"""Literals that one piece stands for; one that has no rarer piece is not looked for."""
_MOST_AT_ONCE = 5_000
"""Pieces that are one pattern for re2: with more it is the slowest."""
_LONG_RUN = re.compile(rf"[A-Za-z0-9]{{{_LEAST},}}")
_LONG_RUN_IN_BYTES = re.compile(rb"[A-Za-z0-9]{4,}")
_MOST_WORDS = 50_000
_LONGEST_WORD = 40
"""Words without a piece in them that are remembered."""


class Place(NamedTuple):
    """Where a literal stands."""

    start: int
    literal: str


class Literals(Protocol):
    """A set of literals, to be looked for."""

    traces: Traces | None
    """What `may_be_in` looks for; None if they are too many."""

    def may_be_in(self, data: bytes) -> bool:
        """False only if none stands in these lines of JSON, whatever is escaped in them but letters
        and digits; a piece of one is enough for True."""
        ...

    def find(self, text: str) -> Iterator[Place]:
        """Where they stand: in order, not overlapping, the longest of those that begin alike."""
        ...


def literals(words: Iterable[str], hints: Iterable[str] = ()) -> Literals | None:
    """These literals; None if there are none. Of `hints` only `may_be_in` knows."""
    words = sorted(set(words), key=lambda word: (-len(word), word))
    if not words:
        return None
    return (Pattern if len(words) <= FEW else Pieces)(words, hints)


class Pattern:
    """A few literals."""

    def __init__(self, words: list[str], hints: Iterable[str] = ()) -> None:
        self._find: Callable[[str], Iterator[re.Match[str]]] = re.compile(any_of(words)).finditer
        self.traces: Traces | None = Traces([*words, *hints])

    @cached_property
    def _look(self) -> TraceLook:
        """Made when asked for: mostly somebody looks for the traces among others."""
        return TraceLook([self.traces] if self.traces else [])

    def may_be_in(self, data: bytes) -> bool:
        """See Literals."""
        return self._look.found(data)

    def find(self, text: str) -> Iterator[Place]:
        """See Literals."""
        return (Place(found.start(), found[0]) for found in self._find(text))


class Pieces:
    """Many literals, the longest first. Linear in the text, whatever it holds."""

    traces: Traces | None = None

    def __init__(self, words: list[str], hints: Iterable[str] = ()) -> None:
        self._pieces: dict[str, list[tuple[int, str]]] = {}
        self._dull: set[str] = set()
        runs = Counter(run for word in words for run in set(RUN.findall(word)))
        odd = [word for word in words if not self._add(word, runs)]
        for piece in (piece for word in hints for piece in pieces(word)):
            self._pieces.setdefault(piece, [])
        self._lengths = sorted({len(piece) for piece in self._pieces})
        self._odd = Pattern(odd[:_ODD]) if odd else None
        small = len(self._pieces) <= _MOST_AT_ONCE
        self._look = fast_look(any_of(self._pieces).encode()) if small else None
        self._occurrences = occurrences(self._pieces)

    def _add(self, word: str, runs: Counter[str]) -> bool:
        """Note the word under pieces that few others have. False if it has none."""

        def rarest_then_longest(run: re.Match[str]) -> tuple[bool, int]:
            return runs[run[0]] > 1, -len(run[0])

        for run in sorted(_LONG_RUN.finditer(word), key=rarest_then_longest):
            pieces = [
                (self._pieces.setdefault(run[0][at : at + PIECE], []), run.start() + at)
                for at in starts(len(run[0]))
            ]
            free = [(words, at) for words, at in pieces if len(words) < _MOST_PER_PIECE]
            for words, at in free:
                words.append((at, word))
            if free:
                return True
        return False

    def may_be_in(self, data: bytes) -> bool:
        """See Literals."""
        if self._odd is not None and self._odd.may_be_in(data):
            return True
        if self._look is not None:
            return self._look(data) is not None
        if self._occurrences is not None:
            return any(True for _ in self._occurrences(data.decode("latin-1")))
        runs = set(_LONG_RUN_IN_BYTES.findall(data))
        return any(True for run in runs for _ in self._in_word(run.decode()))

    def find(self, text: str) -> Iterator[Place]:
        """See Literals."""
        places = set(self._odd.find(text)) if self._odd else set[Place]()
        for at, words in self._pieces_in(text):
            for offset, word in words:
                start = at - offset
                if start >= 0 and text.startswith(word, start):
                    places.add(Place(start, word))
        end = 0
        for place in sorted(places, key=lambda place: (place.start, -len(place.literal))):
            if place.start >= end:
                end = place.start + len(place.literal)
                yield place

    def _pieces_in(self, text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Where the pieces stand, and the literals they stand for."""
        if self._occurrences is not None:
            for last, piece in self._occurrences(text):
                yield last + 1 - len(piece), self._pieces[piece]
            return
        for run in _LONG_RUN.finditer(text):
            for at, words in self._in_word(run[0]):
                yield run.start() + at, words

    def _in_word(self, word: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """The pieces in a word, and the literals they stand for."""
        if word in self._dull:
            return
        dull, pieces = True, self._pieces
        for length in self._lengths:
            for at in range(len(word) - length + 1):
                words = pieces.get(word[at : at + length])
                if words is not None:
                    dull = False
                    yield at, words
        if dull and len(word) <= _LONGEST_WORD and len(self._dull) < _MOST_WORDS:
            self._dull.add(word)
