"""What was found and taken out: by value and by rule, with places, never with a value."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_PLACES = 50
"""Places kept per rule in a report."""
MAX_PLACES_OF_VALUE = 20
"""Places kept per value."""
MAX_VALUES = 50_000
"""Different values that are told apart; what comes later is counted by rule only."""


class Spot(NamedTuple):
    """Where something stands: enough to read the session again and show it."""

    file: str = ""
    """"" is the main file; else its name, or words such as `the title`."""
    line: int = 0
    """Line of the file, from 1; 0 if it has none."""
    path: str = ""
    """`message.content[2].input.command`; "" for the whole text."""

    @property
    def source(self) -> str:
        """`line 12`, `agent-a.jsonl line 3` or `the title`."""
        line = f"line {self.line}" if self.line else ""
        return " ".join(part for part in (self.file, line) if part)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.source, self.path) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sure hit: which rule, where (`message.content[2].input.command`), the value's digest.

    The digest is the SHA-256 of the value in hex: what an author allows by hash. The value itself
    is nowhere.
    """

    rule: str
    place: str
    digest: str


@dataclass(slots=True)
class ValueReport:
    """One value that was taken out."""

    rule: str
    digest: str
    """SHA-256 in hex, what `--allow` takes."""
    sample: str
    """Masked: recalls the value to whoever knows it."""
    mark: str
    count: int = 0
    """Marks written for it."""
    places: list[Spot] = field(default_factory=list)
    """The first MAX_PLACES_OF_VALUE."""


@dataclass(slots=True)
class RuleReport:
    """What one rule took out of the session."""

    values: int = 0
    """Different values."""
    marks: int = 0
    """Marks written; the same text often stands twice in a line, so this is the larger figure."""
    places: list[Spot] = field(default_factory=list)
    """The first MAX_PLACES places."""


@dataclass(slots=True)
class Report:
    """What a redactor has taken out so far."""

    rules: dict[str, RuleReport] = field(default_factory=dict)
    values: dict[str, ValueReport] = field(default_factory=dict)
    """By digest, in the order of finding; at most MAX_VALUES."""
    paths: int = 0
    """Strings in which a path was made relative."""

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of different values: what the shared document's header says."""
        return {rule: found.values for rule, found in sorted(self.rules.items())}

    @property
    def total(self) -> int:
        """Different values over all rules."""
        return sum(found.values for found in self.rules.values())

    def count(self, rule: str, digest: str, spot: Spot) -> None:
        """Count a mark written for the value with this digest."""
        found = self.rules.setdefault(rule, RuleReport())
        found.marks += 1
        if len(found.places) < MAX_PLACES and spot not in found.places:
            found.places.append(spot)
        value = self.values.get(digest)
        if value is not None:
            value.count += 1
            if len(value.places) < MAX_PLACES_OF_VALUE and spot not in value.places:
                value.places.append(spot)

    def add(self, other: "Report", lines: int) -> None:
        """Add what somebody else found behind the first `lines` lines of the main file.

        The values of `other` are known here already, perhaps by another rule.
        """
        self.paths += other.paths
        for rule, found in other.rules.items():
            here = self.rules.setdefault(rule, RuleReport())
            here.marks += found.marks
            _add_places(here.places, found.places, lines, MAX_PLACES)
        for digest, value in other.values.items():
            known = self.values.get(digest)
            if known is None:
                continue
            known.count += value.count
            _add_places(known.places, value.places, lines, MAX_PLACES_OF_VALUE)
            if known.rule != value.rule:
                self.rules[value.rule].marks -= value.count
                self.rules[known.rule].marks += value.count
        for rule in [rule for rule, found in self.rules.items() if not found.values]:
            del self.rules[rule]


def _add_places(places: list[Spot], more: list[Spot], lines: int, most: int) -> None:
    for spot in more[: max(0, most - len(places))]:
        behind = not spot.file and spot.line
        places.append(spot._replace(line=spot.line + lines) if behind else spot)


def digest_of(value: str) -> str:
    """SHA-256 of a value, hex: its name in allowances and findings."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def masked(value: str) -> str:
    """A sample that recalls the value to whoever knows it: four characters, from 16 on."""
    return (value[:4] if len(value) >= 16 else "") + "…"
