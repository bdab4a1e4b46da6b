"""What reading a part of a session gave, besides its lines."""

from dataclasses import dataclass, field
from typing import Protocol

from ..transcript.reader import RawLine
from ..transcript.redact import Known
from .draft import Draft

UNREAD_KEPT = 3


@dataclass(slots=True)
class Unread:
    """Lines that were no JSON objects."""

    count: int = 0
    first: list[tuple[str, int, str]] = field(default_factory=list)
    """File, line number, why; a few."""

    def add(self, name: str, line: RawLine) -> None:
        self.count += 1
        if len(self.first) < UNREAD_KEPT:
            self.first.append((name, line.number, line.problem or "is not JSON"))

    def add_behind(self, other: "Unread", lines: int) -> None:
        """Add those of a part of the same file that begins behind so many lines."""
        self.count += other.count
        more = other.first[: UNREAD_KEPT - len(self.first)]
        self.first += [(name, number + lines, why) for name, number, why in more]


@dataclass(frozen=True, slots=True)
class Part:
    """What came of the end of the main file, but for its lines, which are in a draft."""

    known: Known
    names: tuple[str, ...]
    """Of the draft."""
    folders: tuple[str, ...]
    session_id: str | None
    messages: int
    read: int
    size: int
    """Bytes read."""
    unread: Unread


class Rest(Protocol):
    """Somebody who reads the end of the main file."""

    @property
    def part(self) -> Part | None:
        """What came of it; None if nothing did, and the stream went on instead."""
        ...

    @property
    def draft(self) -> Draft: ...

    @property
    def lines(self) -> int:
        """Lines before that end."""
        ...
