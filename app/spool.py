"""Temporary files for uploads, beside the database so that they share its disk, not memory."""

import contextlib
import io
import os
import tempfile
import time
from pathlib import Path
from typing import IO, Any, cast

from . import metrics

_STALE = 3600  # seconds


class Spool:
    """A folder of nameless files: they vanish when closed, or when the process dies.

    Nothing has to be cleaned after a crash, except where the system cannot make nameless files
    and the crash fell between making and unlinking one; `__init__` removes such leftovers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()

    def file(self) -> IO[bytes]:
        """A new empty file, open for writing and reading."""
        with tempfile.TemporaryFile(dir=self._folder, buffering=0) as made:
            return cast(IO[bytes], _Buffered(_Counted(os.dup(made.fileno()), "r+b")))

    def _sweep(self) -> None:
        # Another worker may be making a file this very moment: only old ones go.
        for leftover in self._folder.iterdir():
            with contextlib.suppress(OSError):
                if leftover.is_file() and time.time() - leftover.stat().st_mtime > _STALE:
                    leftover.unlink()


class _Buffered(io.BufferedRandom):
    def close(self) -> None:
        """Give the disk space back. What no longer fits on the disk is not wanted any more."""
        with contextlib.suppress(OSError):
            super().close()


class _Counted(io.FileIO):
    """A file that tells the metrics how large it is, as nobody could find it to ask."""

    size = 0

    def write(self, data: Any, /) -> int:
        """Write, and count by how much the file grew; all writing here is at its end."""
        written = super().write(data) or 0
        self.size += written
        metrics.current().spooled(written)
        return written

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move, and count what another process wrote: it has to be found before it is read."""
        written = os.fstat(self.fileno()).st_size - self.size
        if written > 0:
            self.size += written
            metrics.current().spooled(written)
        return super().seek(offset, whence)

    def close(self) -> None:
        """Give the disk space back."""
        super().close()
        metrics.current().spooled(-self.size)
        self.size = 0
