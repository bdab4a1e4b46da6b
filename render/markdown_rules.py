"""What we change in the Markdown library: our fences, lists as models write them, no raw HTML."""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from . import code

_FENCE = re.compile(r"( *)(`{3,}|~{3,})[ \t]*([^\s`{]*)[^`]*$")
_MARKER = re.compile(r"( *)([*+-]|\d{1,9}[.)]) {1,4}(?=\S)")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_STARTS_BLOCK = re.compile(r" {0,3}(?:#{1,6} |>|\||\x02)")
DEEPEST_LIST = 8
NUMBERED_LINES = 4
"""Code from so many lines up has line numbers."""
LINK_SPAN = 400
"""How far the end of a link is looked for: bounds the library's search for brackets."""


class Rules(Extension):
    """The extension; `prepare` sets what differs from text to text."""

    def __init__(self) -> None:
        super().__init__()
        self.level = 3
        self.spans_left = 0

    def prepare(self, level: int, spans: int) -> None:
        """Headings start at `level`; highlighted code may use up to `spans` elements."""
        self.level, self.spans_left = level, spans

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("reference")
        for name in ("html", "automail", "reference", "image_link", "image_reference"):
            md.inlinePatterns.deregister(name)
        for name in ("short_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.preprocessors.register(_Fences(md, self), "fences", 25)
        md.preprocessors.register(_Lists(md), "lists", 24)
        md.inlinePatterns.register(_Link(r"!?\[", md), "link", 160)
        md.inlinePatterns.register(_Address(r"https?://[^\s<>\"`*\x02\x03]{2,}", md), "url", 110)
        md.inlinePatterns.register(
            SimpleTagInlineProcessor(r"()~~([^~\n]{1,500})~~", "del"), "strike", 65
        )
        md.treeprocessors.register(_Shape(md, self), "shape", 0)


class _Fences(Preprocessor):
    """Fenced code, at any indentation and also when it is never closed. One pass."""

    def __init__(self, md: Markdown, rules: Rules) -> None:
        super().__init__(md)
        self.rules = rules

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        inside: list[str] = []
        opened: re.Match[str] | None = None
        for line in lines:
            if opened is None:
                opened = _FENCE.match(line)
                if opened is None:
                    out.append(line)
            elif _closes(line, opened[2]):
                out += self._drawn(opened, inside)
                opened, inside = None, []
            else:
                inside.append(line)
        return out + (self._drawn(opened, inside) if opened else [])

    def _drawn(self, fence: "re.Match[str]", inside: list[str]) -> list[str]:
        indent = len(fence[1])
        while inside and not inside[-1].strip():
            inside.pop()
        text = "\n".join(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in inside)
        html = code.spans(text, code.language(fence[3]))
        used = html.count("<span")
        if used > self.rules.spans_left:
            html = code.spans(text, "")
        else:
            self.rules.spans_left -= used
        pre = f'<pre tabindex="0"><code>{html}\n</code></pre>'
        if len(inside) >= NUMBERED_LINES:
            numbers = "\n".join(map(str, range(1, len(inside) + 1)))
            gutter = f'<pre class="gutter" aria-hidden="true">{numbers}</pre>'
            pre = f'<div class="sheet">{gutter}{pre}</div>'
        block = f'<div class="box">{pre}</div>'
        return ["", fence[1] + self.md.htmlStash.store(block), ""]


def _closes(line: str, fence: str) -> bool:
    line = line.strip()
    return line.startswith(fence) and not line.strip(fence[0])


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A list item that later lines may still belong to."""

    marker: int
    """Column of its marker."""
    text: int
    """Column of its text."""
    ordered: bool


class _Lists(Preprocessor):
    """Lists as everybody writes them, in the form the library reads.

    It wants a blank line before a list and four spaces per level; models write neither.
    """

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        open_items: list[OpenItem] = []
        blank = loose = True
        for line in lines:
            if not line.strip():
                out.append("")
                blank = loose = True
                continue
            indent = len(line) - len(line.lstrip(" "))
            marker = None if _RULE.match(line) else _MARKER.match(line)
            if marker and (open_items or indent < 4):
                # Behind a paragraph of its own, an item needs a blank line as well.
                out += [""] if loose and not blank else []
                out += _item(marker, line, open_items, blank or loose)
                loose = False
            elif open_items:
                out += _inside(line, indent, open_items, blank)
            else:
                out += _outside(line, out, blank)
            blank = False
        while out and not out[-1]:
            out.pop()
        return out


def _item(marker: "re.Match[str]", line: str, open_items: list[OpenItem], blank: bool) -> list[str]:
    column, sign = len(marker[1]), marker[2].replace(")", ".")
    ordered = sign[0] not in "*+-"
    before: OpenItem | None = None
    while open_items and column < open_items[-1].marker + 2:
        before = open_items.pop()
    depth = min(len(open_items), DEEPEST_LIST)
    # A list starts here, or one of the other sort ends: the library sees neither by itself.
    starts = before.ordered != ordered if before else not open_items
    open_items.append(OpenItem(column, marker.end(), ordered))
    text = f"{'    ' * depth}{sign} {line[marker.end() :]}"
    return ["", text] if starts and not blank else [text]


def _inside(line: str, indent: int, open_items: list[OpenItem], blank: bool) -> list[str]:
    """A line that is no item while a list is open: part of an item, or the list's end."""
    ends = blank or _STARTS_BLOCK.match(line) is not None
    while ends and open_items and indent < open_items[-1].marker + 2:
        open_items.pop()
    if not open_items:
        return [line] if blank else ["", line]
    depth = min(len(open_items), DEEPEST_LIST + 1)
    if not ends:
        return ["    " * depth + line.lstrip(" ")]
    return ["    " * depth + line[min(indent, open_items[-1].text) :]]


def _outside(line: str, out: list[str], blank: bool) -> list[str]:
    """A table may stand right behind its sentence, and a sentence right behind a table."""
    if not blank and line.startswith("|") != out[-1].startswith("|"):
        return ["", line]
    return [line]


class _Link(LinkInlineProcessor):
    """Links, and pictures as links: the reader's browser asks no foreign server for anything."""

    def getText(self, data: str, index: int) -> Any:
        return super().getText(data[: index + LINK_SPAN], index)

    def getLink(self, data: str, index: int) -> Any:
        return super().getLink(data[: index + 4 * LINK_SPAN], index)


class _Address(InlineProcessor):
    """A bare web address."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(
        self,
        m: "re.Match[str]",
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        url = m[0].rstrip(".,:;!?'")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        link = Element("a", href=url)
        link.text = self.unescape(url)
        return link, m.start(0), m.start(0) + len(url)


class _Shape(Treeprocessor):
    """Headings in order below the page's own, tables that scroll in a box of their own."""

    def __init__(self, md: Markdown, rules: Rules) -> None:
        super().__init__(md)
        self.rules = rules

    def run(self, root: Element) -> None:
        open_levels: list[int] = []
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                level = int(element.tag[1])
                while open_levels and open_levels[-1] >= level:
                    open_levels.pop()
                element.tag = f"h{min(6, self.rules.level + len(open_levels))}"
                open_levels.append(level)
            elif element.tag == "pre":
                element.set("tabindex", "0")
            elif element.tag in ("td", "th"):
                _align(element)
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[place] = _boxed(child)


def _align(cell: Element) -> None:
    style = cell.attrib.pop("style", "")
    if style.startswith("text-align: "):
        cell.set("align", style.removeprefix("text-align: ").rstrip(";"))


def _boxed(table: Element) -> Element:
    box = Element("div", {"class": "scroll", "role": "group", "aria-label": "Table"})
    box.set("tabindex", "0")
    box.append(table)
    return box
