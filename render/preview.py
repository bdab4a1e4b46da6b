"""A session as one HTML file that needs nothing else: no script, no server, no other file."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from ..transcript.model import Item
from ..transcript.threads import may_have_thread
from . import code, page
from .environment import draw

_PLACE = Markup("<!--rows-->")
"""Nothing of a session can hold it: every `<` of a session is escaped."""
_CUT = "Of long texts the two ends are shown."


@dataclass(frozen=True, slots=True)
class Notes:
    """What `_notices.html` wants to know of the page."""

    redacted: Mapping[str, int]
    """Rule -> marks."""
    part: None = None

    @property
    def redacted_total(self) -> int:
        """Marks of all rules."""
        return sum(self.redacted.values())


@dataclass(frozen=True, slots=True)
class FileLinks:
    """render's Links inside one file. `images` maps SHA-256 to `data:` addresses."""

    images: Mapping[str, str]

    def item(self, number: str) -> str:
        """The row, which stands in the same file."""
        return f"#m-{number}"

    def body(self, number: str, page: int = 1) -> str:  # noqa: ARG002 (every row stands open)
        """Nothing is asked for later."""
        return ""

    def output(self, number: str) -> str:  # noqa: ARG002
        """The file has no other beside it."""
        return ""

    def image(self, sha256: str, extension: str) -> str:  # noqa: ARG002 (the address says it)
        """The image itself."""
        return self.images.get(sha256, "")


@cache
def stylesheet() -> str:
    """The style of the pages. No `<` may stand in it, as it stands inside `<style>`."""
    folder = files("ccshare") / "static" / "css"
    sheets = sorted((sheet for sheet in folder.iterdir()), key=lambda sheet: sheet.name)
    texts = [sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.name.endswith(".css")]
    return "\n".join([*texts, code.stylesheet()]).replace("<", "\\3c ")


def document(
    title: str,
    items: Sequence[Item],
    *,
    images: Mapping[str, str],
    redacted: Mapping[str, int],
    left_out: int,
) -> Iterator[str]:
    """The file, a row at a time. `left_out` counts the rows that are not in `items`."""
    style = stylesheet()
    # A browser hashes the style as it reads it: line ends are one character by then.
    digest = hashlib.sha256(style.encode()).digest()
    html = draw(
        "preview.html",
        title=title,
        style=Markup(style),  # noqa: S704 (ours)
        style_hash=base64.b64encode(digest).decode("ascii"),
        notes=Notes(redacted),
        shown=len(items),
        left_out=left_out,
        cut_note=_CUT,
        rows=_PLACE,
    )
    head, _, foot = html.partition(_PLACE)
    yield head
    yield from _rows(items, FileLinks(images))
    yield foot


def _rows(items: Sequence[Item], links: FileLinks) -> Iterator[str]:
    """All rows open, those of a subagent inside the row that called it."""
    threads: dict[str, list[Item]] = {}
    for item in items:
        threads.setdefault(item.thread, []).append(item)
    for item in threads.pop("", []):
        yield _row(item, threads, links) + "\n"
    for rest in threads.values():  # whose calls are not among the items
        for item in rest:
            yield page.one(item, links) + "\n"


def _row(item: Item, threads: dict[str, list[Item]], links: FileLinks) -> Markup:
    inside = None
    thread = threads.pop(item.number, []) if may_have_thread(item) else []
    if thread:
        rows = Markup("\n").join(_row(inner, threads, links) for inner in thread)
        inside = page.body(item, links) + Markup('\n<div class="thread">\n{}\n</div>').format(rows)
    return page.one(item, links, inside=inside)
