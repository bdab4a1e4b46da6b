"""The rule table at work: known shapes in a text, and a quick look that tells where none can be.

A shape has no blank, quote or bracket in it and is at least 18 characters long, so only the long
words of a text are searched for keywords: all of them, wherever they stand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import AnyStr

from .engines import Search, quick_look, searcher
from .rules import RULES, Rule
from .span import Span
from .strip import where
from .views import ASCII_INSIDE, BASE64_IN_BYTES

_TOKEN_CHARS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=~.%:"
_BLANK_OUT = bytes(c if c in _TOKEN_CHARS else 0x20 for c in range(256))
MIN_SHAPE = 18
"""No shape is shorter, nor has one a space, quote or bracket in it."""

_TOKEN = f"[{re.escape(_TOKEN_CHARS.decode())}]"
_LONG = re.compile(f"{_TOKEN}{{{MIN_SHAPE},}}".encode())
_WORD_END = re.compile(f"[^{_TOKEN[1:]}".encode())
_STRETCH = 256
_MOST_SPLIT = 256 << 10
"""Splitting is faster, but makes an object of every short word: too many in a huge line."""

_UUID_SIZE = 36
_UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_MOST_WORDS = 4_000
_LONG_TEXT = 256 << 10
_FEW_WORDS = 2_000
_MOST_PLACES = 2_000
"""In a long text a rule reads so many words, so many times each; if they are more, the text."""
_MOST_CLEAN = 12_000
_LONGEST_CLEAN = 64
"""Words that are remembered, and bytes of the longest: 2 MB at most."""

_LEADING_LOOKBEHIND = re.compile(r"^\(\?<!(?:\[[^\]]*\]|\\w|\\d)\)")
_TIMES = re.compile(r"\{(\d+)(?:,\d*)?\}")
_BEGIN = re.compile(
    r"(?P<letters>(?:[\w/:=~-]|\\.|\[[a-zA-Z0-9.]{2,6}\]\??|\(\?:[\w|.-]+\)(?!\?))+)"
    r"(?P<class>\[[^\]]{3,}\])\{(?P<count>\d+)"
)
"""The letters that a shape begins with, and the first class that is repeated."""
_CHOICE = re.compile(r"(?:\(\?:(?P<words>[\w|-]+)\)|\[(?P<letters>[a-zA-Z0-9]{1,6})\])(?![?*+{])")
_FIRST = re.compile(r"(?:\\.|[^\\\[(?{*+.|])(?![?*+{])")
_AFTER_ESCAPE = r"(?<=\\[nrt])|(?<=\x1b\[\dm)|(?<=\x1b\[\d\dm)|(?<=%[23][0-9A-Fa-f])"
"""Letters that end an escape sequence do not belong to the word that follows them."""


def _loose_start(pattern: str) -> str:
    """`pattern` with its leading lookbehind, if any, also satisfied by an escape sequence."""
    bound = _LEADING_LOOKBEHIND.match(pattern)
    return f"(?:{bound[0]}|{_AFTER_ESCAPE}){pattern[bound.end() :]}" if bound else pattern


def long_words(text: str) -> str:
    """The words of `text` that are long enough for a shape: a tenth of it, at the speed of C."""
    return b" ".join(_long_of(text.encode("ascii", "replace"))).decode("ascii")


def _long_of(data: bytes) -> list[bytes]:
    if len(data) > _MOST_SPLIT:
        return _LONG.findall(data)
    return [word for word in data.translate(_BLANK_OUT).split() if len(word) >= MIN_SHAPE]


def _batches(data: bytes) -> Iterator[list[bytes]]:
    """The long words of `data`, a bounded number of bytes at a time; shapes end with a word."""
    if len(data) <= _MOST_SPLIT:
        yield _long_of(data)
        return
    batch: list[bytes] = []
    size = 0
    for found in _LONG.finditer(data):
        batch.append(found[0])
        size += len(batch[-1])
        if size >= _MOST_SPLIT:
            yield batch
            batch, size = [], 0
    yield batch


def _grouped(pieces: Iterable[str], depth: int = 2) -> str:
    """One pattern for all pieces, grouped by their first letters so that most tries end at once."""
    groups: dict[str, list[str]] = {}
    others: list[str] = []
    for piece in sorted(set(pieces)):
        first = _FIRST.match(piece)
        if first:
            groups.setdefault(first[0], []).append(piece[first.end() :])
        else:
            others.append(piece)
    return "|".join([*(first + _any(rest, depth) for first, rest in groups.items()), *others])


def _any(pieces: list[str], depth: int) -> str:
    if len(pieces) == 1:
        return pieces[0]
    return f"(?:{_grouped(pieces, depth - 1) if depth else '|'.join(pieces)})"


def _spelled_out(piece: str) -> Iterator[str]:
    """The piece, once for each way in which it can begin: letters are quicker than a choice."""
    choice = _CHOICE.match(piece)
    if not choice:
        yield piece
        return
    for begin in choice["words"].split("|") if choice["words"] else choice["letters"]:
        yield from _spelled_out(begin + piece[choice.end() :])


def _is_literal(letters: str) -> bool:
    return "[" not in letters and "(" not in letters


def _beginnings(rule: Rule) -> Iterator[str]:
    """Patterns of which one matches where the rule does: how it begins, or one of its keywords."""
    begin = _BEGIN.match(rule.core)
    if begin and (rule.keywords or _is_literal(begin["letters"])):
        yield f"{begin['letters']}{begin['class']}{{{min(8, int(begin['count']))}}}"
        return
    for word in rule.keywords:
        rest = MIN_SHAPE - len(word)
        first = rule.core.replace("\\", "").startswith(word)
        yield (
            f"{re.escape(word)}{_TOKEN}{{{min(8, rest)}}}"
            if first and rest > 0
            else re.escape(word)
        )


def _short(pattern: str) -> str:
    """`pattern` with high counts made low: finds more, in a smaller automaton."""
    return _TIMES.sub(lambda found: f"{{{min(8, int(found[1]))},}}", pattern)


def _word_at(data: bytes, at: int, low: int) -> tuple[int, int]:
    """Where the word around `at` begins and ends; it does not begin before `low`."""
    start = at
    while start > low:
        stretch = data[max(low, start - _STRETCH) : start]
        more = len(stretch) - len(stretch.rstrip(_TOKEN_CHARS))
        start -= more
        if more < len(stretch):
            break
    end = _WORD_END.search(data, at)
    return start, end.start() if end else len(data)


class Shapes:
    """The rule table, compiled: one prefilter over all, then each rule whose keyword is there."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._of_keyword: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.keywords:
                self._of_keyword.setdefault(word, []).append(rule)
        self._any_keyword: re.Pattern[str] | None = None
        self._near: dict[str, list[str]] = {}
        self._clean: set[str] = set()
        """Words in which nothing was: a session repeats them."""
        self._bare = [rule for rule in rules if not rule.keywords]
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._cores: dict[str, re.Pattern[str]] = {}
        begins = _grouped(
            piece for rule in rules for begin in _beginnings(rule) for piece in _spelled_out(begin)
        )
        bare = [rule.core for rule in self._bare if not any(_beginnings(rule))]
        self._looks = [quick_look(begins), *map(quick_look, bare)]
        self._beginnings = (begins, "|".join(map(_short, bare)))

    @cached_property
    def searches(self) -> list[Search]:
        """Where one of these finds something, a shape may begin.

        Only asked where re2 is: without it they take long to compile.
        """
        return [searcher(pattern) for pattern in self._beginnings]

    def possible(self, words: str) -> bool:
        """False only if no rule can match anywhere in these words."""
        for look in self._looks:  # noqa: SIM110 - a loop is three times as fast as any()
            if look(words):
                return True
        return False

    def suspected(self, words: str) -> str:
        """Those of the long words in which a shape may begin, and perhaps others, without re2."""
        fresh = [word for word in words.split() if word not in self._clean]
        joined = " ".join(fresh)
        if not fresh or self.possible(joined):
            return joined
        _remember(self._clean, fresh)
        return ""

    def suspects(self, data: bytes) -> Iterator[bytes]:
        """The long words of this UTF-8 in which a shape may begin."""
        for search in self.searches:  # one after the other: together they make a huge automaton
            end = 0
            while found := search(data, end):
                start, end = _word_at(data, found.start(), end)
                if end - start >= MIN_SHAPE:
                    yield data[start:end]

    def _rules_in(self, words: str) -> Iterator[Rule]:
        """Each rule that has a keyword in `words`, once."""
        if self._any_keyword is None:
            self._any_keyword = re.compile(_grouped(map(re.escape, self._of_keyword)))
        seen = set(self._any_keyword.findall(words))
        near = {
            word for found in seen for word in self._near.get(found) or self._overlapping(found)
        }
        rules: dict[str, Rule] = {}
        for word in sorted(near):
            if word in seen or word in words:
                rules.update((rule.pattern, rule) for rule in self._of_keyword[word])
        yield from rules.values()

    def _overlapping(self, found: str) -> list[str]:
        """The keywords that a search can miss because it found this one: those that overlap it."""
        near = self._near[found] = [
            word
            for word in self._of_keyword
            if any(
                found.startswith(word[-shift:]) or word.startswith(found[-shift:])
                for shift in range(1, min(len(word), len(found)) + 1)
            )
            or word in found
            or found in word
        ]
        return near

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        """Compiled when first needed: most rules never are, and compiling all takes long."""
        compiled = self._patterns[pattern] = re.compile(_loose_start(pattern))
        return compiled

    def _compiled_core(self, rule: Rule) -> re.Pattern[str]:
        compiled = self._cores[rule.pattern] = re.compile(rule.core)
        return compiled

    def in_words(self, words: str) -> bool:
        """The same, nearer to the truth: the rules are tried, without their edges."""
        rules = (*self._rules_in(words), *self._bare)
        return any(self._core_of(rule).search(words) for rule in rules)

    def _core_of(self, rule: Rule) -> re.Pattern[str]:
        return self._cores.get(rule.pattern) or self._compiled_core(rule)

    def find(self, text: str, words: str) -> Iterator[Span]:
        """Spans of every rule in `text`; they may overlap. `words`: those that may hold one."""
        if not words:
            return
        # A shape stands in one long word: a tenth of the text tells most rules' absence.
        rules = [
            rule
            for rule in (*self._rules_in(words), *self._bare)
            if self._core_of(rule).search(words)
        ]
        stretches = self._stretches(rules, text, words) if len(text) > _LONG_TEXT else {}
        for rule in rules:
            pattern = self._patterns.get(rule.pattern) or self._compiled(rule.pattern)
            group = "value" if "value" in pattern.groupindex else 0
            for start, end in stretches.get(rule.pattern, [(0, len(text))]):
                for found in pattern.finditer(text, start, end):
                    if rule.check is None or rule.check(found[group]):
                        yield Span(found.start(group), found.end(group), rule.id, rule.sure)

    def _stretches(
        self, rules: Sequence[Rule], text: str, words: str
    ) -> dict[str, list[tuple[int, int]]]:
        """By rule's pattern, where a long text has to be read: at the words that tell of the rule.

        One pass over the text for all rules. A rule that many words tell of is not in it.
        """
        told = {rule.pattern: self._told_by(rule, words) for rule in rules}
        places: dict[bytes, list[int]] = {word: [] for some in told.values() for word in some or ()}
        if not places:
            return {}
        for found in _LONG.finditer(text.encode("ascii", "replace")):  # a byte per character
            at = places.get(found[0])
            if at is not None and len(at) <= _MOST_PLACES:
                at.append(found.start())
        return {
            # One character more: a rule looks at what follows.
            pattern: sorted((at, at + len(word) + 1) for word in some for at in places[word])
            for pattern, some in told.items()
            if some is not None and all(len(places[word]) <= _MOST_PLACES for word in some)
        }

    def _told_by(self, rule: Rule, words: str) -> set[bytes] | None:
        """The words in which the rule's core matches; None if they are many."""
        told: set[bytes] = set()
        for found in self._core_of(rule).finditer(words):
            end = words.find(" ", found.end())
            word = words[words.rfind(" ", 0, found.start()) + 1 : end if end >= 0 else None]
            told.add(word.encode())
            if len(told) > _FEW_WORDS:
                return None
        return told


SHAPES = Shapes(RULES)


class SureFilter:
    """A quick look at whole lines. Remembers words in which nothing was: a session repeats them.

    Shapes have no character in them that JSON escapes, so they stand in the line as they are.
    """

    def __init__(self) -> None:
        self._clean: set[bytes] = set()

    def possible(self, data: bytes) -> bool:
        """False only if no sure secret can stand in this line of JSON, in any of its strings."""
        if b"PRIVATE KEY" in data:
            return True
        if BASE64_IN_BYTES is None:
            return any(self._in_words(words) for words in _batches(data))
        if BASE64_IN_BYTES(data):
            return True
        words = SHAPES.suspects(data)
        while some := list(islice(words, _MOST_WORDS)):
            if self._in_words(some):
                return True
        return False

    def suspicious(self, lines: Sequence[bytes]) -> list[int]:
        """The numbers of the lines for which `possible` is true."""
        if BASE64_IN_BYTES is not None:
            return where(lines, self.possible)
        # Without re2 the words of one line are few, and soon all are known.
        return [number for number, line in enumerate(lines) if self.possible(line)]

    def _in_words(self, found: list[bytes]) -> bool:
        words = set(found) - self._clean
        # No shape looks like a UUID, and hardly one comes twice: not worth a search or a place.
        fresh = [word for word in words if len(word) != _UUID_SIZE or not _UUID(word)]
        if not fresh:
            return False
        joined = b" ".join(fresh).decode("ascii")
        # With re2 these are suspects already: another look would be a second automaton.
        plain = BASE64_IN_BYTES is None
        suspicious = (not plain or SHAPES.possible(joined)) and SHAPES.in_words(joined)
        if suspicious or (plain and ASCII_INSIDE(joined)):
            return True
        _remember(self._clean, fresh)
        return False


def _remember(clean: set[AnyStr], words: list[AnyStr]) -> None:
    """Add words to those in which nothing was; all are forgotten when they are too many."""
    if len(clean) >= _MOST_CLEAN:
        clean.clear()
    room = _MOST_CLEAN - len(clean)
    clean.update([word for word in words[:room] if len(word) <= _LONGEST_CLEAN])
