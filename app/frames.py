"""Rows on their way to the database, in a file: what is staged takes no memory."""

import marshal
import struct
from collections.abc import Iterator
from typing import IO, Any

_HEAD = struct.Struct(">BII")

Row = list[Any]
FrameRows = Iterator[tuple[int, Row, bytes | None]]
"""(kind, row, body)."""

MESSAGE, PART, FILE, IMAGE, TURN, CHANGE, WORDS = range(7)


class Frames:
    """A file of (kind, row, body): written once from front to end, then read any number of times.

    A row is a list of plain values; the body, bytes, is the last column of the table or None.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.body_bytes = 0
        """Bytes of all bodies of the document that were added here.

        The index does not count: it is made from the document, for older shares only later.
        """

    def add(self, kind: int, row: Row, body: bytes | None = None) -> None:
        """Append a row."""
        head = marshal.dumps([body is not None, *row])
        self._file.write(_HEAD.pack(kind, len(head), len(body or b"")))
        self._file.write(head)
        if body:
            self._file.write(body)
            self.body_bytes += 0 if kind == WORDS else len(body)

    def read(self) -> FrameRows:
        """All rows in the order they were added."""
        self._file.seek(0)
        while head := self._file.read(_HEAD.size):
            kind, row_size, body_size = _HEAD.unpack(head)
            # Ours alone: the file has no name, and this process wrote it.
            has_body, *row = marshal.loads(self._file.read(row_size))  # noqa: S302
            body = self._file.read(body_size) if has_body else None
            yield kind, row, body

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
