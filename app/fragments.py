"""Rendered pages, kept compressed in memory, bounded by bytes; behind it a file all workers share.

A key names everything the HTML depends on (share, edition, renderer, kind, page, ...), so an
entry is never wrong, only useless after a change; whether the share still lives is asked of the
database at every hit (see access.alive), so that an unshare works at once.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

from flask import Request

from .fragment_file import FragmentFile, Packed
from .headers import OK, SHARE, UNCHANGED, Prepared

_LEVEL = 6
_OVERHEAD = 1000  # bytes for the entry's objects, roughly
_PATIENCE = 10.0
"""Seconds to wait for another thread that draws the same."""


ShareKey = tuple[Any, ...]
"""The share's id, its Alive, and whatever else the HTML depends on."""


class Entry(Protocol):
    """What the cache keeps: an answer, and the bytes it takes in memory."""

    @property
    def size(self) -> int: ...

    def answer(self, request: Request) -> Prepared: ...


class Fragment:
    """One rendered answer: compressed body, ETag, and its header lists ready to be sent."""

    __slots__ = ("_gzip_headers", "_plain_headers", "_unchanged_headers", "body", "etag")

    def __init__(
        self,
        content: str | Packed,
        name: str,
        content_type: str = "text/html; charset=utf-8",
        common: Iterable[tuple[str, str]] = SHARE,
    ):
        packed = content if isinstance(content, Packed) else pack(content)
        self.body = packed.body
        self.etag = '"' + hashlib.sha256(name.encode()).hexdigest()[:24] + '"'
        self._unchanged_headers = [
            *common,
            ("ETag", self.etag),
            ("Vary", "Accept-Encoding"),
        ]
        fields = [*self._unchanged_headers, ("Content-Type", content_type)]
        self._gzip_headers = [
            *fields,
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(self.body))),
        ]
        self._plain_headers = [*fields, ("Content-Length", str(packed.size))]

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.body) + _OVERHEAD

    def answer(self, request: Request) -> Prepared:
        """The response to `request`: 304, compressed, or plain for who does not unpack."""
        environ = request.environ
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (self.etag in known or known.strip() == "*"):
            return Prepared(b"", UNCHANGED, self._unchanged_headers)
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return Prepared(self.body, OK, self._gzip_headers)
        return Prepared(gzip.decompress(self.body), OK, self._plain_headers)


def pack(html: str) -> Packed:
    """The body of an answer, compressed; what UTF-8 cannot say becomes a question mark."""
    plain = html.encode("utf-8", "replace")
    return Packed(gzip.compress(plain, _LEVEL, mtime=0), len(plain))


def takes_gzip(accepted: str) -> bool:
    """True if an Accept-Encoding header allows gzip."""
    if "gzip" not in accepted:
        return False
    for part in accepted.split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip().lower() in {"gzip", "x-gzip"}:
            return parameters.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


class FragmentCache:
    """Least recently used out first. Safe for threads; 0 bytes switches it off.

    `shared` holds the same HTML for the other workers, and survives what memory forgets.
    """

    def __init__(self, most_bytes: int, shared: FragmentFile | None = None) -> None:
        self._most = most_bytes
        self._shared = shared
        self._size = 0
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._making: dict[Hashable, Future[Entry]] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes held now."""
        return self._size

    def get(self, key: Hashable) -> "Entry | None":
        """The entry, now the most recent, or None."""
        with self._lock:
            return self._found(key)

    def get_or_make(self, key: ShareKey, make: Callable[[], str]) -> "Entry":
        """The entry; if no worker has it, made now."""
        return self.get_or_add(key, lambda: Fragment(self._packed(key, make), repr(key)))

    def get_or_add(self, key: Hashable, make: Callable[[], "Entry"]) -> "Entry":
        """The entry, of any kind, made now if it is not in memory: once, however many ask.

        Raises what `make` raises.
        """
        with self._lock:
            entry = self._found(key)
            if entry is not None:
                return entry
            making = self._making.get(key)
            first = making is None
            if making is None:
                making = self._making[key] = Future()
        if first:
            return self._make(key, make, making)
        with suppress(Exception):  # whatever went wrong there, each asker meets for itself
            return making.result(_PATIENCE)
        return make()

    def forget(self, share_id: str) -> None:
        """A share was removed or changed: nothing of it stays in the file that all share, nor in
        the memory of this worker; what others hold is never answered with (see the module)."""
        with self._lock:
            keys = [key for key in self._entries if isinstance(key, tuple) and share_id in key]
            for key in keys:
                self._size -= self._entries.pop(key).size
        if self._shared is not None:
            self._shared.forget(share_id)

    def _found(self, key: Hashable) -> "Entry | None":
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def _make(
        self, key: Hashable, make: Callable[[], "Entry"], waited_for: "Future[Entry]"
    ) -> "Entry":
        try:
            entry = make()
            self._put(key, entry)
        except BaseException as error:
            self._made(key)
            waited_for.set_exception(error)
            raise
        self._made(key)
        waited_for.set_result(entry)
        return entry

    def _made(self, key: Hashable) -> None:
        with self._lock:
            del self._making[key]

    def _packed(self, key: ShareKey, make: Callable[[], str]) -> Packed:
        if self._shared is None:
            return pack(make())
        name = repr(key)
        packed = self._shared.get(name)
        if packed is None:
            packed = pack(make())
            self._shared.put(name, (key[0], key[1].edition), packed)
        return packed

    def _put(self, key: Hashable, entry: "Entry") -> None:
        # One page must not push out all others.
        if entry.size * 4 > self._most:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            self._size += entry.size - (old.size if old else 0)
            self._entries[key] = entry
            while self._size > self._most:
                _, out = self._entries.popitem(last=False)
                self._size -= out.size
