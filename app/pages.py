"""What people open in a browser: a share, its fragments, the front page."""

import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, render_template, request

from .. import render
from ..render.environment import install
from . import access, download, headers, session_page
from .addresses import base_url
from .assets import Assets
from .fragments import takes_gzip
from .headers import OK, UNCHANGED, Prepared
from .images import EXTENSIONS
from .problems import no_such_page
from .services import here
from .storage import shares
from .storage.database import fetch_one

TEMPLATES = Path(__file__).parent.parent / "templates"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ITEM = re.compile(r"[1-9][0-9]{0,8}(?:\.[1-9][0-9]{0,8}){0,7}")
_PLAIN_PAGE = re.compile(r"page=([1-9][0-9]{0,8})")
_ROBOTS = "# Shares say noindex themselves; a ban here would only break link previews.\n"


def session(share_id: str) -> Response:
    """GET /s/<id>: a whole page; `?page=n`, or `?m=42` for the page that holds item 42.

    `&all=1` shows that item unclipped, for readers without scripts.
    """
    seen = access.alive(share_id)
    number, base = _page_number(), base_url()
    target = session_page.target_of(request.args.get("m"))
    whole = target is not None and "all" in request.args
    services = here()

    def make() -> str:
        share = session_page.load(share_id, seen)
        image = base + services.assets.url("card.png")
        page = session_page.build(share, number, target, base, image, clip=not whole)
        return render_template("session.html", page=page)

    # The page says in how many days it expires: it is made anew when that number changes.
    days = None if seen.expires_at is None else int(seen.expires_at - time.time()) // 86_400
    key = (share_id, seen, services.renderer, "page", number, target, whole, base, days)
    return services.cache.get_or_make(key, make).answer(request)


def messages(share_id: str) -> Response:
    """GET /s/<id>/messages?page=n: the rows of a page alone. The hot path: keep it short."""
    seen = access.alive(share_id)
    plain = _PLAIN_PAGE.fullmatch(request.environ.get("QUERY_STRING", ""))
    number = int(plain[1]) if plain else _page_number()
    up = not plain and "up" in request.args
    services = here()

    def make() -> str:
        share = session_page.load(share_id, seen)
        around = session_page.neighbours(share, number)
        # Rows that are put before others lead on upwards only, the others downwards.
        for name in ("next_path", "next_fragment") if up else ("prev_path", "prev_fragment"):
            around[name] = None
        rows = session_page.page_rows(share, number)
        return render_template("_messages.html", items=rows, **around)

    key = (share_id, seen, services.renderer, "rows", number, up)
    return services.cache.get_or_make(key, make).answer(request)


def item(share_id: str, number: str) -> Response:
    """GET /s/<id>/items/<n>: what opens inside a row; `?all=1` unclipped, `?page=k` its thread."""
    seen = access.alive(share_id)
    if not _ITEM.fullmatch(number):
        raise no_such_page()
    page, whole = _page_number(), "all" in request.args
    services = here()

    def make() -> str:
        share = session_page.load(share_id, seen)
        return session_page.item_body(share, number, page, clip=not whole)

    key = (share_id, seen, services.renderer, "item", number, page, whole)
    return services.cache.get_or_make(key, make).answer(request)


def document(share_id: str) -> Response:
    """GET /s/<id>.jsonl: the shared document, streamed."""
    share = access.readable(share_id)
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    fields = [
        *headers.SHARE,
        ("ETag", download.etag(share)),
        ("Vary", "Accept-Encoding"),
        ("Content-Type", "application/x-ndjson; charset=utf-8"),
        ("Content-Disposition", f'attachment; filename="{share_id}.jsonl"'),
    ]
    if download.etag(share) in request.headers.get("If-None-Match", ""):
        return Prepared(b"", UNCHANGED, fields)
    lines: Iterator[bytes] = download.lines(share)
    if packed:
        fields.append(("Content-Encoding", "gzip"))
        lines = download.packed(lines)
    return Prepared(lines, OK, fields)


def image(share_id: str, sha256: str, extension: str) -> Response:
    """GET /s/<id>/images/<sha256>.<ext>: asked again each time, so that it goes with its share."""
    seen = access.alive(share_id)
    if not _SHA256.fullmatch(sha256) or extension not in EXTENSIONS.values():
        raise no_such_page()
    fields = [*headers.SHARE, ("ETag", f'"{sha256}"')]
    if sha256 in request.headers.get("If-None-Match", ""):
        return Prepared(b"", UNCHANGED, fields)
    found = shares.image(seen.pk, sha256)
    if found is None or EXTENSIONS.get(found[0]) != extension:
        raise no_such_page()
    fields += [("Content-Type", found[0]), ("Content-Length", str(len(found[1])))]
    return Prepared(found[1], OK, fields)


def landing() -> Response:
    """GET /: what this is."""
    text = render_template("landing.html", server_url=base_url())
    return Response(text, headers={"Cache-Control": "no-cache"}, mimetype="text/html")


def healthz() -> Response:
    """GET /healthz: the server answers and its database does."""
    fetch_one("SELECT 1", ())
    return Response("ok\n", headers={"Cache-Control": "no-store"}, mimetype="text/plain")


def robots() -> Response:
    """GET /robots.txt: everything is allowed; a crawler must see a page to see its noindex."""
    text = _ROBOTS + "User-agent: *\nDisallow:\n"
    fields = {"Cache-Control": "public, max-age=3600"}
    return Response(text, headers=fields, mimetype="text/plain")


def static(name: str) -> Response:
    """GET /static/<hashed name>."""
    found = here().assets.answer(name, request)
    if found is None:
        raise no_such_page()
    return found


def prepare_templates(app: Flask, assets: Assets) -> None:
    """Give the application's templates what those of the renderer have, and `asset(name)`."""
    install(app.jinja_env)
    app.jinja_env.globals["asset"] = assets.url


def renderer_version() -> str:
    """A digest of everything HTML is made by, so that a deploy never serves old fragments."""
    digest = hashlib.sha256()
    folders = [TEMPLATES, Path(render.__file__).parent, Path(__file__).parent]
    for path in sorted(p for folder in folders for p in folder.rglob("*")):
        if path.suffix in {".html", ".py"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _page_number() -> int:
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or text == "0":
        raise no_such_page()
    return int(text)
