"""`?print=1`: a whole session on one page, all open, for paper and for reading offline."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Response, render_template, request
from markupsafe import Markup

from ..render import page as rows
from ..transcript.model import Item
from ..transcript.threads import may_have_thread
from . import access, download, session_page
from .addresses import ShareLinks, base_url
from .fragments import takes_gzip
from .headers import OK, SHARE, Prepared
from .indexing import indexed
from .steady import begun, retried, unmixed
from .storage import shares
from .storage.shares import Share

MOST_ITEMS = 2_000
"""Of all threads together; the page then says what is left out."""
_PLACE = Markup("<!--rows-->")
"""Nothing of a session can hold it: every `<` of a session is escaped."""
_REST = Markup(
    '<p class="note">This print holds the first {} messages of {}. '
    'All of them: <a href="/s/{}.md">as Markdown</a>.</p>\n'
)


@retried
def whole(share_id: str) -> Response:
    """GET /s/<id>?print=1: streamed a page at a time, so that memory holds one."""
    seen = access.alive(share_id)
    share = indexed(session_page.load(share_id, seen))
    page = unmixed(share_id, seen, lambda: session_page.build(share, 1, None, base_url()))
    nowhere = dict.fromkeys(("prev_path", "prev_fragment", "next_path", "next_fragment"))
    html = render_template("session.html", page=replace(page, items=_PLACE, **nowhere))
    head, _, foot = html.partition(_PLACE)
    fields = [*SHARE, ("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding")]
    body = begun(share, _body(share, head, foot))
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        fields.append(("Content-Encoding", "gzip"))
        body = download.packed(body)
    return Prepared(body, OK, fields)


def _body(share: Share, head: str, foot: str) -> Iterator[bytes]:
    yield head.encode("utf-8", "replace")
    printer = _Printer(share)
    for _, piece in printer.pages():
        yield piece.encode("utf-8", "replace") + b"\n"
    if printer.cut:
        total = f"{shares.last_item(share):,}"
        yield _REST.format(f"{MOST_ITEMS:,}", total, share.share_id).encode()
    yield foot.encode("utf-8", "replace")


class _Printer:
    """Draws items open until there were enough."""

    def __init__(self, share: Share) -> None:
        self.left = MOST_ITEMS
        self.cut = False
        self._share = share
        self._links = ShareLinks(share.share_id)

    def pages(self, thread: str = "") -> Iterator[tuple[list[Item], Markup]]:
        """The pages of a thread: their items, and these as rows."""
        page = 1
        while not self.cut:
            parts = shares.parts_of_page(self._share.pk, thread, page)
            download.check(self._share)
            if not parts:
                return
            items = session_page.items_of(self._share, parts)
            yield items, self._rows(thread, items)
            page += 1

    def _rows(self, thread: str, items: list[Item]) -> Markup:
        """As many as are left, with the pauses and runs between them."""
        ordinals = {} if thread else session_page.ordinals(self._share, items)
        drawn: dict[str, Markup] = {}
        for item in items:
            if self.left <= 0:
                self.cut = True
                break
            drawn[item.number] = self._row(item, ordinals.get(item.number, 0))
        return rows.items(items[: len(drawn)], self._links, drawn=drawn)

    def _row(self, item: Item, ordinal: int) -> Markup:
        self.left -= 1
        inside = self._with_thread(item) if may_have_thread(item) else None
        return rows.one(item, self._links, inside=inside, ordinal=ordinal)

    def _with_thread(self, item: Item) -> Markup | None:
        drawn: list[Markup] = []
        last: list[Item] = []
        for items, html in self.pages(item.number):
            last = items
            drawn.append(html)
        if not drawn:
            return None
        whole = Markup('<div class="thread">\n{}\n</div>').format(Markup("\n").join(drawn))
        # What the agent answered stands at the end of its thread: it is not printed twice.
        return rows.body(item, self._links, thread=last, whole=whole)
