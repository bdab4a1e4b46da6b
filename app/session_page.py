"""A page of a session, put together: rows from storage, facts, addresses, the card."""

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from ..render import page as rows
from ..transcript.assemble import assemble
from ..transcript.facts import Facts
from ..transcript.model import Item, Json
from .addresses import ShareLinks, item_path, page_path, rows_path
from .opengraph import OpenGraph, card
from .problems import gone, no_such_page
from .storage import shares
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


def build(
    share: Share, number: int, target: str | None, url_base: str, image: str, *, clip: bool = True
) -> SessionPage:
    """The page `number`, or the one that holds `target`. Raises Problem 404 past the end.

    With `clip=False` the target's row is whole.
    """
    if target is not None:
        found = shares.page_of_item(share.pk, "", int(target.partition(".")[0]))
        number, target = (found, target) if found else (1, None)
    facts = facts_of(share)
    path = f"/s/{share.share_id}"
    redacted = share.header.get("redacted") or {}
    around = neighbours(share, number)
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
        number=number,
        pages=max(1, share.pages),
        items=page_rows(share, number, target, clip=clip),
        target=target,
        og=card(share, facts, url_base + path, image),
        **around,
    )


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
    """The rows of a page of the main thread. Raises Problem 404 if there is no such page."""
    if number > max(1, share.pages):
        raise no_such_page()
    items = _items(share, shares.parts_of_page(share.pk, "", number))
    links = ShareLinks(share.share_id)
    # Of an item in a subagent's thread, the row that holds the thread.
    open_row = None if target is None else target.partition(".")[0]
    if clip or open_row is None:
        return rows.items(items, links, target=open_row)
    return Markup("\n").join(
        rows.one(item, links, clip=False) if item.number == open_row else rows.items([item], links)
        for item in items
    )


def item_body(share: Share, number: str, page: int, *, clip: bool) -> Markup:
    """What opens inside a row; from page 2 on, further rows of its subagent's thread."""
    links = ShareLinks(share.share_id)
    thread = _items(share, shares.parts_of_page(share.pk, number, page))
    more = None
    if thread and page < shares.pages_of_thread(share.pk, number):
        more = item_path(share.share_id, number, page + 1)
    if page > 1:
        if not thread:
            raise no_such_page()
        return rows.thread(thread, links, more)
    above, _, n = number.rpartition(".")
    found = _items(share, shares.parts_of_item(share.pk, above, int(n)))
    if not found:
        raise no_such_page()
    return rows.body(found[0], links, clip, thread=thread, more=more)


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


def _items(share: Share, parts: list[Any]) -> list[Item]:
    return assemble(parts, shares.lines(share, (part.sequence for part in parts)))


def _date(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
