"""Which of many literals stand in a text, without looking for each of them.

A session repeats its words: what literals a word may belong to is found once and remembered.
"""

import re
from collections.abc import Iterable

from .alternation import any_of

_RUN = re.compile(r"[A-Za-z0-9]+")
_LEAST = 3
"""Letters of a literal by which it is remembered; one without so many is looked for each time."""
_MOST_WORDS = 8_000
_LONGEST_WORD = 40
_LONG_TEXT = 256 << 10
"""Characters of a text whose words would be too many at once."""


class Present:
    """Tells which of `literals` stand in a text."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._all = tuple(dict.fromkeys(literals))
        self._of_core: dict[str, list[str]] = {}
        """Literals by a part of them that is in no other part."""
        cores = {word: max(_RUN.findall(word) or [""], key=len) for word in self._all}
        self._always = tuple(word for word, core in cores.items() if len(core) < _LEAST)
        for word, core in sorted(cores.items(), key=lambda item: len(item[1])):
            if len(core) >= _LEAST:
                inner = next((known for known in self._of_core if known in core), core)
                self._of_core.setdefault(inner, []).append(word)
        self._cores = re.compile(f"(?=({any_of(self._of_core)}))")
        self._known: dict[str, tuple[str, ...]] = {}
        self._dull: set[str] = set()

    def of(self, text: str) -> set[str]:
        """The literals in `text`."""
        if len(text) > _LONG_TEXT:
            return {word for word in self._all if word in text}
        cores: set[str] = set()
        for run in set(_RUN.findall(text)) - self._dull:
            known = self._known.get(run)
            cores.update(self._learned(run) if known is None else known)
        here = [word for word in self._always if word in text]
        for core in cores:
            here += (word for word in self._of_core[core] if word in text)
        return set(here)

    def _learned(self, run: str) -> tuple[str, ...]:
        found = tuple(self._cores.findall(run))
        if len(run) <= _LONGEST_WORD:
            if len(self._known) + len(self._dull) >= _MOST_WORDS:
                self._known.clear()
                self._dull.clear()
            if found:
                self._known[run] = found
            else:
                self._dull.add(run)
        return found
