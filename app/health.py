"""What watchers ask: does the process live, is it ready for work, and what has it counted."""

import hmac

import peewee
from flask import Response, current_app, request
from werkzeug.exceptions import NotFound

from . import logs, metrics
from .services import here
from .storage import database

_FIELDS = {"Cache-Control": "no-store"}


def healthz() -> Response:
    """GET /healthz: this process answers. Nothing else is asked: a restart would not mend it."""
    return Response("ok\n", headers=_FIELDS, mimetype="text/plain")


def readyz() -> Response:
    """GET /readyz: uploads and readers can be served; 503 and the reasons if not."""
    reasons = [*_database(), *_spool()]
    if not reasons:
        return Response("ok\n", headers=_FIELDS, mimetype="text/plain")
    current_app.logger.warning("not ready: %s", "; ".join(reasons))
    fields = {**_FIELDS, "Retry-After": "5"}
    text = "".join(f"{reason}\n" for reason in reasons)
    return Response(text, 503, headers=fields, mimetype="text/plain")


def _database() -> list[str]:
    try:
        if database.fetch_one("SELECT 1", ()) is None:
            return ["database: no answer"]
        waiting = database.pending()
    except peewee.PeeweeException as error:
        current_app.logger.warning("database: %s", logs.describe(error))
        return ["database: no answer"]
    return [f"database: {len(waiting)} migrations to come"] if waiting else []


def _spool() -> list[str]:
    try:
        with here().spool.file() as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        return [f"spool folder: {error.strerror}"]
    return []


def metrics_page() -> Response:
    """GET /metrics: to who has METRICS_TOKEN; to anyone else there is no such page."""
    token = here().settings.metrics_token
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    right = hmac.compare_digest(given.strip().encode(), token.encode())
    if not token or not right or scheme.lower() != "bearer":
        raise NotFound
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return Response(metrics.current().render(), headers=_FIELDS, content_type=kind)
