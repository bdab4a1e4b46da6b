"""Reading shares. What a page costs depends on the page, not on the session."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from ...transcript.items import UNCLAIMED
from ...transcript.model import Json, Part
from . import models, packing
from .database import fetch_one, row, rows
from .models import Gone, Session, pw

_MOST_PARTS = 3000
"""Per page or item; more than any honest page has."""
_IN_LIST = 500
_FAR_APART = 100
"""Passing over so many entries of an index costs less than another query."""
_LISTED = 1000
_ITEMS_AT_ONCE = 50

PART_COLUMNS = (
    "thread",
    "n",
    "sequence",
    "block",
    "role",
    "page",
    "kind",
    "name",
    "error",
    "about",
)
_ALIVE = "SELECT id, edition, expires_at FROM sessions WHERE share_id = ?"


class Alive(NamedTuple):
    """A share that may be read: its row's key, which edition it is now, and until when."""

    pk: int
    edition: int
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share's own row. Times are epoch seconds, UTC."""

    pk: int
    share_id: str
    owner: str
    session_id: str
    title: str
    project_name: str
    branch: str
    model: str
    session_date: int | None
    created_at: int
    updated_at: int
    expires_at: int | None
    message_count: int
    total_input_tokens: int
    total_output_tokens: int
    visibility: str
    revision: int
    edition: int
    pages: int
    header: Json
    facts: Json
    first_prompt: str
    counts: dict[str, int]
    """Items by filter and so on; empty until the share is indexed (see app/indexing)."""
    dictionary: bytes


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message row, its line unpacked."""

    sequence: int
    type: str
    role: str
    model: str
    tokens: int
    timestamp: int | None
    has_thinking: bool
    has_tool_use: bool
    line: Json


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A further file of the document; its lines start at message `sequence`."""

    sequence: int
    path: str
    meta: Json | None
    text: str | None


def alive(share_id: str) -> Alive | None:
    """One cheap look: is this share here and not expired? The only query of a cached page."""
    found = fetch_one(_ALIVE, (share_id,))
    if found is None or (found[2] is not None and found[2] <= time.time()):
        return None
    return Alive(*found)


def living(editions: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of these shares' editions that may be read now."""
    asked = sorted({share_id for share_id, _ in editions})
    found: set[tuple[str, int]] = set()
    for at in range(0, len(asked), _IN_LIST):
        query = Session.select(Session.share_id, Session.edition).where(
            Session.share_id << asked[at : at + _IN_LIST],
            Session.expires_at.is_null() | (Session.expires_at > int(time.time())),
        )
        found |= set(rows(query))
    return found


def is_gone(share_id: str) -> bool:
    """True if the id was a share once: unshared, or expired whether pruned or not."""
    return (
        Gone.select().where(Gone.share_id == share_id).exists()
        or Session.select().where(Session.share_id == share_id).exists()
    )


_NAMES = tuple(field.name for field in fields(Share))
_COLUMNS = tuple(Session.id if name == "pk" else getattr(Session, name) for name in _NAMES)


def load(pk: int) -> Share | None:
    """The share with this row key."""
    found = row(Session.select(*_COLUMNS).where(Session.id == pk))
    return None if found is None else _share(found)


def owned_by(owner: str, before: int | None, limit: int) -> list[Share]:
    """The owner's living shares, newest first; `before` is the last row key of the page before."""
    query = Session.select(*_COLUMNS).where(
        Session.owner == owner,
        Session.expires_at.is_null() | (Session.expires_at > int(time.time())),
    )
    if before is not None:
        query = query.where(Session.id < before)
    return [_share(found) for found in rows(query.order_by(Session.id.desc()).limit(limit))]


class Listed(NamedTuple):
    """A share as an operator lists it; expiry in epoch seconds, None = never."""

    id: str
    owner: str
    title: str
    expires_at: int | None
    messages: int
    stored_bytes: int
    revision: int


def everything(owner: str | None = None, limit: int | None = None) -> Iterator[Listed]:
    """All shares, or an owner's, newest first. Read in batches: no lock, no memory for them all."""
    columns = (
        Session.id,
        Session.share_id,
        Session.owner,
        Session.title,
        Session.expires_at,
        Session.message_count,
        Session.stored_bytes,
        Session.revision,
    )
    left, before = limit, None
    while left is None or left > 0:
        query = Session.select(*columns).order_by(Session.id.desc())
        if owner is not None:
            query = query.where(Session.owner == owner)
        if before is not None:
            query = query.where(Session.id < before)
        found = list(rows(query.limit(_LISTED if left is None else min(left, _LISTED))))
        if not found:
            return
        yield from (Listed(*values[1:]) for values in found)
        before = found[-1][0]
        left = None if left is None else left - len(found)


def _share(found: Sequence[Any]) -> Share:
    values = dict(zip(_NAMES, found, strict=True))
    for name in ("header", "facts", "counts"):
        values[name] = json.loads(values[name] or "{}")
    values["dictionary"] = bytes(values["dictionary"])
    return Share(**values)


def parts_of_page(pk: int, thread: str, page: int) -> list[Part]:
    """The parts of one page of a thread, in any order: `assemble` sorts them.

    Sorting here would make SQLite walk the whole thread by the index that is sorted.
    """
    table = models.Part
    return _parts(pk, (table.thread == thread) & (table.page == page))


def parts_of_item(pk: int, thread: str, n: int) -> list[Part]:
    """The parts of one item, in any order."""
    table = models.Part
    return _parts(pk, (table.thread == thread) & (table.n == n))


def parts_of_items(pk: int, numbers: Sequence[int]) -> list[Part]:
    """The parts of these items of the main thread, in any order."""
    table, found = models.Part, list[Part]()
    for at in range(0, len(numbers), _ITEMS_AT_ONCE):
        wanted = list(numbers[at : at + _ITEMS_AT_ONCE])
        found += _parts(pk, (table.thread == "") & (table.n << wanted))
    return found


def _parts(pk: int, where: Any) -> list[Part]:
    table = models.Part
    query = (
        table.select(*(getattr(table, name) for name in PART_COLUMNS))
        .where((table.session == pk) & where)
        .limit(_MOST_PARTS)
    )
    return [Part(*found) for found in rows(query)]


def page_of_item(pk: int, thread: str, n: int) -> int | None:
    """The page of its thread that shows the item, or None if there is no such item."""
    table = models.Part
    found = row(
        table.select(table.page).where(
            (table.session == pk) & (table.thread == thread) & (table.n == n)
        )
    )
    return None if found is None else found[0]


def first_of_page(pk: int, thread: str, page: int) -> int | None:
    """The first item on a page of a thread."""
    table = models.Part
    where = (table.session == pk) & (table.thread == thread) & (table.page == page)
    found = row(table.select(pw.fn.MIN(table.n)).where(where))
    return None if found is None else found[0]


def has_page(pk: int, thread: str, page: int) -> bool:
    """True if a thread is so long that it has this page."""
    table = models.Part
    where = (table.session == pk) & (table.thread == thread) & (table.page == page)
    return row(table.select(table.block).where(where)) is not None


def last_item(share: Share) -> int:
    """The number of the main thread's last item; 0 if it has none.

    Agents' files that no call explains stand behind it, with numbers of their own.
    """
    table = models.Part
    where = (table.session == share.pk) & (table.thread == "") & (table.n <= UNCLAIMED)
    found = row(table.select(table.n).where(where).order_by(table.n.desc()).limit(1))
    return found[0] if found else 0


def main_messages(share: Share) -> int:
    """How many user and assistant lines the main file has."""
    table, files = models.Message, models.File
    first = row(
        files.select(files.sequence).where(files.session == share.pk).order_by(files.ordinal)
    )
    where = (table.session == share.pk) & (table.type << ["user", "assistant"])
    if first is not None:
        where &= table.sequence < first[0]
    found = row(table.select(pw.fn.COUNT(table.sequence)).where(where))
    return 0 if found is None else found[0]


def lines(share: Share, sequences: Iterable[int]) -> dict[int, Json]:
    """The stored lines with these numbers."""
    table = models.Message
    found: dict[int, Json] = {}
    for run in _runs(sorted(set(sequences))):
        # The range is for PostgreSQL's planner: a list alone it may check against all lines.
        query = table.select(table.sequence, table.content).where(
            (table.session == share.pk)
            & table.sequence.between(run[0], run[-1])
            & (table.sequence << run)
        )
        for sequence, content in rows(query):
            found[sequence] = json.loads(packing.unpack(bytes(content), share.dictionary))
    return found


def _runs(wanted: Sequence[int]) -> Iterator[list[int]]:
    """Sorted numbers, cut where they are far apart and where they become too many."""
    run: list[int] = []
    for number in wanted:
        if run and (number - run[-1] > _FAR_APART or len(run) == _IN_LIST):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def messages(share: Share, offset: int, limit: int, most_bytes: int) -> list[StoredMessage]:
    """Messages from sequence `offset` on: at most `limit`, and at least one, of `most_bytes`."""
    table = models.Message
    names = (
        "sequence",
        "type",
        "role",
        "model",
        "tokens",
        "timestamp",
        "has_thinking",
        "has_tool_use",
        "content",
    )
    query = (
        table.select(*(getattr(table, name) for name in names))
        .where((table.session == share.pk) & (table.sequence >= offset))
        .order_by(table.sequence)
        .limit(limit)
    )
    found: list[StoredMessage] = []
    total = 0
    for stored in rows(query):
        values = dict(zip(names, stored, strict=True))
        data = packing.unpack(bytes(values.pop("content")), share.dictionary)
        total += len(data)
        if found and total > most_bytes:
            break
        found.append(StoredMessage(**values, line=json.loads(data)))
    return found


def files(share: Share) -> Iterator[StoredFile]:
    """The document's further files, in its order; texts are unpacked one at a time."""
    table, last = models.File, -1
    while True:
        found = row(
            table.select(table.ordinal, table.sequence, table.path, table.meta, table.content)
            .where((table.session == share.pk) & (table.ordinal > last))
            .order_by(table.ordinal)
        )
        if found is None:
            return
        last, sequence, path, meta, content = found
        text = None if content is None else packing.unpack(bytes(content), share.dictionary)
        yield StoredFile(
            sequence,
            path,
            json.loads(meta) if meta else None,
            None if text is None else text.decode("utf-8", "replace"),
        )


def has_file(share: Share, path: str) -> bool:
    """True if the document has this file beside the main one."""
    table = models.File
    where = (table.session == share.pk) & (table.path == path)
    return row(table.select(table.ordinal).where(where)) is not None


def text_of_file(share: Share, path: str) -> str | None:
    """The text of a spilled output; None if the document has none of this path."""
    table = models.File
    where = (table.session == share.pk) & (table.path == path)
    found = row(table.select(table.content).where(where))
    if found is None or found[0] is None:
        return None
    return packing.unpack(bytes(found[0]), share.dictionary).decode("utf-8", "replace")


def image(pk: int, sha256: str) -> tuple[str, bytes] | None:
    """An image's media type and bytes."""
    table = models.Image
    found = row(
        table.select(table.media_type, table.content).where(
            (table.session == pk) & (table.sha256 == sha256)
        )
    )
    return None if found is None else (found[0], bytes(found[1]))
