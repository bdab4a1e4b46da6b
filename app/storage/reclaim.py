"""Give the room of what was deleted back to the disk. PostgreSQL does that by itself.

SQLite keeps free pages in its file and fills them again; with incremental vacuum they can be cut
off a few at a time, while others write in between. A file made before that was switched on keeps
its size (and reuses its room) until someone runs VACUUM on it.
"""

import time

import peewee

from .database import database, fetch_one

_PAGES = 500
"""Per step: some 10 ms of the write lock."""
_KEPT = 1000
"""Free pages that stay for the next uploads."""
_MOST_STEPS = 100_000


def reclaim(pause: float) -> int:
    """Shrink the file by its free pages; how many went. `pause` in seconds between two steps."""
    if not isinstance(database.obj, peewee.SqliteDatabase) or _pragma("auto_vacuum") != 2:
        return 0
    before = free = _pragma("freelist_count")
    for _ in range(_MOST_STEPS):
        if free <= _KEPT:
            break
        # A script: SQLite frees a page per step of this statement, and only a script takes all.
        database.connection().executescript(f"PRAGMA incremental_vacuum({_PAGES})")
        free = _pragma("freelist_count")
        time.sleep(pause)
    return max(0, before - free)


def _pragma(name: str) -> int:
    found = fetch_one(f"PRAGMA {name}", ())
    return int(found[0]) if found else 0
