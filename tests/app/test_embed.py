"""A share on other sites: what may be framed, and what oEmbed says."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]


def test_it_works(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    answer = client.get(f"/embed/s/{share_id}?m=4-9")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer.headers
    assert not answer.headers.getlist("Set-Cookie")
    assert "<script" not in answer.text
    assert "Prompt number 1 of many" in answer.text
    assert "Prompt number 2 of many" in answer.text
    assert "Prompt number 0 of many" not in answer.text
    assert "Messages 4–9 of 360: open the whole session" in answer.text
    assert f'href="http://localhost/s/{share_id}?m=4#m-4" target="_blank" rel="noopener"' in (
        answer.text
    )
    again = client.get(
        f"/embed/s/{share_id}?m=4-9", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/s/{}", "/s/{}/messages", "/s/{}.txt", "/s/{}/card.png", "/"])
def test_nothing_else_may_be_framed(
    alice: Any, client: FlaskClient, document: Document, path: str
) -> None:
    answer = client.get(path.format(alice.share(document())))
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_frame_is_bounded(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    for query in ("", "?m=1-300", "?m=junk"):
        html = client.get(f"/embed/s/{share_id}{query}").text
        assert html.count('id="m-') == 20
        assert "Messages 1–20 of 360" in html
    assert client.get(f"/embed/s/{share_id}?m=40-60").text.count('id="m-') == 20
    assert client.get(f"/embed/s/{share_id}?m=999").status_code == 404


def test_gone_frames_say_why_and_nothing_else(
    alice: Any, client: FlaskClient, document: Document
) -> None:
    share_id = alice.share(document(title="Private matter"))
    link = f"http://localhost/s/{share_id}"
    assert client.get(f"/oembed?url={link}").status_code == 200
    alice.delete(share_id)
    for path in (f"/embed/s/{share_id}", f"/oembed?url={link}"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "Private" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/embed/s/" + "A" * 12).status_code == 404
    framed = client.get(f"/embed/s/{share_id}")
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]


def test_oembed_is_no_thinner_than_the_tags(
    alice: Any, client: FlaskClient, document: Document
) -> None:
    share_id = alice.share(document(title="Cart <rounding>", project="shop"))
    page = client.get(f"/s/{share_id}").text
    discovery = f"http://localhost/oembed?url=http%3A%2F%2Flocalhost%2Fs%2F{share_id}"
    assert f'type="application/json+oembed" href="{discovery}"' in page
    found = client.get(discovery.removeprefix("http://localhost")).json
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["title"] == "Cart <rounding>"
    assert found["description"].startswith("shop · 1 prompt")
    assert found["thumbnail_url"] == f"http://localhost/s/{share_id}/card.png?v=1"
    assert (found["thumbnail_width"], found["thumbnail_height"]) == (1200, 630)
    assert f'src="http://localhost/embed/s/{share_id}"' in found["html"]
    assert "Cart" not in found["html"]
    quoted = client.get(f"/oembed?url=http://localhost/s/{share_id}?m=1-2").json
    assert quoted["title"] == "You: What is in this folder?"
    assert f"/embed/s/{share_id}?m=1-2" in quoted["html"]


def test_sizes_are_kept(alice: Any, client: FlaskClient, document: Document) -> None:
    url = f"/oembed?url=http://localhost/s/{alice.share(document())}"
    small = client.get(url + "&maxwidth=400&maxheight=300").json
    assert (small["width"], small["height"]) == (400, 300)
    assert 'width="400" height="300"' in small["html"]
    for junk in ("&maxwidth=-1&maxheight=x", "&maxwidth=99999999999999999999", "&maxwidth=٣"):
        assert client.get(url + junk).json["width"] == 860


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://evil.example/s/{}",
        "https://localhost/s/{}",
        "http://localhost@evil.example/s/{}",
        "http://localhost/s/{}.json",
        "http://localhost/api/sessions/{}",
        "//localhost/s/{}",
    ],
)
def test_only_our_own_links_are_known(
    alice: Any, client: FlaskClient, document: Document, url: str
) -> None:
    share_id = alice.share(document())
    answer = client.get("/oembed", query_string={"url": url.format(share_id)})
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_xml_is_not_spoken(client: FlaskClient) -> None:
    assert client.get("/oembed?url=x&format=xml").status_code == 501
