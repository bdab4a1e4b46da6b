"""Pruning by itself: once for all workers, in short steps, and the room is given back."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import pruning
from ccshare.app.pruning import Pruner
from ccshare.app.storage import database, models, writer
from ccshare.app.storage.reclaim import reclaim
from flask import Flask

Document = Callable[..., bytes]


def expire_all() -> None:
    models.Session.update(expires_at=1000).execute()


def test_it_works(alice: Any, document: Document, tmp_path: Path) -> None:
    ids = [alice.share(document(session_id=f"s{n}")) for n in range(3)]
    expire_all()
    pruner = Pruner(tmp_path, 3600)
    assert pruner.once() == 3
    assert models.Session.select().count() == 0
    assert {alice.get(f"/s/{share_id}").status_code for share_id in ids} == {410}
    assert pruner.once() is None  # just done, by whomever
    long_ago = time.time() - 3600
    os.utime(tmp_path / "prune.lock", (long_ago, long_ago))
    assert pruner.once() == 0


def test_one_at_a_time(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    working, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        working.set()
        go_on.wait(10)
        return 0

    monkeypatch.setattr(writer, "prune", slow)
    first = threading.Thread(target=Pruner(tmp_path, 60).once)
    first.start()
    assert working.wait(10)
    assert Pruner(tmp_path, 60).once() is None
    go_on.set()
    first.join(10)


def test_connections_of_others_stay(
    alice: Any, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document())
    monkeypatch.setattr(writer, "prune", models.Session.select().count)
    monkeypatch.setattr(pruning, "reclaim", lambda _pause: None)
    done: list[int | None] = []
    thread = threading.Thread(target=lambda: done.append(Pruner(tmp_path, 60).once()))
    with database.transaction():
        models.Session.update(title="In the middle of it").execute()
        thread.start()
        thread.join(10)
    assert done == [1]
    assert models.Session.get(models.Session.share_id == share_id).title == "In the middle of it"


def test_a_failure_is_not_the_end(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    calls: list[int] = []

    def fail() -> int:
        calls.append(1)
        raise RuntimeError("database")

    monkeypatch.setattr(writer, "prune", fail)
    stop = threading.Event()
    thread = threading.Thread(target=Pruner(tmp_path, 0.01).run, args=(stop,))
    thread.start()
    until = time.monotonic() + 10
    while len(calls) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    thread.join(10)
    assert len(calls) >= 3
    assert "next try later" in caplog.text


def test_a_large_share_is_a_step_of_its_own(
    alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        alice.share(document(session_id=f"s{n}"))
    models.Session.update(message_count=writer._PRUNED_MESSAGES).execute()
    expire_all()
    steps = []
    while number := writer._prune_some():
        steps.append(number)
    assert steps == [1, 1, 1, 1]


def test_uploads_pass_between_the_steps(alice: Any, document: Document) -> None:
    body = document(session_id="template")
    alice.share(body)
    template = models.Session.get()
    values = {k: v for k, v in template.__data__.items() if k != "id"}
    values["expires_at"] = 1000
    made = [values | {"share_id": f"{n:012}", "session_id": f"x{n}"} for n in range(1000)]
    with database.transaction():
        for start in range(0, 1000, 30):
            models.Session.insert_many(made[start : start + 30]).execute()
    done: list[int] = []

    def prune() -> None:
        done.append(writer.prune())
        database.leave()

    pruner = threading.Thread(target=prune)
    pruner.start()
    waits = []
    while pruner.is_alive() and len(waits) < 100:  # fewer than the upload rate
        started = time.monotonic()
        assert alice.upload(body).status_code == 200
        waits.append(time.monotonic() - started)
    pruner.join()
    assert done == [1000]
    assert max(waits) < 2, waits


@pytest.mark.sqlite
def test_the_file_shrinks(alice: Any, document: Document, lines: Any, tmp_path: Path) -> None:
    for n in range(4):
        text = os.urandom(700_000).hex()
        alice.share(document(lines.user(text), session_id=f"s{n}"))
    full = database.fetch_one("PRAGMA page_count", ())[0]
    expire_all()
    writer.prune(pause=0)
    assert database.fetch_one("PRAGMA page_count", ())[0] == full  # free, but kept
    reclaim(pause=0)
    assert database.fetch_one("PRAGMA page_count", ())[0] < full / 2 + 1000
