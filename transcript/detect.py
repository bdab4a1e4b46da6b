"""Finding secrets in one string. Text in, spans out; the same code on both ends."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .names import Span, kind_of, named, rule_of, secret_stem, structures
from .pem import private_keys
from .rules import RULES, Rule
from .values import is_secret

__all__ = ["MARK", "Span", "SureFilter", "find", "find_sure", "find_value"]

MARK = re.compile(r"\[REDACTED:[a-z0-9-]{1,40}#\d{1,9}\]")
"""What stands for a secret that was taken out. No span ever touches one."""

MIN_TEXT = 8
"""Shorter strings hold no secret that could be told without its key's name."""


_TOKEN_CHARS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=~.%:")
_BLANK_OUT = bytes(c if c in _TOKEN_CHARS else 0x20 for c in range(256))
_MIN_SHAPE = 18
"""No shape is shorter, nor has one a space, quote or bracket in it."""

_LONG = re.compile(b"[%b]{%d,}" % (re.escape(bytes(_TOKEN_CHARS)), _MIN_SHAPE))
_MOST_SPLIT = 256 << 10
"""Splitting is faster, but makes an object of every short word: too many in a huge line."""

_UUID_SIZE = 36
_UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_MOST_CLEAN = 20_000
_LONGEST_CLEAN = 64
"""Words that a `SureFilter` remembers, and bytes of the longest: 3 MB at most."""

_LEADING_LOOKBEHIND = re.compile(r"^\(\?<!(?:\[[^\]]*\]|\\w|\\d)\)")
_AFTER_ESCAPE = r"(?<=\\[nrt])|(?<=\x1b\[\dm)|(?<=\x1b\[\d\dm)|(?<=%[23][0-9A-Fa-f])"
"""Letters that end an escape sequence do not belong to the word that follows them."""


def _loose_start(pattern: str) -> str:
    """`pattern` with its leading lookbehind, if any, also satisfied by an escape sequence."""
    bound = _LEADING_LOOKBEHIND.match(pattern)
    return f"(?:{bound[0]}|{_AFTER_ESCAPE}){pattern[bound.end() :]}" if bound else pattern


def _long_words(text: str) -> str:
    """The words of `text` that are long enough for a shape: a tenth of it, at the speed of C."""
    return b" ".join(_long_of(text.encode("ascii", "replace"))).decode("ascii")


def _long_of(data: bytes) -> list[bytes]:
    if len(data) > _MOST_SPLIT:
        return _LONG.findall(data)
    return [word for word in data.translate(_BLANK_OUT).split() if len(word) >= _MIN_SHAPE]


def _prefilter(rules: Sequence[Rule]) -> str:
    """One pattern for all keywords, grouped by first letter so that most tries end at once."""
    groups: dict[str, list[str]] = {}
    for rule in rules:
        for word in rule.keywords:
            groups.setdefault(word[0], []).append(re.escape(word[1:]))
    pieces = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()]
    bare = [_LEADING_LOOKBEHIND.sub("", rule.pattern) for rule in rules if not rule.keywords]
    return "|".join([*pieces, *bare])


class _Shapes:
    """The rule table, compiled: one prefilter over all, then each rule whose keyword is there."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [(rule, re.compile(_loose_start(rule.pattern))) for rule in rules]
        self._any = re.compile(_prefilter(rules))
        self.in_bytes = re.compile(_prefilter(rules).encode("ascii"))
        """Finds nothing only if no rule can match anywhere in these words."""

    def find(self, text: str) -> Iterator[Span]:
        """Spans of every rule in `text`; they may overlap."""
        words = _long_words(text)
        if not words or not self._any.search(words):
            return
        for rule, pattern in self._rules:
            if rule.keywords and not any(word in words for word in rule.keywords):
                continue
            group = "value" if "value" in pattern.groupindex else 0
            for found in pattern.finditer(text):
                if rule.check is None or rule.check(found[group]):
                    yield Span(found.start(group), found.end(group), rule.id, rule.sure)


_SHAPES = _Shapes(RULES)


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
        words = set(_long_of(data)) - self._clean
        # No shape looks like a UUID, and hardly one comes twice: not worth a search or a place.
        fresh = [word for word in words if len(word) != _UUID_SIZE or not _UUID(word)]
        if not fresh:
            return False
        if _SHAPES.in_bytes.search(b" ".join(fresh)):
            return True
        self._remember(fresh)
        return False

    def _remember(self, words: list[bytes]) -> None:
        if len(self._clean) >= _MOST_CLEAN:
            self._clean.clear()
        room = _MOST_CLEAN - len(self._clean)
        self._clean.update([word for word in words[:room] if len(word) <= _LONGEST_CLEAN])


def find_sure(text: str) -> list[Span]:
    """Only the secrets that leave no doubt: known shapes and private keys; see `find`."""
    if len(text) < MIN_TEXT:
        return []
    spans = [span for span in (*_SHAPES.find(text), *private_keys(text)) if span.sure]
    return _clear_of_marks(text, _merge(spans)) if spans else []


def find(text: str) -> list[Span]:
    """The secrets in `text`: spans in order, not overlapping, clear of existing marks.

    Linear in the length of `text`, whatever it holds.
    """
    if len(text) < MIN_TEXT:
        return []
    low = text.lower()
    if len(low) != len(text):  # a few letters change length: only ASCII matters for names
        low = "".join(c.lower() if c.isascii() else c for c in text)
    spans = [*_SHAPES.find(text), *private_keys(text), *named(text, low), *structures(text)]
    return _clear_of_marks(text, _merge(spans)) if spans else []


def find_value(key: str, value: str) -> list[Span]:
    """The secrets in `value`, the string under a JSON key: the key's name counts as context."""
    stem = secret_stem(key)
    if stem and is_secret(value, kind_of(stem), literal=True):
        inner = find(value)
        whole = Span(0, len(value), rule_of(stem), False)
        return _clear_of_marks(value, _merge([*inner, whole]))
    return find(value)


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans become one, under the surer rule, then the longer."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            best = max(last, span, key=lambda s: (s.sure, s.end - s.start))
            merged[-1] = Span(last.start, max(last.end, span.end), best.rule, best.sure)
        else:
            merged.append(span)
    return merged


def _clear_of_marks(text: str, spans: list[Span]) -> list[Span]:
    if "[REDACTED:" not in text:
        return spans
    marks = [found.span() for found in MARK.finditer(text)]
    return [piece for span in spans for piece in _pieces(span, marks)]


def _pieces(span: Span, marks: list[tuple[int, int]]) -> Iterator[Span]:
    """What is left of `span` when the marks inside it are cut out, in pieces worth a mark."""
    at = span.start
    for start, end in marks:
        if end <= at or start >= span.end:
            continue
        if start - at >= MIN_TEXT:
            yield span._replace(start=at, end=start)
        at = max(at, end)
    if span.end - at >= (MIN_TEXT if at > span.start else 1):
        yield span._replace(start=at)
