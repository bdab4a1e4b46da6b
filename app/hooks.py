"""What gunicorn calls when processes come and go: the folder of the metrics, the pruning thread,
what memory is kept.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from . import memory, pruning
from .settings import Settings

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "ccshare-metrics-"
_folder: str | None = None


def environment(settings: Settings) -> list[str]:
    """gunicorn's `raw_env`: with metrics on, a fresh folder in which all workers count."""
    global _folder
    if not settings.metrics_token:
        return []
    if _folder is None:
        _sweep(Path(tempfile.gettempdir()))
        _folder = _held_folder()
    return [f"{_VARIABLE}={_folder}"]


def _held_folder() -> str:
    while True:
        made = tempfile.mkdtemp(prefix=_PREFIX)
        # Another server that starts at this moment may have swept it away before it was held.
        with contextlib.suppress(OSError):
            _hold(made)
            if Path(made).is_dir():
                return made


def _sweep(place: Path) -> None:
    """Remove the folders of servers that were killed: nobody holds them any more."""
    for found in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # held, another user's, or gone meanwhile
            lock = _hold(found)
            try:
                shutil.rmtree(found, ignore_errors=True)
            finally:
                os.close(lock)


def _hold(folder: str | Path) -> int:
    """Lock a folder until the file is closed, and so by all workers too: they inherit it.

    Raises OSError if it is held already.
    """
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def post_worker_init(worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """A worker is ready: it may be the one that prunes. Here, as threads do not survive a fork."""
    memory.give_back()
    pruning.start(Settings.load())


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A worker ended: what it held open it holds no more; what it counted stays."""
    if _folder is not None:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid, _folder)


def on_exit(server: Any) -> None:  # noqa: ARG001
    """The master ends."""
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
