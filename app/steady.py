"""A page that is made while an upload replaces its share would mix two revisions: made again."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from .download import check
from .problems import busy
from .storage import shares
from .storage.shares import Alive, Share

_TRIES = 5
_FIRST = 32 << 10
T = TypeVar("T")


class Replaced(Exception):
    """The share is another edition now than when the answer was begun."""


def unmixed(share_id: str, seen: Alive, make: Callable[[], T]) -> T:
    """What `make` gives, if the share is still as it was `seen`; else raises Replaced.

    Whatever `make` raises counts as an effect of the change, if there was one: rows that are
    gone, a body that its dictionary does not fit.
    """
    try:
        made = make()
    except Exception as error:
        if shares.alive(share_id) == seen:
            raise
        raise Replaced from error
    if shares.alive(share_id) != seen:
        raise Replaced
    return made


def begun(share: Share, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A streamed answer whose first 32 KB are made now, so that a small one can be made again.

    Raises Replaced over those. Later, what fails because the share was replaced raises
    download.Changed: the answer breaks off.
    """
    seen = Alive(share.pk, share.edition, share.expires_at)
    return _whole(share, unmixed(share.share_id, seen, lambda: _first(pieces)), pieces)


def _first(pieces: Iterator[bytes]) -> bytes:
    taken: list[bytes] = []
    size = 0
    for piece in pieces:
        taken.append(piece)
        size += len(piece)
        if size >= _FIRST:
            break
    return b"".join(taken)


def _whole(share: Share, first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    try:
        yield from pieces
    except Exception:
        check(share)
        raise


def retried(view: Callable[..., T]) -> Callable[..., T]:
    """Run the view again when its share was replaced meanwhile; 503 if that never ends."""

    @wraps(view)
    def again(*arguments: Any, **named: Any) -> T:
        for _ in range(_TRIES):
            try:
                return view(*arguments, **named)
            except Replaced:
                continue
        raise busy()

    return again
