"""PostgreSQL: connections that are made on demand, kept, and replaced when the server drops them.

The pool is peewee's: it has no threads of its own that a fork would lose, and connects when
asked, so that an outage ends for it at the very moment it ends for the server.
"""

import os
import select
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import peewee
import psycopg
from playhouse.pool import MaxConnectionsExceeded, PooledDatabase
from psycopg import conninfo

from ..settings import SettingError

_peewee: Any = peewee
_Pooled: Any = PooledDatabase
"""Typed Any: peewee's stubs do not know its hooks."""

_CONNECT_SECONDS = 5
_WAIT_SECONDS = 5
_KEPT_SECONDS = 600
_PAUSE_SECONDS = 1.0
_SPARE = 2
_MOST_THREADS = 16
"""More threads share their connections: most of them wait for a client, not for the database."""
# In the start packet, so that a new connection costs no further round trip. An address with
# `options` of its own goes last and wins.
_LIMITS = {
    "statement_timeout": "60s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
_DEFAULTS = {
    "application_name": "ccshare",
    "connect_timeout": str(_CONNECT_SECONDS),
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def engine(url: str, threads: int) -> Any:
    """The database at `url`. Raises SettingError if psycopg cannot read the address."""
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # Its message may repeat the address, and that holds a password.
        raise SettingError(
            "DATABASE_URL must be postgresql://user:password@host:port/name?parameter=value "
            "with parameters that libpq knows"
        ) from None
    limits = " ".join(f"-c {name}={value}" for name, value in _LIMITS.items())
    given["options"] = f"{limits} {given.get('options') or ''}".strip()
    name = given.pop("dbname", None) or given.get("user") or "postgres"
    return Pool(
        str(name),
        max_connections=min(threads, _MOST_THREADS) + _SPARE,
        stale_timeout=_KEPT_SECONDS,
        timeout=_WAIT_SECONDS,
        prefer_psycopg3=True,
        **{**_DEFAULTS, **given},
    )


class _Server(_peewee.PostgresqlDatabase):
    """Connects; after a failure not again at once, as every thread would wait for it in turn."""

    _silent_until = 0.0

    def _connect(self) -> Any:
        if time.monotonic() < self._silent_until:
            raise psycopg.OperationalError("PostgreSQL did not answer a moment ago")
        try:
            return super()._connect()
        except psycopg.OperationalError:
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            raise


class Pool(_Pooled, _Server):
    """One connection per thread while it needs one; the others wait for the next."""

    _process = 0

    def connect(self, reuse_if_open: bool = False) -> Any:
        """Take a connection. Raises peewee.OperationalError if none comes free in time."""
        if self._process != os.getpid():  # a fork's parent goes on using what was inherited
            self.dispose()
            self._process = os.getpid()
        try:
            return super().connect(reuse_if_open)
        except MaxConnectionsExceeded as error:
            raise peewee.OperationalError("all connections to PostgreSQL are in use") from error

    def begin(self, isolation_level: Any = None) -> None:
        """Begin on a connection that the server has not dropped while it was idle."""
        if not self.is_closed() and _dropped(self._state.conn):
            self.close()
        super().begin(isolation_level)

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Execute; a read whose connection was lost is repeated once on another."""
        try:
            return super().execute_sql(sql, params)
        except peewee.OperationalError:
            lost = not self.is_closed() and self._state.conn.closed
            if not lost or self.in_transaction() or not sql.startswith("SELECT"):
                raise
            self.close()
            return super().execute_sql(sql, params)

    def _is_closed(self, conn: Any) -> bool:
        return _dropped(conn)

    def _can_reuse(self, conn: Any) -> bool:
        return not conn.closed and self._adapter.is_connection_reusable(conn)


def _dropped(conn: Any) -> bool:
    """True if an idle connection is not worth using. Asks the system, not the server.

    A server speaks unasked to say goodbye, hardly ever for anything else.
    """
    if conn.closed:
        return True
    poll = select.poll()
    poll.register(conn.fileno(), select.POLLIN)
    if not poll.poll(0):
        return False
    conn.close()
    return True


_COPY_TYPES = {
    "INT": "int4",
    "BOOL": "bool",
    "BLOB": "bytea",
    "TEXT": "text",
    "VARCHAR": "text",
    "CHAR": "text",
}


def _types(fields: Iterable[Any]) -> list[str]:
    """PostgreSQL's names of the columns' types; the other numbers are large ones."""
    return [_COPY_TYPES.get(field.field_type, "int8") for field in fields]


def copy_in(
    connection: Any, target: str, fields: Sequence[Any], values: Iterable[Sequence[Any]]
) -> None:
    """Send rows to `target`, "table (columns)", one at a time.

    Measured on rows of 800 bytes: half the time of executemany.
    """
    with connection.cursor().copy(f"COPY {target} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(_types(fields))
        for row in values:
            copy.write_row(row)


def copy_out(connection: Any, query: str, fields: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a query without parameters, one at a time, never the whole result."""
    with connection.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        copy.set_types(_types(fields))
        yield from copy.rows()
