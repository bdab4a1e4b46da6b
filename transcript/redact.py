"""Taking secrets out of a session, line by line, and telling what was taken.

`Redactor` is the author's side: it rewrites, in two passes. In the first it takes out what it
finds; then `know_all` gives it all values of the session, and in the second it takes out their
echoes. The server's side is `scan`.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from .codec import encode
from .detect import MIN_TEXT, Found, More, Span, find, find_beside, find_only, found
from .findings import Report, Spot, digest_of
from .marks import Hit, Marks, Numbered, Renumber, marked_lines
from .model import Json
from .names import secret_stem
from .paths import Places
from .printed import Printed, on_lines
from .propagate import Echoes
from .screen import Person, Screen, screen
from .walk import PATCH, Path, Slot, place, rewrite, slots

MAX_PERMITTED = 1_000
"""Values whose staying is noted."""
_CACHE_CHARS = 320 << 10
_CACHE_LONGEST = 256 << 10
_ROUNDS = 4


class PersonalData(Person, Protocol):
    """Finds what names a person or a machine; learns from the lines who that is."""

    def learn(self, lines: Iterable[Json]) -> None:
        """Take in lines as they were read."""
        ...

    def take_over(self, known: Mapping[str, Iterable[str]], homes: Iterable[str]) -> None:
        """Take in what somebody else learned: names by rule, and home folders."""
        ...

    @property
    def known(self) -> Mapping[str, Iterable[str]]:
        """Names by rule, as `take_over` takes them."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """Names that go wherever they stand, in lower case, and the rule of each."""
        ...

    @property
    def homes(self) -> Mapping[str, None]:
        """Whose home folders become `~`."""
        ...


@dataclass(frozen=True, slots=True)
class Allowances:
    """What the author lets stay."""

    rules: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    """SHA-256 of values, hex."""

    def permit(self, found: Found) -> bool:
        """True if this may stay."""
        return found.rule in self.rules or (
            bool(self.digests) and digest_of(found.value) in self.digests
        )


NOTHING_ALLOWED = Allowances()


@dataclass(frozen=True, slots=True)
class Known:
    """What a redactor knows after its first pass over a part of the session."""

    numbered: Numbered
    permitted: dict[str, str]
    project: str | None
    """The folder that became `.`."""
    names: dict[str, tuple[str, ...]]
    homes: tuple[str, ...]


class Line(NamedTuple):
    """A line to be redacted, and where it stands."""

    value: Json
    file: str
    number: int


class _Cached(NamedTuple):
    text: str
    hits: tuple[Hit, ...]
    moved: bool


class Redactor:
    """Rewrites the lines of one session and of what belongs to it.

    `places` says which paths become `.` and `~`; it learns from the `cwd` of the lines. `looks`
    are searches beside the rules: an author's own patterns. The same value gets the same mark
    throughout; memory is bounded whatever the session's size. Marks are numbered behind
    `first_mark`.
    """

    def __init__(
        self,
        places: Places,
        allowed: Allowances = NOTHING_ALLOWED,
        personal: PersonalData | None = None,
        looks: Iterable[More] = (),
        first_mark: int = 0,
    ) -> None:
        self.report = Report()
        self.permitted: dict[str, str] = {}
        """Digest and rule of what was found and may stay; the first MAX_PERMITTED."""
        self._places = places
        self._allowed = allowed
        self._personal = personal
        self._looks: list[More] = [personal.find] if personal else []
        self._screen = screen(personal)
        self._marks = Marks(self.report, first_mark)
        self._echoes: Echoes | None = None
        self._cache: OrderedDict[tuple[str, str], _Cached] = OrderedDict()
        self._cache_chars = 0
        self._together: dict[str, _Cached] = {}
        """What is known of the lines that are redacted together."""
        self._file, self._line = "", 0
        self._printed = Printed()
        self._answers: dict[str, str] = {}
        """Texts of the line at hand that are secrets which a command was to print."""
        self._homes = 0
        self._searches_short = False
        for look in looks:
            self.search(look)
        if personal:
            self._learn_homes(personal)

    def learn(self, lines: Sequence[Json]) -> None:
        """Take in lines as they were read: their working folders, and who works there."""
        self._printed.learn(lines)
        for line in lines:
            cwd = line.get("cwd")
            if isinstance(cwd, str) and self._places.learn(cwd):
                self._forget()
        if self._personal:
            before = len(self._personal.names)
            self._personal.learn(lines)
            self._learn_homes(self._personal)
            if len(self._personal.names) != before:
                self._forget()

    def _learn_homes(self, personal: PersonalData) -> None:
        if len(personal.homes) != self._homes:
            self._homes = len(personal.homes)
            learned = [self._places.learn_home(name) for name in personal.homes]
            if any(learned):
                self._forget()

    @property
    def project(self) -> str | None:
        """The folder that becomes `.`."""
        return self._places.project

    @property
    def known(self) -> Known:
        """What the first pass told so far."""
        personal = self._personal
        names = {rule: tuple(names) for rule, names in personal.known.items()} if personal else {}
        homes = tuple(personal.homes) if personal else ()
        return Known(self._marks.numbered, self.permitted, self.project, names, homes)

    def take_over(self, known: Known, lines: int) -> Renumber:
        """Take in what another redactor learned behind the first `lines` lines of the main file.

        Gives what renumbers the marks in the lines that it wrote.
        """
        for digest, rule in known.permitted.items():
            if len(self.permitted) < MAX_PERMITTED:
                self.permitted.setdefault(digest, rule)
        if self._personal:
            self._personal.take_over(known.names, known.homes)
            self._learn_homes(self._personal)
        self._forget()
        return self._marks.take_over(known.numbered, lines)

    def know_all(self) -> Echoes:
        """End the first pass: from now on every value found so far is taken out everywhere."""
        personal = self._personal
        names = (
            [*personal.names, *(f"/{name.lower()}" for name in personal.homes)] if personal else []
        )
        self._echoes = Echoes(self._marks.values, names)
        self._looks.append(self._echoes.find)
        self._forget()
        return self._echoes

    def lines(self, lines: Sequence[Line]) -> Iterator[Json]:
        """Lines without secrets, as `value` gives them, in less time than one by one.

        They may be changed themselves. What they hold must be made of dicts, lists and strings of
        just these classes, as JSON is read.
        """
        if self._screen is None or self._searches_short or self._echoes is not None:
            yield from (self.value(*line) for line in lines)
            return
        found = [slots(line.value) for line in lines]
        texts = {slot.text for of_line in found for slot in of_line}
        self._together = self._look_at_all(self._screen, texts)
        for line, of_line in zip(lines, found, strict=True):
            changes = self._harmless(of_line)
            if changes is None or self._printed.of(line.value):
                yield self.value(*line)
                continue
            for slot, text in changes:
                slot.put(text)
            self.report.paths += len(changes)
            yield line.value
        self._together = {}

    def _look_at_all(self, screen: Screen, texts: Iterable[str]) -> dict[str, _Cached]:
        """What comes of those of the texts in which nothing is but places."""
        places = self._places
        known: dict[str, _Cached] = {}
        new: dict[str, str] = {}
        for text in texts:
            if len(text) >= MIN_TEXT:
                found = self._cache.get(("", text))
                if found is None:
                    new[text] = places.replace(text)
                else:
                    known[text] = found
        clean = screen.clean(new.values())
        for text, after in new.items():
            if after in clean:
                moved = after != text
                known[text] = _Cached(after if moved else text, (), moved)
                self._remember("", text, known[text])
        return known

    def _harmless(self, found: list[Slot]) -> list[tuple[Slot, str]] | None:
        """What changes in a line in which nothing is but places; None if more may be in it."""
        changes: list[tuple[Slot, str]] = []
        for slot in found:
            text = slot.text
            if secret_stem(slot.key):
                return None
            if len(text) < MIN_TEXT:
                if not self._is_dull(text):
                    return None
                continue
            known = self._together.get(text)
            if known is None or known.hits:
                return None
            if known.moved:
                if slot.holder is None:
                    return None
                changes.append((slot, known.text))
        return changes

    def line(self, line: Json, number: int = 0, file: str = "") -> Json:
        """A copy of `line` without secrets; number and file only say where it stands."""
        self.learn([line])
        return self.value(line, file, number)

    def value(self, value: Any, file: str = "", line: int = 0) -> Any:
        """The same for any JSON value, such as a subagent's meta."""
        self._file, self._line = file, line
        self._answers = self._printed.of(value) if isinstance(value, dict) else {}
        return rewrite(value, self._visit)

    def again(self, value: Any, file: str = "", line: int = 0) -> Any:
        """The same, in the second pass, for what came of the first one.

        A string without any of the values that are known by now is as it should be.
        """
        self._file, self._line, self._answers = file, line, {}
        return rewrite(value, self._visit_again)

    def text(self, text: str, file: str = "", line: int = 0) -> str:
        """The same for one text, such as a spilled tool output."""
        self._file, self._line, self._answers = file, line, {}
        return self._visit(text, "", ())

    def _visit(self, text: str, key: str, path: Path) -> str:
        stem = secret_stem(key) or "" if key else ""
        if self._answers:
            stem = stem or self._answers.get(text, "")
        if len(text) < MIN_TEXT and not stem and self._is_dull(text):
            return text
        by = PATCH if key == PATCH else stem
        known = self._cache.get((by, text))
        if known is None and not by:
            known = self._together.get(text)
        if known is None:
            known = self._work(text, stem, by_line=by == PATCH)
            self._remember(by, text, known)
        if known.text is text:
            return text
        if known.hits:
            spot = Spot(self._file, self._line, place(path))
            for hit in known.hits:
                self.report.count(hit.rule, hit.digest, spot)
        self.report.paths += known.moved
        return known.text

    def _visit_again(self, text: str, key: str, path: Path) -> str:
        return text if self._is_settled(text) else self._visit(text, key, path)

    def _is_settled(self, text: str) -> bool:
        """True if no value that the first pass found stands in what it made of a text."""
        if self._echoes is None or self._searches_short:
            return False
        if not self._echoes.possible(encode(text)):
            return True
        return len(text) >= MIN_TEXT and not find_only(text, self._look)

    def _is_dull(self, text: str) -> bool:
        """True for a short text that holds neither a path nor a name."""
        if self._searches_short or "/" in text or "\\" in text:
            return False
        return not (self._personal and text.strip().lower() in self._personal.names)

    def search(self, look: More) -> None:
        """From now on, take out what `look` finds too."""
        self._looks.append(look)
        self._searches_short = True
        self._forget()

    def _look(self, text: str) -> Iterable[Span | Found]:
        for look in self._looks:
            yield from look(text)

    def _work(self, text: str, stem: str, *, by_line: bool) -> _Cached:
        """Redact until nothing is found any more: a mark can bring a new value to light."""
        self._marks.note(text)
        look = self._look if self._looks else None
        if stem and len(text.split()) > 1:
            look = on_lines(stem, look)
        hits: list[Hit] = []
        new = self._places.replace(text)  # first: a name in a path goes with it
        moved = new != text
        for _ in range(_ROUNDS):
            spans = find_beside(stem, new, look) if stem else find(new, look)
            if not spans and len(new) < MIN_TEXT:
                spans = [found(new, span) for span in self._look(new)]
            spans = [span for span in spans if not self._is_permitted(span)]
            if not spans:
                break
            after = self._places.replace(self._mark(new, spans, hits, by_line=by_line))
            if after == new:
                break
            new = after
        return _Cached(new, tuple(hits), moved)

    def _is_permitted(self, span: Found) -> bool:
        if not self._allowed.permit(span):
            return False
        if len(self.permitted) < MAX_PERMITTED:
            self.permitted[digest_of(span.value)] = span.rule
        return True

    def _mark(self, text: str, spans: list[Found], hits: list[Hit], *, by_line: bool) -> str:
        pieces: list[str] = []
        at = 0
        for span in spans:
            mark, hit = self._marks.of(span)
            hits.append(hit)
            if by_line:
                mark = marked_lines(text, span, mark)
            pieces += [text[at : span.start], mark]
            at = span.end
        return "".join([*pieces, text[at:]])

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
        self._together = {}
        self._cache.clear()
        self._cache_chars = 0
