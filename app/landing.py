"""GET /: what this is, a live sample of it, and how to share from this very server."""

from flask import Response, render_template

from . import sample, wheel
from .addresses import base_url


def landing() -> Response:
    """The front page; the rows on it are drawn by the renderer of every session."""
    base = base_url()
    text = render_template(
        "landing.html",
        server_url=base,
        client=f"{base}/client/{wheel.name()}",
        excerpt=sample.excerpt(),
        facts=sample.sample().facts,
    )
    return Response(text, headers={"Cache-Control": "no-cache"}, mimetype="text/html")
