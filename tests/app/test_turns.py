"""Writers take turns; uploads leave threads to readers."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app.places import NoPlace, UploadPlaces
from ccshare.app.storage import database
from ccshare.app.storage.turns import NoTurn, Turns
from flask import Flask

HOLD = """
import sys, pathlib
from ccshare.app.storage.turns import Turns
with Turns(pathlib.Path(sys.argv[1])).mine():
    print("mine", flush=True)
    sys.stdin.readline()
"""


def test_the_first_in_line_is_the_first_served(tmp_path: Path) -> None:
    line, order = Turns(tmp_path / "turn"), []

    def write(n: int) -> None:
        with line.mine():
            order.append(n)

    with line.mine():
        waiting = []
        for n in range(8):
            waiting.append(threading.Thread(target=write, args=(n,)))
            waiting[-1].start()
            while len(line._line) < n + 2:
                time.sleep(0.001)
        assert order == []
    for thread in waiting:
        thread.join()
    assert order == list(range(8))


def test_another_process_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "turn"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(NoTurn), Turns(path).mine(0.1):
            pass
        other.kill()  # however it ends, the turn is free then
    with Turns(path).mine(5):
        pass


def test_who_gave_up_stands_in_nobodys_way(tmp_path: Path) -> None:
    line = Turns(tmp_path / "turn")
    with line.mine():
        waiting = threading.Thread(target=lambda: _try(line))
        waiting.start()
        waiting.join()
    with line.mine(0.1):
        pass


def _try(line: Turns) -> None:
    with pytest.raises(NoTurn), line.mine(0.05):
        pass


@pytest.mark.sqlite
def test_no_turn_is_a_busy_server(
    alice: Any, document: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = database._turns
    assert line is not None
    monkeypatch.setattr(database, "_turns", _Impatient(line._path))
    with line.mine():
        answer = alice.upload(document())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert alice.upload(document()).status_code == 201


class _Impatient(Turns):
    def mine(self, seconds: float = 0.05) -> Any:
        return super().mine(seconds)


def test_uploads_leave_threads_to_readers() -> None:
    assert [UploadPlaces(n).number for n in (1, 2, 8, 12, 40)] == [1, 1, 4, 6, 32]


def test_one_upload_too_many(app: Flask, alice: Any, document: Callable[..., bytes]) -> None:
    places = app.extensions["ccshare"].places
    for _ in range(places.number):
        assert places._free.acquire(blocking=False)
    with pytest.raises(NoPlace), places.taken():
        pass
    answer = alice.upload(document())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json["type"] == "urn:ccshare:problem:busy"
    assert alice.get("/api/sessions").json["sessions"] == []
    places._free.release()
    assert alice.upload(document()).status_code == 201
