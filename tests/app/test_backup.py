"""A backup taken while others upload: whole, checked, and served by a new server."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import create_app
from ccshare.app.__main__ import main
from ccshare.app.backup import BackupError, backup
from ccshare.app.storage import database
from flask import Flask

Document = Callable[..., bytes]


@pytest.mark.sqlite
def test_it_works(
    app: Flask, alice: Any, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "data" / "sessions.db", tmp_path / "kept" / "copy.db"
    target.parent.mkdir()
    bodies = [document(session_id=f"s{n}", title=f"Title {n}") for n in range(60)]
    before = [alice.share(body) for body in bodies[:10]]
    started, failed = threading.Event(), []

    def go_on() -> None:
        try:
            for n, body in enumerate(bodies[10:]):
                alice.share(body)
                if n == 5:
                    started.set()
        except BaseException as error:
            failed.append(error)
        finally:
            started.set()
            database.close_database()

    uploads = threading.Thread(target=go_on)
    uploads.start()
    started.wait(20)
    number, size = backup(source, target)
    uploads.join(60)
    assert not failed
    assert 10 <= number <= 60
    assert size == target.stat().st_size
    assert target.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in target.parent.iterdir()] == ["copy.db"]

    database.close_database()
    restored = create_app({"DATABASE_PATH": target}).test_client()
    found = [r[0] for r in database.database.execute_sql("SELECT share_id FROM sessions")]
    assert len(found) == number
    assert set(before) <= set(found)
    for share_id in found:
        page = restored.get(f"/s/{share_id}")
        assert (page.status_code, b"Two files." in page.data) == (200, True)
        assert restored.get(f"/s/{share_id}.jsonl").data.count(b"\n") == 3
    assert database.database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.sqlite
def test_the_command(
    alice: Any, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("DATABASE_PATH", str(tmp_path / "data" / "sessions.db"))
    alice.share(document())
    target = tmp_path / "b.db"
    assert main(["backup", str(target)]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{target}\n"
    assert printed.err.startswith("1 shares, ")
    kept = target.read_bytes()
    assert main(["backup", str(target)]) == 1
    assert "is not overwritten" in capsys.readouterr().err
    assert target.read_bytes() == kept
    assert main(["backup", str(tmp_path / "no" / "b.db")]) == 1
    assert "cannot write into" in capsys.readouterr().err


def test_an_old_database_is_copied_as_it_is(tmp_path: Path) -> None:
    source = tmp_path / "old.db"
    with sqlite3.connect(source) as old:
        old.execute("CREATE TABLE sessions (id)")
    old.close()
    backup(source, tmp_path / "b.db")
    with sqlite3.connect(tmp_path / "b.db") as made:
        tables = made.execute("SELECT name FROM sqlite_master").fetchall()
    made.close()
    assert tables == [("sessions",)]


def test_what_cannot_be_copied_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "s.db"
    with pytest.raises(BackupError, match="there is no database"):
        backup(source, tmp_path / "b.db")
    assert not source.exists()
    source.write_bytes(b"this is not a database" * 100)
    with pytest.raises(BackupError, match="failed"):
        backup(source, tmp_path / "b.db")
    assert [p.name for p in tmp_path.iterdir()] == ["s.db"]
