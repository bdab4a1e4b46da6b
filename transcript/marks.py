"""Which mark stands for which value: the same value, the same `[REDACTED:rule#n]` throughout."""

from typing import NamedTuple

from .detect import MARK, Found
from .findings import MAX_VALUES, Report, RuleReport, ValueReport, digest_of, masked
from .propagate import worthy

_MAX_RULES = 1_000
_MAX_KEPT_CHARS = 4 << 20
"""Characters of values that are kept to look for their echoes."""


class Hit(NamedTuple):
    """A mark that was written, and for which value."""

    rule: str
    digest: str


class Marks:
    """Numbers values in the order in which they are first seen, and remembers those to look for."""

    def __init__(self, report: Report) -> None:
        self._report = report
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
            if len(self._numbers) < _MAX_RULES:
                used = min(int(number), MAX_VALUES)
                self._numbers[rule] = max(self._numbers.get(rule, 0), used)

    def of(self, found: Found) -> tuple[str, Hit]:
        """The mark of a value; the rule that found it first names it for the whole session."""
        digest = digest_of(found.value)
        mark = self._marks.get(bytes.fromhex(digest[:32])) or self._new(found, digest)
        for value in (found.value, *found.also):
            self._keep(value, found.rule, mark)
        return mark, Hit(mark[10:].partition("#")[0], digest)

    def _new(self, found: Found, digest: str) -> str:
        rule = found.rule
        number = self._numbers[rule] = self._numbers.get(rule, 0) + 1
        self._report.rules.setdefault(rule, RuleReport()).values += 1
        mark = f"[REDACTED:{rule}#{number}]"
        if len(self._marks) < MAX_VALUES:
            self._marks[bytes.fromhex(digest[:32])] = mark
            self._report.values[digest] = ValueReport(rule, digest, masked(found.value), mark)
        return mark

    def _keep(self, value: str, rule: str, mark: str) -> None:
        """Remember a value, and other spellings of it that get the same mark."""
        if value in self.values or self._kept_chars > _MAX_KEPT_CHARS:
            return
        for part in worthy(value, rule):
            if part not in self.values:
                self.values[part] = rule
                self._kept_chars += len(part)
                self._marks.setdefault(bytes.fromhex(digest_of(part)[:32]), mark)
