"""A large upload is read by two processes: the same rows, the same refusals, nothing left."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import pytest
from ccshare.app import bodies_process, staging, staging_process, upload_process
from ccshare.app.problems import Problem
from ccshare.app.spool import Spool
from ccshare.app.staging import Staged
from ccshare.transcript.document import Limits


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
    assert (one.said, one.kept) == (both.said, both.kept)
    assert rows_of(one) == rows_of(both)


def growing(
    tmp_path: Path, body: bytes, pieces: int
) -> tuple[Staged, list["subprocess.Popen[bytes] | None"]]:
    """What is staged of a body that came in pieces, and the process there was after each."""
    spool, seen = Spool(tmp_path / "spool"), list["subprocess.Popen[bytes] | None"]()
    size = -(-len(body) // pieces)
    with closing(staging.Staging(spool, Limits(), "refuse")) as stages, spool.file() as file:
        for at in range(0, len(body), size):
            file.write(body[at : at + size])
            file.flush()
            stages.grown(file, at + size)
            seen.append(stages._second._process)
            time.sleep(0.2)
        file.seek(0)
        return stages.staged(file), seen


def test_it_begins_while_the_body_still_comes(
    staged: Callable[..., Staged],
    long_document: bytes,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    one = staged(long_document)
    request.getfixturevalue("two")
    both, seen = growing(tmp_path, long_document, 5)
    assert seen[0] is not None
    assert set(seen) == {seen[0]}
    assert (one.said, one.kept) == (both.said, both.kept)
    assert rows_of(one) == rows_of(both)


def test_it_does_not_wait_for_a_body_that_comes_slowly(
    two: None, long_document: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bodies_process, "_FAST_SECONDS", -1)
    both, seen = growing(tmp_path, long_document, 2)
    both.close()
    assert seen == [None, None]


def test_an_upload_that_breaks_off_leaves_no_process(
    two: None, document: Callable[..., bytes], tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "spool")
    stages = staging.Staging(spool, Limits(), "refuse")
    with spool.file() as file:
        file.write(document())
        stages.grown(file, 1)
    process = stages._second._process
    assert process is not None
    stages.close()
    assert process.returncode == -signal.SIGKILL


def test_it_ends_when_the_serving_process_does(tmp_path: Path) -> None:
    with (tmp_path / "body").open("w+b") as body, (tmp_path / "rows").open("w+b") as rows:
        files = (body.fileno(), rows.fileno())
        task = {"files": files, "limits": asdict(Limits()), "scan": "refuse"}
        command = [sys.executable, "-c", bodies_process._PROGRAM, json.dumps(task)]
        done = subprocess.run(command, input=b"", capture_output=True, pass_fds=files, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


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
    result = bodies_process.SecondProcess.result

    def killed(self: bodies_process.SecondProcess) -> tuple[bodies_process.Kept, IO[bytes]]:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        return result(self)

    monkeypatch.setattr(bodies_process.SecondProcess, "result", killed)
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
    monkeypatch.setattr(bodies_process, "_PROGRAM", "raise SystemExit('there was no place')")
    monkeypatch.setattr(staging_process, "FROM_BYTES", 0)
    monkeypatch.setattr(
        staging.Staging, "_here", lambda *_: pytest.fail("readers would have to wait")
    )
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
