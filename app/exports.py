"""One link, every reader: a share as Markdown, text, JSON or the shared document, streamed.

The format is in the address (`/s/<id>.md`) or, at the bare link, in what the request accepts.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from flask import Response, request

from ..render import words
from ..transcript import export_json, export_markdown, export_text
from ..transcript.export_rows import Head
from ..transcript.model import Item, Json
from ..transcript.threads import may_have_thread
from . import access, download, headers, pages, printing
from .addresses import base_url
from .fragments import takes_gzip
from .headers import OK, UNCHANGED, Prepared
from .opengraph import summary
from .problems import TERMINALS, no_such_page
from .services import here
from .session_page import facts_of, items_of, range_of
from .steady import begun, retried
from .storage import shares
from .storage.shares import Share

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson; charset=utf-8",
}
_ACCEPTED = {value.partition(";")[0]: form for form, value in TYPES.items()}
_OFFERED = ["text/html", *_ACCEPTED]
_VARY = "Accept, Accept-Encoding, User-Agent"
_ROWS, _BYTES = 200, 4 << 20
_PIECE = 32 << 10

Range = tuple[int, int]
"""First and last item of the main thread."""


def session(share_id: str) -> Response:
    """GET /s/<id>: the page, or what the request would rather have."""
    form = wanted()
    if form is not None:
        answer = _answer(share_id, form, inline=True)
    elif request.args.get("print") == "1":
        answer = printing.whole(share_id)
    else:
        answer = pages.session(share_id)
    return answer.varying(_VARY) if isinstance(answer, Prepared) else answer


def export(share_id: str, form: str) -> Response:
    """GET /s/<id>.<form>; `?m=40-52` only those items (not of the shared document)."""
    return _answer(share_id, form, inline=form == "txt")


def wanted() -> str | None:
    """The format that `Accept` asks for, None for a page. `*/*` means text to curl and wget."""
    accepted = request.environ.get("HTTP_ACCEPT", "")
    if accepted.startswith("text/html"):
        return None  # every browser: decided without parsing
    if accepted in ("", "*/*"):
        agent = request.environ.get("HTTP_USER_AGENT", "")
        return "txt" if agent.startswith(TERMINALS) else None
    return _ACCEPTED.get(request.accept_mimetypes.best_match(_OFFERED, "text/html"))


@retried
def _answer(share_id: str, form: str, *, inline: bool) -> Response:
    share = access.readable(share_id)
    only = None if form == "jsonl" else range_of(request.args.get("m"))
    made = "" if form == "jsonl" else f"-{here().renderer}-{only}"
    etag = download.etag(share, form + made)
    fields = [*headers.SHARE, ("ETag", etag), ("Vary", "Accept-Encoding")]
    if etag in request.headers.get("If-None-Match", ""):
        return Prepared(b"", UNCHANGED, fields)
    fields.append(("Content-Type", TYPES[form]))
    if not inline:
        fields.append(("Content-Disposition", f'attachment; filename="{share_id}.{form}"'))
    body = begun(share, _MAKERS[form](share, base_url(), _checked(share, only)))
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        fields.append(("Content-Encoding", "gzip"))
        body = download.packed(body)
    return Prepared(body, OK, fields)


def _checked(share: Share, only: Range | None) -> Range | None:
    if only and shares.page_of_item(share.pk, "", only[0]) is None:
        raise no_such_page()
    return only


# -- bodies ---------------------------------------------------------------------------------


def _document(share: Share, _base: str, _only: Range | None) -> Iterator[bytes]:
    return download.lines(share)


def _markdown(share: Share, base: str, only: Range | None) -> Iterator[bytes]:
    return _encoded(export_markdown.export(_head(share, base, only), items(share, only)))


def _text(share: Share, base: str, only: Range | None) -> Iterator[bytes]:
    return _encoded(export_text.export(_head(share, base, only), items(share, only)))


def _json(share: Share, base: str, only: Range | None) -> Iterator[bytes]:
    facts = facts_of(share)
    about = export_json.Conversation(
        id=share.session_id,
        title=share.title,
        project=share.project_name,
        branch=share.branch,
        model=share.model,
        created=facts.first_at,
        last_modified=facts.last_at,
        input_tokens=share.total_input_tokens,
        output_tokens=share.total_output_tokens,
        url=f"{base}/s/{share.share_id}",
        tool_version=version("ccshare"),
    )
    part = share.header.get("part") or {}
    of = int(part.get("of") or 0)

    def total(count: int) -> int:
        return max(of, shares.main_messages(share) if only else count)

    lines = _lines_of(share, only) if only else _main_lines(share)
    at = datetime.fromtimestamp(share.updated_at, UTC).isoformat().replace("+00:00", "Z")
    return _encoded(export_json.export(about, lines, at, total))


_MAKERS: dict[str, Callable[[Share, str, Range | None], Iterator[bytes]]] = {
    "md": _markdown,
    "txt": _text,
    "json": _json,
    "jsonl": _document,
}


def _encoded(texts: Iterator[str]) -> Iterator[bytes]:
    """Small texts joined, so that each does not cost a write to the socket."""
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8", "replace")


def _head(share: Share, base: str, only: Range | None) -> Head:
    notes: list[str] = []
    removed = sum((share.header.get("redacted") or {}).values())
    if removed:
        notes.append(f"{words.removed(removed)} before upload.")
    if part := share.header.get("part"):
        notes.append("A part: messages {first}-{last} of {of}.".format(**part))
    if only:
        notes.append(f"Only items {only[0]}-{only[1]}.")
    url = f"{base}/s/{share.share_id}"
    return Head(share.title, url, summary(share, facts_of(share)), notes)


# -- reading --------------------------------------------------------------------------------


def items(share: Share, only: Range | None = None, thread: str = "") -> Iterator[Item]:
    """Items in reading order, each call of an agent followed by its thread; a page in memory.

    Raises download.Changed if the share changes meanwhile.
    """
    page = 1
    if only and not thread:
        page = shares.page_of_item(share.pk, "", only[0]) or 1
    while True:
        parts = shares.parts_of_page(share.pk, thread, page)
        download.check(share)
        if not parts:
            return
        for item in items_of(share, parts):
            if only and not thread and not only[0] <= item.n <= only[1]:
                if item.n > only[1]:
                    return
                continue
            yield item
            if may_have_thread(item):
                yield from items(share, None, item.number)
        page += 1


def _main_lines(share: Share) -> Iterator[Json]:
    first = next(shares.files(share), None)
    end = None if first is None else first.sequence
    offset = 0
    while found := shares.messages(share, offset, _ROWS, _BYTES):
        download.check(share)
        for message in found:
            if end is not None and message.sequence >= end:
                return
            yield download.with_images(share, message.line)
        offset = found[-1].sequence + 1


def _lines_of(share: Share, only: Range) -> Iterator[Json]:
    """The lines of these items, in file order, each once."""
    wanted = {b.sequence for i in items(share, only) if not i.thread for b in i.blocks}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), _ROWS):
        run = ordered[start : start + _ROWS]
        for _, line in sorted(shares.lines(share, run).items()):
            yield download.with_images(share, line)
