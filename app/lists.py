"""Pages that show some items of a session instead of all: found, filtered, a range."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request
from markupsafe import Markup

from ..render import page as rows
from ..transcript.model import Item
from . import access, search, session_page
from .addresses import ShareLinks, base_url, filter_path
from .headers import Prepared
from .indexing import indexed
from .services import here
from .steady import unmixed
from .storage import finding, shares
from .storage.shares import Alive, Share

ITEMS_ON_PAGE = 30
MOST_IN_RANGE = 200
_RANGE = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
_NUMBER = re.compile(r"[0-9]{1,9}")
FILTERS = {
    "prompts": "Prompts",
    "answers": "Answers",
    "tools": "Tools",
    "errors": "Errors",
    "thinking": "Thinking",
    "agents": "Agents",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row outside its place, and the way back there."""

    number: str
    href: str
    row: Markup


_Draw = Callable[[Share, session_page.SessionPage], str]


def special(share_id: str) -> Response | None:
    """The page that `?q=`, `?show=` or `?m=40-52` ask for; None if it is an ordinary one."""
    asked = request.args
    if "q" in asked:
        return _searched(share_id, asked["q"])
    if asked.get("show") in FILTERS:
        return _filtered(share_id, asked["show"])
    match = _RANGE.fullmatch(asked.get("m", ""))
    if match and int(match[2]) > int(match[1]):
        return _ranged(share_id, int(match[1]), int(match[2]))
    return None


def _searched(share_id: str, text: str) -> Response:
    text, start = " ".join(text[: search.LONGEST_QUERY * 2].split()), number_of("from")

    def draw(share: Share, page: session_page.SessionPage) -> str:
        found = search.find(share, text, start)
        return render_template("search.html", page=page, found=found, start=start)

    return answer(share_id, ("search", text, start), draw)


def _filtered(share_id: str, name: str) -> Response:
    after = number_of("after")

    def draw(share: Share, page: session_page.SessionPage) -> str:
        numbers = finding.numbers_of(share.pk, name, after, ITEMS_ON_PAGE + 1)
        links = ShareLinks(share_id)
        found = items_at(share, numbers[:ITEMS_ON_PAGE])
        ordinals = session_page.ordinals(share, found) if name == "prompts" else {}
        items = [_listed(item, links, ordinals.get(item.number, 0)) for item in found]
        further = len(numbers) > ITEMS_ON_PAGE
        more = filter_path(share_id, name, numbers[ITEMS_ON_PAGE - 1]) if further else None
        return render_template(
            "filtered.html", page=page, show=name, title=FILTERS[name], items=items, more=more
        )

    return answer(share_id, ("filter", name, after), draw)


def _listed(item: Item, links: ShareLinks, ordinal: int) -> Listed:
    row = rows.one(item, links, open=False, ordinal=ordinal)
    return Listed(item.number, links.item(item.number), row)


def _ranged(share_id: str, first: int, last: int) -> Response:
    shown = min(last, first + MOST_IN_RANGE - 1)

    def draw(share: Share, page: session_page.SessionPage) -> str:
        items = items_at(share, range(first, shown + 1))
        numbers = session_page.ordinals(share, items)
        drawn = rows.items(items, ShareLinks(share_id), ordinals=numbers)
        end = items[-1].n if items else first
        further = shares.page_of_item(share.pk, "", end + 1) is not None
        return render_template(
            "range.html", page=page, first=first, last=end, items=drawn, further=further
        )

    return answer(share_id, ("range", first, shown), draw, target=str(first))


def raw(share_id: str, number: str) -> Response:
    """A row's JSON on a page of its own, for readers without scripts."""

    def draw(share: Share, page: session_page.SessionPage) -> str:
        entry = session_page.item_raw(share, number)
        return render_template("raw.html", page=page, number=number, raw=entry)

    return answer(share_id, ("raw page", number), draw)


def items_at(share: Share, numbers: Sequence[int]) -> list[Item]:
    """The items of the main thread with these numbers, in order."""
    return session_page.items_of(share, shares.parts_of_items(share.pk, numbers))


def answer(
    share_id: str, what: tuple[object, ...], draw: _Draw, target: str | None = None
) -> Prepared:
    """What `draw` makes of the share and a page without rows, cached under `what`.

    `target` is the item that a preview of the link quotes.
    """
    seen: Alive = access.alive(share_id)
    services, base = here(), base_url()
    days = session_page.days_left(seen)

    def make() -> str:
        share = indexed(session_page.load(share_id, seen))
        return draw(share, session_page.frame(share, base, target=target))

    key = (share_id, seen, services.renderer, *what, base, days)
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


def number_of(name: str) -> int:
    """A number of the query string, 0 if there is none."""
    text = request.args.get(name, "0")
    return int(text) if _NUMBER.fullmatch(text) and text.isascii() else 0
