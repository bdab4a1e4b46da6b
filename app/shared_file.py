"""A file that two processes read at once, each at a place of its own."""

import io
import os
from typing import IO, cast

_BUFFER = 256 << 10


class _Positioned(io.RawIOBase):
    """Reads by position, as the processes have one file offset between them."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        read = os.preadv(self._descriptor, [cast(bytearray, buffer)], self._at)
        self._at += read
        return read


def shared_file(descriptor: int) -> IO[bytes]:
    """The file from its start. The descriptor stays open and is not moved."""
    return cast(IO[bytes], io.BufferedReader(_Positioned(descriptor), _BUFFER))
