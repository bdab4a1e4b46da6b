"""Many texts at once: in which of them there is nothing to find.

Most texts of a session hold no secret, and looking at each by itself costs more than the looking.
`Screen.clean` puts the texts of many lines behind one another and asks each quick look once for
all of them. What a look points at is judged by the detector that it stands for; what may be
disguised is left to `detect`. In a text that is clean here, `detect.find` finds nothing.

Only with google-re2: the standard library takes as long for all texts as for each.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple, Protocol

from . import (
    dumps,
    engines,
    name_looks,
    nearby,
    pairs,
    personal_shapes,
    structures,
    tables,
    turned,
    views,
)
from .detect import Span, lowered
from .looks import folds, look
from .names import assigned, beside
from .shapes import SHAPES
from .strip import Strip

_MOST_TEXT = 64 << 10
"""Characters of a text that is looked at with others; a longer one is worth looks of its own."""


class Person(Protocol):
    """Finds what names people and machines."""

    def find(self, text: str) -> list[Span]:
        """The stretches of `text` to take out."""
        ...

    @property
    def names_pattern(self) -> str:
        """A pattern for any of the names in lower-cased text; "" if there is none."""
        ...


class _Look(NamedTuple):
    """A quick look, and what judges a text that it points at: true if there is something."""

    search: engines.Search
    judge: Callable[[str], object]


class _Judged:
    """Which texts hold something; each is judged once by each judge, and owned by another text."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def look(
        self, strip: Strip, looks: Iterable[_Look], texts: list[str], owners: list[str]
    ) -> None:
        """Take each look at all texts."""
        seen: set[tuple[Callable[[str], object], int]] = set()
        for search, judge in looks:
            for number in strip.hits(search):
                if owners[number] not in self.found and (judge, number) not in seen:
                    seen.add((judge, number))
                    if judge(texts[number]):
                        self.found.add(owners[number])


def _looks(groups: Iterable[tuple[str, ...]], judge: Callable[[str], object]) -> list[_Look]:
    return [_Look(engines.search_any(group), judge) for group in groups]


def _many(patterns: tuple[str, ...], judge: Callable[[str], object]) -> list[_Look]:
    return [_Look(search, judge) for search in engines.search_many(patterns)]


def _some(_text: str) -> bool:
    return True


def _has_assigned(text: str) -> bool:
    return any(assigned(text, lowered(text)))


def _has_beside(text: str) -> bool:
    return any(beside(text, lowered(text)))


def _has_pair(text: str) -> bool:
    return any(pairs.paired(text))


def _has_column(text: str) -> bool:
    return any(tables.columns(text, lowered(text)))


def _has_random_word(text: str) -> bool:
    return any(nearby.nearby(text, lowered(text)))


def _has_structure(text: str) -> bool:
    return any(structures.structures(text))


def _has_shape(text: str) -> bool:
    return any(SHAPES.find(text, look(text).suspects()))


_DISGUISES = (
    *(*turned.SIGNS, *dumps.SIGNS, views.BASE64, dumps.HEX),
    *("PRIVATE KEY", r"\[REDACTED:"),
)
"""What only `detect` sees through, and what stands for a secret already."""


class Screen:
    """See the module's docstring. `person` may learn between two questions."""

    def __init__(self, person: Person | None) -> None:
        self._person = person
        self._names = ""
        self._named: list[_Look] = []

    @cached_property
    def _plain(self) -> list[_Look]:
        """Looks at texts as they are."""
        person = self._person
        return [
            *_many(structures.LOOKS, _has_structure),
            *(_Look(search, _has_shape) for search in SHAPES.searches),
            *(_looks([personal_shapes.LOOKS], person.find) if person else ()),
        ]

    @cached_property
    def _low(self) -> list[_Look]:
        """Looks at texts in lower case."""
        return [
            *_looks(name_looks.ASSIGNED, _has_assigned),
            *_looks(name_looks.TOLD, _has_beside),
            *_many(pairs.PATTERNS, _has_pair),
            *_looks([tables.PATTERNS], _has_column),
            *_looks([nearby.PATTERNS], _has_random_word),
        ]

    def clean(self, asked: Iterable[str]) -> set[str]:
        """Those of the texts that hold nothing for sure; at first none."""
        asked = list(asked)
        if not engines.warm(sum(map(len, asked))):
            return set()
        layers: list[str] = []
        owners: list[str] = []
        for text in asked:
            if len(text) <= _MOST_TEXT and not folds(text):
                for layer, _ in views.layers(text):
                    layers.append(layer)
                    owners.append(text)
        judged = _Judged()
        strip = Strip(layers)
        judged.look(strip, _looks([_DISGUISES], _some), layers, owners)
        self._look(judged, strip, layers, owners)
        whole = [
            (view.text, owners[number])
            for number in set(strip.hits(engines.search_any(views.JOINTS)))
            for view in views.joined(layers[number])
        ]
        if whole:
            texts = [text for text, _ in whole]
            self._look(judged, Strip(texts), texts, [owner for _, owner in whole])
        return {text for text in owners if text not in judged.found}

    def _look(self, judged: _Judged, strip: Strip, texts: list[str], owners: list[str]) -> None:
        judged.look(strip, self._plain, texts, owners)
        low = Strip(lowered(text) for text in texts)
        judged.look(low, [*self._low, *self._look_for_names()], texts, owners)

    def _look_for_names(self) -> list[_Look]:
        """The look for people's names, made anew when more are known."""
        if self._person is not None and self._person.names_pattern != self._names:
            self._names = self._person.names_pattern
            search = engines.search_once([self._names])
            self._named = [_Look(search, self._person.find)]
        return self._named


def screen(person: Person | None) -> Screen | None:
    """A screen; None without google-re2."""
    return None if engines.re2 is None else Screen(person)
