"""Redaction as the client uses it: lines, texts and file meta in, and a table for people out."""

from dataclasses import dataclass, field
from pathlib import Path

from ..transcript import truncate
from ..transcript.facts import project_of
from ..transcript.model import Json
from ..transcript.paths import Places
from ..transcript.redact import MAX_PLACES, Redactor

PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What one rule took out."""

    rule: str
    count: int
    """Different values."""
    where: str
    """The first few places, in words."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What was taken out of a session, most first."""

    rows: tuple[Row, ...] = ()
    paths: int = 0
    """Texts in which a path was made relative."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rule -> different values, for the header."""


class Redaction:
    """One session's redaction and truncation; `home` is this machine's home folder."""

    def __init__(self, home: Path) -> None:
        self._home = str(home)
        self._redactor = Redactor(Places(self._home))

    def line(self, line: Json, place: str) -> Json:
        """A shared line without secrets."""
        cwd = line.get("cwd")
        if isinstance(cwd, str):
            self._redactor.learn(cwd)
        return self._redactor.value(line, place)

    def meta(self, meta: Json, place: str) -> Json:
        """A subagent's meta without secrets."""
        clean = self._redactor.value(meta, place)
        return clean if isinstance(clean, dict) else {}

    def text(self, text: str, place: str) -> str:
        """A text without secrets."""
        return self._redactor.text(text, place)

    def output(self, text: str, place: str) -> str:
        """A tool's output without secrets, cut if it is long."""
        return truncate.text(self._redactor.text(text, place))

    def project(self, folder: str) -> str:
        """What the project in this folder is called; "" if that would be a person's name."""
        name = project_of(folder)
        if not name or Places(self._home, folder).replace(f"{folder}/x") == "~/x":
            return ""
        return self.text(name, "the project's name")

    def reported(self) -> Reported:
        """What was taken out so far."""
        report = self._redactor.report
        rows = [
            Row(rule, found.values, in_words(found.places, found.marks))
            for rule, found in report.rules.items()
        ]
        rows.sort(key=lambda row: (-row.count, row.rule))
        return Reported(tuple(rows), report.paths, dict(report.counts))


def in_words(places: list[str], marks: int) -> str:
    """`line 12, line 40 and 7 more places`; a place is `line 12: message.content[0].text`."""
    spots = list(dict.fromkeys(place.partition(": ")[0] for place in places))
    shown = ", ".join(spots[:PLACES_SHOWN])
    more = len(spots) - PLACES_SHOWN
    if more <= 0:
        return shown
    # The redactor stops counting places at some point.
    about = f"over {more}" if len(places) >= MAX_PLACES and marks > MAX_PLACES else f"{more}"
    return f"{shown} and {about} more"
