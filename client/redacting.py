"""Redaction as the client uses it: lines, texts and file meta in, and a table for people out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..transcript.facts import project_of
from ..transcript.findings import MAX_PLACES, Report, ValueReport
from ..transcript.marks import Renumber
from ..transcript.model import Json
from ..transcript.paths import Places
from ..transcript.personal import Personal
from ..transcript.propagate import Echoes
from ..transcript.redact import MAX_PERMITTED, Known, Line, Redactor
from .patterns import Pattern
from .policy import DEFAULT, Policy

PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What one rule took out."""

    rule: str
    count: int
    """Different values."""
    where: str
    """The first few places, in words."""
    sample: str = ""
    """One of the values, masked."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What was taken out of a session, most first."""

    rows: tuple[Row, ...] = ()
    paths: int = 0
    """Texts in which a path was made relative."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rule -> different values, for the header."""
    values: tuple[ValueReport, ...] = ()
    """Each value that was taken out, without the value."""


class Redaction:
    """One session's redaction; `home`, `user` and `host` are this machine's.

    Marks are numbered behind `first_mark`.
    """

    def __init__(
        self,
        home: Path,
        policy: Policy = DEFAULT,
        user: str | None = None,
        host: str | None = None,
        first_mark: int = 0,
    ) -> None:
        self._home = str(home)
        self._allowed = policy.allowed
        self._redactor = Redactor(
            Places(self._home, keep=None if "path" not in policy.classes else policy.keep),
            policy.allowed,
            Personal(self._home, user, host, policy.classes, policy.keep),
            [pattern.find for pattern in policy.patterns],
            first_mark,
        )
        self._echoes = Echoes({})
        self.rewrites_all = False
        """True if the second pass has something new to look for in every line."""

    def search(self, patterns: Iterable[Pattern]) -> None:
        """Between the passes: look for these too, in every line."""
        for pattern in patterns:
            self._redactor.search(pattern.find)
            self.rewrites_all = True

    def learn(self, lines: Sequence[Json]) -> None:
        """Take in lines as they were read, before what names people is taken out of them."""
        self._redactor.learn(lines)

    def lines(self, lines: Sequence[Line]) -> Iterator[Json]:
        """Many lines without secrets; see `Redactor.lines`."""
        return self._redactor.lines(lines)

    def value(self, value: Json, file: str, line: int = 0) -> Json:
        """A shared line, or a subagent's meta, without secrets. `file` is "" for the main one."""
        return self._redactor.value(value, file, line)

    def again(self, value: Any, file: str, line: int = 0) -> Any:
        """The same in the second pass; see `Redactor.again`."""
        return self._redactor.again(value, file, line)

    def text(self, text: str, file: str) -> str:
        """A text without secrets."""
        return self._redactor.text(text, file)

    @property
    def known(self) -> Known:
        """What the first pass told so far; see `take_over`."""
        return self._redactor.known

    def take_over(self, known: Known, lines: int) -> Renumber:
        """Between the passes: take in what another one found; see `Redactor.take_over`."""
        return self._redactor.take_over(known, lines)

    def know_all(self) -> Echoes:
        """End the first pass; see `Redactor.know_all`."""
        self._echoes = self._redactor.know_all()
        return self._echoes

    def permits(self, rule: str, digest: str) -> bool:
        """True if the author lets this stay; the header will say so."""
        permitted = rule in self._allowed.rules or digest in self._allowed.digests
        if permitted and len(self._redactor.permitted) < MAX_PERMITTED:
            self._redactor.permitted[digest] = rule
        return permitted

    @property
    def permitted(self) -> dict[str, str]:
        """Digest -> rule of what was found and stays."""
        return self._redactor.permitted

    def title(self, title: str) -> str:
        """A title, perhaps cut, made of redacted lines, without echoes either."""
        whole = self.text(self._echoes.without_cut(title), "the title")
        return self._echoes.without_pieces(whole)

    def project(self, folder: str) -> str:
        """What the project in this folder is called; "" if that would be a person's name."""
        name = project_of(folder)
        if not name or Places(self._home, folder).replace(f"{folder}/x") == "~/x":
            return ""
        return self.text(name, "the project's name")

    @property
    def report(self) -> Report:
        """Every finding, for who wants to look at each."""
        return self._redactor.report

    def reported(self) -> Reported:
        """What was taken out so far."""
        report = self._redactor.report
        samples = {value.rule: value.sample for value in report.values.values()}
        rows = [
            Row(
                rule,
                found.values,
                in_words([spot.source for spot in found.places], found.marks),
                samples.get(rule, ""),
            )
            for rule, found in report.rules.items()
        ]
        rows.sort(key=lambda row: (-row.count, row.rule))
        return Reported(
            tuple(rows), report.paths, dict(report.counts), tuple(report.values.values())
        )


def in_words(places: list[str], marks: int) -> str:
    """`line 12, line 40 and 7 more places`."""
    spots = list(dict.fromkeys(places))
    shown = ", ".join(spots[:PLACES_SHOWN])
    more = len(spots) - PLACES_SHOWN
    if more <= 0:
        return shown
    # The redactor stops counting places at some point.
    about = f"over {more}" if len(places) >= MAX_PLACES and marks > MAX_PLACES else f"{more}"
    return f"{shown} and {about} more"
