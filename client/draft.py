"""The document between the two passes: its lines in a nameless temporary file, in blocks."""

import struct
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, cast

BLOCK = 128 << 10
"""Bytes of lines in a block: one quick look decides whether the second pass has to read it."""
_SIZES = struct.Struct("<IQ")
_MAX_NAMES = 65_536


@dataclass(frozen=True, slots=True)
class Block:
    """Lines as they will be sent if nothing in them has to change any more."""

    data: bytes
    origins: "array[int]"
    """Two numbers per line: the file it came from and its line number there."""


class Draft:
    """Lines that were written in the first pass. The file (mode 0600) is gone when closed.

    Two processes may have the same one open: one `flush`es, then the other reads.
    """

    def __init__(self, file: BinaryIO | None = None) -> None:
        made = tempfile.TemporaryFile(prefix="ccshare-") if file is None else file  # noqa: SIM115
        self._file = cast(BinaryIO, made)
        self._waiting = bytearray()
        self._origins = array("L")
        self._names: dict[str, int] = {}
        self.size = 0
        """Bytes of all lines that were written here."""

    def __enter__(self) -> "Draft":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, data: bytes, file: str, line: int) -> None:
        """Add a line, and say where it came from. Raises OSError if the disk is full."""
        if file not in self._names and len(self._names) >= _MAX_NAMES:
            file = ""
        self._origins.append(self._names.setdefault(file, len(self._names)))
        self._origins.append(line)
        self.size += len(data)
        self._waiting += data
        if len(self._waiting) >= BLOCK:
            self._end_block()

    @property
    def names(self) -> tuple[str, ...]:
        """The files that lines came from, in the order of their numbers in the blocks."""
        return tuple(self._names)

    @names.setter
    def names(self, names: Iterable[str]) -> None:
        self._names = {name: number for number, name in enumerate(names)}

    def flush(self) -> None:
        """Write all of it, so that another process can read it."""
        if self._waiting:
            self._end_block()
        self._file.flush()

    def _end_block(self) -> None:
        origins = self._origins.tobytes()
        self._file.write(_SIZES.pack(len(origins), len(self._waiting)))
        self._file.write(origins)
        self._file.write(self._waiting)
        self._waiting.clear()
        self._origins = array("L")

    def blocks(self) -> Iterator[Block]:
        """Everything that was written, from the start."""
        self.flush()
        self._file.seek(0)
        while head := self._file.read(_SIZES.size):
            origins_size, size = _SIZES.unpack(head)
            origins = array("L")
            origins.frombytes(self._file.read(origins_size))
            yield Block(self._file.read(size), origins)

    def lines(self, block: Block) -> Iterator[tuple[bytes, str, int]]:
        """Each line of a block with the file it came from and its number there."""
        names = list(self._names)
        pairs = zip(block.origins[::2], block.origins[1::2], strict=True)
        for data, (file, line) in zip(block.data.splitlines(keepends=True), pairs, strict=True):
            yield data, names[file], line
