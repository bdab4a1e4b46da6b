"""Unified diffs: from the patch the session holds, else from the two texts."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import values

MOST_COMPARED = 1_500
"""Lines of both texts together that are still compared line by line."""
MOST_LINES = 400
FIRST_LINES = 200
SIGNS = "+- "


@dataclass(frozen=True, slots=True)
class Hunk:
    """A patch's lines from one place of a file; line numbers from 1, or 0 when unknown."""

    old_start: int
    new_start: int
    lines: Sequence[str]
    """Each begins with "+", "-" or " "."""


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in a file."""

    hunks: Sequence[Hunk] = field(default_factory=tuple)

    @property
    def added(self) -> int:
        """Lines that are new."""
        return self._count("+")

    @property
    def removed(self) -> int:
        """Lines that are gone."""
        return self._count("-")

    @property
    def size(self) -> int:
        """Lines as drawn."""
        return sum(len(hunk.lines) for hunk in self.hunks)

    def _count(self, sign: str) -> int:
        return sum(line[0] == sign for hunk in self.hunks for line in hunk.lines)

    def first(self, most: int) -> "Diff":
        """The first `most` lines."""
        hunks: list[Hunk] = []
        for hunk in self.hunks:
            if most <= 0:
                break
            hunks.append(Hunk(hunk.old_start, hunk.new_start, hunk.lines[:most]))
            most -= len(hunk.lines)
        return Diff(tuple(hunks))


def from_patch(patch: object) -> Diff:
    """The diff of a `structuredPatch`; anything that is none gives an empty one."""
    hunks = []
    for entry in values.records(patch):
        texts = values.strings(entry.get("lines"))
        lines = tuple(line for line in texts if line and line[0] in SIGNS)
        if lines:
            old, new = values.number(entry.get("oldStart")), values.number(entry.get("newStart"))
            hunks.append(Hunk(old or 0, new or 0, lines))
    return Diff(tuple(hunks))


def from_texts(pairs: Iterable[tuple[str, str]]) -> Diff:
    """The diff of (old, new) texts, a hunk each, without line numbers."""
    hunks: list[Hunk] = []
    budget = MOST_COMPARED
    for old, new in pairs:
        before, after = _split(old), _split(new)
        budget -= len(before) + len(after)
        lines = _compare(before, after) if budget >= 0 else _replaced(before, after)
        if lines:
            hunks.append(Hunk(0, 0, lines))
    return Diff(tuple(hunks))


def _split(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _replaced(before: list[str], after: list[str]) -> tuple[str, ...]:
    return (*("-" + line for line in before), *("+" + line for line in after))


def _compare(before: list[str], after: list[str]) -> tuple[str, ...]:
    # The first two lines name files; a removed line "-- x" looks the same, hence by place.
    found = list(difflib.unified_diff(before, after, n=len(before), lineterm=""))[3:]
    return tuple(found)
