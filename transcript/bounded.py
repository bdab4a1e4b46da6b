"""A dict that forgets its oldest entries: what keeps memory flat however long a session is."""

from hashlib import blake2b
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
LONGEST_KEY = 64


class Bounded(dict[K, V]):
    """At most `limit` entries; setting an entry makes it the newest. Only `[]=` is bounded."""

    __slots__ = ("_limit",)

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        self.pop(key, None)
        super().__setitem__(key, value)
        if len(self) > self._limit:
            del self[next(iter(self))]

    def newest(self) -> K | None:
        """The entry set last, or None."""
        return next(reversed(self), None)


def digest(text: str) -> bytes:
    """8 bytes that stand for a text, so that the text itself need not be kept."""
    return blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=8).digest()


def key(value: object) -> str | None:
    """An id as a key of bounded length; None if it is no id at all."""
    if not isinstance(value, str) or not value:
        return None
    return value if len(value) <= LONGEST_KEY else digest(value).hex()
