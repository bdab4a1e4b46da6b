"""Headers: the policy is on everything, the robots' word on everything of a session."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]
EVERYTHING = [
    "/",
    "/healthz",
    "/robots.txt",
    "/nothing",
    "/api/nothing",
    "/api/sessions",
    "/s/AAAAAAAAAAAA",
]
OF_A_SHARE = [
    "/s/{}",
    "/s/{}?page=99",
    "/s/{}/messages?page=1",
    "/s/{}/messages?page=99",
    "/s/{}/items/1",
    "/s/{}.jsonl",
    "/api/sessions/{}",
    "/api/sessions/{}/messages",
]


def check(headers: Any) -> None:
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    for name in ("script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert policy[name] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_it_works(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    check(answer.headers)
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1


@pytest.mark.parametrize("path", OF_A_SHARE)
def test_of_a_share(alice: Any, client: FlaskClient, document: Document, path: str) -> None:
    answer = client.get(path.format(alice.share(document())))
    check(answer.headers)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Cache-Control"] in {"private, no-cache", "no-store"}
    for name in answer.headers.keys():  # noqa: SIM118 - Headers is no dict
        assert len(answer.headers.getlist(name)) == 1


def test_304_carries_them_too(alice: Any, client: FlaskClient, document: Document) -> None:
    path = f"/s/{alice.share(document())}"
    etag = client.get(path).headers["ETag"]
    answer = client.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 304
    check(answer.headers)


def test_pages_have_nothing_inline(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    for path in [f"/s/{share_id}", f"/s/{share_id}/items/2", "/", "/nothing"]:
        html = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert "<style" not in html
        assert not re.search(r"<[^>]*\s(?:style|on\w+)=", html)
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!localhost/)', html)


def test_static_files_are_for_ever(client: FlaskClient) -> None:
    html = client.get("/").text
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert len(addresses) >= 3
    for address in addresses:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address)
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert packed.headers.get("Content-Encoding") in {None, "gzip"}
        known = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert known.status_code == 304
    assert client.get(addresses[0].replace(".", ".x.", 1)).status_code == 404
    assert client.get("/static/../settings.py").status_code == 404
    assert client.get("/static/app.css").status_code == 404


def test_types(client: FlaskClient) -> None:
    html = client.get("/").text
    kinds = {
        client.get(a).content_type for a in re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    }
    assert "text/css; charset=utf-8" in kinds
    assert "text/javascript; charset=utf-8" in kinds
