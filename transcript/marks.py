"""Which mark stands for which value: the same value, the same `[REDACTED:rule#n]` throughout."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .detect import MARK, Found
from .findings import MAX_VALUES, Report, RuleReport, ValueReport, digest_of, masked
from .propagate import worthy

SECOND = 1_000_000
"""From here on a second redactor of the same session numbers its marks; see `Marks.take_over`."""
_OF_SECOND = re.compile(rb"\[REDACTED:[a-z0-9-]{1,40}#[1-9]\d{6,8}\]")
_MAX_RULES = 1_000
_MAX_KEPT_CHARS = 4 << 20
"""Characters of values that are kept to look for their echoes."""


class Hit(NamedTuple):
    """A mark that was written, and for which value."""

    rule: str
    digest: str


class Numbered(NamedTuple):
    """What a redactor has found, and under which marks: for another one (`Marks.take_over`)."""

    report: Report
    marks: dict[bytes, str]
    """By the first half of the value's digest."""
    values: dict[str, str]
    """As in `Marks`."""
    noted: dict[str, int]
    """Rule -> the highest number that an earlier run gave."""


Renumber = Callable[[bytes], bytes]
"""Gives marks in lines of JSON other numbers."""


class Marks:
    """Numbers values in the order in which they are first seen, and remembers those to look for.

    The numbers begin behind `first`.
    """

    def __init__(self, report: Report, first: int = 0) -> None:
        self._report = report
        self._first = first
        self._noted: dict[str, int] = {}
        self._marks: dict[bytes, str] = {}
        self._numbers: dict[str, int] = {}
        self._kept_chars = 0
        self.values: dict[str, str] = {}
        """Values that are to be removed wherever they occur, and the rule of each."""

    def note(self, text: str) -> None:
        """Do not give a new value the number of a mark that an earlier run left in `text`."""
        if "[REDACTED:" not in text:
            return
        for found in MARK.finditer(text):
            rule, _, number = found[0][10:-1].partition("#")
            self._note(rule, min(int(number), MAX_VALUES))

    def _note(self, rule: str, number: int) -> None:
        if len(self._numbers) < _MAX_RULES:
            self._noted[rule] = max(self._noted.get(rule, 0), number)
            self._numbers[rule] = max(self._numbers.get(rule, 0), number)

    @property
    def numbered(self) -> Numbered:
        """All that is known here."""
        return Numbered(self._report, self._marks, self.values, self._noted)

    def take_over(self, other: Numbered, lines: int) -> Renumber:
        """Take in what a second redactor found behind the first `lines` lines of the main file.

        Gives a function that renumbers its marks in lines that it wrote.
        """
        for rule, number in other.noted.items():
            self._note(rule, number)
        here: dict[str, str] = {}
        for digest, value in other.report.values.items():
            mark = self._marks.get(bytes.fromhex(digest[:32]))
            here[value.mark] = mark or self._number(value.rule, digest, value.sample)
        for part, rule in other.values.items():
            self._keep_part(part, rule, here[other.marks[_key(part)]])
        self._report.add(other.report, lines)
        renumbered = {mark.encode(): new.encode() for mark, new in here.items()}
        return lambda data: _OF_SECOND.sub(lambda mark: renumbered.get(mark[0], mark[0]), data)

    def of(self, found: Found) -> tuple[str, Hit]:
        """The mark of a value; the rule that found it first names it for the whole session."""
        digest = digest_of(found.value)
        mark = self._marks.get(bytes.fromhex(digest[:32]))
        mark = mark or self._number(found.rule, digest, masked(found.value))
        for value in (found.value, *found.also):
            self._keep(value, found.rule, mark)
        return mark, Hit(mark[10:].partition("#")[0], digest)

    def _number(self, rule: str, digest: str, sample: str) -> str:
        number = self._numbers[rule] = self._numbers.get(rule, 0) + 1
        self._report.rules.setdefault(rule, RuleReport()).values += 1
        mark = f"[REDACTED:{rule}#{self._first + number}]"
        if len(self._marks) < MAX_VALUES:
            self._marks[bytes.fromhex(digest[:32])] = mark
            self._report.values[digest] = ValueReport(rule, digest, sample, mark)
        return mark

    def _keep(self, value: str, rule: str, mark: str) -> None:
        """Remember a value, and other spellings of it that get the same mark."""
        if value in self.values or self._kept_chars > _MAX_KEPT_CHARS:
            return
        for part in worthy(value, rule):
            self._keep_part(part, rule, mark)

    def _keep_part(self, part: str, rule: str, mark: str) -> None:
        if part not in self.values:
            self.values[part] = rule
            self._kept_chars += len(part)
            self._marks.setdefault(_key(part), mark)


def _key(value: str) -> bytes:
    return bytes.fromhex(digest_of(value)[:32])


def marked_lines(text: str, span: Found, mark: str) -> str:
    """A mark in each line of the span of a patch, behind the line's sign."""
    lines = text[span.start : span.end].split("\n")
    within = span.start > 0 and text[span.start - 1] != "\n"
    signs = ["" if within else lines[0][:1], *(line[:1] for line in lines[1:])]
    return "\n".join(
        (sign if sign in ("+", "-", " ") else "") + mark if line else line
        for sign, line in zip(signs, lines, strict=True)
    )
