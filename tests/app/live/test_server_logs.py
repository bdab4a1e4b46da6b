"""What a real server writes, searched for what must never stand in a log."""

import contextlib
import socket
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

TITLE, TEXT, SEARCHED = "Hush-title-71", "Hush-text-72", "Hush-search-73"


def raw(server: Any, text: str) -> bytes:
    """Send bytes as they are; what came back."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(text.encode())
        connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            return connection.recv(65536)
    return b""


def everything(server: Any) -> tuple[list[str], str]:
    """Use it in every way, wrongly too; the ids that were in use, and a key."""
    key = server.command("key", "create", "alice").stdout.strip()
    bearer = {"Authorization": f"Bearer {key}"}
    ids = [server.upload(f"s{n}", TITLE, TEXT).json()["id"] for n in range(3)]
    first, broken, gone = ids
    for path in ["", "?page=1", f"?q={SEARCHED}", "/messages?page=1", "/items/1", ".jsonl"]:
        assert server.get(f"/s/{first}{path}").status_code == 200
    server.get(f"/api/sessions/{first}/messages", **bearer)
    server.ask("DELETE", f"/api/sessions/{gone}", headers={"Authorization": "Bearer " + "k" * 30})
    for path in [f"/s/{gone}", f"/S/{first}", f"//s/{first}", f"/x/{first}/y", f"/s/{first}%20x"]:
        server.get(path, Referer=f"{server.url}/s/{first}", User_Agent=f"agent {first}")
    server.get("/api/sessions", Authorization="Bearer " + key[:-1] + "!")
    server.upload("s4", TITLE, "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")
    server.ask("POST", "/api/sessions", data=TEXT.encode(), headers=bearer)
    # What gunicorn itself refuses, and quotes.
    raw(server, f"GET /s/{first}?q={SEARCHED} HTTP/9.9\r\n\r\n")
    raw(server, f"G=T /s/{first} HTTP/1.1\r\n\r\n")
    raw(server, f"GET / HTTP/1.1\r\nHost: x\r\nAuthorization Bearer {key}\r\n\r\n")
    raw(server, f"GET / HTTP/1.1\r\nHost: x\r\n{key}: {TEXT}\x00\r\n\r\n")
    raw(server, f"POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{TEXT}")
    # A row that no code expects: the 500 comes with the text in the exception's reach.
    with contextlib.closing(sqlite3.connect(server.folder / "data" / "s.db")) as database:
        database.execute("UPDATE sessions SET header = ? WHERE share_id = ?", (f'"{TEXT}"', broken))
        database.commit()
    server.broken = [server.get(f"/s/{broken}?m=1"), server.get(f"/s/{broken}.jsonl")]
    return ids, key


@pytest.mark.parametrize("kind", ["json", "text"])
def test_logs_hold_no_secret(serve: Callable[..., Any], kind: str) -> None:
    server = serve(LOG_FORMAT=kind, WEB_CONCURRENCY="2", METRICS_TOKEN="m" * 30)
    ids, key = everything(server)
    server.get("/metrics", Authorization="Bearer " + "m" * 30)
    server.stop()
    log = server.log()
    for secret in [*ids, key, key[4:], TITLE, TEXT, SEARCHED, "k" * 30, "m" * 30, "ghp_"]:
        assert secret not in log, secret
    assert f"/s/{ids[0][:4]}********" in log
    assert log.count("malformed request from") >= 3
    assert server.broken[0].status_code == 500
    assert "Traceback" not in log
    assert "session_page.py:" in log


def test_every_line_is_json_and_has_its_fields(serve: Callable[..., Any]) -> None:
    server = serve()
    everything(server)
    answer = server.get("/healthz")
    request_id = answer.headers["X-Request-Id"]
    server.stop()
    lines = server.lines()
    for line in lines:
        assert {"time", "level", "logger", "pid"} <= line.keys()
    found = next(line for line in lines if line.get("request_id") == request_id)
    assert found["endpoint"] == "healthz"
    assert (found["status"], found["bytes"], found["method"]) == (200, 3, "GET")
    assert found["ms"] < 10_000
    # The error's line and its request's line are found by the same id.
    error = next(line for line in lines if line["level"] == "error")
    assert error["request_id"] == server.broken[0].headers["X-Request-Id"]
    assert error["error"] == ["AttributeError"]
