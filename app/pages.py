"""What people open in a browser: a share, its fragments, the front page."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import cast

from flask import Flask, Response, redirect, render_template, request

from .. import render, transcript
from ..render.environment import install
from . import access, headers, lists, prompt_index, session_page
from .addresses import base_url
from .assets import Assets
from .headers import OK, UNCHANGED, Prepared
from .images import EXTENSIONS
from .indexing import indexed
from .problems import no_such_page
from .services import here
from .steady import retried, unmixed
from .storage import shares

TEMPLATES = Path(__file__).parent.parent / "templates"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ITEM = re.compile(r"[1-9][0-9]{0,8}(?:\.[1-9][0-9]{0,8}){0,7}")
_PLAIN_PAGE = re.compile(r"page=([1-9][0-9]{0,8})")
_ROBOTS = "# Shares say noindex themselves; a ban here would only break link previews.\n"


@retried
def session(share_id: str) -> Response:
    """GET /s/<id>: a whole page; `?page=n`, or `?m=42` for the page that holds item 42.

    `?m=40-52`, `?q=` and `?show=` list some of the items instead (see lists).
    `&all=1` shows that item unclipped, for readers without scripts.
    """
    if "q" in request.args or "show" in request.args or "-" in request.args.get("m", ""):
        special = lists.special(share_id)
        if special is not None:
            return special
    seen = access.alive(share_id)
    number, base = _page_number(), base_url()
    prompts = _page_number("prompts") if "prompts" in request.args else None
    target = session_page.target_of(request.args.get("m"))
    whole = target is not None and "all" in request.args
    services = here()

    def make() -> str:
        share = indexed(session_page.load(share_id, seen))
        page = session_page.build(share, number, target, base, clip=not whole, prompts=prompts)
        return render_template("session.html", page=page)

    days = session_page.days_left(seen)
    key = (share_id, seen, services.renderer, "page", number, target, whole, prompts, base, days)
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


@retried
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
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


@retried
def prompts(share_id: str) -> Response:
    """GET /s/<id>/prompts?page=n: a page of the prompt index alone."""
    seen = access.alive(share_id)
    number, up = _page_number(), "up" in request.args
    services = here()

    def make() -> str:
        share = indexed(session_page.load(share_id, seen))
        index = prompt_index.build(share, number)
        # What is put before other entries leads on upwards only, the others downwards.
        index = replace(index, next_path=None) if up else replace(index, prev_path=None)
        return render_template("_prompts.html", index=index)

    key = (share_id, seen, services.renderer, "prompts", number, up)
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


@retried
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
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


@retried
def item_raw(share_id: str, number: str) -> Response:
    """GET /s/<id>/items/<n>/raw: the row's JSON as it was shared; `?page=1` as a page."""
    if not _ITEM.fullmatch(number):
        raise no_such_page()
    if "page" in request.args:
        return lists.raw(share_id, number)
    seen = access.alive(share_id)
    services = here()

    def make() -> str:
        return session_page.item_raw(session_page.load(share_id, seen), number)

    key = (share_id, seen, services.renderer, "raw", number)
    entry = services.cache.get_or_make(key, lambda: unmixed(share_id, seen, make))
    return entry.answer(request)


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


def favicon() -> Response:
    """GET /favicon.ico: where browsers look when what they show names no icon, such as text."""
    response = redirect(here().assets.url("icon.svg"))
    response.headers["Cache-Control"] = "no-cache"
    return cast(Response, response)


def prepare_templates(app: Flask, assets: Assets) -> None:
    """Give the application's templates what those of the renderer have, and `asset(name)`."""
    install(app.jinja_env)
    app.jinja_env.globals["asset"] = assets.url


def renderer_version() -> str:
    """A digest of everything HTML is made by, so that a deploy never serves old fragments."""
    digest = hashlib.sha256()
    rooms = (render.__file__, transcript.__file__, __file__)
    folders = [TEMPLATES, *(Path(room).parent for room in rooms)]
    for path in sorted(p for folder in folders for p in folder.rglob("*")):
        if path.suffix in {".html", ".py"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _page_number(name: str = "page") -> int:
    text = request.args.get(name, "1")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or text == "0":
        raise no_such_page()
    return int(text)
