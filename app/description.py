"""The API's own description, OpenAPI 3.1: `app/openapi.json`, held against the routes by a test."""

import hashlib
from pathlib import Path

from flask import Response, request

from .headers import COMMON, OK, UNCHANGED, Prepared

_BODY = (Path(__file__).parent / "openapi.json").read_bytes()
_FIELDS = [
    *COMMON,
    ("Content-Type", "application/json"),
    ("Cache-Control", "public, max-age=3600"),
    ("ETag", f'"{hashlib.sha256(_BODY).hexdigest()[:24]}"'),
]


def openapi() -> Response:
    """GET /api/openapi.json."""
    if dict(_FIELDS)["ETag"] in request.headers.get("If-None-Match", ""):
        return Prepared(b"", UNCHANGED, _FIELDS)
    return Prepared(_BODY, OK, [*_FIELDS, ("Content-Length", str(len(_BODY)))])
