"""The two engines: SQLite in a file, PostgreSQL at an address."""

from pathlib import Path
from typing import Any

import peewee

from ..settings import SettingError

_PRAGMAS = (
    ("busy_timeout", 5000),  # first: switching to WAL may itself have to wait
    ("journal_mode", "wal"),
    ("synchronous", "full"),  # a link that was handed out outlives a power cut
    ("foreign_keys", 1),
    ("journal_size_limit", 64 << 20),
)
_SCHEMES = ("postgres://", "postgresql://")
_peewee: Any = peewee
"""Typed Any: peewee's stubs do not know its hooks."""


class _File(_peewee.SqliteDatabase):
    """SQLite, its file made so that it can shrink (see reclaim)."""

    def _set_pragmas(self, conn: Any) -> None:
        # In a file that is there already this would change nothing, yet wait for whoever writes:
        # a reader's new connection must not.
        if not conn.execute("PRAGMA page_count").fetchone()[0]:
            conn.execute("PRAGMA auto_vacuum = incremental")
        super()._set_pragmas(conn)


def is_address(place: str | Path) -> bool:
    """True if `place` is PostgreSQL's address and not a file's path."""
    return isinstance(place, str) and place.startswith(_SCHEMES)


def engine(place: str | Path, threads: int = 1) -> Any:
    """A peewee database for a file's path or a PostgreSQL address; connects when first used.

    `threads` may each hold a connection at the same time. Raises SettingError if the address
    is malformed or its driver is not installed.
    """
    if not is_address(place):
        # IMMEDIATE: a transaction that will write takes its place in the queue when it begins,
        # where waiting works, and not in its middle, where SQLite gives up at once.
        return _File(str(place), pragmas=_PRAGMAS, lock_type="IMMEDIATE", timeout=5)
    try:
        from . import postgresql
    except ImportError as error:
        raise SettingError(
            "DATABASE_URL needs the driver of PostgreSQL: pip install 'ccshare[postgres]' "
            f"(in a checkout: pip install '.[server,postgres]'). Python says: {error}"
        ) from None
    return postgresql.engine(str(place), threads)


def is_postgresql(database: Any) -> bool:
    """True if this peewee database speaks to PostgreSQL."""
    return isinstance(database, peewee.PostgresqlDatabase)
