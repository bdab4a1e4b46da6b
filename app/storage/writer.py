"""Writing shares: each change is one short transaction, all of it or nothing."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import peewee

from .. import expiry, frames
from ..ids import new_share_id
from . import finding, models
from .database import fetch_one, for_update, insert_rows, rows, transaction
from .models import Gone, Session
from .quotas import NO_QUOTA, Quota, check, one_at_a_time
from .texts import storable

if TYPE_CHECKING:
    from ..staging import Staged

_BATCH_ROWS = 500
_BATCH_BYTES = 1 << 20
_ATTEMPTS = 5
_PRUNED_SHARES = 50
_PRUNED_MESSAGES = 5000
PAUSE = 0.1

_TABLES: dict[int, tuple[Any, Sequence[str]]] = {
    frames.MESSAGE: (
        models.Message,
        (
            "sequence",
            "type",
            "role",
            "model",
            "tokens",
            "timestamp",
            "has_thinking",
            "has_tool_use",
            "content",
        ),
    ),
    frames.PART: (
        models.Part,
        ("thread", "n", "page", "sequence", "block", "role", "kind", "name", "error", "about"),
    ),
    frames.FILE: (models.File, ("ordinal", "sequence", "path", "meta", "content")),
    frames.IMAGE: (models.Image, ("sha256", "media_type", "content")),
    frames.TURN: (
        models.Turn,
        ("n", "ordinal", "number", "kind", "text", "tools", "errors", "commit"),
    ),
    frames.CHANGE: (
        models.Change,
        (
            "ordinal",
            "path",
            "thread",
            "n",
            "root",
            "sequence",
            "added",
            "removed",
            "created",
            "basis",
        ),
    ),
    frames.WORDS: (models.WordList, ("segment", "first", "last", "content")),
}
_INDEX = (models.Turn, models.Change, models.WordList)
_WITH_BODY = {frames.MESSAGE, frames.FILE, frames.IMAGE, frames.WORDS}


class PartOverWhole(Exception):
    """A part of a session would have replaced the whole of it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an upload. `expires_at` in epoch seconds, None = never."""

    share_id: str
    revision: int
    expires_at: int | None
    created: bool


def save(staged: "Staged", owner: str, default_lifetime: int, quota: Quota = NO_QUOTA) -> Saved:
    """Store an upload: a new share, or the next revision of the owner's share of this session.

    Raises PartOverWhole, and quotas.OverQuota. Two first uploads at once end as one share.
    """
    for attempt in range(_ATTEMPTS):
        try:
            with transaction():
                return _save(staged, owner, default_lifetime, quota)
        except peewee.IntegrityError:
            # Someone else made the same share since we looked: it is an update now.
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _save(staged: "Staged", owner: str, default_lifetime: int, quota: Quota) -> Saved:
    now = int(time.time())
    if quota.limited:
        one_at_a_time(owner)
    old = _current(owner, staged.header.session_id, now)
    if old is not None and staged.header.part is not None and not _is_part(old.header):
        raise PartOverWhole
    check(quota, owner, staged.stored_bytes, None if old is None else old.stored_bytes)
    kept = default_lifetime if old is None else old.lifetime
    seconds = kept if staged.lifetime is None else staged.lifetime
    values = _columns(staged) | {
        "updated_at": now,
        "lifetime": seconds,
        "expires_at": expiry.expires_at(now, seconds),
    }
    row = _create(values, owner, now) if old is None else _replace(old, values)
    _insert_frames(row.id, staged.rows())
    _count_items(row.id, staged.said.sizes)
    return Saved(row.share_id, row.revision, row.expires_at, old is None)


def _current(owner: str, session_id: str, now: int) -> Any:
    """The owner's living share of this session. An expired one is buried: its link stays dead."""
    query = Session.select().where(Session.owner == owner, Session.session_id == session_id)
    old = for_update(query).first()
    if old is not None and old.expires_at is not None and old.expires_at <= now:
        _bury([(old.id, old.share_id)], now)
        return None
    return old


def _create(values: dict[str, Any], owner: str, now: int) -> Any:
    return Session.create(
        share_id=new_share_id(),
        owner=owner,
        created_at=now,
        revision=1,
        edition=1,
        visibility="unlisted",
        **values,
    )


def _replace(old: Any, values: dict[str, Any]) -> Any:
    for table, _ in _TABLES.values():
        table.delete().where(table.session == old.id).execute()
    for name, value in values.items():
        setattr(old, name, value)
    old.revision += 1
    old.edition += 1
    old.save()
    return old


def _columns(staged: "Staged") -> dict[str, Any]:
    facts = staged.facts
    values: dict[str, Any] = {
        "session_id": staged.header.session_id,
        "title": staged.title,
        "project_name": staged.project,
        "branch": staged.branch,
        "model": facts.models[0] if facts.models else "",
        "session_date": staged.session_date,
        "message_count": staged.said.lines,
        "total_input_tokens": facts.input_tokens,
        "total_output_tokens": facts.output_tokens,
        "pages": staged.said.pages,
        "header": json.dumps(staged.header_json, ensure_ascii=False, separators=(",", ":")),
        "facts": json.dumps(asdict(facts), ensure_ascii=False, separators=(",", ":")),
        "first_prompt": staged.said.first_prompt,
        "dictionary": staged.dictionary,
        "stored_bytes": staged.stored_bytes,
    }
    return {k: storable(v) if isinstance(v, str) else v for k, v in values.items()}


def _is_part(header: str) -> bool:
    return json.loads(header).get("part") is not None


def add_index(pk: int, edition: int, made: frames.Frames) -> bool:
    """Store the index of a share that has none; False if the share changed meanwhile.

    The edition stays: what was rendered before does not depend on it.
    """
    with transaction():
        if fetch_one("SELECT 1 FROM sessions WHERE id = ? AND edition = ?", (pk, edition)) is None:
            return False
        for table in _INDEX:
            table.delete().where(table.session == pk).execute()
        _insert_frames(pk, made.read())
        _count_items(pk, {})
    return True


def _count_items(pk: int, more: dict[str, int]) -> None:
    counts = json.dumps({**finding.counts(pk), **more}, separators=(",", ":"))
    Session.update({Session.counts: counts}).where(Session.id == pk).execute()


def _insert_frames(session: int, made: frames.FrameRows) -> None:
    for kind, batch in _batches(session, made):
        model, names = _TABLES[kind]
        fields = [model.session, *(getattr(model, name) for name in names)]
        insert_rows(model, fields, batch)


def _batches(session: int, made: frames.FrameRows) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Rows by table, a batch at a time, bounded by bytes as well as by number."""
    open_rows: dict[int, list[tuple[Any, ...]]] = {kind: [] for kind in _TABLES}
    sizes = dict.fromkeys(_TABLES, 0)
    for kind, row, body in made:
        texts = [storable(v) if isinstance(v, str) else v for v in row]
        values = (session, *texts, body) if kind in _WITH_BODY else (session, *texts)
        open_rows[kind].append(values)
        sizes[kind] += len(body or b"")
        if len(open_rows[kind]) >= _BATCH_ROWS or sizes[kind] >= _BATCH_BYTES:
            yield kind, open_rows[kind]
            open_rows[kind], sizes[kind] = [], 0
    yield from ((kind, batch) for kind, batch in open_rows.items() if batch)


def change(pk: int, *, title: str | None, lifetime: int | None) -> None:
    """Set the title, or count a new lifetime from now; None leaves as it is."""
    now = int(time.time())
    values: dict[Any, Any] = {Session.edition: Session.edition + 1}
    if title is not None:
        values[Session.title] = storable(title)
    if lifetime is not None:
        values[Session.lifetime] = lifetime
        values[Session.expires_at] = expiry.expires_at(now, lifetime)
    with transaction():
        Session.update(values).where(Session.id == pk).execute()


def remove(pk: int, share_id: str) -> None:
    """Delete a share with all that belongs to it; its id stays known as gone."""
    with transaction():
        _bury([(pk, share_id)], int(time.time()))


def take_down(share_id: str) -> bool:
    """Delete a share by its id, also one that has expired; False if there is none."""
    with transaction():
        found = fetch_one("SELECT id FROM sessions WHERE share_id = ?", (share_id,))
        if found is not None:
            _bury([(found[0], share_id)], int(time.time()))
    return found is not None


def prune(pause: float = PAUSE) -> int:
    """Delete expired shares, a few per transaction; how many it were.

    `pause`, in seconds, lies between two transactions: who waits to write polls for the lock.
    """
    total = 0
    while number := _prune_some():
        total += number
        time.sleep(pause)
    return total


def _prune_some() -> int:
    """One transaction's worth: some shares, fewer if they are large, at least one."""
    now = int(time.time())
    with transaction():
        query = (
            Session.select(Session.id, Session.share_id, Session.message_count)
            .where(Session.expires_at <= now)
            .order_by(Session.expires_at)
            .limit(_PRUNED_SHARES)
        )
        expired: list[tuple[int, str]] = []
        messages = 0
        for pk, share_id, count in list(rows(query)):
            messages += count
            if expired and messages > _PRUNED_MESSAGES:
                break
            expired.append((pk, share_id))
        _bury(expired, now)
    return len(expired)


def _bury(shares: Sequence[tuple[int, str]], now: int) -> None:
    if not shares:
        return
    pks = [pk for pk, _ in shares]
    Session.delete().where(Session.id << pks).execute()  # the rest goes by ON DELETE CASCADE
    tombs = [{"share_id": share_id, "gone_at": now} for _, share_id in shares]
    Gone.insert_many(tombs).on_conflict_ignore().execute()
