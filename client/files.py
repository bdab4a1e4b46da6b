"""Writing files of one's own: whole or not at all, and for this user's eyes only."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) that takes the place of `path` when the block ends well.

    If the block fails, `path` is as it was before and nothing is left beside it.
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def private_folder(path: Path) -> Path:
    """The folder, made for this user alone (0700) if it is not there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
