"""The page a link opens is drawn as soon as its share is stored: the first reader finds it ready.

Often that reader is a crawler that draws a preview of the link, and gives up soon.
"""

import logging

from flask import Flask, Response, current_app

from . import pages
from .addresses import base_url
from .problem import Problem
from .services import here
from .storage import database

log = logging.getLogger(__name__)


def draw_after(response: Response, share_id: str) -> None:
    """Draw it once this response was sent, if pages are kept at all."""
    if not here().settings.fragment_cache_mb:
        return
    app: Flask = current_app._get_current_object()  # pyright: ignore[reportAttributeAccessIssue]
    base = base_url()
    response.call_on_close(lambda: draw(app, share_id, base))


def draw(app: Flask, share_id: str, base: str) -> None:
    """Draw it now, for readers who ask under the address `base`. Failures are only logged."""
    try:
        with app.test_request_context(f"/s/{share_id}", base_url=base):
            pages.session(share_id)
    except Problem:
        pass  # it was unshared again at once
    except Exception:
        log.exception("the first view could not be drawn: it will be when someone asks for it")
    finally:
        database.release()
