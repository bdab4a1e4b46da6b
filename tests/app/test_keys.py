import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import keys
from ccshare.app.storage.models import ApiKey
from flask import Flask
from flask.testing import FlaskClient


def test_it_works(app: Flask) -> None:
    key = keys.create("alice")
    assert re.fullmatch(r"ccs_[0-9A-Za-z]{36}", key)
    assert keys.owner_of(key, "") == "alice"


def test_the_checksum_is_crc32_in_base62() -> None:
    assert keys.checksum("0" * 30) == keys.checksum("0" * 30)
    assert keys.well_formed("ccs_" + "0" * 30 + keys.checksum("0" * 30))
    assert not keys.well_formed("ccs_" + "1" * 30 + keys.checksum("0" * 30))
    assert not keys.well_formed("ccs_" + "0" * 36)


def test_the_key_itself_is_not_stored(app: Flask) -> None:
    key = keys.create("alice")
    stored = [str(value) for row in ApiKey.select().tuples() for value in row]
    assert not any(key in value or key[4:34] in value for value in stored)
    assert key[4:12] in stored


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Token x", "x"])
def test_no_bearer_no_entry(client: FlaskClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = client.get("/api/sessions", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"
    assert "ccshare login" in answer.json["detail"]


def test_the_key_is_not_taken_from_the_query(alice: Any, client: FlaskClient) -> None:
    assert client.get(f"/api/sessions?key={alice.key}").status_code == 401


def test_a_wrong_key_is_refused(alice: Any, client: FlaskClient) -> None:
    body = "A" * 30
    for key in [alice.key[:-1], alice.key + "0", "ccs_" + body + keys.checksum(body), "ключ"]:
        headers = {"Authorization": f"Bearer {key}".encode().decode("latin-1")}
        assert client.get("/api/sessions", headers=headers).status_code == 401


def test_same_prefix_other_key(app: Flask) -> None:
    key = keys.create("alice")
    ApiKey.update(prefix="A" * 8).execute()
    other = "A" * 30
    assert keys.owner_of("ccs_" + other + keys.checksum(other), "") is None
    assert keys.owner_of(key, "") is None  # looked up by its own prefix only


def test_a_revoked_key_is_refused(alice: Any) -> None:
    assert alice.get("/api/sessions").status_code == 200
    assert keys.revoke("alice") == 1
    assert alice.get("/api/sessions").status_code == 401
    assert keys.revoke("alice") == 0


def test_a_new_key_keeps_the_shares(alice: Any, document: Callable[..., bytes]) -> None:
    share_id = alice.share(document())
    keys.revoke("alice")
    alice.key = keys.create("alice")
    assert [s["id"] for s in alice.get("/api/sessions").json["sessions"]] == [share_id]


def test_the_environment_key_is_admin(make_app: Callable[..., Flask]) -> None:
    secret = "a-random-secret-of-the-cloud"
    client = make_app(SHARE_API_KEY=secret).test_client()
    assert client.get("/api/sessions", headers={"Authorization": f"Bearer {secret}"}).json == {
        "sessions": [],
        "next_cursor": None,
    }
    wrong = {"Authorization": f"Bearer {secret}x"}
    assert client.get("/api/sessions", headers=wrong).status_code == 401


@pytest.mark.parametrize("name", ["", "admin", "a b", "x" * 65, "a\n", "../x"])
def test_names_are_checked(app: Flask, name: str) -> None:
    with pytest.raises(keys.KeyNameError):
        keys.create(name)


def test_use_is_noted(alice: Any) -> None:
    assert keys.listed()[0].last_used_at is None
    alice.get("/api/sessions")
    assert keys.listed()[0].last_used_at is not None
