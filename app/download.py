"""The shared document, given back as it came: header, lines, files, images inside again."""

import hashlib
import zlib
from collections.abc import Iterator

from ..transcript import document
from ..transcript.model import Json
from .images import put_back
from .storage import shares
from .storage.shares import Share, StoredFile

_ROWS = 200
_BYTES = 4 << 20
_GZIP = 31


class Changed(Exception):
    """The share changed while it was being sent: the answer must break off, not mix two."""


def lines(share: Share) -> Iterator[bytes]:
    """The document, a line at a time; memory holds a few lines.

    Raises Changed if the share is uploaded again or removed meanwhile, so that the receiver
    sees a cut answer and not a whole one of two revisions.
    """
    yield document.encode(share.header)
    files = shares.files(share)
    pending = next(files, None)
    offset = 0
    while True:
        found = shares.messages(share, offset, _ROWS, _BYTES)
        check(share)
        for message in found:
            while pending is not None and pending.sequence <= message.sequence:
                yield from _file(pending)
                pending = next(files, None)
            yield document.encode(with_images(share, message.line))
        if not found:
            break
        offset = found[-1].sequence + 1
    while pending is not None:
        yield from _file(pending)
        pending = next(files, None)
    check(share)


def packed(plain: Iterator[bytes]) -> Iterator[bytes]:
    """The same, as gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for line in plain:
        if piece := packer.compress(line):
            yield piece
    yield packer.flush()


def check(share: Share) -> None:
    """Raise Changed if the share is no longer what it was when the answer began."""
    now = shares.alive(share.share_id)
    if now is None or now.edition != share.edition:
        raise Changed


def _file(file: StoredFile) -> Iterator[bytes]:
    subagent = file.text is None and file.path.endswith(".jsonl")
    yield document.file_line(file.path, file.meta or {} if subagent else None)
    if file.text is not None:
        yield document.text_line(file.text)


def with_images(share: Share, line: Json) -> Json:
    """The line with its images inside again, in place."""
    put_back(line, lambda sha256: shares.image(share.pk, sha256))
    return line


def etag(share: Share, name: str = "jsonl") -> str:
    """Changes with every edition; `name` tells the answers of one share apart.

    A digest, as caches and proxies may log ETags.
    """
    told = f"{share.share_id}-{share.edition}-{name}"
    return '"' + hashlib.sha256(told.encode()).hexdigest()[:24] + '"'
