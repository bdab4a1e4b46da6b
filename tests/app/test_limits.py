"""Limits: uploads per owner, wrong keys and unknown ids per address; readers are free."""

from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import limits
from flask import Flask
from flask.testing import FlaskClient

Document = Callable[..., bytes]
MakeApp = Callable[..., Flask]


def ids(number: int) -> list[str]:
    return [f"{n:012}" for n in range(number)]


def test_it_works(make_app: MakeApp, person: Any, document: Document) -> None:
    app = make_app(UPLOAD_RATE="3/hour")
    alice, charlie = person(app, "alice"), person(app, "charlie")
    assert [alice.upload(document()).status_code for _ in range(5)] == [201, 200, 200, 429, 429]
    refused = alice.upload(document())
    assert 0 < int(refused.headers["Retry-After"]) <= 3601
    assert refused.content_type == "application/problem+json"
    assert charlie.upload(document()).status_code == 201


def test_wrong_keys_are_counted_by_address(client: FlaskClient, alice: Any) -> None:
    wrong = {"Authorization": "Bearer ccs_wrong"}
    for _ in range(20):
        assert client.get("/api/sessions", headers=wrong).status_code == 401
    refused = client.get("/api/sessions", headers=wrong)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 61
    # From then on no key is looked at: a guess that is right does not show.
    assert alice.get("/api/sessions").status_code == 429
    other = alice.client.get(
        "/api/sessions", headers=alice.headers, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert other.status_code == 200


def test_no_key_is_not_a_wrong_key(client: FlaskClient) -> None:
    assert {client.get("/api/sessions").status_code for _ in range(40)} == {401}


def test_unknown_ids_are_counted(client: FlaskClient, alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    answers = [client.get(f"/s/{wrong}").status_code for wrong in ids(61)]
    assert answers == [404] * 60 + [429]
    # Blocked before it learns whether an id is right, on pages and API alike.
    for path in [f"/s/{share_id}", f"/s/{share_id}/messages?page=1", f"/api/sessions/{share_id}"]:
        refused = client.get(path)
        assert refused.status_code == 429
        assert "Retry-After" in refused.headers
    elsewhere = client.get(f"/s/{share_id}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200


def test_a_block_ends(
    client: FlaskClient, alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document())
    for wrong in ids(61):
        client.get(f"/s/{wrong}")
    assert client.get(f"/s/{share_id}").status_code == 429
    now = limits.time.monotonic()
    monkeypatch.setattr(limits.time, "monotonic", lambda: now + 61)
    assert client.get(f"/s/{share_id}").status_code == 200


def test_readers_are_not_counted(client: FlaskClient, alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    gone = alice.share(document(session_id="gone"))
    alice.delete(gone)
    for _ in range(100):
        assert client.get(f"/s/{share_id}").status_code == 200
        assert client.get(f"/s/{share_id}/messages?page=99").status_code == 404
        assert client.get(f"/s/{gone}").status_code == 410
    assert client.get(f"/s/{share_id}").status_code == 200


def test_proxies_are_trusted_as_far_as_said(make_app: MakeApp) -> None:
    client = make_app(PROXY_HOPS=1).test_client()
    for n, wrong in enumerate(ids(70)):
        # The client may write what it likes: only the proxy's own entry counts.
        headers = {"X-Forwarded-For": f"10.0.0.{n}, 198.51.100.1"}
        answer = client.get(f"/s/{wrong}", headers=headers)
    assert answer.status_code == 429
    headers = {"X-Forwarded-For": "198.51.100.2"}
    assert client.get("/s/" + "A" * 12, headers=headers).status_code == 404


def test_without_proxies_the_header_is_nothing(client: FlaskClient) -> None:
    for n, wrong in enumerate(ids(70)):
        answer = client.get(f"/s/{wrong}", headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert answer.status_code == 429


def test_one_ipv6_network_is_one_client(client: FlaskClient) -> None:
    for n, wrong in enumerate(ids(70)):
        address = {"REMOTE_ADDR": f"2001:db8:1:2::{n:x}"}
        answer = client.get(f"/s/{wrong}", environ_base=address)
    assert answer.status_code == 429
    other = {"REMOTE_ADDR": "2001:db8:1:3::1"}
    assert client.get("/s/" + "A" * 12, environ_base=other).status_code == 404


def test_blocks_take_bounded_memory(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_BLOCKED", 10)
    found = app.extensions["ccshare"].limits
    for n in range(50):
        found._block(f"id {n}", 60)
    assert len(found._blocked) == 10
