"""Every address of the server, one line each. `<share:...>` takes 12 characters of base62."""

from flask import Flask

from . import (
    api,
    card,
    changes,
    description,
    embed,
    exports,
    health,
    landing,
    pages,
    sample,
    single,
    wheel,
)


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

    add("/api/openapi.json", "openapi", description.openapi, methods=["GET"])

    # A share: its pages, their fragments, and the same for programs.
    add("/s/<share:share_id>", "session", exports.session, methods=["GET"])
    add("/s/<share:share_id>/messages", "messages", pages.messages, methods=["GET"])
    add("/s/<share:share_id>/prompts", "prompts", pages.prompts, methods=["GET"])
    add("/s/<share:share_id>/changes", "changes", changes.page, methods=["GET"])
    add("/s/<share:share_id>/changes.patch", "patch", changes.patch, methods=["GET"])
    add("/s/<share:share_id>/items/<number>", "item", pages.item, methods=["GET"])
    add("/s/<share:share_id>/items/<number>/raw", "item_raw", pages.item_raw, methods=["GET"])
    add("/s/<share:share_id>.<any(md, txt, json, jsonl):form>", "export", exports.export)
    add("/s/<share:share_id>/images/<sha256>.<extension>", "image", pages.image, methods=["GET"])
    add("/s/<share:share_id>/card.png", "card", card.card, methods=["GET"])

    add("/s/<share:share_id>/items/<number>.txt", "item_output", single.output, methods=["GET"])

    # What the page's scripts ask.
    add("/s/<share:share_id>/items/<number>.md", "item_text", single.text, methods=["GET"])
    add("/s/<share:share_id>/next", "next_item", single.next_item, methods=["GET"])

    # For other sites: the only page that may be framed, and what says so.
    add("/embed/s/<share:share_id>", "embed", embed.embed, methods=["GET"])
    add("/oembed", "oembed", embed.oembed, methods=["GET"])

    # The house.
    add("/", "landing", landing.landing, methods=["GET"])
    add("/sample", "sample", sample.page, methods=["GET"])
    add("/sample/items/<number>", "sample_item", sample.item, methods=["GET"])
    add("/sample/items/<number>/raw", "sample_raw", sample.item_raw, methods=["GET"])
    add("/client/<file>", "wheel", wheel.wheel, methods=["GET"])
    add("/healthz", "healthz", health.healthz, methods=["GET"])
    add("/readyz", "readyz", health.readyz, methods=["GET"])
    add("/metrics", "metrics", health.metrics_page, methods=["GET"])
    add("/robots.txt", "robots", pages.robots, methods=["GET"])
    add("/favicon.ico", "favicon", pages.favicon, methods=["GET"])
    add("/static/<path:name>", "static", pages.static, methods=["GET"])
