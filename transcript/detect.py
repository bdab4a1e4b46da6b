"""Finding secrets in one string. Text in, spans out; the same code on both ends.

Each text is looked at as it is and through its disguises (`views`): without colour codes and line
numbers, with escapes decoded, with pieces put together, and inside base64.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .dumps import undumped
from .encrypted import encrypted, without_encrypted
from .looks import Look, look
from .names import kind_of, named, rule_of, secret_stem
from .nearby import nearby
from .pem import private_keys
from .shapes import SHAPES
from .span import Span
from .structures import structures
from .turned import Run, turned_runs
from .values import is_secret
from .views import View, decoded_runs, joined, layers

__all__ = [
    "MARK",
    "Found",
    "Span",
    "find",
    "find_beside",
    "find_only",
    "find_sure",
    "find_value",
    "found",
]


class Found(NamedTuple):
    """A secret in a text: the stretch to cover, and the secret itself, which may be disguised."""

    start: int
    end: int
    rule: str
    sure: bool
    value: str
    also: tuple[str, ...] = ()
    """Other values that overlap it, or other spellings."""


def found(text: str, span: Span | Found) -> Found:
    """The span with its value."""
    return Found(*span[:4], text[span.start : span.end])


MARK = re.compile(r"\[REDACTED:[a-z0-9-]{1,40}#\d{1,9}\]")
"""What stands for a secret that was taken out. No span ever touches one."""

MIN_TEXT = 8
"""Shorter strings hold no secret that could be told without its key's name."""

_BASE64_DEPTH = 2
_MOST_ALSO = 50
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_ESCAPE_END = re.compile(r"(?:[nrtbfx\"'/\\]|u[0-9A-Fa-f]{4})")

More = Callable[[str], Iterable[Span | Found]]
"""Tells what is in a text."""
_Search = Callable[[str, Look], list[Span | Found]]
"""The same, given also the quick looks at the text."""


def find_sure(text: str) -> list[Found]:
    """Only the secrets that leave no doubt: known shapes and private keys; see `find`."""
    return _find(text, _sure_in)


def find(text: str, more: More | None = None) -> list[Found]:
    """The secrets in `text`: spans in order, not overlapping, clear of existing marks.

    `more` finds other things, such as personal data, in each view of the text. Linear in the
    length of `text`, whatever it holds.
    """
    if more is None:
        return _find(text, _any_in)
    return _find(text, lambda view, seen: [*_any_in(view, seen), *more(view)])


def find_only(text: str, more: More) -> list[Found]:
    """Only what `more` finds, in each view of the text; see `find`."""
    return _find(text, lambda view, _: list(more(view)))


def find_value(key: str, value: str, more: More | None = None) -> list[Found]:
    """The secrets in `value`, the string under a JSON key: the key's name counts as context."""
    return find_beside(secret_stem(key), value, more)


def find_beside(stem: str | None, value: str, more: More | None = None) -> list[Found]:
    """The same for a key whose secret word, as `secret_stem` tells it, is known already."""
    bare = value.strip()
    if stem and is_secret(bare, kind_of(stem), literal=True) and not any(encrypted(value)):
        inner = find(value, more)
        start = value.index(bare)
        whole = Found(start, start + len(bare), rule_of(stem), False, bare)
        return _clear_of_marks(value, _merge([*inner, whole]))
    return find(value, more)


def _find(text: str, search: _Search) -> list[Found]:
    if len(text) < MIN_TEXT:
        return []
    spans = list(_through_views(text, search, _BASE64_DEPTH))
    if not spans:
        return []
    if "\\" in text:
        spans = [_whole_escapes(text, span) for span in spans]
    return _clear_of_marks(text, _merge(spans))


def lowered(text: str) -> str:
    """The text in lower case, of the same length."""
    low = text.lower()
    # A few letters change length: only ASCII matters for names.
    return low if len(low) == len(text) else text.translate(_ASCII_LOWER)


def _any_in(text: str, seen: Look) -> list[Span | Found]:
    """Everything that can be told of a text that is no longer disguised."""
    found: list[Span | Found] = [*SHAPES.find(text, seen.suspects()), *private_keys(text)]
    low = lowered(text)
    if seen.named(low):
        found += named(text, low)
        found += nearby(text, low)
    if seen.structured():
        found += structures(text)
    return without_encrypted(text, found)


def _sure_in(text: str, seen: Look) -> list[Span | Found]:
    shapes = SHAPES.find(text, seen.suspects())
    return [span for span in (*shapes, *private_keys(text)) if span.sure]


def _through_views(text: str, search: _Search, depth: int) -> Iterator[Found]:
    """What `search` finds in `text` and in its views, as spans of `text`."""
    for layer, view in layers(text):
        yield from _in_layer(layer, view, search, depth)


def _in_layer(text: str, view: View | None, search: _Search, depth: int) -> Iterator[Found]:
    """The same for one layer of it; `view` leads back."""
    seen = look(text)
    here = search(text, seen)
    yield from _mapped(here, text, view)
    if depth and seen.base64():
        yield from _mapped(_inside(decoded_runs(text), search, depth), text, view)
    if depth and search is not _sure_in and seen.structured():
        yield from _mapped(_inside(turned_runs(text), search, depth), text, view)
    for whole in joined(text, view):
        yield from _mapped(_across(whole, search, here), whole.text, whole)
    for plain in undumped(text, seen.in_hex(), view):
        yield from _mapped(search(plain.text, look(plain.text)), plain.text, plain)


_ADDED = re.compile(r"[+.&][ \t]{0,4}[\"'`]\Z")
"""Before a literal that is added to another."""


def _across(whole: View, search: _Search, known: list[Span | Found]) -> Iterator[Span | Found]:
    """What is only found in one piece. Two values, one after the other, stay two."""
    for span in search(whole.text, look(whole.text)):
        start, end = whole.before(span.start, span.end)
        put_together = end - start != span.end - span.start
        inside = [other.start for other in known if start < other.start < end]
        if put_together and all(_ADDED.search(whole.source, start, at) for at in inside):
            yield span


def _mapped(spans: Iterable[Span | Found], text: str, view: View | None) -> Iterator[Found]:
    """What was found in `text`, as stretches of the text that `view` was made from."""
    for span in spans:
        start, end, rule, sure = span[:4]
        value, also = (span.value, span.also) if isinstance(span, Found) else (text[start:end], ())
        if view is not None:
            start, end = view.span(start, end)
        yield Found(start, end, rule, sure, value, also)


def _inside(runs: Iterable[Run], search: _Search, depth: int) -> Iterator[Found]:
    """Whole runs of base64, or of something else, in which there is a secret."""
    for start, end, plain in runs:
        inside = list(_through_views(plain, search, depth - 1))
        if inside:
            best, *others = sorted(inside, key=_weight, reverse=True)
            also = (*best.also, *(other.value for other in others))
            yield best._replace(start=start, end=end, also=also[:_MOST_ALSO])


_BROAD = frozenset({"password", "secret", "token", "api-key", "authorization", "cookie"})
"""Rules that say less about a secret than that of its provider."""


def _weight(found: Found) -> tuple[bool, int, bool]:
    return found.sure, found.end - found.start, found.rule not in _BROAD


def _whole_escapes(text: str, span: Found) -> Found:
    """`span` with the escape sequences at its ends taken in, so that none is cut in half."""
    start, end = span.start, span.end
    if _escaped(text, start) and _ESCAPE_END.match(text, start):
        start -= 1
    if _escaped(text, end):
        rest = _ESCAPE_END.match(text, end)
        end = rest.end() if rest else end
    return span if (start, end) == (span.start, span.end) else span._replace(start=start, end=end)


def _escaped(text: str, at: int) -> bool:
    """True if an odd number of backslashes stands before `at`."""
    count = 0
    while count < at and text[at - 1 - count] == "\\":
        count += 1
    return count % 2 == 1


def _merge(spans: Iterable[Found]) -> list[Found]:
    """Overlapping spans become one, under the surer rule, then the longer."""
    merged: list[Found] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            best = max(last, span, key=_weight)
            also = dict.fromkeys((last.value, span.value, *last.also, *span.also))
            also.pop(best.value)
            merged[-1] = Found(
                last.start,
                max(last.end, span.end),
                best.rule,
                best.sure,
                best.value,
                tuple(also)[:_MOST_ALSO],
            )
        else:
            merged.append(span)
    return merged


def _clear_of_marks(text: str, spans: list[Found]) -> list[Found]:
    if "[REDACTED:" not in text:
        return spans
    marks = [found.span() for found in MARK.finditer(text)]
    return [piece for span in spans for piece in _pieces(text, span, marks)]


def _pieces(text: str, span: Found, marks: list[tuple[int, int]]) -> Iterator[Found]:
    """What is left of `span` when the marks inside it are cut out, in pieces worth a mark."""
    at = span.start
    for start, end in marks:
        if end <= at or start >= span.end:
            continue
        if start - at >= MIN_TEXT:
            yield _cut(span, text, at, start)
        at = max(at, end)
    if span.end - at >= (MIN_TEXT if at > span.start else 1):
        yield _cut(span, text, at, span.end)


def _cut(span: Found, text: str, start: int, end: int) -> Found:
    if (start, end) == (span.start, span.end):
        return span
    return Found(start, end, span.rule, span.sure, text[start:end])
