"""The document on its way: packed into a nameless temporary file, never held in memory."""

import importlib
import tempfile
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, BinaryIO, cast

GZIP = 31  # zlib's word for "with a gzip header"
LEVEL = 4
"""Measured: 4 % more bytes than level 6 for two thirds of its time."""
FAST_LEVEL = 2
"""Of isal: 8 % more bytes than zlib's level 4 for a tenth of its time."""
CHUNK = 128 << 10
"""Bytes packed at once: large enough that packing runs beside the work that fills the next."""
AHEAD = 2


def packer_of_member() -> Any:
    """Packs one gzip member, by isal where it is installed (extra `[fast]`)."""
    try:
        isal = importlib.import_module("isal.isal_zlib")
    except ImportError:
        return zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return isal.compressobj(FAST_LEVEL, isal.DEFLATED, GZIP)


def packed(data: bytes) -> bytes:
    """The bytes as one gzip member."""
    packer = packer_of_member()
    return packer.compress(data) + packer.flush()


class Spool:
    """A gzip member that grows on disk (mode 0600) and is gone when closed, or when we die."""

    def __init__(self) -> None:
        self.file = cast(BinaryIO, tempfile.TemporaryFile(prefix="ccshare-"))  # noqa: SIM115
        self._packer = packer_of_member()
        # zlib works without Python's lock: one thread packs while the other redacts.
        self._thread = ThreadPoolExecutor(1, "packing")
        self._packing: deque[Future[None]] = deque()
        self._waiting = bytearray()
        self.plain_size = 0
        """Bytes written so far, before packing."""

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(cancel_futures=True)
        self.file.close()

    def write(self, data: bytes) -> None:
        """Add to the member. Raises OSError, for what was added before, if the disk is full."""
        self.plain_size += len(data)
        self._waiting += data
        if len(self._waiting) >= CHUNK:
            self._hand_over(AHEAD)

    def finish(self) -> int:
        """End the member and rewind the file; returns its packed size in bytes."""
        self._hand_over(0)
        self.file.write(self._packer.flush())
        size = self.file.tell()
        self.file.seek(0)
        return size

    def _hand_over(self, ahead: int) -> None:
        """Let the thread pack what waits; go on when at most `ahead` chunks are unpacked."""
        self._packing.append(self._thread.submit(self._pack, bytes(self._waiting)))
        self._waiting.clear()
        while len(self._packing) > ahead:
            self._packing.popleft().result()

    def _pack(self, data: bytes) -> None:
        self.file.write(self._packer.compress(data))
