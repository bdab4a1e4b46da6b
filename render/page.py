"""Items as HTML. The only module others need: rows of a page, bodies of rows, threads."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from markupsafe import Markup

from ..transcript.model import Item
from . import blocks
from .environment import draw
from .links import Links
from .parts import common
from .tools import Sight, agent

logger = logging.getLogger(__name__)
RAISE = False
"""Tests set it, so that a renderer's mistake fails them instead of hiding in a quiet row."""


Drawn = Mapping[str, Markup]
"""Rows that are drawn already, by number: those that stand open with a thread in them."""


def items(items: Sequence[Item], links: Links, *, drawn: Drawn | None = None) -> Markup:
    """The rows of a page, those of `drawn` as they are, the others closed.

    Open is a failed call behind which no other failed: how it ended is what readers look for.
    """
    failed = _last_failures(items)
    return Markup("\n").join(
        (drawn or {}).get(item.number) or one(item, links, open=item.number in failed)
        for item in items
    )


def one(
    item: Item,
    links: Links,
    *,
    open: bool = True,  # noqa: A002
    clip: bool = True,
    inside: Markup | None = None,
) -> Markup:
    """One row; if `open`, its body stands in it and is not asked for later.

    `inside` is its body where that is drawn already: the body of a row with its thread.
    """
    try:
        kind = blocks.KINDS[item.kind]
        if inside is None and open and kind.folded:
            inside = body(item, links, clip=clip)
        return draw(kind.template, **kind.row(item, _sight(item, links, clip)), opened=inside)
    except Exception as error:
        return _broken(item, error)


def body(
    item: Item,
    links: Links,
    clip: bool = True,
    *,
    thread: Sequence[Item] = (),
    more: str | None = None,
    drawn: Drawn | None = None,
) -> Markup:
    """What stands inside a row; for an agent's call with a page of its thread.

    `more` is the address of the thread's next page. With `clip=False` texts are whole.
    """
    try:
        sight = _sight(item, links, clip)
        if thread:
            rows = _thread(thread, links, more, drawn, earlier=thread[0].n > 1)
            inside = blocks.thread_inside(item, sight, thread, rows)
        else:
            inside = blocks.KINDS[item.kind].inside(item, sight)
        if not blocks.KINDS[item.kind].folded:
            return inside
        return draw("items/_body.html", inside=inside, **common(item, sight))
    except Exception as error:
        return _broken(item, error)


def thread(
    items: Sequence[Item],
    links: Links,
    more: str | None = None,
    drawn: Drawn | None = None,
    *,
    earlier: bool = False,
) -> Markup:
    """A page of a subagent's thread; `more` is the address of the next page's fragment.

    Without scripts the permalink of the next item leads on, with `earlier` also that before.
    """
    rows = Markup("\n").join(
        (drawn or {}).get(item.number) or one(item, links, open=False) for item in items
    )
    before, after = (f"{items[0].thread}.{n}" for n in (items[0].n - 1, items[-1].n + 1))
    return draw(
        "items/_thread.html",
        rows=rows,
        more=more,
        further=links.item(after),
        earlier=links.item(before) if earlier else None,
    )


_thread = thread  # `body` has an argument of that name


def _sight(item: Item, links: Links, clip: bool) -> Sight:
    # Prompts are h2 on the page and one lower in each thread; headings of texts follow.
    depth = item.thread.count(".") + 1 if item.thread else 0
    return Sight(links, item.number, clip, level=min(6, 3 + depth))


def _last_failures(items: Sequence[Item]) -> set[str]:
    """Numbers of failed calls that end a run of failed calls."""
    calls = [item for item in items if item.kind == "tool"]
    return {
        call.number
        for call, after in zip_longest(calls, calls[1:])
        if call.error and not (after and after.error) and not _has_thread(call)
    }


def _has_thread(item: Item) -> bool:
    return item.name in (agent.FAMILY.names if item.kind == "tool" else ("agent",))


def _broken(item: Item, error: Exception) -> Markup:
    """A quiet row in place of one that could not be drawn. The log names no content."""
    if RAISE:
        raise error
    place = traceback.extract_tb(error.__traceback__)[-1]
    sort = type(error).__name__
    logger.error("a %s was not drawn: %s in %s:%s", item.kind, sort, place.name, place.lineno)
    return draw("items/_broken.html", number=item.number)
