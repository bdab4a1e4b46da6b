"""A database that cannot be written, on SQLite: said so, and forgotten when it is over."""

import errno
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import bodies_process, create_app, staging_process
from ccshare.app.storage import database, models, writer

Document = Callable[..., bytes]


@pytest.fixture
def alice(tmp_path: Path, person: Any) -> Any:
    return person(create_app({"DATABASE_PATH": tmp_path / "data" / "s.db"}), "alice")


def refused(answer: Any) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "60"
    assert answer.json["type"] == "urn:ccshare:problem:no-space"


def test_a_full_disk(alice: Any, long_document: bytes, document: Document) -> None:
    share_id = alice.share(document())
    connection = database.database.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    refused(alice.upload(long_document))
    assert alice.get(f"/s/{share_id}").status_code == 200
    connection.execute("PRAGMA max_page_count = 1000000")
    assert alice.upload(long_document).status_code == 201


def test_a_database_that_may_only_be_read(alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    database.database.connection().execute("PRAGMA query_only = 1")
    refused(alice.upload(document()))
    assert alice.get(f"/s/{share_id}").status_code == 200
    database.database.connection().execute("PRAGMA query_only = 0")
    assert alice.upload(document()).status_code == 200


def test_what_was_answered_is_on_the_disk(alice: Any) -> None:
    # In WAL mode anything less keeps the last commits in the system's memory for a while.
    assert database.fetch_one("PRAGMA synchronous", ()) == (2,)


class Disk:
    """The spool's disk. From its `full`th file on, nothing can be written."""

    def __init__(self, full: int) -> None:
        self._left = full
        self._file = tempfile.TemporaryFile

    def file(self, **options: Any) -> Any:
        self._left -= 1
        return self._file(**options) if self._left > 0 else Path("/dev/full").open("r+b", 0)


@pytest.mark.parametrize("process", [None, staging_process, bodies_process])
@pytest.mark.parametrize("full", [1, 2, 3])
def test_a_full_spool(
    alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch, process: Any, full: int
) -> None:
    if process:
        monkeypatch.setattr(process, "FROM_BYTES", 0)
    monkeypatch.setattr(bodies_process.os, "cpu_count", lambda: 2)
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", Disk(full).file)
        refused(alice.upload(document()))
    assert alice.upload(document()).status_code == 201


def test_a_spool_that_may_only_be_read(
    alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "TemporaryFile", fail)
        refused(alice.upload(document()))
        assert alice.get("/readyz").status_code == 503
    assert alice.upload(document()).status_code == 201


def test_other_faults_of_the_system_stay_faults(
    alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(writer, "save", fail)
    alice.client.application.testing = False
    assert alice.upload(document()).status_code == 500


def test_a_reader_does_not_wait_for_a_writer(alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    statuses: list[int] = []

    def read() -> None:  # a thread that never asked the database before
        statuses.append(alice.get(f"/s/{share_id}").status_code)
        database.leave()

    reader = threading.Thread(target=read)
    with database.transaction():
        models.Session.update(title="In the middle of it").execute()
        reader.start()
        reader.join(3)
        assert statuses == [200]
