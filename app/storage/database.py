"""The database of the running process; the models are bound to `database`.

`database` is a proxy until `open_database` runs. On SQLite each thread keeps its connection; on
PostgreSQL it takes one from a pool and must give it back (`release`) after each request.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.migrations import Runner

from ..settings import Settings
from . import engines
from .turns import NoTurn, Turns

MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATING = 0x63637368617265
"""The advisory lock of whoever migrates; any number will do that nobody else takes."""

database: Any = peewee.DatabaseProxy()
"""Typed Any because a proxy has no methods of its own to check."""

_turns: Turns | None = None
"""The line of who wants to write; PostgreSQL needs none."""

_peewee_errors: Any = getattr(peewee, "__exception_wrapper__")  # noqa: B009 - unknown to checkers


def open_database(settings: Settings) -> None:
    """Connect the models to the database of the settings and bring it up to date."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_database()
    place = settings.database_url or settings.database_path
    global _turns
    database.initialize(engines.engine(place, settings.gunicorn_threads))
    path = settings.database_path
    _turns = None if settings.database_url else Turns(path.with_name(f"{path.name}-turn"))
    migrate()
    release()


def close_database() -> None:
    """Close this thread's connection, if there is one, and all that are pooled.

    That takes them away from under other threads: for the end of a process.
    """
    if database.obj is None:
        return
    if engines.is_postgresql(database.obj):
        database.close_all()
    elif not database.is_closed():
        database.close()


def leave() -> None:
    """A thread is done for long: its connection goes back to the pool, or is closed on SQLite."""
    if not database.is_closed():
        database.close()


def pooled() -> bool:
    """True if connections are taken from a pool, and so must be released."""
    return engines.is_postgresql(database.obj)


def release() -> None:
    """Give this thread's connection back to the pool; on SQLite it stays with the thread."""
    if pooled() and not database.is_closed():
        database.close()


def migrate() -> list[str]:
    """Apply the migrations that are still open; their names. Workers may start together."""
    _wait_until_connected()
    return migrate_engine(database.obj)


def migrate_engine(engine: Any) -> list[str]:
    """The same for a peewee database that is not the process's own."""
    # One transaction around all of it: the second worker waits here, then finds nothing to do.
    with engine.atomic():
        if engines.is_postgresql(engine):
            # An index on a large table takes the time it takes.
            engine.execute_sql("SET LOCAL statement_timeout = 0")
            engine.execute_sql("SET LOCAL lock_timeout = 0")
            engine.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
        return Runner(engine, str(MIGRATIONS)).up()


def open_migrations(engine: Any) -> list[str]:
    """The names of the migrations that a database still lacks."""
    return [found.name for found in Runner(engine, str(MIGRATIONS)).status() if not found.applied]


def pending() -> list[str]:
    """The migrations that are not applied yet, by name; changes nothing."""
    return open_migrations(database.obj)


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


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing; keep it short, others wait. Raises OperationalError if no turn comes."""
    with _turn(), database.atomic():
        yield


@contextmanager
def _turn() -> Iterator[None]:
    if _turns is None or database.in_transaction():
        yield
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(_turns.mine())
        except NoTurn:
            raise peewee.OperationalError("the turn to write did not come") from None
        yield


def fetch_one(sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of a query written with `?`; for the hot path, where building SQL costs."""
    cursor = database.execute_sql(_translate(sql), params)
    return cursor.fetchone()


def fetch_all(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query written with `?`."""
    return database.execute_sql(_translate(sql), params).fetchall()


def rows(query: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as plain tuples, read as they are asked for."""
    return iter(query.tuples().iterator())


def row(query: Any) -> tuple[Any, ...] | None:
    """The first row of a query as a plain tuple, or None."""
    return next(iter(query.limit(1).tuples()), None)


def for_update(query: Any) -> Any:
    """The query, its rows kept from other writers until the transaction ends.

    SQLite needs no such thing: only one transaction writes at a time.
    """
    return query.for_update() if pooled() else query


def insert_rows(model: Any, fields: Sequence[Any], values: Iterable[Sequence[Any]]) -> None:
    """Insert plain tuples into the process's database, in the running transaction."""
    insert_into(database.obj, model, fields, values)


def insert_into(
    engine: Any, model: Any, fields: Sequence[Any], values: Iterable[Sequence[Any]]
) -> None:
    """Insert plain tuples, read one at a time: COPY, or one prepared statement for all."""
    quote = engine.quote
    columns = ", ".join(quote[0] + field.column_name + quote[1] for field in fields)
    target = f"{model._meta.table_name} ({columns})"
    with _peewee_errors:
        if engines.is_postgresql(engine):
            from .postgresql import copy_in

            copy_in(engine.connection(), target, fields, values)
            return
        marks = ", ".join(["?"] * len(fields))
        sql = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608 - names of ours
        engine.cursor().executemany(sql, values)


def _translate(sql: str) -> str:
    return sql if database.param == "?" else sql.replace("?", database.param)
