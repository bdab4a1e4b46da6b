"""What chat programs see of a link: asked as they ask."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import opengraph
from flask.testing import FlaskClient

Document = Callable[..., bytes]
SLACK = {
    "User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Range": "bytes=0-32768",
    "Accept": "*/*",
}


def meta(html: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html)
    return dict(pairs)


def test_it_works(alice: Any, client: FlaskClient, document: Document, lines: Any) -> None:
    body = document(
        lines.user("Fix the rounding"),
        lines.call("c", "pytest"),
        lines.result("c", "1 failed", error=True),
        lines.answer("Done"),
        title="Cart rounding",
        project="shop",
    )
    share_id = alice.share(body)
    answer = client.get(f"/s/{share_id}", headers=SLACK)
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    found = meta(answer.text)
    assert found["og:title"] == "Cart rounding"
    assert found["og:url"] == f"http://localhost/s/{share_id}"
    assert found["og:site_name"] == "ccshare"
    assert found["og:description"] == (
        "shop · 1 prompt · 1 tool · Opus 4.5 · 20 Nov 2026 — Fix the rounding"
    )
    assert found["twitter:label1"] == "Messages"
    assert found["twitter:data1"] == "1 prompt, 1 answer"
    assert found["twitter:data2"] == "1 call, 1 error"
    assert found["twitter:card"] == "summary_large_image"
    image = found["og:image"]
    assert image.startswith("http://localhost/static/")
    assert image.endswith(".png")


def test_the_tags_come_first_in_the_page(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    html = client.get(f"/s/{alice.share(long_document)}", headers=SLACK).text
    assert html.index("og:title") < 1500
    assert html.index("twitter:data2") < html.index("<script")
    assert html.index("twitter:data2") < html.index("stylesheet")


def test_nothing_changes_by_looking(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document())
    before = alice.get(f"/api/sessions/{share_id}").json
    for method in (client.get, client.head):
        assert method(f"/s/{share_id}", headers=SLACK).status_code == 200
    assert alice.get(f"/api/sessions/{share_id}").json == before


def test_hostile_titles_stay_text(alice: Any, client: FlaskClient, document: Document) -> None:
    title = '"><script>alert(1)</script>'
    share_id = alice.share(document(title=title, project=title, branch=title))
    html = client.get(f"/s/{share_id}").text
    assert "<script>alert" not in html
    assert 'content="&#34;&gt;&lt;script&gt;' in html


def test_gone_pages_say_nothing(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(title="Private matter"))
    alice.delete(share_id)
    for path in [f"/s/{share_id}", "/s/" + "A" * 12]:
        html = client.get(path, headers=SLACK).text
        assert "Private matter" not in html
        assert "og:description" not in html


def test_the_card_image_is_there(alice: Any, client: FlaskClient, document: Document) -> None:
    html = client.get(f"/s/{alice.share(document())}").text
    image = client.get(meta(html)["og:image"].removeprefix("http://localhost"))
    assert image.status_code == 200
    assert image.content_type == "image/png"
    assert len(image.data) < 300_000


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("claude-opus-4-5-20251101", "Opus 4.5"),
        ("claude-sonnet-4-20250514", "Sonnet 4"),
        ("claude-3-5-haiku-20241022", "Haiku 3.5"),
        ("gpt-9", "gpt-9"),
        ("", ""),
        ("x" * 200, "x" * 40),
    ],
)
def test_model_names(model: str, name: str) -> None:
    assert opengraph.model_name(model) == name


def test_texts_are_cut() -> None:
    assert opengraph.shorten("a  b\n c", 10) == "a b c"
    assert opengraph.shorten("word " * 100, 20) == "word word word word…"
    assert len(opengraph.shorten("x" * 10_000, 200)) == 200
