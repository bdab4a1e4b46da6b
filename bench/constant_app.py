"""The server's own app with one more route that answers a constant body: the yardstick."""

import os

from ccshare.app import create_app
from flask import Flask, Response


def application() -> Flask:
    """The app plus /constant: CONSTANT_BYTES of gzip, no database, no cache, no template."""
    app = create_app()
    body = os.urandom(int(os.environ["CONSTANT_BYTES"]))

    @app.get("/constant")
    def constant() -> Response:
        return Response(
            body,
            mimetype="text/html",
            headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
        )

    return app
