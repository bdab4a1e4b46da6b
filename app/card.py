"""The picture chat programs show of a link: 1200 × 630, drawn once per edition of a share."""

import logging
import threading

from flask import Request, Response, request

from ..transcript.facts import Facts
from . import access, download, session_page
from .card_content import Content
from .headers import OK, SHARE, UNCHANGED, Prepared
from .opengraph import count, day, model_name
from .services import here
from .storage.shares import Share

_one_at_a_time = threading.Lock()

log = logging.getLogger(__name__)


class Picture:
    """A card as it is kept and sent."""

    __slots__ = ("_fields", "body", "etag")

    def __init__(self, body: bytes, etag: str) -> None:
        self.body = body
        self.etag = etag
        common = {**dict(SHARE), "Cross-Origin-Resource-Policy": "cross-origin"}
        self._fields = [*common.items(), ("ETag", self.etag), ("Content-Type", "image/png")]

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.body) + 1000

    def answer(self, request: Request) -> Prepared:
        """304 to who has it, else the picture: whole, as ranges of it are of no use."""
        if self.etag in request.environ.get("HTTP_IF_NONE_MATCH", ""):
            return Prepared(b"", UNCHANGED, self._fields)
        return Prepared(self.body, OK, [*self._fields, ("Content-Length", str(len(self.body)))])


def card(share_id: str) -> Response:
    """GET /s/<id>/card.png: asked again each time, so that it goes with its share."""
    seen = access.alive(share_id)
    services = here()

    def make() -> Picture:
        share = session_page.load(share_id, seen)
        etag = download.etag(share, "card-" + services.renderer)
        try:
            return Picture(draw(content(share, session_page.facts_of(share))), etag)
        except Exception as error:  # Pillow or a font is missing, or stumbles over a text
            log.warning("card: not drawn (%s), the general one is sent", type(error).__name__)
            return Picture(
                services.assets.content("card.png"), download.etag(share, "card-general")
            )

    key = (share_id, seen, services.renderer, "card")
    return services.cache.get_or_add(key, make).answer(request)


def content(share: Share, facts: Facts) -> Content:
    """What a share's card says."""
    took = max(0, facts.active_seconds) // 60
    chips = [
        count(facts.prompts, "prompt"),
        count(facts.tool_calls, "tool call"),
        count(facts.files_changed, "file") if facts.files_changed else "",
        f"{took} min" if took else "",
    ]
    state = f"{count(facts.errors, 'call')} failed" if facts.errors else "no call failed"
    return Content(
        place=" · ".join(filter(None, (share.project_name, share.branch))),
        title=share.title or "A Claude Code session",
        prompt="" if share.first_prompt.startswith(share.title[:60]) else share.first_prompt,
        chips=[chip for chip in chips if chip],
        added=facts.lines_added,
        removed=facts.lines_removed,
        state=state if facts.tool_calls else "",
        failed=bool(facts.errors),
        below=" · ".join(filter(None, (model_name(share.model), day(share.session_date)))),
    )


def draw(told: Content) -> bytes:
    """The card as a PNG. Raises ImportError without Pillow or the fonts."""
    from . import painting  # late: a server without Pillow still runs

    with _one_at_a_time:
        return painting.png(told)
