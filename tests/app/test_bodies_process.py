"""A large upload is read by two processes: the same rows, the same refusals, nothing left."""

import io
import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import bodies_process, staging, staging_process, upload_process
from ccshare.app.problems import Problem
from ccshare.app.staging import Staged


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies_process, "FROM_BYTES", 0)
    monkeypatch.setattr(bodies_process.os, "cpu_count", lambda: 2)


def rows_of(staged: Staged) -> list[Any]:
    rows = sorted(repr(row) for row in staged.rows())
    staged.close()
    return rows


def test_two_processes_make_what_one_makes(
    staged: Callable[..., Staged],
    long_document: bytes,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = staged(long_document)
    request.getfixturevalue("two")
    started: list[Any] = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1]
    )
    both = staged(long_document)
    assert len(started) == 1
    assert started[0].returncode is not None
    assert (one.said, one.dictionary) == (both.said, both.dictionary)
    assert rows_of(one) == rows_of(both)


def test_a_secret_is_refused_by_the_second_process(
    two: None, staged: Callable[..., Staged], document: Callable[..., bytes], lines: Any
) -> None:
    key = "ghp_" + "x7Kq2mZ9pL4vT1nW8bR3cY6dF0hJ5sAeGuQi"
    with pytest.raises(Problem) as caught:
        staged(document(lines.user(f"the key is {key} here")))
    if caught.value.kind == "secrets-found":
        assert key not in json.dumps(caught.value.extra)
    assert caught.value.status == 422


def test_a_wrong_document_is_refused_as_ever(
    two: None, staged: Callable[..., Staged], document: Callable[..., bytes]
) -> None:
    with pytest.raises(Problem) as caught:
        staged(document() + b"not json\n")
    assert (caught.value.status, caught.value.kind) == (400, "invalid-document")
    assert "Line 4" in caught.value.detail


def test_a_second_process_that_dies_makes_a_clear_answer(
    two: None,
    staged: Callable[..., Staged],
    document: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dictionary = bodies_process.SecondProcess.dictionary

    def killed(self: bodies_process.SecondProcess) -> bytes:
        os.kill(self._process.pid, signal.SIGKILL)
        return dictionary(self)

    monkeypatch.setattr(bodies_process.SecondProcess, "dictionary", killed)
    with pytest.raises(Problem) as caught:
        staged(document())
    assert caught.value.status == 503
    assert caught.value.headers["Retry-After"]


def test_when_all_places_are_taken_it_is_still_not_done_here(
    two: None,
    staged: Callable[..., Staged],
    document: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies_process, "_start", lambda *_: pytest.fail("there was no place"))
    monkeypatch.setattr(staging_process, "FROM_BYTES", 0)
    monkeypatch.setattr(staging, "_here", lambda *_: pytest.fail("readers would have to wait"))
    places = bodies_process._PLACES
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    try:
        apart = staged(document())
        apart.close()
        assert apart.said.lines == 2
    finally:
        places.release(taken)


def test_the_file_is_read_at_two_places_at_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"".join(b"line %d\n" % n for n in range(100_000)))
    with path.open("rb") as file:
        one = upload_process.shared_file(file.fileno())
        other = upload_process.shared_file(file.fileno())
        assert [one.readline() for _ in range(50_000)] == [other.readline() for _ in range(50_000)]
        assert file.tell() == 0
        assert io.BytesIO(one.read()).getbuffer() == other.read()
