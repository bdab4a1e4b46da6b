"""Questions about a whole session that cost no more than their answers."""

from typing import NamedTuple

from ...transcript.model import Part
from . import models
from .database import fetch_all, fetch_one, rows
from .shares import PART_COLUMNS
from .texts import storable

TURNS_ON_PAGE = 60

_OPENS = "role = 'open' AND thread = ''"
FILTERS = {
    "prompts": f"{_OPENS} AND kind = 'prompt'",
    "answers": f"{_OPENS} AND kind = 'answer'",
    "tools": f"{_OPENS} AND kind = 'tool'",
    "errors": "error AND thread = ''",
    "thinking": f"{_OPENS} AND kind = 'thought'",
    "agents": f"{_OPENS} AND name IN ('Agent', 'Task')",
}
"""What each filter leaves. Written out, as a partial index serves only what is (migration 0004)."""


class Turn(NamedTuple):
    """An entry of the prompt index (see transcript.turns)."""

    n: int
    ordinal: int
    number: int
    kind: str
    text: str
    tools: int
    errors: int
    commit: str


class Edit(NamedTuple):
    """What one result did to one file (see models.Change)."""

    ordinal: int
    path: str
    thread: str
    n: int
    sequence: int
    added: int
    removed: int
    created: bool
    basis: str

    @property
    def number(self) -> str:
        """The item, as permalinks name it."""
        return f"{self.thread}.{self.n}" if self.thread else str(self.n)


_EDIT = ", ".join(Edit._fields)
_TURN = ", ".join('"commit"' if name == "commit" else name for name in Turn._fields)


def counts(pk: int) -> dict[str, int]:
    """Items of the main thread that each filter leaves, and entries of the index."""
    found = {
        name: _count(f"SELECT COUNT(DISTINCT n) FROM parts WHERE session_id = ? AND {where}", pk)  # noqa: S608
        for name, where in FILTERS.items()
    }
    return {**found, "turns": _count("SELECT COUNT(*) FROM turns WHERE session_id = ?", pk)}


def numbers_of(pk: int, name: str, after: int, limit: int) -> list[int]:
    """The items that a filter leaves, in order, after item `after`."""
    sql = (
        "SELECT DISTINCT n FROM parts "  # noqa: S608 - names of ours
        f"WHERE session_id = ? AND {FILTERS[name]} AND n > ? ORDER BY n LIMIT ?"
    )
    return [found[0] for found in fetch_all(sql, (pk, after, limit))]


def _count(sql: str, pk: int) -> int:
    found = fetch_one(sql, (pk,))
    return found[0] if found else 0


def turns(pk: int, page: int) -> list[Turn]:
    """A page of the index, from 1."""
    first = (page - 1) * TURNS_ON_PAGE
    sql = (
        f"SELECT {_TURN} FROM turns WHERE session_id = ? "  # noqa: S608 - names of ours
        "AND ordinal > ? AND ordinal <= ? ORDER BY ordinal"
    )
    return [Turn(*found) for found in fetch_all(sql, (pk, first, first + TURNS_ON_PAGE))]


def turn_at(pk: int, n: int) -> Turn | None:
    """The entry that an item of the main thread belongs to."""
    sql = f"SELECT {_TURN} FROM turns WHERE session_id = ? AND n <= ? ORDER BY n DESC LIMIT 1"  # noqa: S608
    found = fetch_one(sql, (pk, n))
    return Turn(*found) if found else None


def prompt_numbers(pk: int, first: int, last: int) -> dict[int, int]:
    """Which prompt of the session each prompt among these items of the main thread is."""
    sql = "SELECT n, number FROM turns WHERE session_id = ? AND n BETWEEN ? AND ? AND number > 0"
    return dict(fetch_all(sql, (pk, first, last)))


def next_turn(pk: int, n: int) -> int | None:
    """The item that opens the first entry after item `n`."""
    sql = "SELECT n FROM turns WHERE session_id = ? AND n > ? ORDER BY n LIMIT 1"
    found = fetch_one(sql, (pk, n))
    return found[0] if found else None


def changed_between(pk: int, first: int, end: int | None) -> list[tuple[int, int, int]]:
    """(item of the main thread, lines added, removed) from item `first` to before `end`."""
    sql = (
        "SELECT root, SUM(added), SUM(removed) FROM changes WHERE session_id = ? "
        "AND root >= ? AND root < ? GROUP BY root ORDER BY root"
    )
    return fetch_all(sql, (pk, first, 1 << 31 if end is None else end))


def parts_by_line(pk: int, first: int, last: int) -> dict[int, list[Part]]:
    """The parts in lines `first` to `last`, by line, in the order of their blocks."""
    table = models.Part
    query = table.select(*(getattr(table, name) for name in PART_COLUMNS)).where(
        (table.session == pk) & table.sequence.between(first, last)
    )
    found: dict[int, list[Part]] = {}
    for values in rows(query):
        found.setdefault(values[2], []).append(Part(*values))
    for parts in found.values():
        parts.sort(key=lambda part: part.block)
    return found


def edits(pk: int, start: int, limit: int) -> list[Edit]:
    """Edits in the order of the document, from ordinal `start` on."""
    sql = (
        f"SELECT {_EDIT} FROM changes WHERE session_id = ? AND ordinal >= ? "  # noqa: S608
        "ORDER BY ordinal LIMIT ?"
    )
    return [Edit(*found) for found in fetch_all(sql, (pk, start, limit))]


def edits_of(pk: int, path: str, start: int, limit: int) -> list[Edit]:
    """The edits of one file, from ordinal `start` on."""
    sql = (
        f"SELECT {_EDIT} FROM changes "  # noqa: S608 - names of ours
        "WHERE session_id = ? AND path = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?"
    )
    return [Edit(*found) for found in fetch_all(sql, (pk, storable(path), start, limit))]


def edits_without_lines(pk: int) -> int:
    """How many edits changed lines that nobody named."""
    sql = (
        "SELECT COUNT(*) FROM changes WHERE session_id = ? "
        "AND basis IN ('texts', 'everywhere', 'content')"
    )
    return _count(sql, pk)


def changed_files(pk: int, after: str, limit: int) -> list[tuple[str, int, int, int]]:
    """(path, lines added, removed, edits) of each file, by path, those behind `after`."""
    sql = (
        "SELECT path, SUM(added), SUM(removed), COUNT(*) FROM changes "
        "WHERE session_id = ? AND path > ? GROUP BY path ORDER BY path LIMIT ?"
    )
    return fetch_all(sql, (pk, storable(after), limit))


def changed_file(pk: int, path: str) -> tuple[str, int, int, int] | None:
    """The same of one file, None if it was not changed."""
    sql = (
        "SELECT path, SUM(added), SUM(removed), COUNT(*) FROM changes "
        "WHERE session_id = ? AND path = ? GROUP BY path"
    )
    found = fetch_one(sql, (pk, storable(path)))
    return None if found is None else (found[0], found[1], found[2], found[3])
