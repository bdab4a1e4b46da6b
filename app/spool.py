"""Temporary files for uploads, beside the database so that they share its disk, not memory."""

import contextlib
import tempfile
import time
from pathlib import Path
from typing import IO

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
        return tempfile.TemporaryFile(dir=self._folder)

    def _sweep(self) -> None:
        # Another worker may be making a file this very moment: only old ones go.
        for leftover in self._folder.iterdir():
            with contextlib.suppress(OSError):
                if leftover.is_file() and time.time() - leftover.stat().st_mtime > _STALE:
                    leftover.unlink()
