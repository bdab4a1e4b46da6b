"""How many uploads a worker takes at once, so that readers always find a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_FOR_READERS = 8


class NoPlace(Exception):
    """All places are taken."""


class UploadPlaces:
    """All of `threads` but eight; of few threads half, at least one."""

    def __init__(self, threads: int) -> None:
        self.number = max(1, threads // 2, threads - _FOR_READERS)
        self._free = threading.BoundedSemaphore(self.number)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have a place until the block ends. Raises NoPlace at once if there is none."""
        if not self._free.acquire(blocking=False):
            raise NoPlace
        try:
            yield
        finally:
            self._free.release()
