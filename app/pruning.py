"""Expired shares go by themselves: a thread in every worker, one of which does it at a time.

Whoever gets the lock file prunes, and its time says when that was last done, across restarts
too. Servers on other machines that share a PostgreSQL may prune as well: harmless, a share goes
once.
"""

import fcntl
import logging
import os
import random
import threading
import time
from pathlib import Path

from .settings import Settings
from .storage import database, writer
from .storage.reclaim import reclaim

_FIRST_SECONDS = 5.0
log = logging.getLogger(__name__)


class Pruner:
    """Prunes every `seconds`, unless another process on this machine just did."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._file = folder / "prune.lock"
        self._seconds = seconds

    def run(self, stop: threading.Event) -> None:
        """Until `stop`: for ever, in a server."""
        # Jitter: workers start together, and should not ask all at once.
        wait = random.uniform(0, min(_FIRST_SECONDS, self._seconds))  # noqa: S311 - not a secret
        while not stop.wait(wait):
            self.once()
            wait = self._seconds * random.uniform(0.9, 1.1)  # noqa: S311

    def once(self) -> int | None:
        """Prune now, if it is time and nobody else does; how many shares went, None = not tried."""
        try:
            with self._file.open("a+b") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return self._prune(held.fileno())
        except BlockingIOError:
            return None
        except Exception:
            # The next round may do better; a thread that ends would never.
            log.exception("pruning failed, next try later")
            return None
        finally:
            database.leave()

    def _prune(self, lock: int) -> int | None:
        found = os.fstat(lock)
        if found.st_size and time.time() - found.st_mtime < self._seconds * 0.8:
            return None
        started = time.monotonic()
        number = writer.prune()
        reclaim(writer.PAUSE)
        os.ftruncate(lock, 0)
        os.write(lock, b"pruned\n")
        if number:
            log.info("pruned %d expired shares in %.1f s", number, time.monotonic() - started)
        return number


def start(settings: Settings) -> None:
    """Begin to prune in this process, unless PRUNE_MINUTES is 0."""
    if settings.prune_minutes:
        pruner = Pruner(settings.data_dir, settings.prune_minutes * 60)
        never = threading.Event()
        threading.Thread(target=pruner.run, args=(never,), name="pruner", daemon=True).start()
