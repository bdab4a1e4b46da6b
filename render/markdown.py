"""Markdown as people and models write it, made safe.

Raw HTML is shown as typed, pictures become links, headings fit below the page's own. Texts
that would make the library recurse or crawl are shown as plain text: the limits below are
checked in linear time before it sees them.
"""

import re
import threading
from dataclasses import dataclass

from markdown import Markdown
from markupsafe import Markup

from . import clip
from .environment import readable
from .markdown_rules import Rules
from .sanitize import sanitize

MOST_CHARACTERS = 100_000
LONGEST_LINE = 8_000
LONGEST_PARAGRAPH = 16_000
MOST_MARKS = 500
"""Marks of emphasis, links and code in one paragraph: prose has a few dozen."""
MOST_MARKS_IN_ALL = 5_000
MOST_PARAGRAPHS = 4_000
DEEPEST = 8

_LEAD = re.compile(r"[ \t>*+\-.)\d]*")
_BULLETS = re.compile(r"[*+-] |\d[.)] ")
_MARKS = re.compile(r"[*_\[\]`(<&!\\~]|https?:")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered text and how many of its characters are not in it."""

    html: Markup
    hidden: int


def render(text: str, level: int = 3) -> Markup:
    """Safe HTML of a whole text; its headings start at `level`."""
    return _render(readable(text), level, spans=20_000)


def beginning(text: str, level: int = 3, *, characters: int, nodes: int) -> Prose:
    """The beginning of a text within a number of characters and of elements.

    Code gives up its colours before any of the text gives way.
    """
    text = readable(text)
    head, hidden = clip.prose(text, characters)
    html = _render(head, level, spans=nodes // 2)
    for _ in range(4):
        found = count_elements(html)
        if found <= nodes:
            break
        head, _ = clip.prose(text, max(200, len(head) * nodes // found * 9 // 10))
        html, hidden = _render(head, level, spans=0), len(text) - len(head)
    return Prose(html, hidden)


def plain(text: str) -> Markup:
    """The text as typed."""
    return Markup('<div class="plain">{}</div>').format(text)


def count_elements(html: str) -> int:
    """Elements in well-formed HTML."""
    return html.count("<") - html.count("</")


def _render(text: str, level: int, spans: int) -> Markup:
    if _too_much(text):
        return plain(text)
    converter = _converter()
    converter.rules.prepare(level, spans)
    try:
        return sanitize(converter.convert(text))
    except (RecursionError, AssertionError):
        _local.converter = None  # its state is half of this text
        return plain(text)


def _too_much(text: str) -> bool:
    if len(text) > MOST_CHARACTERS:
        return True
    if any(map(_line_too_much, text.split("\n"))):
        return True
    paragraphs = _PARAGRAPHS.split(text)
    marks = [len(_MARKS.findall(paragraph)) for paragraph in paragraphs]
    return (
        len(paragraphs) > MOST_PARAGRAPHS
        or max(marks) > MOST_MARKS
        or sum(marks) > MOST_MARKS_IN_ALL
        or max(map(len, paragraphs)) > LONGEST_PARAGRAPH
    )


def _line_too_much(line: str) -> bool:
    if len(line) > LONGEST_LINE:
        return True
    lead = _LEAD.match(line)
    run = lead[0] if lead else ""
    if len(run) < DEEPEST:
        return False
    return run.count(">") > DEEPEST or len(_BULLETS.findall(run)) > DEEPEST


class _Converter(Markdown):
    def __init__(self) -> None:
        self.rules = Rules()
        super().__init__(extensions=["tables", "sane_lists", "nl2br", self.rules])


def _converter() -> _Converter:
    """One converter per thread: they are costly to make and keep state while they work."""
    found = getattr(_local, "converter", None)
    if found is None:
        found = _local.converter = _Converter()
    found.reset()
    return found
