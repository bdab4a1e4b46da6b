"""The database connection: one per thread, kept open between requests.

`database` is a proxy until `open_database` runs; the models are bound to the proxy, so that
another engine can stand behind it later.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import peewee
from playhouse.migrations import Runner

from ..settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"

database: Any = peewee.DatabaseProxy()
"""Typed Any because a proxy has no methods of its own to check."""

_peewee_errors: Any = getattr(peewee, "__exception_wrapper__")  # noqa: B009 - unknown to checkers

_PRAGMAS = (
    ("busy_timeout", 5000),  # first: switching to WAL may itself have to wait
    ("journal_mode", "wal"),
    ("synchronous", "normal"),
    ("foreign_keys", 1),
    ("journal_size_limit", 64 << 20),
)


def open_database(settings: Settings) -> None:
    """Connect the models to the database of the settings and bring it up to date."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_database()
    # IMMEDIATE: a transaction that will write takes its place in the queue when it begins,
    # where waiting works, and not in its middle, where SQLite gives up at once.
    database.initialize(
        peewee.SqliteDatabase(
            str(settings.database_path), pragmas=_PRAGMAS, lock_type="IMMEDIATE", timeout=5
        )
    )
    migrate()


def close_database() -> None:
    """Close this thread's connection, if there is one."""
    if database.obj is not None and not database.is_closed():
        database.close()


def migrate() -> list[str]:
    """Apply the migrations that are still open; their names. Workers may start together."""
    _wait_until_connected()
    # One transaction around all of it: the second worker waits here, then finds nothing to do.
    with database.atomic():
        return Runner(database.obj, str(MIGRATIONS)).up()


def _wait_until_connected() -> None:
    # The very first change to WAL does not wait for busy_timeout when others do the same.
    for attempt in range(50):
        try:
            database.connect(reuse_if_open=True)
            return
        except peewee.OperationalError as error:
            if "locked" not in str(error) or attempt == 49:
                raise
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - not a secret


def transaction() -> AbstractContextManager[Any]:
    """All or nothing; keep it short, others wait."""
    return database.atomic()


def fetch_one(sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of a query written with `?`; for the hot path, where building SQL costs."""
    cursor = database.execute_sql(_translate(sql), params)
    return cursor.fetchone()


def rows(query: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as plain tuples, read as they are asked for."""
    return iter(query.tuples().iterator())


def row(query: Any) -> tuple[Any, ...] | None:
    """The first row of a query as a plain tuple, or None."""
    return next(iter(query.limit(1).tuples()), None)


def insert_rows(model: Any, fields: Sequence[Any], values: Iterable[Sequence[Any]]) -> None:
    """Insert plain tuples, one prepared statement for all of them."""
    quote, columns = database.quote, [field.column_name for field in fields]
    names = ", ".join(quote[0] + name + quote[1] for name in columns)
    marks = ", ".join(["?"] * len(columns))
    sql = f"INSERT INTO {model._meta.table_name} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
    with _peewee_errors:
        database.cursor().executemany(_translate(sql), values)


def _translate(sql: str) -> str:
    return sql if database.param == "?" else sql.replace("?", database.param)
