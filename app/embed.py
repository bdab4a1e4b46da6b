"""A share on other sites: the page for their frames, and oEmbed, which tells them of it."""

import re
from urllib.parse import urlsplit

from flask import Response, jsonify, render_template, request

from ..render import page as rows
from ..transcript.model import Item
from . import access, session_page
from .addresses import ShareLinks, base_url
from .fragments import Fragment
from .headers import EMBED, NO_ROBOTS
from .ids import ShareIdConverter
from .opengraph import card, shorten
from .problems import Problem, no_such_page, not_found
from .services import here
from .steady import retried, unmixed
from .storage import shares
from .storage.shares import Alive, Share

MOST_ITEMS = 20
"""In a frame; the whole is one link away."""
WIDTH, HEIGHT = 860, 520
_LEAST = 120
_AGE = 3600
_PATH = re.compile(rf"/s/({ShareIdConverter.regex})")
_QUERY = re.compile(r"m=([0-9.-]{1,60})(?:&|$)")


@retried
def embed(share_id: str) -> Response:
    """GET /embed/s/<id>: the first items, or `?m=40-52` those; no script, no cookie."""
    seen = access.alive(share_id)
    wanted = session_page.range_of(request.args.get("m"))
    first, last = wanted or (1, MOST_ITEMS)
    last = min(last, first + MOST_ITEMS - 1)
    services, base = here(), base_url()

    def make() -> Fragment:
        share = session_page.load(share_id, seen)
        found = _items(share, first, last)
        if wanted and not found:
            raise no_such_page()
        total = shares.last_item(share)
        html = render_template(
            "embed.html",
            share=share,
            facts=session_page.facts_of(share),
            url=f"{base}/s/{share_id}" + (f"?m={first}#m-{first}" if wanted else ""),
            items=rows.items(
                found, ShareLinks(share_id), ordinals=session_page.ordinals(share, found)
            ),
            first=first,
            last=min(last, total),
            total=total,
        )
        return Fragment(html, repr(key), common=EMBED)

    key = (share_id, seen, services.renderer, "embed", first, last, base)
    entry = services.cache.get_or_add(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


def _items(share: Share, first: int, last: int) -> list[Item]:
    """The items of a span, read by whole pages: it lies on two or three of them."""
    found: list[Item] = []
    page = shares.page_of_item(share.pk, "", first)
    while page is not None and len(found) < MOST_ITEMS:
        parts = shares.parts_of_page(share.pk, "", page)
        parts = [part for part in parts if first <= part.n <= last]
        if not parts:
            break
        found += session_page.items_of(share, parts)
        page += 1
    return found[:MOST_ITEMS]


@retried
def oembed() -> Response:
    """GET /oembed?url=: what a site needs to show a share, as JSON."""
    if request.args.get("format", "json") != "json":
        raise Problem(
            501, "no-such-format", "Only JSON is answered here", todo="Ask with format=json."
        )
    address, base = urlsplit(request.args.get("url", "")[:2000]), base_url()
    path = _PATH.fullmatch(address.path)
    if not path or f"{address.scheme}://{address.netloc}" != base:
        raise not_found()
    share = access.readable(path[1])
    query = _QUERY.match(address.query)
    wanted = session_page.range_of(query[1]) if query else None
    seen = Alive(share.pk, share.edition, share.expires_at)
    response = jsonify(unmixed(path[1], seen, lambda: _answer(share, base, wanted)))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _answer(share: Share, base: str, wanted: tuple[int, int] | None) -> dict[str, object]:
    """As rich as the page's own tags: some programs show this instead of them."""
    url = f"{base}/s/{share.share_id}"
    quoted = session_page.quoted(share, str(wanted[0])) if wanted else None
    told = card(share, session_page.facts_of(share), url, quoted)
    width, height = _limited("maxwidth", WIDTH), _limited("maxheight", HEIGHT)
    span = f"?m={wanted[0]}-{wanted[1]}" if wanted else ""
    frame = f"{base}/embed/s/{share.share_id}{span}"
    html = (
        f'<iframe src="{frame}" width="{width}" height="{height}" title="A Claude Code session" '
        'loading="lazy" referrerpolicy="no-referrer" frameborder="0"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": told.title,
        "description": told.description,
        "author_name": shorten(share.project_name, 80) or "ccshare",
        "provider_name": "ccshare",
        "provider_url": base,
        "cache_age": _AGE,
        "thumbnail_url": told.image,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "html": html,
        "width": width,
        "height": height,
    }


def _limited(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return usual
    return max(_LEAST, min(usual, int(text)))
