"""A page of a session, put together: rows from storage, facts, addresses, the card."""

import re
import time
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from ..render import page as rows
from ..transcript import spilled
from ..transcript.assemble import assemble
from ..transcript.export_rows import Row, row
from ..transcript.facts import Facts
from ..transcript.model import Item, Json
from . import prompt_index
from .addresses import ShareLinks, item_path, page_path, rows_path
from .opengraph import OpenGraph, card
from .problems import gone, no_such_page
from .storage import finding, shares
from .storage.shares import Alive, Share

_NUMBER = re.compile(r"([1-9][0-9]{0,8})((?:\.[1-9][0-9]{0,8}){0,7})(?:-[0-9.]{0,80})?")


@dataclass(frozen=True, slots=True)
class SessionPage:
    """What `session.html` shows."""

    id: str
    title: str
    url: str
    path: str
    facts: Facts
    redacted: dict[str, int]
    redacted_total: int
    part: Json | None
    expires_at: datetime | None
    number: int
    pages: int
    items: Markup
    prev_path: str | None
    next_path: str | None
    prev_fragment: str | None
    next_fragment: str | None
    target: str | None
    index: prompt_index.PromptIndex
    counts: dict[str, int]
    og: OpenGraph


def load(share_id: str, seen: Alive) -> Share:
    """The share row of the edition that was seen; gone if it vanished since."""
    share = shares.load(seen.pk)
    if share is None or share.share_id != share_id:
        raise gone()
    return share


def target_of(text: str | None) -> str | None:
    """The item a `?m=` asks for: `42`, `42.3`, or the first of `40-52`; None if it is neither."""
    match = _NUMBER.fullmatch(text or "")
    return match[1] + match[2] if match else None


_RANGE = re.compile(
    r"([1-9][0-9]{0,8})(?:\.[0-9.]{1,80})?(?:-([1-9][0-9]{0,8})(?:\.[0-9.]{1,80})?)?"
)


def range_of(text: str | None) -> tuple[int, int] | None:
    """First and last item of the main thread that a `?m=` names, as in `42` and `40-52`."""
    match = _RANGE.fullmatch(text or "")
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if first <= last else (last, first)


def build(
    share: Share,
    number: int,
    target: str | None,
    url_base: str,
    *,
    clip: bool = True,
    prompts: int | None = None,
) -> SessionPage:
    """The page `number`, or the one that holds `target`. Raises Problem 404 past the end.

    With `clip=False` the target's row is whole. `prompts` is the page of the index, else it is
    the one that names where the reader is.
    """
    if target is not None:
        found = shares.page_of_item(share.pk, "", int(target.partition(".")[0]))
        number, target = (found, target) if found else (1, None)
    return replace(
        frame(share, url_base, prompts or _prompts_around(share, number, target), target),
        number=number,
        items=page_rows(share, number, target, clip=clip),
        target=target,
        **neighbours(share, number),
    )


def frame(share: Share, url_base: str, prompts: int = 1, target: str | None = None) -> SessionPage:
    """All of a page but its rows; `prompts` is the page of the index, `target` is quoted."""
    facts = facts_of(share)
    path = f"/s/{share.share_id}"
    redacted = share.header.get("redacted") or {}
    return SessionPage(
        id=share.share_id,
        title=share.title,
        url=url_base + path,
        path=path,
        facts=facts,
        redacted=redacted,
        redacted_total=sum(redacted.values()),
        part=share.header.get("part"),
        expires_at=_date(share.expires_at),
        number=1,
        pages=max(1, share.pages),
        items=Markup(""),
        prev_path=None,
        next_path=None,
        prev_fragment=None,
        next_fragment=None,
        target=None,
        index=prompt_index.build(share, prompts),
        counts=share.counts,
        og=card(share, facts, url_base + path, quoted(share, target)),
    )


def quoted(share: Share, target: str | None) -> Row | None:
    """The item a permalink is about, in words."""
    if target is None:
        return None
    thread, _, n = target.rpartition(".")
    found = items_of(share, shares.parts_of_item(share.pk, thread, int(n)))
    return row(found[0]) if found else None


def days_left(seen: Alive) -> int | None:
    """A page says in how many days it expires: it is made anew when that number changes."""
    return None if seen.expires_at is None else int(seen.expires_at - time.time()) // 86_400


def _prompts_around(share: Share, number: int, target: str | None) -> int:
    if target is not None:
        return prompt_index.page_around(share, int(target.partition(".")[0]))
    first = shares.first_of_page(share.pk, "", number) if number > 1 else None
    return prompt_index.page_around(share, first) if first else 1


def neighbours(share: Share, number: int) -> dict[str, str | None]:
    """The addresses before and after a page, None at the ends."""
    before, after = number > 1, number < share.pages
    name = share.share_id
    return {
        "prev_path": page_path(name, number - 1) if before else None,
        "next_path": page_path(name, number + 1) if after else None,
        "prev_fragment": rows_path(name, number - 1) + "&up=1" if before else None,
        "next_fragment": rows_path(name, number + 1) if after else None,
    }


def page_rows(share: Share, number: int, target: str | None = None, *, clip: bool = True) -> Markup:
    """The rows of a page of the main thread, open on the way to `target`.

    Raises Problem 404 past the end.
    """
    if number > max(1, share.pages):
        raise no_such_page()
    items = items_of(share, shares.parts_of_page(share.pk, "", number))
    numbers = ordinals(share, items)
    return rows.items(
        items,
        ShareLinks(share.share_id),
        drawn=_opened(share, items, target, clip, numbers),
        ordinals=numbers,
    )


def ordinals(share: Share, items: list[Item]) -> dict[str, int]:
    """Which prompt of the session each prompt among these items of the main thread is."""
    if not items:
        return {}
    found = finding.prompt_numbers(share.pk, items[0].n, items[-1].n)
    return {str(n): number for n, number in found.items()}


def _opened(
    share: Share,
    items: list[Item],
    target: str | None,
    clip: bool,
    numbers: rows.Ordinals | None = None,
) -> rows.Drawn:
    """The row among `items` that is `target`, or holds it in its thread, drawn open."""
    if target is None:
        return {}
    for item in items:
        if f"{target}.".startswith(f"{item.number}."):
            inside = _inside(share, item, target, clip)
            links = ShareLinks(share.share_id)
            ordinal = (numbers or {}).get(item.number, 0)
            row = rows.one(item, links, clip=clip, inside=inside, ordinal=ordinal)
            return {item.number: row}
    return {}


def _inside(share: Share, item: Item, target: str, clip: bool) -> Markup | None:
    """The body of an open row with the page of its thread that leads to `target`."""
    number = item.number
    step = target[len(number) + 1 :].partition(".")[0]
    page = shares.page_of_item(share.pk, number, int(step)) if step else None
    thread = items_of(share, shares.parts_of_page(share.pk, number, page or 1))
    if not thread:
        links = ShareLinks(share.share_id)
        return rows.body(item, links, clip, spilled=True) if _spilled(share, item) else None
    return rows.body(
        item,
        ShareLinks(share.share_id),
        clip,
        thread=thread,
        more=_more(share, number, page or 1),
        drawn=_opened(share, thread, target, clip) if step else None,
    )


def item_body(share: Share, number: str, page: int, *, clip: bool) -> Markup:
    """What opens inside a row; from page 2 on, further rows of its subagent's thread."""
    links = ShareLinks(share.share_id)
    thread = items_of(share, shares.parts_of_page(share.pk, number, page))
    more = _more(share, number, page) if thread else None
    if page > 1:
        if not thread:
            raise no_such_page()
        return rows.thread(thread, links, more)
    item = item_of(share, number)
    return rows.body(item, links, clip, thread=thread, more=more, spilled=_spilled(share, item))


def item_raw(share: Share, number: str) -> Markup:
    """The JSON of a row. Raises Problem 404 if there is none of this number."""
    return rows.raw(item_of(share, number))


def item_of(share: Share, number: str) -> Item:
    """The item that a permalink names, as in `42.3`. Raises Problem 404 if there is none."""
    above, _, n = number.rpartition(".")
    found = items_of(share, shares.parts_of_item(share.pk, above, int(n)))
    if not found:
        raise no_such_page()
    return found[0]


def _spilled(share: Share, item: Item) -> bool:
    """True if the item's output lies beside the session, and was shared."""
    path = spilled.place(item)
    return bool(path) and shares.has_file(share, path)


def _more(share: Share, number: str, page: int) -> str | None:
    """The address of the next page of a row's thread, if there is one."""
    further = shares.has_page(share.pk, number, page + 1)
    return item_path(share.share_id, number, page + 1) if further else None


def facts_of(share: Share) -> Facts:
    """The stored facts; what this version does not know is left out.

    Project and branch come from the header: the lines' own folder is `.` by now.
    """
    known = {field.name for field in fields(Facts)}
    values: dict[str, Any] = {k: v for k, v in share.facts.items() if k in known}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    values["project"], values["branch"] = share.project_name, share.branch
    return Facts(**values)


def items_of(share: Share, parts: list[Any]) -> list[Item]:
    """Items out of their parts, in reading order."""
    return assemble(parts, shares.lines(share, (part.sequence for part in parts)))


def _date(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
