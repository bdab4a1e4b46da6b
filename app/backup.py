"""A copy of the SQLite file, taken while the server works."""

import os
import sqlite3
import tempfile
from pathlib import Path


class BackupError(Exception):
    """The backup could not be made; the text says why and what to do."""


def backup(source: Path, target: Path) -> tuple[int, int]:
    """Copy the database `source` to the new file `target`; its shares and its bytes.

    One snapshot, whatever is written meanwhile; writers do not wait for it. `target` is there
    whole or not at all, readable by this user alone, and never replaces a file. Raises
    BackupError.
    """
    if not source.is_file():
        raise BackupError(f"there is no database at {source}; set DATABASE_PATH")
    if target.exists():
        raise BackupError(f"{target} exists and is not overwritten; name a new file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise BackupError(f"cannot write into {target.parent}: {error.strerror}") from error
    os.close(handle)
    made = Path(name)
    try:
        shares = _copy(source, made)
        _sync(made)
        target.hardlink_to(made)  # unlike a rename it fails if someone made the target meanwhile
        _sync(target.parent)
        return shares, target.stat().st_size
    except FileExistsError:
        raise BackupError(f"{target} exists and is not overwritten; name a new file") from None
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"the backup to {target} failed: {error}") from error
    finally:
        made.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> int:
    """Copy, then look whether the copy is whole; the number of shares in it."""
    # In one step: page by page it would start again whenever another process writes.
    # mode=rw, as a reader of a WAL may have to make its index; nothing is changed in the file.
    uri = f"{source.resolve().as_uri()}?mode=rw"
    opened = sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        opened.backup(copy, pages=-1)
        # A single file, that can be moved anywhere: no write-ahead log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        problem = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {problem}")
        return copy.execute("SELECT COUNT(*) FROM sessions").fetchone()[0]
    finally:
        copy.close()
        opened.close()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
