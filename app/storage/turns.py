"""Writers of one SQLite file take turns, in this process and between processes.

SQLite itself only polls: with many writers one of them may find the lock taken at each look until
its time is up. Here the writers of a process stand in line, and only the first of each process
tries for the file.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.01


class NoTurn(Exception):
    """The turn did not come in time."""


class Turns:
    """The line for one file. `path` is made beside it, stays empty and is never removed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()

    @contextmanager
    def mine(self, seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """Wait for the turn and have it until the block ends. Raises NoTurn after `seconds`."""
        until = time.monotonic() + seconds
        place = threading.Event()
        with self._guard:
            self._line.append(place)
            if self._line[0] is place:
                place.set()
        try:
            if not place.wait(until - time.monotonic()):
                raise NoTurn
            with self._locked(until):
                yield
            self._let_others()
        finally:
            self._leave(place)

    @contextmanager
    def _locked(self, until: float) -> Iterator[None]:
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            yield  # a full disk, or one to read from only: SQLite itself says it best
            return
        try:
            while not _try(file):
                if time.monotonic() >= until:
                    raise NoTurn
                time.sleep(_POLL_SECONDS)
            yield
        finally:
            os.close(file)  # which gives the lock up

    def _let_others(self) -> None:
        """Give the other processes a moment before the next one of this process tries."""
        if len(self._line) > 1:
            time.sleep(2 * _POLL_SECONDS)

    def _leave(self, place: threading.Event) -> None:
        with self._guard:
            self._line.remove(place)
            if self._line:
                self._line[0].set()


def _try(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
