"""`ccshare-server`, as an operator types it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import gunicorn_conf, keys
from ccshare.app.ids import mask
from ccshare.app.storage import database, models, writer
from flask import Flask

Document = Callable[..., bytes]


def test_it_works(server: Callable[..., int], capsys: Any, app: Flask) -> None:
    assert server("key", "create", "alice") == 0
    printed = capsys.readouterr()
    assert keys.well_formed(printed.out.strip())
    assert printed.out.count("\n") == 1
    assert "ccs_" not in printed.err


def test_key_list_and_revoke(server: Callable[..., int], capsys: Any) -> None:
    server("key", "create", "alice")
    key = capsys.readouterr().out.strip()
    server("key", "list")
    listed = capsys.readouterr().out
    assert listed.startswith(f"alice\tccs_{key[4:12]}…\t")
    assert key not in listed
    assert server("key", "revoke", "alice") == 0
    assert server("key", "revoke", "alice") == 1
    capsys.readouterr()
    server("key", "list")
    assert "revoked" in capsys.readouterr().out


def test_one_key_of_an_owner_is_revoked_by_its_start(
    server: Callable[..., int], capsys: Any
) -> None:
    server("key", "create", "alice")
    server("key", "create", "alice")
    first, second = capsys.readouterr().out.split()
    assert server("key", "revoke", first) == 0
    database.open_database(_settings())
    assert (keys.owner_of(first, ""), keys.owner_of(second, "")) == (None, "alice")
    database.close_database()


def _settings() -> Any:
    from ccshare.app.settings import Settings

    return Settings.load()


def test_bad_names_and_settings(
    server: Callable[..., int], capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server("key", "create", "a b") == 2
    monkeypatch.setenv("PORT", "many")
    assert server("key", "list") == 2
    assert "PORT must be" in capsys.readouterr().err


def test_sessions(server: Callable[..., int], alice: Any, document: Document, capsys: Any) -> None:
    share_id = alice.share(document(title="Red\x1b[31m title"))
    assert server("sessions", "list") == 0
    listed = capsys.readouterr().out
    assert listed.startswith(f"{share_id}\talice\t")
    assert "\x1b" not in listed
    assert server("sessions", "remove", f"https://share.example.org/s/{share_id}") == 0
    assert server("sessions", "remove", share_id) == 1
    assert alice.get(f"/s/{share_id}").status_code == 410


def test_prune(
    server: Callable[..., int],
    alice: Any,
    document: Document,
    capsys: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alice.share(document(expires_in="1d"))
    later = time.time() + 2 * 86_400
    monkeypatch.setattr(writer.time, "time", lambda: later)
    assert server("prune") == 0
    assert "1 expired" in capsys.readouterr().err


def test_migrate_and_the_models_agree(server: Callable[..., int], app: Flask) -> None:
    assert server("migrate") == 0
    database.database.connect(reuse_if_open=True)
    for table in models.TABLES:
        made = {c.name: c.null for c in database.database.get_columns(table._meta.table_name)}
        meant = {field.column_name: field.null for field in table._meta.sorted_fields}
        assert made == meant
        indexes = {tuple(i.columns) for i in database.database.get_indexes(table._meta.table_name)}
        for names, _ in table._meta.indexes:
            assert tuple(table._meta.fields[name].column_name for name in names) in indexes


def test_many_workers_may_start_at_once(database_settings: dict[str, str]) -> None:
    environment = {**os.environ, **database_settings}
    command = [sys.executable, "-m", "ccshare.app", "migrate"]

    def run(_: int) -> int:
        return subprocess.run(command, env=environment, capture_output=True).returncode

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [0] * 4


def test_logs_never_hold_a_whole_id() -> None:
    share_id = "abcdEFGH1234"
    for path in [
        f"/s/{share_id}",
        f"/s/{share_id}.jsonl",
        f"GET /api/sessions/{share_id}/messages",
    ]:
        assert share_id not in mask(path)
        assert "abcd****" in mask(path)
    assert mask("/s/short and /static/app.0123456789ab.css") == (
        "/s/short and /static/app.0123456789ab.css"
    )


def test_gunicorn_settings_are_the_documented_ones() -> None:
    assert gunicorn_conf.worker_class == "ccshare.app.worker.DrainingWorker"
    assert (gunicorn_conf.workers, gunicorn_conf.threads) == (1, 40)
    assert gunicorn_conf.graceful_timeout == 25
    assert gunicorn_conf.bind.endswith(":3000")


def test_serve(tmp_path: Path, database_settings: dict[str, str], document: Document) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        **database_settings,
        "PORT": str(port),
        "SHARE_API_KEY": "k" * 30,
    }
    log = tmp_path / "log"
    command = [sys.executable, "-m", "ccshare.app", "serve", "--bind", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        share_id = _use(f"http://127.0.0.1:{port}", document())
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    text = log.read_text()
    assert share_id not in text
    assert re.search(rf'"GET /s/{share_id[:4]}\*{{8}}" 200 ', text)
    assert "kkkk" not in text
    assert list((tmp_path / "data" / "spool").iterdir()) == []


def _use(base: str, body: bytes) -> str:
    """Upload and read as soon as the server answers; the id."""
    for _ in range(600):
        try:
            urllib.request.urlopen(base + "/healthz").close()
            break
        except OSError:
            time.sleep(0.1)
    request = urllib.request.Request(
        base + "/api/sessions", body, {"Authorization": "Bearer " + "k" * 30}
    )
    with urllib.request.urlopen(request) as answer:
        share_id = re.search(rb'"id":"(\w{12})"', answer.read())[1].decode()
    with urllib.request.urlopen(f"{base}/s/{share_id}") as answer:
        assert b"What is in this folder?" in answer.read()
    return share_id
