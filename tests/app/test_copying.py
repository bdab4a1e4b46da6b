"""`ccshare-server copy`: SQLite to PostgreSQL and back, nothing lost, nothing changed."""

import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ccshare.app import create_app
from ccshare.app.__main__ import main
from ccshare.app.settings import Settings
from ccshare.app.storage import copying, database, models

Document = Callable[..., bytes]


@pytest.fixture
def filled(
    tmp_path: Path, document: Document, lines: Any, png: bytes, person: Any, long_document: bytes
) -> str:
    """A SQLite file with shares, images, files, keys and a tombstone."""
    import base64

    path = str(tmp_path / "one" / "sessions.db")
    alice = person(create_app({"DATABASE_PATH": path}), "alice")
    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}
    alice.share(document(lines.user([{"type": "image", "source": source}]), title="Ünï\u0000 🎈"))
    spilled = {"type": "ccshare-file", "path": "tool-results/x.txt"}
    text = {"type": "ccshare-text", "text": "much output"}
    alice.share(document(lines.user("a"), lines.answer("b"), spilled, text, session_id="files"))
    alice.share(long_document)
    alice.delete(alice.share(document(session_id="gone")))
    database.close_database()
    return path


def copied(source: str, target: str) -> dict[str, tuple[int, str]]:
    return {done.table: (done.rows, done.digest) for done in copying.copy(source, target)}


def dump(path: str) -> dict[str, list[Any]]:
    """All rows of a SQLite file, read without any code of ours."""
    with closing(sqlite3.connect(path)) as connection:
        names = [model._meta.table_name for model in models.TABLES]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}")) for name in names}


def test_there_and_back_gives_the_same_rows(filled: str, address: str, tmp_path: Path) -> None:
    back = str(tmp_path / "two" / "sessions.db")
    there = copied(filled, address)
    assert copied(address, back) == there
    assert dump(back) == dump(filled)
    assert {name: rows for name, (rows, _) in there.items()} == {
        "sessions": 3, "messages": 483, "parts": there["parts"][0], "files": 1,
        "images": 1, "turns": 122, "changes": 0,
            "word_lists": there["word_lists"][0], "api_keys": 1, "gone": 1,
    }  # fmt: skip
    with psycopg.connect(address) as connection:
        counted = connection.execute("SELECT count(*) FROM parts").fetchone()
    assert counted == (there["parts"][0],)


def test_uploads_go_on_afterwards(
    filled: str, address: str, document: Document, person: Any, tmp_path: Path
) -> None:
    copied(filled, address)
    settings = {"DATABASE_URL": address, "DATABASE_PATH": str(tmp_path / "three" / "x.db")}
    alice = person(create_app(settings), "alice")
    assert alice.upload(document(session_id="new")).status_code == 201
    again = alice.upload(document())
    assert (again.status_code, again.json["revision"]) == (200, 2)
    assert len(alice.get("/api/sessions").json["sessions"]) == 4


def test_a_target_with_rows_is_refused(
    filled: str, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copy", "--from", filled, "--to", address]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("sessions\t3\t")
    assert "same rows" in printed.err
    assert main(["copy", "--from", filled, "--to", address]) == 1
    assert "the target is not empty: it has rows in sessions" in capsys.readouterr().err
    assert main(["copy", "--from", filled, "--to", filled]) == 1


def test_a_wrong_path_makes_no_file(tmp_path: Path, address: str) -> None:
    with pytest.raises(copying.CopyError, match="there is no file"):
        copying.copy(str(tmp_path / "typo.db"), address)
    assert not (tmp_path / "typo.db").exists()


def test_an_old_source_is_not_touched(tmp_path: Path, address: str) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    with pytest.raises(copying.CopyError, match=r"0001_initial.*ccshare-server migrate"):
        copying.copy(str(path), address)


def test_what_arrives_changed_is_not_kept(
    filled: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = database.insert_into

    def lossy(engine: Any, model: Any, fields: Any, values: Any) -> None:
        rows = list(values)
        if model is models.Part:
            rows[7][-1] += "x"
        real(engine, model, fields, rows)

    monkeypatch.setattr(database, "insert_into", lossy)
    with pytest.raises(copying.CopyError, match=r"parts: .* not the same ones"):
        copying.copy(filled, address)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def test_texts_of_older_versions_are_cleaned(filled: str, address: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE sessions SET title = ? WHERE session_id = 'long'", ("a\0b",))
    copied(filled, address)
    with psycopg.connect(address) as connection:
        query = "SELECT title FROM sessions WHERE session_id = 'long'"
        assert connection.execute(query).fetchone() == ("a\N{REPLACEMENT CHARACTER}b",)


def test_memory_does_not_grow_with_the_rows(filled: str, address: str, tmp_path: Path) -> None:
    rows = [(1, number, "user", "user", "", 0, None, 0, 0, b"x" * 100_000) for number in range(300)]
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("DELETE FROM messages WHERE session_id = 1")
        connection.executemany("INSERT INTO messages VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    del rows
    tracemalloc.start()
    try:
        copying.copy(filled, address)
        copying.copy(address, str(tmp_path / "back" / "s.db"))
        assert tracemalloc.get_traced_memory()[1] < 6 << 20  # the rows are 30 MB
    finally:
        tracemalloc.stop()


def test_the_process_database_is_left_alone(filled: str, address: str) -> None:
    database.open_database(Settings.load({"DATABASE_PATH": filled}))
    copied(filled, address)
    assert models.Session.select().count() == 3
