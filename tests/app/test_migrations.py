"""An old database with shares comes up to date: nothing is lost, and what was not there is made."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import create_app, keys
from ccshare.app.storage import database, engines, models
from ccshare.app.storage.models import TABLES
from flask import Flask
from playhouse.migrations import Runner

MakeApp = Callable[..., Flask]
OLD = "0002_planned_indexes"
"""The last migration of the release before."""


@pytest.fixture
def before(
    tmp_path: Path, lines: Any, document: Any, long_document: bytes, png: bytes, person: Any
) -> Iterator[Path]:
    """A file with shares of all kinds, made by the server of today."""
    path = tmp_path / "today" / "sessions.db"
    alice = person(create_app({"DATABASE_PATH": path}), "alice")
    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}
    image = lines.user([{"type": "image", "source": source}])
    spilled = {"type": "ccshare-file", "path": "tool-results/x.txt"}
    text = {"type": "ccshare-text", "text": "much output"}
    alice.share(document(image, lines.answer("b"), spilled, text, session_id="files"))
    alice.share(long_document)
    alice.delete(alice.share(document(session_id="gone")))
    database.close_database()
    yield path


@pytest.fixture
def rows(before: Path) -> dict[str, list[dict[str, Any]]]:
    """What it holds, by table and column."""
    engine = engines.engine(before)
    with engine.bind_ctx(TABLES):
        found = {t._meta.table_name: list(t.select().dicts()) for t in TABLES}
        kept = {name: [_columns(name, row) for row in got] for name, got in found.items()}
    engine.close()
    return kept


def _columns(table: str, row: dict[str, Any]) -> dict[str, Any]:
    fields = next(t for t in TABLES if t._meta.table_name == table)._meta.fields
    return {fields[name].column_name: value for name, value in row.items()}


@pytest.fixture
def old(database_settings: dict[str, str], rows: Any) -> dict[str, int]:
    """The database of this test as the release before left it; the rows of its tables."""
    Path(database_settings["DATABASE_PATH"]).parent.mkdir(parents=True)
    place = database_settings.get("DATABASE_URL") or database_settings["DATABASE_PATH"]
    engine = engines.engine(place)
    Runner(engine, str(database.MIGRATIONS)).up(OLD)
    counts: dict[str, int] = {}
    for table in TABLES:
        name = table._meta.table_name
        if not engine.table_exists(name):
            continue
        columns = [column.name for column in engine.get_columns(name)]
        fields = [f for f in table._meta.sorted_fields if f.column_name in columns]
        values = [[row[field.column_name] for field in fields] for row in rows[name]]
        with engine.atomic():
            database.insert_into(engine, table, fields, values)
        counts[name] = len(values)
    if engines.is_postgresql(engine):
        engine.execute_sql("SELECT setval(pg_get_serial_sequence('api_keys', 'id'), 100)")
        engine.close_all()
    else:
        engine.close()
    return counts


def test_the_old_database_is_an_old_one(old: dict[str, int]) -> None:
    assert "turns" not in old
    assert (old["sessions"], old["messages"]) == (2, 482)
    assert min(old[name] for name in ("parts", "files", "images", "api_keys", "gone")) > 0


def test_no_row_is_lost(old: dict[str, int], rows: Any, make_app: MakeApp) -> None:
    make_app()
    assert database.pending() == []
    now = {t._meta.table_name: list(t.select().dicts()) for t in TABLES}
    assert {name: len(now[name]) for name in old} == old
    found = {row["session"]: row for row in now["messages"]}
    assert set(found) == {row["id"] for row in now["sessions"]}
    for table in ("messages", "parts", "files", "images", "api_keys", "gone"):
        made = [_columns(table, row) for row in now[table]]
        assert sorted(map(_plain, made)) == sorted(map(_plain, rows[table]))
    # What a share takes is counted as an upload of today counts it.
    stored = {row["share_id"]: row["stored_bytes"] for row in rows["sessions"]}
    assert {row["share_id"]: row["stored_bytes"] for row in now["sessions"]} == stored


def _plain(row: dict[str, Any]) -> str:
    return repr({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()})


@pytest.mark.usefixtures("old")
def test_an_old_share_is_indexed_when_it_is_read(rows: Any, make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert models.Turn.select().count() == models.WordList.select().count() == 0
    for share in rows["sessions"]:
        place = f"/s/{share['share_id']}"
        assert client.get(place).status_code == 200
        assert client.get(f"{place}.jsonl").status_code == 200
        assert client.get(f"{place}?q=number").status_code == 200
    for table in (models.Turn, models.Change, models.WordList):
        made = [_columns(table._meta.table_name, row) for row in table.select().dicts()]
        assert sorted(map(_plain, made)) == sorted(map(_plain, rows[table._meta.table_name]))
    # The sizes of downloads are known from uploads alone; without them a page names none.
    unknown = dict.fromkeys(("bytes", "md", "txt", "json"), 0)
    counts = {row["share_id"]: json.loads(row["counts"]) for row in rows["sessions"]}
    for share in models.Session.select():
        assert {**unknown, **json.loads(share.counts)} == {**counts[share.share_id], **unknown}


@pytest.mark.usefixtures("old")
def test_rows_still_go_with_their_share(make_app: MakeApp, person: Any) -> None:
    alice = person(make_app(), "alice")
    for share in list(models.Session.select()):
        assert alice.delete(share.share_id).status_code == 204
    for table in (models.Message, models.Part, models.File, models.Image):
        assert table.select().count() == 0
    assert keys.create("somebody")
