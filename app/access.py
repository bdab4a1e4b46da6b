"""Who may see and change what. The whole rule:

- Whoever has a share's id may read it, as long as it lives. Unknown ids are counted.
- Only the key of its owner may change or delete it; to anyone else it is not there.
- What was a share once answers 410, to everyone alike.
"""

from flask import request

from . import keys
from .problems import Problem, gone, not_found
from .services import here
from .storage import shares
from .storage.shares import Alive, Share


def alive(share_id: str) -> Alive:
    """The share's key and edition, if it may be read. One query; the way of every cached page."""
    limits = here().limits
    limits.check_ids()
    found = shares.alive(share_id)
    if found is not None:
        return found
    if shares.is_gone(share_id):
        raise gone()
    limits.unknown_id()
    raise not_found()


def readable(share_id: str) -> Share:
    """The whole share row, if it may be read."""
    share = shares.load(alive(share_id).pk)
    if share is None:  # unshared since the line above
        raise gone()
    return share


def owned(share_id: str) -> Share:
    """The share, if the request's key is its owner's; a stranger learns nothing."""
    owner = require_owner()
    share = readable(share_id)
    if share.owner != owner:
        raise not_found()
    return share


def require_owner() -> str:
    """The owner whose key the request carries, as `Authorization: Bearer`."""
    limits = here().limits
    limits.check_keys()
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if not key or scheme.lower() != "bearer":
        raise _unauthorized("The request carries no key.")
    owner = keys.owner_of(key.strip(), here().settings.share_api_key)
    if owner is None:
        limits.failed_key()
        raise _unauthorized("This key is not known here, or was revoked.")
    return owner


def _unauthorized(detail: str) -> Problem:
    return Problem(
        401,
        "unauthorized",
        "A key is needed",
        detail,
        "Ask the server's operator for a key, then run `ccshare login`.",
        headers={"WWW-Authenticate": 'Bearer realm="ccshare"'},
    )
