"""Folders that belong to one running server: its processes hold them, and they go with it.

What a killed server left is removed by the next one that starts.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path


def made(place: Path, prefix: str) -> Path:
    """A new empty folder in `place`, for this user alone, held by this process and its children.

    Removes those with the same prefix that nobody holds. Raises OSError.
    """
    _sweep(place, prefix)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        # Another server that starts at this moment may have swept it away before it was held.
        with contextlib.suppress(OSError):
            _hold(folder)
            if folder.is_dir():
                return folder


def removed(folder: Path | None) -> None:
    """Remove it with all that is in it, at the end of the server."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path, prefix: str) -> None:
    for found in place.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):  # held, another user's, or gone meanwhile
            lock = _hold(found)
            try:
                shutil.rmtree(found, ignore_errors=True)
            finally:
                os.close(lock)


def _hold(folder: Path) -> int:
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
