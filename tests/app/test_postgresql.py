"""PostgreSQL going away, coming back, running out of things; whatever the engine of this run."""

import os
import runpy
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ccshare.app import create_app, keys
from ccshare.app.settings import SettingError, Settings
from ccshare.app.storage import database, engines, models
from flask import Flask

Document = Callable[..., bytes]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make(tmp_path: Path, address: str) -> Callable[..., Flask]:
    """An application on PostgreSQL."""

    def made(**settings: Any) -> Flask:
        place = {"DATABASE_URL": address, "DATABASE_PATH": tmp_path / "data" / "s.db"}
        return create_app({**place, **settings})

    return made


@pytest.fixture
def app(make: Callable[..., Flask]) -> Flask:
    return make()


def terminate(address: str) -> int:
    """Cut every connection of the servers under test; how many it were."""
    with psycopg.connect(address) as other:
        found = other.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
            "WHERE application_name = 'ccshare'"
        ).fetchone()
    assert found
    return found[0]


def in_use() -> int:
    return len(database.database._in_use)


def problem(answer: Any, retry: str = "5") -> None:
    """The answer is the problem document of a database that is away."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == retry
    assert answer.content_type == "application/problem+json"


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "ccshare.app.storage.postgresql", raising=False)
    monkeypatch.delattr("ccshare.app.storage.postgresql", raising=False)
    with pytest.raises(SettingError, match=r"pip install 'ccshare\[postgres\]'"):
        create_app({"DATABASE_URL": "postgres://x/y", "DATABASE_PATH": tmp_path / "s.db"})


def test_a_malformed_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    address = "postgres://someone:hunter2@127.0.0.1/x?sslmod=require"
    with pytest.raises(SettingError, match="DATABASE_URL must be") as caught:
        create_app({"DATABASE_URL": address, "DATABASE_PATH": tmp_path / "s.db"})
    assert "hunter2" not in str(caught.value)


def test_parameters_of_the_address_pass_through() -> None:
    address = "postgres://u:p%40ss@h/n?sslmode=verify-full&connect_timeout=9&options=-c%20a%3Db"
    given = engines.engine(address).connect_params
    assert (given["sslmode"], given["connect_timeout"]) == ("verify-full", "9")
    assert (given["user"], given["password"], given["host"]) == ("u", "p@ss", "h")
    assert given["options"].endswith(" -c a=b")
    assert "statement_timeout=60s" in given["options"]


def test_connections_go_back_after_each_answer(app: Flask, alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    database.release()
    for path in (f"/s/{share_id}", f"/s/{share_id}.jsonl", "/api/sessions", "/s/AAAAAAAAAAAA"):
        with alice.get(path, buffered=False) as answer:
            assert answer.data
        assert in_use() == 0, path


def test_a_cut_connection_is_not_seen(
    app: Flask, alice: Any, document: Document, address: str
) -> None:
    share_id = alice.share(document())
    database.release()
    assert terminate(address) >= 1
    assert alice.get(f"/s/{share_id}").status_code == 200
    database.release()
    assert terminate(address) >= 1
    assert alice.upload(document()).status_code == 200


def test_a_connection_cut_within_a_request_is_not_seen_by_a_reader(
    app: Flask, alice: Any, document: Document, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document())
    real, cut = models.Session.select, []

    def select(*columns: Any) -> Any:
        if not cut:
            cut.append(terminate(address))
        return real(*columns)

    monkeypatch.setattr(models.Session, "select", select)
    assert alice.get(f"/api/sessions/{share_id}").status_code == 200
    assert cut == [1]


def test_a_transaction_that_is_cut_leaves_nothing(
    app: Flask, alice: Any, document: Document, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ccshare.app.storage import writer

    real = writer.insert_rows

    def cut(*arguments: Any) -> None:
        real(*arguments)
        terminate(address)

    monkeypatch.setattr(writer, "insert_rows", cut)
    problem(alice.upload(document()))
    monkeypatch.setattr(writer, "insert_rows", real)
    assert alice.get("/api/sessions").json["sessions"] == []
    assert alice.upload(document()).status_code == 201


def test_all_connections_in_use(
    make: Callable[..., Flask], person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = person(make(GUNICORN_THREADS="1"), "alice")
    database.release()
    monkeypatch.setattr(database.database.obj, "_wait_timeout", 0.2)
    enough, over = threading.Barrier(4), threading.Event()

    def hold() -> None:
        database.database.connect()
        enough.wait()
        over.wait()
        database.database.close()

    holders = [threading.Thread(target=hold) for _ in range(3)]
    for thread in holders:
        thread.start()
    enough.wait()
    problem(alice.get("/api/sessions"))
    over.set()
    for thread in holders:
        thread.join()
    assert alice.get("/api/sessions").status_code == 200


def test_a_statement_that_takes_too_long(
    app: Flask, alice: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = database.database.connect_params["options"]
    monkeypatch.setitem(
        database.database.connect_params, "options", options + " -c statement_timeout=50"
    )
    database.close_database()
    monkeypatch.setattr(
        keys, "rows", lambda _: database.database.execute_sql("SELECT pg_sleep(5)").fetchall()
    )
    problem(alice.get("/api/sessions"))
    monkeypatch.undo()
    assert alice.get("/api/sessions").status_code == 200


def test_a_server_that_may_only_be_read(app: Flask, alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    database.database.connect_params["options"] += " -c default_transaction_read_only=on"
    database.close_database()
    problem(alice.upload(document()), retry="60")
    assert alice.get(f"/s/{share_id}").status_code == 200


def test_a_forked_process_makes_connections_of_its_own(app: Flask, alice: Any) -> None:
    assert models.ApiKey.select().count() == 1
    mine = database.database.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
    database.release()
    child = os.fork()
    if child == 0:
        other = database.database.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
        os._exit(0 if other != mine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert database.database.execute_sql("SELECT pg_backend_pid()").fetchone()[0] == mine


def test_postgresql_stopped_and_started_again(
    tmp_path: Path, person: Any, document: Document, postgresql: str
) -> None:
    assert postgresql  # it skips or fails where there is none
    with runpy.run_path(str(ROOT / "scripts" / "with_postgres.py"))["cluster"]() as server:
        place = {"DATABASE_URL": server.url, "DATABASE_PATH": tmp_path / "data" / "s.db"}
        alice = person(create_app(place), "alice")
        share_id = alice.share(document())
        server.stop()
        problem(alice.get("/api/sessions"))
        problem(alice.upload(document()))
        page = alice.get(f"/s/{share_id}")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
        server.start()
        database.database.obj._silent_until = 0.0  # the pause after a failure, a second
        assert alice.get(f"/s/{share_id}").status_code == 200
        assert alice.upload(document()).status_code == 200
        database.close_database()


def test_the_spool_lies_beside_database_path(app: Flask, tmp_path: Path) -> None:
    assert Settings.load({"DATABASE_PATH": tmp_path / "data" / "s.db"}).data_dir.is_dir()
    assert [found.name for found in (tmp_path / "data").iterdir()] == ["spool"]
