"""Real workers that share what they draw, in a file that goes with its server."""

import os
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import requests

ADMIN = {"Authorization": "Bearer " + "k" * 30}
Serve = Callable[..., Any]


def folders(server: Any) -> list[Path]:
    return list((server.folder / "data").glob("fragments-*"))


def held(server: Any) -> bytes:
    """All that lies in the server's folder of shared pages."""
    (folder,) = folders(server)
    return b"".join(path.read_bytes() for path in folder.iterdir())


def read_by_both(server: Any, path: str) -> set[bytes]:
    """What the workers answer, asked until each of them has."""
    bodies, until = set[bytes](), time.monotonic() + 60
    while len(server.workers("/s/")) < 2:
        assert time.monotonic() < until, "one worker answered everything"
        bodies |= {answer.content for answer in server.ask_together(path, 6)}
    return bodies


def test_it_works(serve: Serve) -> None:
    server = serve(WEB_CONCURRENCY="2")
    (folder,) = folders(server)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    share_id = server.upload(text="Please read this").json()["id"]
    assert len(read_by_both(server, f"/s/{share_id}")) == 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert share_id.encode() in held(server)
    assert server.ask("DELETE", f"/api/sessions/{share_id}", headers=ADMIN).status_code == 204
    assert share_id.encode() not in held(server)
    assert {server.get(f"/s/{share_id}").status_code for _ in range(20)} == {410}
    server.stop()
    assert folders(server) == []
    assert "Traceback" not in server.log()


def test_workers_may_be_killed(serve: Serve) -> None:
    server = serve(WEB_CONCURRENCY="2")
    ids = [server.upload(f"s{n}").json()["id"] for n in range(5)]
    for share_id in ids:
        for child in psutil.Process(server.process.pid).children():
            os.kill(child.pid, signal.SIGKILL)
        for _ in range(100):
            try:
                assert server.get(f"/s/{share_id}").status_code == 200
                break
            except requests.ConnectionError:
                time.sleep(0.1)
    assert [share_id for share_id in ids if share_id.encode() not in held(server)] == []


def test_what_a_killed_server_left_goes_at_the_next_start(serve: Serve) -> None:
    first = serve(WEB_CONCURRENCY="2")
    (left,) = folders(first)
    workers = psutil.Process(first.process.pid).children()
    first.process.kill()
    psutil.wait_procs(workers, 30)
    assert left.is_dir()
    second = serve(WEB_CONCURRENCY="2", DATABASE_PATH=first.environment["DATABASE_PATH"])
    assert len(folders(first)) == 1
    assert not left.exists()
    second.stop()


def test_off_there_is_no_folder(serve: Serve) -> None:
    for settings in ({"WEB_CONCURRENCY": "1"}, {"WEB_CONCURRENCY": "2", "FRAGMENT_DISK_MB": "0"}):
        server = serve(**settings)
        share_id = server.upload().json()["id"]
        assert server.get(f"/s/{share_id}").status_code == 200
        assert folders(server) == []
        server.stop()
