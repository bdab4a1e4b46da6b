"""100 MB: upload to a readable first page, against claude-code-log rendering the same file."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from .server import running, upload
from .sessions import megabytes
from .table import Figure, at_most


def ours(session: Path) -> float:
    """Seconds from the client's start until the first page has been read."""
    with running() as server:
        done = upload(server, session)
        started = time.perf_counter()
        requests.get(done.url, timeout=60).raise_for_status()
        return done.seconds + time.perf_counter() - started


def theirs(session: Path) -> float:
    """Seconds that claude-code-log takes to render the file to HTML."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / session.name
        shutil.copyfile(session, copy)
        started = time.perf_counter()
        subprocess.run(
            [
                str(Path(sys.executable).with_name("claude-code-log")),
                str(copy),
                "-o",
                f"{folder}/out.html",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        return time.perf_counter() - started


def figures() -> Iterator[Figure]:
    """Both on the same file, one after the other."""
    session = megabytes(100)
    mine, other = ours(session), theirs(session)
    yield at_most(
        "100 MB to a readable first page, against claude-code-log",
        mine / other,
        0.25,
        note=f" ({mine:.1f} / {other:.1f} s)",
    )
