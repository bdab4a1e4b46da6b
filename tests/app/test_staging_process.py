"""An upload of some megabytes is staged by a process of its own: with the same result."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import staging, staging_process
from ccshare.app.problems import Problem
from ccshare.app.spool import Spool
from ccshare.app.staging import Staged
from ccshare.transcript.document import Limits


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging_process, "FROM_BYTES", 0)
    monkeypatch.setattr(
        staging.Staging, "_here", lambda *_: pytest.fail("not by a process of its own")
    )


def test_it_makes_what_is_made_here(
    staged: Callable[..., Staged], long_document: bytes, request: pytest.FixtureRequest
) -> None:
    here = staged(long_document)
    request.getfixturevalue("apart")
    there = staged(long_document)
    assert (here.said, here.kept) == (there.said, there.kept)
    assert here.stored_bytes == there.stored_bytes
    assert list(here.rows()) == list(there.rows())
    here.close()
    there.close()


@pytest.mark.parametrize(
    ("extra", "limits", "status", "kind"),
    [
        (b"not json\n", None, 400, "invalid-document"),
        (b"", Limits(total_bytes=100), 413, "too-large"),
    ],
)
def test_refusals_are_the_same(
    apart: None,
    staged: Callable[..., Staged],
    document: Callable[..., bytes],
    extra: bytes,
    limits: Limits | None,
    status: int,
    kind: str,
) -> None:
    with pytest.raises(Problem) as caught:
        staged(document() + extra, limits)
    assert (caught.value.status, caught.value.kind) == (status, kind)


def test_a_secret_is_refused(
    apart: None, staged: Callable[..., Staged], document: Callable[..., bytes]
) -> None:
    key = "ghp_" + "x7Kq2mZ9pL4vT1nW8bR3cY6dF0hJ5sAeGuQi"
    with pytest.raises(Problem) as caught:
        staged(document(title=key))
    assert caught.value.status == 422
    assert caught.value.extra["findings"]


def test_a_process_that_dies_makes_a_clear_answer(
    apart: None,
    staged: Callable[..., Staged],
    document: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staging_process, "_PROGRAM", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Problem) as caught:
        staged(document())
    assert caught.value.status == 503
    assert caught.value.headers["Retry-After"]


def test_the_line_is_bounded(
    apart: None,
    staged: Callable[..., Staged],
    document: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staging_process, "WAIT_SECONDS", 0.05)
    for _ in range(os.cpu_count() or 1):
        assert staging_process._PLACES.acquire(blocking=False)
    try:
        with pytest.raises(Problem) as caught:
            staged(document())
    finally:
        staging_process._PLACES.release(os.cpu_count() or 1)
    assert caught.value.status == 503


@pytest.mark.parametrize("process", ["staging_process", "bodies_process"])
def test_its_start_is_light(process: str) -> None:
    program = f"import sys, ccshare.app.{process}; print(sorted(sys.modules))"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for heavy in ("flask", "peewee", "limits", "jinja2", "gunicorn"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize("task", [b"", pickle.dumps((asdict(Limits()), "refuse"))], ids=len)
def test_it_ends_quietly_when_nobody_waits(task: bytes, tmp_path: Path, document: Any) -> None:
    body, spool = tmp_path / "body", Spool(tmp_path / "spool")
    body.write_bytes(document())
    reader, writer = os.pipe()
    os.close(reader)  # whoever would have read the answer was killed
    with (
        body.open("rb") as first,
        spool.file() as second,
        spool.file() as third,
    ):
        files = (first.fileno(), second.fileno(), third.fileno())
        done = subprocess.run(
            [sys.executable, "-c", staging_process._PROGRAM, *map(str, files)],
            input=task,
            stdout=writer,
            stderr=subprocess.PIPE,
            pass_fds=files,
        )
    os.close(writer)
    assert done.stderr == b""
