"""What chat programs see of a link: asked as they ask."""

import re
import struct
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
    assert found["og:image"] == f"http://localhost/s/{share_id}/card.png?v=1"


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


@pytest.mark.parametrize(
    ("m", "title", "description"),
    [
        ("1", "You: Fix the rounding", "shop · 1 prompt"),
        ("2", "Bash $ pytest", "exit 1 1 failed — shop"),
        ("3-4", "Claude: Done", "shop · 1 prompt"),
        ("99", "Cart rounding", "shop · 1 prompt"),
        ("x", "Cart rounding", "shop · 1 prompt"),
    ],
)
def test_a_permalink_quotes_its_item(
    alice: Any, client: FlaskClient, document: Document, lines: Any, m: str, title: str,
    description: str,
) -> None:  # fmt: skip
    body = document(
        lines.user("Fix the rounding"),
        lines.call("c", "pytest"),
        lines.result("c", "Exit code 1\n1 failed", error=True),
        lines.answer("Done"),
        title="Cart rounding",
        project="shop",
    )
    found = meta(client.get(f"/s/{alice.share(body)}?m={m}", headers=SLACK).text)
    assert found["og:title"] == title
    assert found["og:description"].startswith(description)


def test_a_quote_is_plain_words_cut_between_them(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    text = "## Fixed\n\n**Two** things: `cents()` rounded " + "a binary float " * 20
    share_id = alice.share(document(lines.answer(text)))
    found = meta(client.get(f"/s/{share_id}?m=1", headers=SLACK).text)
    assert found["og:title"].startswith("Claude: Fixed Two things: cents() rounded a binary float")
    last = found["og:title"].removesuffix("…").split()[-1]
    first = found["og:description"].removeprefix("…").split()[0]
    assert {last, first} <= {"a", "binary", "float"}


def test_what_was_only_read_is_not_quoted(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    read = {"type": "tool_use", "id": "r", "name": "Read", "input": {"file_path": "./a.py"}}
    share_id = alice.share(document(lines.assistant(read), lines.result("r", "     1→import os")))
    found = meta(client.get(f"/s/{share_id}?m=1", headers=SLACK).text)
    assert found["og:title"] == "Read a.py"
    assert found["og:description"].startswith("1 line — ")


CRAWLERS = {
    "slack": (SLACK["User-Agent"], 32_768),
    "discord": ("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", 65_536),
    "teams": ("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5", 65_536),
    "x": ("Twitterbot/1.0", 65_536),
    "linkedin": ("LinkedInBot/1.0 (compatible; Mozilla/5.0)", 65_536),
    "whatsapp": ("WhatsApp/2.23.20.0", 300_000),
}


@pytest.mark.parametrize("name", CRAWLERS)
def test_each_crawler_finds_a_whole_card(
    make_app: Callable[..., Any], person: Any, document: Document, name: str
) -> None:
    app = make_app(PUBLIC_URL="https://share.example.org")
    alice = person(app, "alice")
    share_id = alice.share(document(title="Cart rounding " * 20, project="shop"))
    client, (agent, most) = app.test_client(), CRAWLERS[name]
    headers = {"User-Agent": agent, "Accept": "*/*", "Range": f"bytes=0-{most - 1}"}
    assert "Disallow:\n" in client.get("/robots.txt", headers=headers).text
    path = f"/s/{share_id}"
    assert client.head(path, headers=headers).status_code == 200
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert not answer.headers.getlist("Set-Cookie")
    html = answer.data[:most].decode("utf-8", "ignore")
    found = meta(html)
    assert html.index("twitter:data2") < 6_000
    assert html.index("og:title") < html.index("oembed")
    assert found["og:url"] == f"https://share.example.org{path}"
    assert len(found["og:title"]) <= 90
    assert len(found["og:description"]) <= 200
    assert found["twitter:card"] == "summary_large_image"
    assert {"og:image:alt", "og:site_name", "og:type"} <= found.keys()
    image = found["og:image"]
    assert image.startswith("https://share.example.org/s/")
    picture = client.get(image.removeprefix("https://share.example.org"), headers=headers)
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert len(picture.data) < 300_000
    size = struct.unpack(">II", picture.data[16:24])
    assert size == (int(found["og:image:width"]), int(found["og:image:height"])) == (1200, 630)
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(picture.headers.getlist("Cross-Origin-Resource-Policy")) == 1


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
