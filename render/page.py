"""Items as HTML. The only module others need: rows of a page, bodies of rows, threads."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from markupsafe import Markup

from ..transcript.model import Item
from . import blocks, runs
from .environment import draw
from .links import Links
from .parts import common
from .raw import raw as draw_raw
from .tools import Sight, agent

logger = logging.getLogger(__name__)
RAISE = False
"""Tests set it, so that a renderer's mistake fails them instead of hiding in a quiet row."""


Drawn = Mapping[str, Markup]
"""Rows that are drawn already, by number: those that stand open with a thread in them."""

Ordinals = Mapping[str, int]
"""The number of an item to its place among the session's prompts, from 1."""


def items(
    items: Sequence[Item],
    links: Links,
    *,
    drawn: Drawn | None = None,
    ordinals: Ordinals | None = None,
) -> Markup:
    """The rows of a page, those of `drawn` as they are, the others closed.

    Open is a failed call behind which no other failed: how it ended is what readers look for.
    `ordinals` says for the numbers of prompts which prompt of the session each is.
    """
    return _rows(items, links, drawn or {}, ordinals or {}, _last_failures(items))


def _rows(
    items: Sequence[Item], links: Links, drawn: Drawn, ordinals: Ordinals, opened: set[str]
) -> Markup:
    """Rows in order, with pauses between them; runs of looking around are folded."""
    out: list[Markup] = []
    for run in runs.split(items):
        rows: list[Markup] = []
        for item, before in run:
            waited = runs.waited(before, item)
            if not (run.folded and rows) and (pause := runs.pause(item, waited)):
                out.append(pause)
            rows.append(
                drawn.get(item.number)
                or one(
                    item,
                    links,
                    open=item.number in opened,
                    ordinal=ordinals.get(item.number, 0),
                    waited=waited,
                )
            )
        if run.folded:
            rows = [run.draw(rows, open=any(item.number in drawn for item, _ in run))]
        out += rows
    return Markup("\n").join(out)


def one(
    item: Item,
    links: Links,
    *,
    open: bool = True,  # noqa: A002
    clip: bool = True,
    inside: Markup | None = None,
    ordinal: int = 0,
    waited: float | None = None,
) -> Markup:
    """One row; if `open`, its body stands in it and is not asked for later.

    `inside` is its body where that is drawn already: the body of a row with its thread.
    `ordinal` is the prompt's place among the prompts, `waited` the seconds since the line before.
    """
    try:
        kind = blocks.KINDS[item.kind]
        if inside is None and open and kind.folded:
            inside = body(item, links, clip=clip)
        sight = replace(_sight(item, links, clip), ordinal=ordinal, waited=waited)
        return draw(kind.template, **kind.row(item, sight), opened=inside)
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
    whole: Markup | None = None,
    spilled: bool = False,
) -> Markup:
    """What stands inside a row; for an agent's call with a page of its thread.

    `more` is the address of the thread's next page. With `clip=False` texts are whole. `whole`
    is the thread from its first row to its last where it is drawn already. `spilled` says that
    the row's output lies beside the session, as it was too long for it.
    """
    try:
        sight = _sight(item, links, clip)
        if thread:
            rows = whole
            if rows is None:
                rows = _thread(thread, links, more, drawn, earlier=thread[0].n > 1)
            inside = blocks.thread_inside(item, sight, thread, rows)
        else:
            inside = blocks.KINDS[item.kind].inside(item, sight)
        if not blocks.KINDS[item.kind].folded:
            return inside
        context = {**common(item, sight), "download": sight.output if spilled else ""}
        return draw("items/_body.html", inside=inside, raw=sight.raw_fragment, **context)
    except Exception as error:
        return _broken(item, error)


def raw(item: Item) -> Markup:
    """The row as JSON, for those who want to see what the session file says."""
    try:
        return draw_raw(item)
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
    rows = _rows(items, links, drawn or {}, {}, set())
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
