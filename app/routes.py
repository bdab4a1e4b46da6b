"""Every address of the server, one line each. `<share:...>` takes 12 characters of base62."""

from flask import Flask

from . import api, pages


def register(app: Flask) -> None:
    """Connect the addresses with what answers them."""
    add = app.add_url_rule

    # The API. Uploading, listing, changing and deleting need a key; reading needs the id.
    add("/api/sessions", "upload", api.upload, methods=["POST"])
    add("/api/sessions", "own", api.own, methods=["GET"])
    add("/api/sessions/<share:share_id>", "show", api.show, methods=["GET"])
    add("/api/sessions/<share:share_id>", "change", api.change, methods=["PATCH"])
    add("/api/sessions/<share:share_id>", "remove", api.remove, methods=["DELETE"])
    add("/api/sessions/<share:share_id>/messages", "rows", api.rows, methods=["GET"])

    # A share: its pages, their fragments, and the document they are made from.
    add("/s/<share:share_id>", "session", pages.session, methods=["GET"])
    add("/s/<share:share_id>/messages", "messages", pages.messages, methods=["GET"])
    add("/s/<share:share_id>/items/<number>", "item", pages.item, methods=["GET"])
    add("/s/<share:share_id>.jsonl", "document", pages.document, methods=["GET"])
    add("/s/<share:share_id>/images/<sha256>.<extension>", "image", pages.image, methods=["GET"])

    # The house.
    add("/", "landing", pages.landing, methods=["GET"])
    add("/healthz", "healthz", pages.healthz, methods=["GET"])
    add("/robots.txt", "robots", pages.robots, methods=["GET"])
    add("/static/<path:name>", "static", pages.static, methods=["GET"])
