"""Lines of a diff as HTML: one element per line, which the style sheet sets under each other or
side by side; colours of the language inside, and marks on the words that changed."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from . import ansi, bidi, code
from .clip import LINE_CHARACTERS
from .code import Marks
from .diff import Diff, Hunk
from .sanitize import sanitize

MOST_SPANS = 1_500
"""Coloured stretches of a whole diff; further hunks are plain."""
MOST_PAIRS = 150
"""Pairs of lines whose words are compared, in a whole diff."""
ALIKE = 0.5
"""Lines that have less in common are no edit of each other: marks would be confetti."""
_LONGEST_COMPARED = 400
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_TAGS = {"+": "ins", "-": "del", " ": "span"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `old` and `new` are its numbers as texts, "" where it has none."""

    tag: str
    old: str
    new: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that are all context, or all changed: the removed ones come first."""

    changed: bool
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class DrawnHunk:
    """A place of the file."""

    numbered: bool
    blocks: Sequence[Block]


def drawn(found: Diff, alias: str) -> list[DrawnHunk]:
    """The hunks of a diff, with what is left of the budget for each."""
    out: list[DrawnHunk] = []
    spans, pairs = MOST_SPANS, MOST_PAIRS
    for hunk in found.hunks:
        texts = [_clean(line) for line in hunk.lines]
        marks = _word_marks(hunk, texts, pairs)
        pairs -= len(marks) // 2
        html = _coloured(hunk, texts, alias if spans > 0 else "", marks)
        spans -= sum(line.count("<span") for line in html)
        out.append(DrawnHunk(bool(hunk.old_start or hunk.new_start), _blocks(hunk, html)))
    return out


def _clean(line: str) -> str:
    text = line[1:]
    if len(text) > LINE_CHARACTERS:
        text = text[:LINE_CHARACTERS] + "…"
    return bidi.named(ansi.plain(text)).replace("\r", "")


def _coloured(
    hunk: Hunk, texts: Sequence[str], alias: str, marks: Mapping[int, Marks]
) -> list[Markup]:
    """Each line's inside. Both sides are coloured as the texts they are parts of."""
    out: list[Markup] = [Markup()] * len(texts)
    for sign, left_out in (("-", "+"), ("+", "-")):
        places = [at for at, line in enumerate(hunk.lines) if line[0] != left_out]
        if sign == "-" and not any(hunk.lines[at][0] == "-" for at in places):
            continue  # context is drawn with the new side
        found = {k: marks[at] for k, at in enumerate(places) if at in marks}
        rows = code.lines([texts[at] for at in places], alias, found)
        for at, html in zip(places, _safe([texts[at] for at in places], rows), strict=True):
            out[at] = html
    return out


def _safe(texts: Sequence[str], rows: Sequence[str]) -> list[Markup]:
    """Rows that have passed the gate, plain if it found something to change in their shape."""
    clean = [Markup(row) for row in sanitize("\n".join(rows)).split("\n")]  # noqa: S704
    return clean if len(clean) == len(texts) else [escape(text) for text in texts]


def _blocks(hunk: Hunk, html: Sequence[Markup]) -> list[Block]:
    rows = list(_numbered(hunk, html))
    return [
        Block(changed, list(lines))
        for changed, lines in groupby(rows, key=lambda line: line.tag != "span")
    ]


def _numbered(hunk: Hunk, html: Sequence[Markup]) -> Iterator[Line]:
    old, new = hunk.old_start, hunk.new_start
    known_old, known_new = bool(old), bool(new)
    for line, inside in zip(hunk.lines, html, strict=True):
        sign = line[0]
        yield Line(
            _TAGS[sign],
            str(old) if known_old and sign != "+" else "",
            str(new) if known_new and sign != "-" else "",
            inside,
        )
        old, new = old + (sign != "+"), new + (sign != "-")


# Words


def _word_marks(hunk: Hunk, texts: Sequence[str], most: int) -> dict[int, Marks]:
    """Changed stretches of the lines that are edits of each other, by the line's place."""
    marks: dict[int, Marks] = {}
    for old, new in _pairs(hunk):
        if most <= 0:
            break
        most -= 1
        if found := _changed(texts[old], texts[new]):
            marks[old], marks[new] = found
    return marks


def _pairs(hunk: Hunk) -> Iterator[tuple[int, int]]:
    """Places of the k-th removed and the k-th added line of each change."""
    removed: list[int] = []
    added: list[int] = []
    for at, line in enumerate([*hunk.lines, " "]):
        if line[0] == "-" and not added:
            removed.append(at)
        elif line[0] == "+":
            added.append(at)
        else:
            yield from zip(removed, added, strict=False)
            removed, added = ([at] if line[0] == "-" else []), []


def _changed(old: str, new: str) -> tuple[Marks, Marks] | None:
    if max(len(old), len(new)) > _LONGEST_COMPARED:
        return None
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    codes = matcher.get_opcodes()
    same = sum(_weight(before[i:j]) for tag, i, j, _, _ in codes if tag == "equal")
    if 2 * same <= ALIKE * (_weight(before) + _weight(after)):
        return None
    return (
        _stretches(before, [(i, j) for tag, i, j, _, _ in codes if tag != "equal"]),
        _stretches(after, [(i, j) for tag, _, _, i, j in codes if tag != "equal"]),
    )


def _weight(words: Sequence[str]) -> int:
    """Characters that say something: indentation is no likeness."""
    return sum(len(word) for word in words if not word.isspace())


def _stretches(words: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Marks:
    """Ranges of words as columns."""
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return [(ends[first], ends[last]) for first, last in ranges if first < last]
