"""Taking secrets out of a session, line by line, and telling what was taken.

`Redactor` is the author's side: it rewrites. `scan` is the server's: it only looks, at the same
strings with the same rules, and reports nothing from which a value could be had back.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .detect import MARK, MIN_TEXT, Span, find, find_sure, find_value
from .model import Json
from .names import secret_stem
from .paths import Places
from .walk import TOO_DEEP, Path, place, rewrite

MAX_PLACES = 50
"""Places kept per rule in a report."""
MAX_VALUES = 50_000
"""Different values that are numbered the same wherever they recur; 16 bytes are kept of each."""
MAX_FINDINGS = 1_000
"""Findings that one scan of a line returns."""
_MAX_RULES = 1_000
_CACHE_CHARS = 1 << 20
_CACHE_LONGEST = 256 << 10
_ROUNDS = 4


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
class RuleReport:
    """What one rule took out of the session."""

    values: int = 0
    """Different values."""
    marks: int = 0
    """Marks written; the same text often stands twice in a line, so this is the larger figure."""
    places: list[str] = field(default_factory=list)
    """The first MAX_PLACES places, as `12: message.content[0].text`."""
    samples: list[tuple[str, str]] = field(default_factory=list)
    """The first MAX_PLACES values as (digest, masked sample)."""


@dataclass(slots=True)
class Report:
    """What a redactor has taken out so far, by rule."""

    rules: dict[str, RuleReport] = field(default_factory=dict)
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


class _Hit(NamedTuple):
    rule: str
    digest: str
    sample: str
    new: bool


class _Cached(NamedTuple):
    text: str
    hits: tuple[_Hit, ...]
    moved: bool


def digest_of(value: str) -> str:
    """SHA-256 of a value, hex: its name in allowances and findings."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def masked(value: str) -> str:
    """A sample that recalls the value to whoever knows it: four characters, from 16 on."""
    return (value[:4] if len(value) >= 16 else "") + "…"


class Redactor:
    """Rewrites the lines of one session and of what belongs to it.

    `places` says which paths become `.` and `~`; it learns from the `cwd` of the lines.
    `allowed` holds digests (SHA-256, hex) of values that may stay. The same value gets the same
    mark throughout; memory is bounded whatever the session's size.
    """

    def __init__(self, places: Places, allowed: frozenset[str] = frozenset()) -> None:
        self.report = Report()
        self._places = places
        self._allowed = allowed
        self._marks: dict[bytes, str] = {}
        self._numbers: dict[str, int] = {}
        self._cache: OrderedDict[tuple[str, str], _Cached] = OrderedDict()
        self._cache_chars = 0
        self._prefix = ""

    def line(self, line: Json, number: int | None = None) -> Json:
        """A copy of `line` without secrets; `number` (1-based) only labels the places."""
        cwd = line.get("cwd")
        if isinstance(cwd, str):
            self.learn(cwd)
        return self.value(line, "" if number is None else str(number))

    def learn(self, cwd: str) -> None:
        """Take in a working folder, as `line` does with each line's `cwd`."""
        if self._places.learn(cwd):
            self._forget()

    def value(self, value: Any, place: str = "") -> Any:
        """The same for any JSON value, such as a subagent's meta."""
        self._prefix = f"{place}: " if place else ""
        return rewrite(value, self._visit)

    def text(self, text: str, place: str = "") -> str:
        """The same for one text, such as a spilled tool output."""
        self._prefix = f"{place}: " if place else ""
        return self._visit(text, "", ())

    def _visit(self, text: str, key: str, path: Path) -> str:
        stem = secret_stem(key) or "" if key else ""
        if len(text) < MIN_TEXT and not stem and "/" not in text and "\\" not in text:
            return text
        known = self._cache.get((stem, text))
        if known is None:
            known = self._work(text, stem)
            self._remember(stem, text, known)
        if known.text is text:
            return text
        if known.hits:
            self._count(known.hits, self._prefix + place(path))
        self.report.paths += known.moved
        return known.text

    def _work(self, text: str, stem: str) -> _Cached:
        """Redact until nothing is found any more: a mark can bring a new value to light."""
        self._note_marks(text)
        hits: list[_Hit] = []
        new = text
        for _ in range(_ROUNDS):
            spans = self._unallowed(new, find_value(stem, new) if stem else find(new))
            marked = self._mark(new, spans, hits) if spans else new
            after = self._places.replace(marked)
            if after == new:
                break
            new = after
        moved = new is not text and (not hits or self._places.replace(text) != text)
        return _Cached(new, tuple(hits), moved)

    def _note_marks(self, text: str) -> None:
        """Do not give a new value the number of a mark that an earlier run left in the text."""
        if "[REDACTED:" not in text:
            return
        for found in MARK.finditer(text):
            rule, _, number = found[0][10:-1].partition("#")
            if len(self._numbers) < _MAX_RULES:
                used = min(int(number), MAX_VALUES)
                self._numbers[rule] = max(self._numbers.get(rule, 0), used)

    def _unallowed(self, text: str, spans: list[Span]) -> list[Span]:
        if not self._allowed:
            return spans
        return [s for s in spans if digest_of(text[s.start : s.end]) not in self._allowed]

    def _mark(self, text: str, spans: list[Span], hits: list[_Hit]) -> str:
        pieces: list[str] = []
        at = 0
        for span in spans:
            mark, hit = self._mark_of(text[span.start : span.end], span.rule)
            hits.append(hit)
            pieces += [text[at : span.start], mark]
            at = span.end
        return "".join([*pieces, text[at:]])

    def _mark_of(self, value: str, rule: str) -> tuple[str, _Hit]:
        """The mark of a value; the rule that found it first names it for the whole session."""
        digest = digest_of(value)
        short = bytes.fromhex(digest[:32])
        mark = self._marks.get(short)
        new = mark is None
        if mark is None:
            number = self._numbers[rule] = self._numbers.get(rule, 0) + 1
            self.report.rules.setdefault(rule, RuleReport()).values += 1
            mark = f"[REDACTED:{rule}#{number}]"
            if len(self._marks) < MAX_VALUES:
                self._marks[short] = mark
        return mark, _Hit(mark[10:].partition("#")[0], digest, masked(value), new)

    def _count(self, hits: tuple[_Hit, ...], where: str) -> None:
        for hit in hits:
            found = self.report.rules.setdefault(hit.rule, RuleReport())
            found.marks += 1
            if hit.new and len(found.samples) < MAX_PLACES:
                entry = (hit.digest, hit.sample)
                if entry not in found.samples:
                    found.samples.append(entry)
            if len(found.places) < MAX_PLACES and where not in found.places:
                found.places.append(where)

    def _remember(self, stem: str, text: str, result: _Cached) -> None:
        """Keep the latest results: the same text stands in a message and in its tool result."""
        if len(text) > _CACHE_LONGEST:
            return
        self._cache[stem, text] = result
        self._cache_chars += len(text) + 200
        while self._cache_chars > _CACHE_CHARS:
            (_, oldest), _ = self._cache.popitem(last=False)
            self._cache_chars -= len(oldest) + 200

    def _forget(self) -> None:
        self._cache.clear()
        self._cache_chars = 0


def scan(line: Json, allowed: frozenset[str] = frozenset()) -> list[Finding]:
    """Sure hits in a line that was to be clean, in every string and key of it.

    `allowed` holds the digests of values that the author let stay. At most MAX_FINDINGS.
    """
    findings: list[Finding] = []

    def look(text: str, _key: str, path: Path) -> str:
        if len(findings) < MAX_FINDINGS and len(text) >= MIN_TEXT:
            if text is TOO_DEEP:
                findings.append(Finding("nested-too-deep", place(path), digest_of("")))
            for span in find_sure(text):
                digest = digest_of(text[span.start : span.end])
                if digest not in allowed:
                    findings.append(Finding(span.rule, place(path), digest))
        return text

    rewrite(line, look)
    return findings[:MAX_FINDINGS]
