"""What gunicorn calls when processes come and go: the folders of the metrics and of the shared
pages, the threads that prune and sweep, what memory is kept.
"""

import gc
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import fragment_file, held_folder, memory, pruning
from .settings import Settings
from .storage import database, shares

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "ccshare-metrics-"
_folder: Path | None = None


def environment(settings: Settings) -> list[str]:
    """gunicorn's `raw_env`: with metrics on, a fresh folder in which all workers count."""
    global _folder
    if not settings.metrics_token:
        return []
    if _folder is None:
        _folder = held_folder.made(Path(tempfile.gettempdir()), _PREFIX)
    return [f"{_VARIABLE}={_folder}"]


def on_starting(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """The master begins: workers share what they draw, where there are several."""
    settings = Settings.load()
    if settings.fragment_disk_mb and settings.web_concurrency > 1:
        fragment_file.prepare(settings.data_dir, settings.fragment_disk_mb << 20)


def post_worker_init(worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """A worker is ready: it may be the one that prunes. Here, as threads do not survive a fork."""
    memory.give_back()
    gc.freeze()  # what is loaded stays: it need not be looked at again and again
    pruning.start(Settings.load())
    fragment_file.start_sweeping(_living)


def _living(editions: Iterable[fragment_file.Edition]) -> set[fragment_file.Edition]:
    """shares.living for a thread that rests for a minute after it."""
    try:
        return shares.living(editions)
    finally:
        database.leave()


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001
    """A worker ended: what it held open it holds no more; what it counted stays."""
    if _folder is not None:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid, str(_folder))


def on_exit(server: Any) -> None:  # noqa: ARG001
    """The master ends."""
    held_folder.removed(_folder)
    fragment_file.remove()
