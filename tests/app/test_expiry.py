"""Expiry counts from the last upload; what is over is 410, then pruned to a tombstone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from ccshare.app import expiry
from ccshare.app.storage import models, shares, writer
from flask import Flask
from flask.testing import FlaskClient

Document = Callable[..., bytes]
DAY = 86_400


class Clock:
    """The time as the server sees it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        for module in (writer.time, shares.time):
            patch.setattr(module, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def days(answer: Any, clock: Clock) -> float | None:
    moment = answer.json["expires_at"]
    if moment is None:
        return None
    return (datetime.fromisoformat(moment).timestamp() - clock.now) / DAY


def test_it_works(alice: Any, client: FlaskClient, document: Document, clock: Clock) -> None:
    answer = alice.upload(document(title="Over soon"))
    assert days(answer, clock) == 30
    path = f"/s/{answer.json['id']}"
    clock.now += 30 * DAY - 1
    assert client.get(path).status_code == 200
    clock.now += 1
    gone = client.get(path)
    assert gone.status_code == 410
    assert "Over soon" not in gone.text
    assert alice.get("/api/sessions").json["sessions"] == []


def test_the_header_says_how_long(alice: Any, document: Document, clock: Clock) -> None:
    assert days(alice.upload(document(expires_in="12h")), clock) == 0.5
    assert days(alice.upload(document(expires_in="2w")), clock) == 14
    assert days(alice.upload(document(expires_in="never")), clock) is None


def test_it_counts_from_the_last_upload(alice: Any, document: Document, clock: Clock) -> None:
    alice.upload(document(expires_in="7d"))
    clock.now += 5 * DAY
    again = alice.upload(document())  # says nothing: as long as before
    assert days(again, clock) == 7
    assert again.json["revision"] == 2


def test_zero_days_is_for_ever(
    make_app: Callable[..., Flask], person: Any, document: Document, clock: Clock
) -> None:
    owner = person(make_app(SESSION_EXPIRY_DAYS=0), "alice")
    assert days(owner.upload(document()), clock) is None


def test_patch_counts_from_now(alice: Any, document: Document, clock: Clock) -> None:
    share_id = alice.share(document())
    clock.now += 10 * DAY
    assert days(alice.patch(share_id, expires_in="3d"), clock) == 3


def test_prune_leaves_a_tombstone_only(
    alice: Any, client: FlaskClient, document: Document, clock: Clock
) -> None:
    old = [alice.share(document(session_id=f"s{n}", expires_in="1d")) for n in range(5)]
    kept = alice.share(document(session_id="kept"))
    clock.now += 2 * DAY
    assert writer.prune(pause=0) == 5
    assert writer.prune() == 0
    assert [row.share_id for row in models.Session.select()] == [kept]
    assert models.Message.select().count() == 2
    assert models.Part.select().count() == 2
    assert {row.share_id for row in models.Gone.select()} == set(old)
    assert client.get(f"/s/{old[0]}").status_code == 410
    assert client.get(f"/s/{kept}").status_code == 200


@pytest.mark.parametrize("pruned", [True, False])
def test_a_link_that_ended_stays_dead(
    alice: Any, client: FlaskClient, document: Document, clock: Clock, pruned: bool
) -> None:
    old = alice.share(document(expires_in="1d"))
    clock.now += 2 * DAY
    if pruned:
        writer.prune()
    again = alice.upload(document())
    assert again.status_code == 201
    assert again.json["id"] != old
    assert client.get(f"/s/{old}").status_code == 410


def test_an_expired_share_cannot_be_brought_back(
    alice: Any, document: Document, clock: Clock
) -> None:
    share_id = alice.share(document(expires_in="1d"))
    clock.now += 2 * DAY
    assert alice.patch(share_id, expires_in="never").status_code == 410


@pytest.mark.parametrize("text", ["", "0d", "d", "1", "1y", "-1d", "99999w", "1 d", "١d", "5m"])
def test_bad_lifetimes(text: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        expiry.lifetime(text)


def test_lifetimes() -> None:
    assert expiry.lifetime("30d") == 30 * DAY
    assert expiry.lifetime(" 12H ") == 12 * 3600
    assert expiry.lifetime("never") == expiry.NEVER
    assert expiry.expires_at(100, expiry.NEVER) is None


def test_the_page_says_when(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(expires_in="9d"))
    assert "in 8\xa0days" in client.get(f"/s/{share_id}").text
    alice.patch(share_id, expires_in="20d")
    assert "in 19\xa0days" in client.get(f"/s/{share_id}").text
    shown = alice.get(f"/api/sessions/{share_id}").json["expires_at"]
    assert datetime.fromisoformat(shown) > datetime.now(UTC)
