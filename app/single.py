"""One item alone: its text as Markdown, all that it printed, and where the next of its kind is."""

import re
from typing import Any

from flask import Response, jsonify, request

from ..render import item_text
from ..transcript import spilled
from ..transcript.plain import plain
from . import access, session_page
from .addresses import ShareLinks
from .fragments import Fragment
from .headers import SHARE
from .problems import no_such_page
from .services import here
from .steady import retried, unmixed
from .storage import models, shares
from .storage.database import row
from .storage.shares import Share

_ITEM = re.compile(r"[1-9][0-9]{0,8}(?:\.[1-9][0-9]{0,8}){0,7}")
_ORDINAL = re.compile(r"[0-9]{1,9}")


@retried
def text(share_id: str, number: str) -> Response:
    """GET /s/<id>/items/<n>.md: the item as Markdown, to be copied."""
    seen = access.alive(share_id)
    if not _ITEM.fullmatch(number):
        raise no_such_page()
    services = here()
    key = (share_id, seen, services.renderer, "item.md", number)
    found = services.cache.get(key)
    if found is None:
        made = unmixed(share_id, seen, lambda: _text(session_page.load(share_id, seen), number))
        found = Fragment(made, repr(key), "text/markdown; charset=utf-8")
    return found.answer(request)


def _text(share: Share, number: str) -> str:
    return item_text.markdown(session_page.item_of(share, number))


@retried
def output(share_id: str, number: str) -> Response:
    """GET /s/<id>/items/<n>.txt: all that the item printed, as a file. Raises Problem 404 if that
    is nothing."""
    seen = access.alive(share_id)
    if not _ITEM.fullmatch(number):
        raise no_such_page()
    made = unmixed(share_id, seen, lambda: _output(session_page.load(share_id, seen), number))
    if not made:
        raise no_such_page()
    name = ("Content-Disposition", f'attachment; filename="{share_id}-{number}.txt"')
    key = (share_id, seen, here().renderer, "item.txt", number)
    # Not kept: it may be larger than all the pages that are.
    found = Fragment(made, repr(key), "text/plain; charset=utf-8", (*SHARE, name))
    return found.answer(request)


def _output(share: Share, number: str) -> str:
    item = session_page.item_of(share, number)
    path = spilled.place(item)
    text = shares.text_of_file(share, path) if path else None
    return item_text.output(item) if text is None else plain(text)


@retried
def next_item(share_id: str) -> Response:
    """GET /s/<id>/next?kind=error|prompt&after=42 (or before=42): `{"path": ...}` or null.

    Only the main thread is looked at: a failed call of an agent is found in its row.
    """
    seen = access.alive(share_id)
    arguments = request.args
    onward = "after" in arguments
    edge = arguments.get("after" if onward else "before", "")
    kind = arguments.get("kind")
    if not _ORDINAL.fullmatch(edge) or kind not in {"error", "prompt"}:
        raise no_such_page()
    found = unmixed(share_id, seen, lambda: _nearest(seen.pk, kind, int(edge), onward))
    links = ShareLinks(share_id)
    answer = jsonify(path=None if found is None else links.item(str(found)))
    for name, value in SHARE:
        answer.headers[name] = value
    return answer


def _nearest(pk: int, kind: str, edge: int, onward: bool) -> int | None:
    """The number of the first such item after `edge`, or the last before it."""
    table: Any = models.Part
    wanted = table.error == True if kind == "error" else table.kind == kind  # noqa: E712
    side = table.n > edge if onward else table.n < edge
    query = (
        table.select(table.n)
        .where((table.session == pk) & (table.thread == "") & side & wanted)
        .order_by(table.n if onward else table.n.desc())
    )
    found = row(query)
    return None if found is None else found[0]
