"""The upload's body, from the wire to a file: unpacked, counted, never held in memory.

Nothing is looked into here; a slow client costs a file and a thread, no lock and no memory.
"""

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol

from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected

from .problems import Problem
from .spool import Spool

CHUNK = 64 << 10
_PIECE = 1 << 20  # most that one step of unpacking may give
_MOST_MEMBERS = 1000
_DRAIN_SECONDS = 10.0
_SILENCE_SECONDS = 60
"""A client that sends nothing for so long gives its thread back."""
_GZIP = 31  # zlib's word for "a gzip header must be there"
CODINGS = ("identity", "gzip", "x-gzip")


class Source(Protocol):
    """What a body is read from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Caps:
    """The largest body and the longest line, uncompressed, in bytes."""

    upload: int
    line: int


Grown = Callable[[IO[bytes], int], None]
"""Is told the file and how many bytes have come."""


def receive(
    source: Source,
    coding: str,
    spool: Spool,
    caps: Caps,
    declared: int | None = None,
    grown: Grown = lambda _file, _size: None,
) -> IO[bytes]:
    """Write the body to a spool file and return it, rewound. The caller closes it.

    `declared` is the Content-Length, if any: a body that says it is too large is not stored
    at all. Raises Problem 415 on a foreign coding, 400 on a cut or damaged body, 413 over a
    cap, 503 when the disk is full.
    """
    coding = coding.strip().lower() or "identity"
    wire = _Wire(source, caps.upload)
    try:
        file = spool.file()
    except OSError as error:
        wire.drain()
        raise _disk(error) from error
    try:
        if coding not in CODINGS:
            raise _foreign(coding)
        if declared is not None and declared > caps.upload:
            raise _too_large(caps.upload)
        pieces = wire.chunks() if coding == "identity" else _unzip(wire.chunks())
        _fill(file, pieces, caps, grown)
        file.seek(0)
    except BaseException as error:
        file.close()
        if isinstance(error, Problem | OSError):
            wire.drain()
        if isinstance(error, OSError):
            raise _disk(error) from error
        raise
    return file


def receive_small(source: Source, cap: int) -> bytes:
    """A body of at most `cap` bytes, in memory. Raises Problem 400 or 413."""
    wire = _Wire(source, cap)
    try:
        return b"".join(wire.chunks())
    except Problem:
        wire.drain()
        raise


def bound_silence(environ: Mapping[str, Any], seconds: float = _SILENCE_SECONDS) -> None:
    """Let reading the body end when nothing comes; gunicorn itself would wait for ever."""
    wire = environ.get("gunicorn.socket")
    if wire is not None:
        wire.settimeout(seconds)


def drain(source: Source, most: int, seconds: float = _DRAIN_SECONDS) -> None:
    """Read on for a while and forget it: who is still sending would not see the answer."""
    _Wire(source, most).drain(seconds)


class _Wire:
    """The raw body: counted, and readable to its end after a refusal."""

    def __init__(self, source: Source, cap: int) -> None:
        self._source = source
        self._cap = cap
        self._taken = 0

    def chunks(self) -> Iterator[bytes]:
        while chunk := self._read():
            self._taken += len(chunk)
            if self._taken > self._cap:
                raise _too_large(self._cap)
            yield chunk

    def drain(self, seconds: float = _DRAIN_SECONDS) -> None:
        """Read what still comes, for some seconds and up to the cap."""
        until = time.monotonic() + seconds
        left = self._cap
        try:
            while left > 0 and time.monotonic() < until and (chunk := self._read()):
                left -= len(chunk)
        except Problem:
            return

    def _read(self) -> bytes:
        try:
            return self._source.read(CHUNK)
        except TimeoutError as error:
            raise _silent() from error
        except ParseException as error:
            raise _cut("The chunks of the upload are damaged.") from error
        except (ClientDisconnected, OSError) as error:
            raise _cut("The connection ended in the middle of the upload.") from error


def _fill(file: IO[bytes], pieces: Iterator[bytes], caps: Caps, grown: Grown) -> None:
    total = line = 0
    for piece in pieces:
        total += len(piece)
        if total > caps.upload:
            raise _too_large(caps.upload)
        line = _line_length(line, piece, caps.line)
        file.write(piece)
        grown(file, total)
    if total == 0:
        raise _cut("The upload is empty.")


def _line_length(before: int, piece: bytes, cap: int) -> int:
    """The length of the line that `piece` leaves open. Lines are checked before they end."""
    first = piece.find(b"\n")
    if before + (len(piece) if first < 0 else first) > cap:
        raise _long_line(cap)
    if first < 0:
        return before + len(piece)
    # A piece is smaller than any cap, so lines within it need no look.
    return len(piece) - piece.rfind(b"\n") - 1


def _unzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip of one or more members, in pieces of bounded size."""
    opener, members = zlib.decompressobj(_GZIP), 1
    started = False
    for chunk in chunks:
        data = chunk
        while data:
            if opener.eof:
                # Writers may pad between and after members with zeros.
                data = data.lstrip(b"\0")
                if not data:
                    break
                members += 1
                if members > _MOST_MEMBERS:
                    raise _damaged("it has too many members")
                opener = zlib.decompressobj(_GZIP)
            started = True
            yield from _pieces(opener, data)
            data = opener.unused_data if opener.eof else b""
    if started and not opener.eof:
        raise _damaged("it ends too early")


def _pieces(opener: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    try:
        piece = opener.decompress(data, _PIECE)
        while True:
            if piece:
                yield piece
            if opener.eof or not (opener.unconsumed_tail or len(piece) == _PIECE):
                return
            piece = opener.decompress(opener.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise _damaged("its data is not valid") from error


def _foreign(coding: str) -> Problem:
    return Problem(
        415,
        "unsupported-coding",
        "Unsupported Content-Encoding",
        f"This server does not unpack {coding[:40]!r}.",
        "Send the document plain or with Content-Encoding: gzip.",
        headers={"Accept-Encoding": "gzip, identity"},
    )


def _disk(error: OSError) -> Problem:
    return Problem(
        503,
        "no-space",
        "The server cannot store the upload",
        f"Writing the upload failed: {error.strerror}.",
        "Try again later; the operator must make room.",
        headers={"Retry-After": "60"},
    )


def _silent() -> Problem:
    detail = f"Nothing came for {_SILENCE_SECONDS} seconds."
    return Problem(408, "too-slow", "The upload stalled", detail, "Send it again.")


def _cut(detail: str) -> Problem:
    return Problem(400, "incomplete", "Incomplete upload", detail, "Send it again.")


def _damaged(why: str) -> Problem:
    return Problem(
        400,
        "damaged-gzip",
        "Damaged gzip body",
        f"The body says it is gzip, but {why}.",
        "Send it again; if that does not help, send it uncompressed.",
    )


def _too_large(cap: int) -> Problem:
    return Problem(
        413,
        "too-large",
        "Upload too large",
        f"This address takes at most {_size(cap)}, uncompressed.",
        "Share a part of the session (--last N or --range), or raise MAX_UPLOAD_MB.",
    )


def _long_line(cap: int) -> Problem:
    return Problem(
        413,
        "line-too-long",
        "Line too long",
        f"A line of the upload is longer than {_size(cap)}.",
        "Share a part of the session without it (--range), or raise MAX_LINE_MB.",
    )


def _size(cap: int) -> str:
    return f"{cap >> 20} MB" if cap >= 1 << 20 else f"{cap >> 10} KB"
