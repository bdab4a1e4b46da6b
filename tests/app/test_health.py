"""/healthz: the process; /readyz: what it needs."""

import shutil
from pathlib import Path
from typing import Any

import peewee
import pytest
from ccshare.app.storage import database
from flask import Flask
from flask.testing import FlaskClient


def test_it_works(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.data) == (200, b"ok\n")
        assert answer.headers["Cache-Control"] == "no-store"


def no_database(*_: object) -> None:
    raise peewee.OperationalError("cannot reach host=secret.internal user=bob")


def test_without_a_database(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "fetch_one", no_database)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"database: no answer\n")
    assert answer.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200


def test_with_migrations_to_come(app: Flask, client: FlaskClient) -> None:
    database.database.execute_sql("DELETE FROM schema_migration WHERE name = '0003_stored_bytes'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"database: 1 migrations to come\n")


def test_without_a_spool_folder(client: FlaskClient, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "data" / "spool")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"spool folder: No such file or directory\n")


def test_asking_changes_nothing(client: FlaskClient, spool: Any) -> None:
    client.get("/readyz")
    assert spool() == []
