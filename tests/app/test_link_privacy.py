"""A link is the only secret of a share: nothing tells it, and nothing tells one that is near."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

Document = Callable[..., bytes]
PUBLIC = ["/", "/robots.txt", "/healthz", "/readyz", "/metrics", "/sitemap.xml", "/s/", "/s"]
PUBLIC += ["/api/sessions", "/api/", "/.well-known/security.txt", "/nothing", "/s/AAAAAAAAAAAA"]


def parts(share_id: str) -> list[str]:
    return [
        f"/s/{share_id}",
        f"/s/{share_id}/messages?page=1",
        f"/s/{share_id}/items/1",
        f"/s/{share_id}.jsonl",
        f"/api/sessions/{share_id}",
        f"/api/sessions/{share_id}/messages",
        f"/s/{share_id}/images/{'0' * 64}.png",
    ]


def test_nothing_public_names_a_share(
    make_app: Callable[..., Flask], person: Any, document: Document
) -> None:
    app = make_app(METRICS_TOKEN="m" * 30)
    share_id = person(app, "alice").share(document(title="Hush"))
    client = app.test_client()
    client.get(f"/s/{share_id}")
    headers = {"Authorization": "Bearer " + "m" * 30}
    for path in PUBLIC:
        answer = client.get(path, headers=headers if path == "/metrics" else {})
        told = answer.text + str(answer.headers)
        assert share_id not in told, path
        assert "Hush" not in told, path
        assert "alice" not in told, path


def test_a_list_is_of_ones_own(alice: Any, charlie: Any, document: Document) -> None:
    share_id = alice.share(document())
    assert share_id not in charlie.get("/api/sessions").text
    assert charlie.get("/api/sessions").json["sessions"] == []


def test_headers_hold_no_id(alice: Any, client: FlaskClient, document: Document) -> None:
    """Proxies and browsers keep headers where they do not keep addresses."""
    share_id = alice.share(document())
    for path in parts(share_id):
        headers = dict(client.get(path).headers)
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert "Server-Timing" not in headers
        assert "public" not in headers["Cache-Control"]
        # The name of the file that is saved is for whoever has the link anyway.
        headers.pop("Content-Disposition", None)
        headers.pop("Link", None)
        assert share_id not in str(headers), path


def test_static_files_and_errors_send_no_referrer(client: FlaskClient) -> None:
    html = client.get("/").text
    for path in [*re.findall(r'(?:src|href)="(/static/[^"]+)"', html), *PUBLIC]:
        for method in ("GET", "HEAD", "POST"):
            answer = client.open(path, method=method)
            assert answer.headers["Referrer-Policy"] == "no-referrer", (method, path)


def test_a_page_loads_nothing_from_elsewhere(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    """What a page loads from another host would tell it that the link was opened."""
    hostile = (
        "![x](https://evil.example/x.png) <img src=https://evil.example/y> [a](//evil.example)"
    )
    share_id = alice.share(document(lines.user(hostile), lines.answer(hostile)))
    html = client.get(f"/s/{share_id}").text
    loads, links = _addresses(html)
    assert any("evil.example" in text for text, _ in links)
    assert not [address for address in loads if "evil.example" in address]
    assert all("noreferrer" in rel for address, rel in links if "evil.example" in address)


def _addresses(html: str) -> tuple[list[str], list[tuple[str, str]]]:
    """What a browser fetches by itself; and what it goes to on a click, with the link's rel."""
    loads: list[str] = []
    links: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found = {name: value or "" for name, value in attrs}
            loads.extend(found[n] for n in ("src", "srcset", "poster", "data") if n in found)
            if tag == "link":
                loads.append(found["href"])
            if tag == "a":
                links.append((found.get("href", ""), found.get("rel", "")))

    Reader().feed(html)
    return loads, links


@pytest.mark.parametrize("how", ["unshared", "expired", "unknown", "strangers"])
def test_errors_hold_nothing_of_a_share(
    alice: Any, charlie: Any, document: Document, how: str
) -> None:
    share_id = alice.share(document(title="Hush", project="Hush-project"))
    if how == "unshared":
        alice.delete(share_id)
    if how == "expired":
        from ccshare.app.storage import models

        models.Session.update(expires_at=1000).execute()
    asked = "A" * 12 if how == "unknown" else share_id
    for path in parts(asked):
        if how == "strangers":
            answers = [charlie.patch(share_id, title="mine"), charlie.delete(share_id)]
        else:
            headers = {"If-None-Match": "*", "If-Modified-Since": "Sat, 01 Jan 2028 00:00:00 GMT"}
            answers = [charlie.client.get(path, headers=headers)]
            answers.append(charlie.client.head(path, headers=headers))
        for answer in answers:
            assert answer.status_code == (404 if how in ("unknown", "strangers") else 410)
            told = answer.text + str(answer.headers)
            assert share_id not in told
            assert "Hush" not in told
            assert answer.headers["Cache-Control"] == "no-store"
            assert "ETag" not in answer.headers


def test_expired_and_unshared_look_alike(
    alice: Any, client: FlaskClient, document: Document
) -> None:
    from ccshare.app.storage import models

    first, second = (alice.share(document(session_id=f"s{n}")) for n in range(2))
    models.Session.update(expires_at=1000).where(models.Session.share_id == first).execute()
    alice.delete(second)
    for one, other in zip(parts(first), parts(second), strict=True):
        left, right = client.get(one), client.get(other)
        assert (left.status_code, left.data) == (right.status_code, right.data)
        assert set(left.headers.keys()) == set(right.headers.keys())


def test_every_answer_has_a_request_id_of_its_own(client: FlaskClient) -> None:
    found = [client.get(path, headers={"X-Request-Id": "mine"}) for path in PUBLIC]
    ids = [answer.headers["X-Request-Id"] for answer in found]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{16}", request_id) for request_id in ids)
