"""Everything from one database into another, empty one: `ccshare-server copy`.

Rows pass one by one, so memory holds one row, however many there are. They are written in one
transaction, read back in it and compared with the source before it is committed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee

from . import database, engines, models
from .texts import storable

_ADDED_UP = 1 << 256


class CopyError(Exception):
    """Nothing was copied; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that is the same in both databases; `digest` is hex, independent of the order."""

    table: str
    rows: int
    digest: str


def copy(source: str, target: str) -> list[Copied]:
    """Copy all tables. Both are a file's path or a PostgreSQL address.

    The target is brought up to date first and must be empty; the source is only read. Texts
    that not every engine can store are changed as an upload changes them (see texts). Raises
    CopyError, SettingError on a bad address, peewee.DatabaseError.
    """
    if source == target:
        raise CopyError("--from and --to are the same database")
    if not engines.is_address(source) and not Path(source).is_file():
        raise CopyError(f"--from: there is no file {source}")
    old, new = engines.engine(source), engines.engine(target)
    try:
        if missing := database.open_migrations(old):
            raise CopyError(
                f"the source lacks migrations ({', '.join(missing)}): "
                "run `ccshare-server migrate` on it first"
            )
        if not engines.is_address(target):
            Path(target).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.migrate_engine(new)
        with _snapshot(old), _alone(new):
            return _copy(old, new)
    finally:
        for engine in (old, new):
            engine.close_all() if engines.is_postgresql(engine) else engine.close()


def _snapshot(engine: Any) -> AbstractContextManager[Any]:
    """A transaction that sees one moment of the source, while a server may go on with it."""
    if engines.is_postgresql(engine):
        return engine.atomic(isolation_level="REPEATABLE READ")
    return engine.atomic("DEFERRED")


def _alone(engine: Any) -> AbstractContextManager[Any]:
    """A transaction; `_copy` locks the tables, on SQLite beginning it does that."""
    return engine.atomic()


def _copy(old: Any, new: Any) -> list[Copied]:
    if engines.is_postgresql(old):
        old.execute_sql("SET LOCAL statement_timeout = 0")
        old.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
    if engines.is_postgresql(new):
        new.execute_sql("SET LOCAL statement_timeout = 0")
        new.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        names = ", ".join(model._meta.table_name for model in models.TABLES)
        new.execute_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    for model in models.TABLES:
        table = model._meta.table_name
        if new.execute_sql(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - ours
            raise CopyError(f"the target is not empty: it has rows in {table}")
    done = [_copy_table(old, new, model) for model in models.TABLES]
    if engines.is_postgresql(new):
        set_sequences(new)
    return done


def _copy_table(old: Any, new: Any, model: Any) -> Copied:
    table = model._meta.table_name
    sent, found = _Sum(), _Sum()
    database.insert_into(new, model, model._meta.sorted_fields, sent.over(table_rows(old, model)))
    for _ in found.over(table_rows(new, model)):
        pass
    if (sent.rows, sent.total) != (found.rows, found.total):
        raise CopyError(
            f"{table}: {sent.rows} rows were sent and {found.rows} arrived, or not the same ones; "
            "nothing was kept of them"
        )
    return Copied(table, sent.rows, f"{sent.total:064x}")


class _Sum:
    """Adds up the digests of rows: equal for equal rows in any order, as collations differ."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def over(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Pass the rows on, counted and added."""
        for row in rows:
            self.rows += 1
            self.total = (self.total + _digest(row)) % _ADDED_UP
            yield row


def _digest(row: Sequence[Any]) -> int:
    digest = hashlib.sha256()
    for value in row:
        data = value if isinstance(value, bytes) else str(value).encode()
        digest.update(f"{type(value).__name__} {len(data)}:".encode())
        digest.update(data)
    return int.from_bytes(digest.digest())


def table_rows(engine: Any, model: Any) -> Iterator[list[Any]]:
    """All rows of a table, one at a time, each value in the one type that its column has."""
    fields = model._meta.sorted_fields
    plain = [_PLAIN.get(field.field_type, _same) for field in fields]
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    query = f"SELECT {columns} FROM {model._meta.table_name}"  # noqa: S608 - names of ours
    if engines.is_postgresql(engine):
        from .postgresql import copy_out

        found = copy_out(engine.connection(), query, fields)
    else:
        found = engine.execute_sql(query)
    for row in found:
        yield [None if v is None else make(v) for make, v in zip(plain, row, strict=True)]


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "BOOL": bool,
    "BLOB": bytes,
    "TEXT": storable,
    "VARCHAR": storable,
    "CHAR": storable,
}


def set_sequences(engine: Any) -> None:
    """The next row of each table gets a number that none of those copied has."""
    for model in models.TABLES:
        if isinstance(model._meta.primary_key, peewee.BigAutoField):
            table = model._meta.table_name
            engine.execute_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608 - ours
                f"COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM {table}"
            )
