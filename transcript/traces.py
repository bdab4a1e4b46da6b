"""What is left of literals in lines of JSON, whatever is escaped in them but letters and digits.

A literal with a long run of letters leaves that. `eve@site.org` has none, and `site` alone stands
in many texts: its two runs must stand close by. An automaton for many such pairs would have a state
for every set of those that are half seen; so only the longer run of each is looked for, and the
other one around it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from .alternation import any_of
from .engines import Search, fast_look

PIECE = 8
"""Letters of a run that are looked for."""
_SEPARATOR = 2
_APART = 40
"""Bytes that a separator takes at the most, escaped in any way."""
RUN = re.compile(r"[A-Za-z0-9]+")
"""What every escaping leaves as it is."""


def longest_run(word: str) -> str:
    """The longest run of letters and digits; the word itself if it has none."""
    return max(RUN.findall(word) or [word], key=len)


def starts(length: int) -> Iterable[int]:
    """Where the pieces of a run begin: two, so that one is whole where the value is cut."""
    middle = max(0, (length - PIECE) // 2)
    return (middle, length - PIECE) if length >= 2 * PIECE else (middle,)


def pieces(word: str) -> Iterable[str]:
    """Pieces of a literal that survive every escaping."""
    run = longest_run(word)
    return [run[at : at + PIECE] for at in starts(len(run))]


class Traces:
    """The traces of some literals; `pieces` gives those of one with a long run."""

    def __init__(
        self,
        words: Iterable[str],
        pieces: Callable[[str], Iterable[str]] = pieces,
        *,
        any_case: bool = False,
    ) -> None:
        self.any_case = any_case
        self.alone: set[str] = set()
        self.pairs: dict[str, list[tuple[str, str]]] = {}
        """The longer run -> both, in order."""
        for word in words:
            two = _two_runs(word)
            if two:
                self.pairs.setdefault(max(two, key=len), []).append(two)
            else:
                self.alone.update(pieces(word))

    @property
    def any(self) -> bool:
        """True if there is one."""
        return bool(self.alone or self.pairs)


def _two_runs(word: str) -> tuple[str, str] | None:
    """Two runs that stand close by in a literal without a long one; None for other literals."""
    runs = list(RUN.finditer(word))
    if max((len(run[0]) for run in runs), default=PIECE) >= PIECE:
        return None
    near = [
        (left[0], right[0])
        for left, right in pairwise(runs)
        if right.start() - left.end() <= _SEPARATOR
    ]
    return max(near, key=lambda two: len(two[0]) + len(two[1])) if near else None


class TraceLook:
    """Looks for the traces of several kinds of literals, and for what `also` matches."""

    def __init__(self, several: Sequence[Traces], also: str = "") -> None:
        alone = {word.lower() for traces in several for word in traces.alone}
        self._checks: list[tuple[bool, dict[bytes, re.Pattern[bytes]]]] = []
        first, then = [also] if also else [], list[str]()
        for traces in several:
            # A run that is a trace by itself, too, is one wherever it stands.
            halves = {run for run in traces.pairs if run.lower() not in alone}
            case = "(?i:{})" if traces.any_case else "{}"
            if sure := traces.alone | (traces.pairs.keys() - halves):
                first.append(case.format(any_of(sure)))
            if halves:
                then.append(case.format(any_of(halves)))
                checks = {run.encode(): _close_by(traces.pairs[run]) for run in halves}
                self._checks.append((traces.any_case, checks))
        # Of two that begin at one place the first is found: one that needs no check.
        pattern = "|".join([*first, *then]).encode()
        search: Any = (fast_look(pattern) or re.compile(pattern).search) if pattern else None
        self._search: Search | None = search

    def __bool__(self) -> bool:
        return self._search is not None

    def found(self, data: bytes) -> bool:
        """False only if none of them stands in these lines."""
        at = 0
        while self._search is not None and (match := self._search(data, at)):
            if self._is_trace(data, *match.span()):
                return True
            at = match.start() + 1
        return False

    def _is_trace(self, data: bytes, start: int, end: int) -> bool:
        around = data[max(0, start - _APART - PIECE) : end + _APART + PIECE]
        is_half = False
        for any_case, checks in self._checks:
            # Longer and shorter halves may begin at the same place.
            ahead = data[start : start + PIECE]
            ahead = ahead.lower() if any_case else ahead
            is_half = is_half or ahead[: end - start] in checks
            runs = (ahead[:size] for size in range(1, PIECE))
            if any(checks[run].search(around) for run in runs if run in checks):
                return True
        return not is_half


def _close_by(pairs: Iterable[tuple[str, str]]) -> re.Pattern[bytes]:
    either = (f"{re.escape(a)}[^\\n]{{1,{_APART}}}?{re.escape(b)}" for a, b in pairs)
    return re.compile(f"(?i:{'|'.join(either)})".encode())
