"""What must hold of everything that is stored, asked of the database itself."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

_CHILDREN = ("messages", "parts", "files", "images", "turns", "changes", "word_lists")


def problems_in(environment: Mapping[str, str]) -> list[str]:
    """In words; empty if all is well."""
    url = environment.get("DATABASE_URL")
    with closing(_connect(url, environment["DATABASE_PATH"])) as connection:
        return list(_problems(connection, checked=not url))


def _connect(url: str | None, path: str) -> Any:
    if not url:
        return sqlite3.connect(path, timeout=30)
    import psycopg

    return psycopg.connect(url)


def _problems(connection: Any, *, checked: bool) -> Iterator[str]:
    def ask(sql: str) -> list[Any]:
        return connection.execute(sql).fetchall()

    if checked:
        said = ask("PRAGMA integrity_check")
        if said != [("ok",)]:
            yield f"integrity_check says {said[0][0]}"
    for table in _CHILDREN:
        orphans = ask(
            f"SELECT count(*) FROM {table} WHERE session_id NOT IN (SELECT id FROM sessions)"
        )
        if orphans[0][0]:
            yield f"{orphans[0][0]} rows of {table} have no session"
    half = ask(
        "SELECT s.id FROM sessions s WHERE s.message_count <> "
        "(SELECT count(*) FROM messages m WHERE m.session_id = s.id)"
    )
    if half:
        yield f"{len(half)} sessions are half"
