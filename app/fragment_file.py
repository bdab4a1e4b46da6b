"""Rendered pages that all workers of one server share: an SQLite file, bounded by bytes.

It is a cache and no more: whatever fails is a miss, a file that cannot be read is emptied, and
an entry counts only under the seal of the server that wrote it. What belongs to a share that is
gone is overwritten with zeros: at once by the worker that removes it, within a minute (see
`Sweeper`) if someone else did. The journal is truncated after each change, and not a WAL, as
that would keep old pages.
"""

import hashlib
import hmac
import logging
import os
import random
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from . import held_folder

SWEEP_SECONDS = 50.0
_PREFIX = "fragments-"
_WAIT_SECONDS = 0.1
"""For whoever reads or writes at the moment; drawing a page takes no longer."""
_PAGE = 4096
_EVICTED = 64
"""Entries that go at a time when the file is full, oldest first."""
_TRIES = 4
_LARGEST = 4
"""An entry takes no more than this part of the file."""
_PRAGMAS = ("journal_mode = TRUNCATE", "synchronous = OFF", "secure_delete = ON")
_TABLE = """
CREATE TABLE IF NOT EXISTS fragments (
    id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, share TEXT NOT NULL,
    edition INTEGER NOT NULL, size INTEGER NOT NULL, seal BLOB NOT NULL, body BLOB NOT NULL)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS by_share ON fragments (share, edition)"

Edition = tuple[str, int]
"""A share's id and its edition."""
T = TypeVar("T")
log = logging.getLogger(__name__)


class Packed(NamedTuple):
    """A body compressed with gzip, and its bytes before that."""

    body: bytes
    size: int


class FragmentFile:
    """One server's file. Safe for threads; opened by each process when it first needs it.

    `secret`, the same in all processes, seals the entries.
    """

    def __init__(self, path: Path, most_bytes: int, secret: bytes) -> None:
        self._path = path
        self._most = most_bytes
        self._secret = secret
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def get(self, name: str) -> Packed | None:
        """What was put under this name, or None."""
        digest = _digest(name)
        sql = "SELECT size, seal, body FROM fragments WHERE name = ?"
        found = self._tried(lambda c: c.execute(sql, (digest,)).fetchone())
        if found is None:
            return None
        size, seal, body = found
        if not _is_entry(size, seal, body):
            return None
        packed = Packed(body, size)
        return packed if hmac.compare_digest(seal, self._seal(digest, packed)) else None

    def put(self, name: str, edition: Edition, packed: Packed) -> None:
        """Keep it for the other workers, as long as this edition of the share lives."""
        if len(packed.body) * _LARGEST > self._most:
            return
        digest = _digest(name)
        row = (digest, *edition, packed.size, self._seal(digest, packed), packed.body)
        self._tried(lambda connection: _insert(connection, row))

    def forget(self, share_id: str) -> None:
        """Overwrite all that belongs to a share, whichever edition."""
        self._tried(lambda c: c.execute("DELETE FROM fragments WHERE share = ?", (share_id,)))

    def sweep(self, living: Callable[[Iterable[Edition]], set[Edition]]) -> int:
        """Overwrite what is of an edition that `living` does not give back; how many those were.

        Raises what `living` raises.
        """
        sql = "SELECT DISTINCT share, edition FROM fragments"
        held: list[Edition] = self._tried(lambda c: c.execute(sql).fetchall()) or []
        gone = set(held) - living(held) if held else set()
        delete = "DELETE FROM fragments WHERE share = ? AND edition = ?"
        for edition in gone:
            self._tried(lambda c, edition=edition: c.execute(delete, edition))
        return len(gone)

    def close(self) -> None:
        """Close this process's connection; the next use opens another."""
        with self._lock:
            self._close()

    def _seal(self, digest: bytes, packed: Packed) -> bytes:
        sealed = hashlib.blake2b(digest, digest_size=32, key=self._secret)
        sealed.update(packed.size.to_bytes(8, "big") + packed.body)
        return sealed.digest()

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `work` gives, or None if the file is busy, full, damaged or cannot be opened."""
        with self._lock:
            try:
                self._connection = self._connection or self._opened()
                return work(self._connection)
            except sqlite3.OperationalError as error:
                if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL):
                    self._close()  # perhaps the file is another one by now, or was emptied
            except sqlite3.Error:
                log.warning("the file of rendered pages is damaged: emptied")
                self._close()
                with suppress(OSError):
                    os.truncate(self._path, 0)
            except OSError:
                self._close()
            return None

    def _opened(self) -> sqlite3.Connection:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        os.close(os.open(self._path, flags, 0o600))
        # No transactions of Python's own: each statement is one.
        connection = sqlite3.connect(
            self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in (*_PRAGMAS, f"max_page_count = {max(8, self._most // _PAGE)}"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(_TABLE)
            connection.execute(_INDEX)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


class Sweeper:
    """Asks every minute which shares of the file still live: others remove some too."""

    def __init__(
        self, file: FragmentFile, living: Callable[[Iterable[Edition]], set[Edition]]
    ) -> None:
        self._file = file
        self._living = living

    def run(self, stop: threading.Event) -> None:
        """Until `stop`: for ever, in a server."""
        # Jitter: the workers take turns rather than all ask at once.
        while not stop.wait(SWEEP_SECONDS * random.uniform(0.8, 1.2)):  # noqa: S311
            self.once()

    def once(self) -> None:
        """Sweep now; if the database does not answer, the next time will do."""
        try:
            self._file.sweep(self._living)
        except Exception:
            log.exception("sweeping the rendered pages failed, next try later")


def _code(error: sqlite3.Error) -> int:
    """SQLite's error number, without what it adds in the upper bits."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=32).digest()


def _is_entry(size: Any, seal: Any, body: Any) -> bool:
    """Columns hold what they should: SQLite itself does not insist."""
    return isinstance(size, int) and size >= 0 and type(seal) is bytes and type(body) is bytes


def _insert(connection: sqlite3.Connection, row: tuple[Any, ...]) -> None:
    sql = (
        "INSERT OR REPLACE INTO fragments (name, share, edition, size, seal, body)"
        " VALUES (?, ?, ?, ?, ?, ?)"
    )
    oldest = "DELETE FROM fragments WHERE id IN (SELECT id FROM fragments ORDER BY id LIMIT ?)"
    for _ in range(_TRIES):
        try:
            connection.execute(sql, row)
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_FULL:
                raise
            connection.execute(oldest, (_EVICTED,))


_folder: Path | None = None
_file: FragmentFile | None = None


def prepare(place: Path, most_bytes: int) -> None:
    """Make this server's file in a new folder in `place`: once, in the master, before it forks."""
    global _folder, _file
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _folder = held_folder.made(place, _PREFIX)
    except OSError as error:
        log.warning("rendered pages are not shared by the workers: %s", error.strerror)
        return
    _file = FragmentFile(_folder / "fragments.db", most_bytes, secrets.token_bytes(32))


def prepared() -> FragmentFile | None:
    """The file of the server that this process belongs to, if it has one."""
    return _file


def start_sweeping(living: Callable[[Iterable[Edition]], set[Edition]]) -> None:
    """Begin to sweep in this process, if its server has a file."""
    if _file is not None:
        sweeper, never = Sweeper(_file, living), threading.Event()
        threading.Thread(target=sweeper.run, args=(never,), name="sweeper", daemon=True).start()


def remove() -> None:
    """The server ends: the file goes with its folder."""
    held_folder.removed(_folder)
