"""The API: what programs ask. Every error is a problem document (see problems)."""

from contextlib import closing
from datetime import UTC, datetime
from io import SEEK_END
from typing import Any

from flask import Response, jsonify, request, url_for

from ..transcript.document import Limits
from ..transcript.reader import parse
from . import access, expiry, first_view, metrics
from .addresses import base_url
from .headers import NO_ROBOTS
from .intake import Caps, bound_silence, drain, receive, receive_small
from .places import NoPlace
from .problems import Problem
from .services import here
from .staging import Staging
from .steady import retried, unmixed
from .storage import database, quotas, shares, writer
from .storage.quotas import OverQuota, Quota
from .storage.shares import Alive, Share, StoredMessage

_LIST_PAGE = 50
_ROWS_PAGE = 200
_ROWS_BYTES = 8 << 20
_PATCH_BYTES = 16 << 10
_TITLE = 300
_DAY = 86_400
_FULL_SECONDS = 2.0


def upload() -> tuple[Response, int]:
    """POST: take a session in. 201 for a new link, 200 for a new revision of an old one."""
    try:
        with here().places.taken():
            return _upload()
    except NoPlace:
        # No longer than needed to be heard: this thread is kept free for readers.
        bound_silence(request.environ, _FULL_SECONDS)
        drain(request.stream, here().settings.max_upload_mb << 20, _FULL_SECONDS)
        raise _full() from None


def _upload() -> tuple[Response, int]:
    bound_silence(request.environ)
    try:
        owner = access.require_owner()
        here().limits.upload(owner)
        _check_quota(owner)
    except Problem:
        drain(request.stream, here().settings.max_upload_mb << 20)
        raise
    database.release()  # a slow client must not keep it
    saved = _take_in(owner)
    if not saved.created:
        here().cache.forget(saved.share_id)
    body = {
        "url": f"{base_url()}/s/{saved.share_id}",
        "id": saved.share_id,
        "revision": saved.revision,
        "expires_at": moment(saved.expires_at),
    }
    response = _private(jsonify(body))
    if saved.created:
        response.headers["Location"] = url_for("show", share_id=saved.share_id)
    first_view.draw_after(response, saved.share_id)
    return response, 201 if saved.created else 200


def _take_in(owner: str) -> writer.Saved:
    """Spool, check, write: whatever fails leaves nothing, as the files have no names."""
    services = here()
    settings = services.settings
    caps = Caps(settings.max_upload_mb << 20, settings.max_line_mb << 20)
    limits = Limits(line_bytes=caps.line, total_bytes=caps.upload)
    coding = request.headers.get("Content-Encoding", "")
    with closing(Staging(services.spool, limits, settings.scan)) as staging:
        body = receive(
            request.stream, coding, services.spool, caps, request.content_length, staging.grown
        )
        with closing(body), closing(staging.staged(body)) as staged:
            try:
                saved = writer.save(staged, owner, settings.session_expiry_days * _DAY, _quota())
            except writer.PartOverWhole:
                raise _part_over_whole() from None
            except OverQuota as error:
                raise _over_quota(error) from None
            metrics.current().upload(saved.created, body.seek(0, SEEK_END))
            return saved


def _full() -> Problem:
    return Problem(
        503,
        "busy",
        "Too many uploads at once",
        "This server takes no more uploads at the same time. Nothing was stored.",
        "Try again in a few seconds.",
        headers={"Retry-After": "5"},
    )


def _quota() -> Quota:
    return Quota(here().settings.quota_shares, here().settings.quota_mb)


def _check_quota(owner: str) -> None:
    """Refuse before the body is taken what could not be kept however small it is."""
    try:
        quotas.check_hopeless(_quota(), owner)
    except OverQuota as error:
        raise _over_quota(error) from None


def _over_quota(error: OverQuota) -> Problem:
    return Problem(
        403,
        "quota-exceeded",
        "Your room on this server is used up",
        f"{error}. Nothing was stored.",
        "See `ccshare list`, unshare what is not needed (`ccshare unshare LINK`) and upload again; "
        "or ask the server's operator for more.",
    )


def _part_over_whole() -> Problem:
    return Problem(
        409,
        "part-over-whole",
        "A part would replace the whole",
        "This session is already shared as a whole, and this upload is a part of it.",
        "Unshare it first (`ccshare unshare`), or upload the whole session.",
    )


def own() -> Response:
    """GET: the owner's living shares, newest first."""
    owner = access.require_owner()
    before = _number("cursor", None, 0)
    found = shares.owned_by(owner, before, _LIST_PAGE + 1)
    more = len(found) > _LIST_PAGE
    found = found[:_LIST_PAGE]
    body: dict[str, Any] = {
        "sessions": [{**_describe(share), "session_id": share.session_id} for share in found],
        "next_cursor": str(found[-1].pk) if more else None,
    }
    response = _private(jsonify(body))
    if more:
        _next_link(response, url_for("own", cursor=found[-1].pk))
    return response


def show(share_id: str) -> Response:
    """GET: what is known of a share, without its messages."""
    return _private(jsonify(_describe(access.readable(share_id))))


@retried
def rows(share_id: str) -> Response:
    """GET: messages from `offset` on, at most `limit`; fewer if they are large."""
    offset = _number("offset", 0, 0) or 0
    limit = min(_number("limit", 50, 1) or 50, _ROWS_PAGE)
    share = access.readable(share_id)
    seen = Alive(share.pk, share.edition, share.expires_at)
    # One more than asked for, to know whether there is a next page.
    found = unmixed(
        share_id, seen, lambda: list(shares.messages(share, offset, limit + 1, _ROWS_BYTES))
    )
    shown = found[:limit]
    following = shown[-1].sequence + 1 if shown else offset
    response = _private(jsonify({"messages": [_row(message) for message in shown]}))
    if following < share.message_count and shown:
        _next_link(response, url_for("rows", share_id=share_id, offset=following, limit=limit))
    return response


def change(share_id: str) -> Response:
    """PATCH: a new title, a new expiry counted from now, or both."""
    share = access.owned(share_id)
    title, lifetime = _changes(_json_body())
    writer.change(share.pk, title=title, lifetime=lifetime)
    here().cache.forget(share_id)
    return show(share_id)


def remove(share_id: str) -> tuple[str, int]:
    """DELETE: gone at once and for ever."""
    share = access.owned(share_id)
    writer.remove(share.pk, share.share_id)
    here().cache.forget(share_id)
    return "", 204


def _changes(body: dict[str, Any]) -> tuple[str | None, int | None]:
    unknown = set(body) - {"title", "expires_in"}
    if unknown or not body:
        raise _bad("Only title and expires_in can be changed.")
    title, text = body.get("title"), body.get("expires_in")
    if title is not None and not (isinstance(title, str) and 0 < len(title.strip()) <= _TITLE):
        raise _bad(f"title must be a text of 1 to {_TITLE} characters.")
    if text is None:
        return title, None
    try:
        return title, expiry.lifetime(text if isinstance(text, str) else "")
    except ValueError as error:
        raise _bad(f"expires_in: {error}.") from None


def _json_body() -> dict[str, Any]:
    bound_silence(request.environ)
    body, problem = parse(receive_small(request.stream, _PATCH_BYTES), utf8_only=True)
    if body is None:
        raise _bad(f"The body {problem}.")
    return body


def _number(name: str, default: int | None, least: int) -> int | None:
    text = request.args.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 12 or int(text) < least:
        raise _bad(f"{name} must be a whole number from {least}.")
    return int(text)


def _bad(detail: str) -> Problem:
    return Problem(400, "bad-request", "Bad request", detail, "Change the request.")


def _describe(share: Share) -> dict[str, Any]:
    return {
        "id": share.share_id,
        "url": f"{base_url()}/s/{share.share_id}",
        "title": share.title,
        "project_name": share.project_name,
        "branch": share.branch,
        "model": share.model,
        "session_date": moment(share.session_date),
        "created_at": moment(share.created_at),
        "updated_at": moment(share.updated_at),
        "expires_at": moment(share.expires_at),
        "message_count": share.message_count,
        "pages": max(1, share.pages),
        "total_input_tokens": share.total_input_tokens,
        "total_output_tokens": share.total_output_tokens,
        "visibility": share.visibility,
        "revision": share.revision,
        "part": share.header.get("part"),
        "redacted": share.header.get("redacted"),
        "facts": share.facts,
    }


def _row(message: StoredMessage) -> dict[str, Any]:
    stamp = message.timestamp
    return {
        "sequence": message.sequence,
        "type": message.type,
        "role": message.role,
        "model": message.model,
        "tokens": message.tokens,
        "timestamp": None if stamp is None else _iso(stamp / 1000, "milliseconds"),
        "has_thinking": message.has_thinking,
        "has_tool_use": message.has_tool_use,
        "content": message.line,
    }


def moment(seconds: int | None) -> str | None:
    """An epoch second as ISO 8601, UTC."""
    return None if seconds is None else _iso(seconds, "seconds")


def _iso(seconds: float, precision: str) -> str:
    text = datetime.fromtimestamp(seconds, UTC).isoformat(timespec=precision)
    return text.replace("+00:00", "Z")


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    return response


def _next_link(response: Response, path: str) -> None:
    response.headers["Link"] = f'<{path}>; rel="next"'
