"""API keys: `ccs_` + 30 random base62 characters + 6 characters of CRC32.

The checksum lets scanners tell a key from noise offline; 30 characters are about 178 bits, so
a fast hash at rest is enough: nobody can try them all.
"""

import hashlib
import hmac
import re
import secrets
import time
import zlib
from dataclasses import dataclass
from typing import Any

from .ids import BASE62
from .storage.database import rows, transaction
from .storage.models import ApiKey

PREFIX = "ccs_"
ADMIN = "admin"
_BODY = 30
_LOOKUP = 8
_USED_EVERY = 86_400  # seconds between two notes of "last used": a write per request is too much

_SHAPE = re.compile(r"ccs_[0-9A-Za-z]{36}")
_NAME = re.compile(r"[\w.@+-]{1,64}")


class KeyNameError(ValueError):
    """A name that cannot own keys; the text says why."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key as `key list` shows it. Times are epoch seconds."""

    owner: str
    prefix: str
    created_at: int
    last_used_at: int | None
    revoked_at: int | None
    """May lie ahead: the key is valid until then."""


def checksum(body: str) -> str:
    """CRC32 of `body` as 6 base62 digits."""
    value, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        digits = BASE62[digit] + digits
    return digits


def well_formed(key: str) -> bool:
    """True if `key` has the shape and the right checksum; says nothing about the database."""
    if not _SHAPE.fullmatch(key):
        return False
    body = key[len(PREFIX) : len(PREFIX) + _BODY]
    return hmac.compare_digest(key[-6:], checksum(body))


def create(owner: str) -> str:
    """Make a key for `owner` and return it: the only time it is seen in full."""
    if not _NAME.fullmatch(owner):
        raise KeyNameError("a name has 1 to 64 letters, digits or . _ @ + -")
    if owner == ADMIN:
        raise KeyNameError('"admin" owns the key of SHARE_API_KEY; choose another name')
    body = "".join(secrets.choice(BASE62) for _ in range(_BODY))
    key = PREFIX + body + checksum(body)
    ApiKey.create(
        owner=owner, prefix=body[:_LOOKUP], digest=_digest(key), created_at=int(time.time())
    )
    return key


def listed() -> list[KeyRow]:
    """All keys ever made, oldest first."""
    fields = (
        ApiKey.owner,
        ApiKey.prefix,
        ApiKey.created_at,
        ApiKey.last_used_at,
        ApiKey.revoked_at,
    )
    return [KeyRow(*found) for found in rows(ApiKey.select(*fields).order_by(ApiKey.id))]


def active(owner: str) -> int:
    """How many valid keys an owner has."""
    return ApiKey.select().where(ApiKey.owner == owner, _valid(int(time.time()))).count()


def rotate(owner: str, grace: int) -> str:
    """Make a new key for `owner`, and let the older ones end in `grace` seconds, all in one."""
    with transaction():
        _end(ApiKey.owner == owner, grace)
        return create(owner)


def revoke(name: str) -> int:
    """Revoke the keys of an owner, or the one with this 8-character prefix. How many it was."""
    with transaction():
        return _end((ApiKey.owner == name) | (ApiKey.prefix == name), 0)


def _end(which: Any, grace: int) -> int:
    """Let valid keys end in `grace` seconds, unless they end sooner; how many it was."""
    now = int(time.time())
    sooner = ApiKey.revoked_at.is_null() | (ApiKey.revoked_at > now + grace)
    return ApiKey.update(revoked_at=now + grace).where(which, sooner).execute()


def _valid(now: int) -> Any:
    return ApiKey.revoked_at.is_null() | (ApiKey.revoked_at > now)


def owner_of(presented: str, admin_key: str) -> str | None:
    """The owner a presented key belongs to, or None. `admin_key` is SHARE_API_KEY or ""."""
    digest = _digest(presented)
    if admin_key and hmac.compare_digest(digest, _digest(admin_key)):
        return ADMIN
    if not well_formed(presented):
        return None
    prefix = presented[len(PREFIX) : len(PREFIX) + _LOOKUP]
    query = ApiKey.select(ApiKey.id, ApiKey.owner, ApiKey.digest, ApiKey.last_used_at)
    candidates = query.where(ApiKey.prefix == prefix, _valid(int(time.time())))
    for key_id, owner, stored, used in list(rows(candidates)):
        if hmac.compare_digest(digest, stored):
            _note_use(key_id, used)
            return owner
    return None


def _note_use(key_id: int, last_used_at: int | None) -> None:
    now = int(time.time())
    if now - (last_used_at or 0) > _USED_EVERY:
        ApiKey.update(last_used_at=now).where(ApiKey.id == key_id).execute()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
