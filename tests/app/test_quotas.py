"""Quotas: shares and stored bytes per owner; a replaced share counts once."""

import base64
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import api
from ccshare.app.storage import database, models, quotas, writer
from ccshare.app.storage.quotas import OverQuota, Quota
from flask import Flask

Document = Callable[..., bytes]
MakeApp = Callable[..., Flask]


def noise(size: int) -> str:
    """Text that does not compress below three quarters."""
    return base64.b64encode(random.Random(size).randbytes(size * 3 // 4)).decode()


@pytest.fixture
def big(document: Document, lines: Any) -> Callable[..., bytes]:
    """A document of so many kilobytes."""

    def make(session_id: str, kilobytes: int) -> bytes:
        parts = [lines.user(noise(1000 + n)) for n in range(kilobytes)]
        return document(*parts, session_id=session_id)

    return make


def test_it_works(make_app: MakeApp, person: Any, document: Document) -> None:
    app = make_app(QUOTA_SHARES="2")
    alice, charlie = person(app, "alice"), person(app, "charlie")
    first = alice.share(document(session_id="s1"))
    alice.share(document(session_id="s2"))
    refused = alice.upload(document(session_id="s3"))
    assert refused.status_code == 403
    assert refused.json["type"] == "urn:ccshare:problem:quota-exceeded"
    assert "2 of the 2 shares" in refused.json["detail"]
    assert "ccshare unshare" in refused.json["todo"]
    assert alice.upload(document(session_id="s1")).status_code == 200  # the same share again
    assert charlie.upload(document(session_id="s3")).status_code == 201
    alice.delete(first)
    assert alice.upload(document(session_id="s3")).status_code == 201


def test_bytes(make_app: MakeApp, person: Any, big: Any, document: Document) -> None:
    alice = person(make_app(QUOTA_MB="1"), "alice")
    alice.share(big("s1", 600))
    refused = alice.upload(big("s2", 600))
    assert refused.status_code == 403
    assert "of the 1 MB" in refused.json["detail"]
    assert alice.upload(big("s1", 700)).status_code == 200  # replaces its 600
    assert alice.upload(big("s1", 1500)).status_code == 403
    assert alice.upload(big("s1", 10)).status_code == 200
    assert alice.upload(big("s2", 600)).status_code == 201


def test_the_count_is_what_is_stored(
    alice: Any, document: Document, lines: Any, png: bytes
) -> None:
    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}
    alice.share(document(lines.user([{"type": "image", "source": source}]), lines.answer("x")))
    stored = sum(
        len(bytes(content or b""))
        for table in (models.Message, models.File, models.Image)
        for (content,) in database.rows(table.select(table.content))
    )
    share = models.Session.get()
    assert share.stored_bytes == stored + len(bytes(share.dictionary))
    # The migration counts the same for shares from before it.
    models.Session.update(stored_bytes=0).execute()
    path = database.MIGRATIONS / "0003_stored_bytes.py"
    module: dict[str, Any] = {}
    exec(path.read_text(encoding="utf-8"), module)
    database.database.execute_sql(module["_COUNT"])
    assert models.Session.get().stored_bytes == share.stored_bytes


def test_a_hopeless_upload_is_refused_before_its_body(
    make_app: MakeApp, person: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = person(make_app(QUOTA_MB="1"), "alice")
    for n in range(3):
        alice.share(document(session_id=f"s{n}"))
    models.Session.update(stored_bytes=1 << 20).execute()  # as if the quota had been lowered
    monkeypatch.setattr(api, "receive", None)  # would fail
    assert alice.upload(document(session_id="s9")).status_code == 403


def test_what_has_expired_counts_no_more(
    make_app: MakeApp, person: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = person(make_app(QUOTA_SHARES="1"), "alice")
    alice.share(document(session_id="s1", expires_in="1d"))
    assert alice.upload(document(session_id="s2")).status_code == 403
    later = time.time() + 2 * 86_400
    monkeypatch.setattr(writer.time, "time", lambda: later)
    assert alice.upload(document(session_id="s2")).status_code == 201


def test_a_share_may_shrink_over_quota(alice: Any, document: Document) -> None:
    alice.share(document())
    models.Session.update(stored_bytes=5 << 20).execute()
    quota = Quota(megabytes=1)
    quotas.check(quota, "alice", size=4 << 20, replaced=5 << 20)
    with pytest.raises(OverQuota):
        quotas.check(quota, "alice", size=6 << 20, replaced=5 << 20)


@pytest.mark.sqlite
def test_usage_reads_one_index(app: Flask) -> None:
    for sql, values in [(quotas._USED, ("alice", 0)), (quotas._ALL, ())]:
        plan = database.database.execute_sql("EXPLAIN QUERY PLAN " + sql, values).fetchall()
        assert len(plan) == 1
        assert "USING COVERING INDEX" in plan[0][3]
