"""How much an owner may keep. Adding up reads one index, never a message."""

import time
import zlib
from dataclasses import dataclass

import peewee

from .database import database, fetch_one

_MB = 1 << 20
_LOCK_SPACE = 0x6363
_USED = """
SELECT COUNT(*), COALESCE(SUM(stored_bytes), 0), COALESCE(MAX(stored_bytes), 0) FROM sessions
WHERE owner = ? AND (expires_at IS NULL OR expires_at > ?)
"""
_ALL = """
SELECT COUNT(*), COALESCE(SUM(message_count), 0), COALESCE(SUM(stored_bytes), 0) FROM sessions
"""


@dataclass(frozen=True, slots=True)
class Quota:
    """What one owner may keep at a time: living shares, and MB as stored. 0 = no limit."""

    shares: int = 0
    megabytes: int = 0

    @property
    def limited(self) -> bool:
        """True if there is anything to check."""
        return bool(self.shares or self.megabytes)


NO_QUOTA = Quota()


@dataclass(frozen=True, slots=True)
class Usage:
    """An owner's living shares: how many, their stored bytes, and those of the largest."""

    shares: int
    stored_bytes: int
    largest: int


class OverQuota(Exception):
    """An upload does not fit; the text says what is used and what is allowed."""


def usage(owner: str) -> Usage:
    """What an owner uses now; what has expired counts no more, pruned or not."""
    found = fetch_one(_USED, (owner, int(time.time())))
    assert found is not None
    return Usage(*(int(value) for value in found))


def totals() -> tuple[int, int, int]:
    """Shares, messages and stored bytes of everyone, expired ones included until pruned."""
    found = fetch_one(_ALL, ())
    assert found is not None
    shares, messages, stored = (int(value) for value in found)
    return shares, messages, stored


def check_hopeless(quota: Quota, owner: str) -> None:
    """Raise OverQuota if no upload at all could fit: not even one that replaces the largest share.

    What can be known before the body came; `check` has the last word.
    """
    if not quota.megabytes:
        return
    used = usage(owner)
    if used.stored_bytes - used.largest >= quota.megabytes * _MB:
        raise _too_many_bytes(quota, used)


def check(quota: Quota, owner: str, size: int, replaced: int | None) -> None:
    """Raise OverQuota if an upload of `size` stored bytes does not fit.

    `replaced` is the size of the share it takes the place of, None for a new one. Call it in the
    transaction that writes. A share may always be replaced by a smaller one.
    """
    if not quota.limited:
        return
    used = usage(owner)
    if replaced is None and quota.shares and used.shares >= quota.shares:
        raise OverQuota(f"You have {used.shares} of the {quota.shares} shares that are allowed")
    after = used.stored_bytes - (replaced or 0) + size
    grows = replaced is None or size > replaced
    if quota.megabytes and grows and after > quota.megabytes * _MB:
        raise _too_many_bytes(quota, used, size)


def _too_many_bytes(quota: Quota, used: Usage, size: int | None = None) -> OverQuota:
    text = (
        f"Your shares ({used.shares}) take {used.stored_bytes / _MB:.1f} of the "
        f"{quota.megabytes} MB that are allowed, compressed"
    )
    return OverQuota(text if size is None else f"{text}; this upload takes {size / _MB:.1f} MB")


def one_at_a_time(owner: str) -> None:
    """Let an owner's uploads pass one after the other until this transaction ends.

    SQLite has one writer anyway; on PostgreSQL two uploads could else both see the last room.
    """
    if isinstance(database.obj, peewee.PostgresqlDatabase):
        fetch_one(
            "SELECT pg_advisory_xact_lock(?, ?)", (0x6363, _signed(zlib.crc32(owner.encode())))
        )


def _signed(number: int) -> int:
    return number - (1 << 32) if number >= 1 << 31 else number
