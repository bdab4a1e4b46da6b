"""A file that two processes read at once, each at a place of its own; it may still be growing."""

import io
import os
from collections.abc import Callable
from typing import IO, cast

_BUFFER = 256 << 10


class _Positioned(io.RawIOBase):
    """Reads by position, as the processes have one file offset between them."""

    def __init__(self, descriptor: int, grows: Callable[[], bool]) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._grows = grows
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        read = self._read(buffer)
        while not read and self._grows():
            read = self._read(buffer)
        # What came before it was said that no more comes may have come after the last look.
        read = read or self._read(buffer)
        self._at += read
        return read

    def _read(self, buffer: object) -> int:
        return os.preadv(self._descriptor, [cast(bytearray, buffer)], self._at)


def shared_file(descriptor: int, grows: Callable[[], bool] = lambda: False) -> IO[bytes]:
    """The file from its start. The descriptor stays open and is not moved.

    At its end `grows` is asked: true, after a while, if more may come.
    """
    return cast(IO[bytes], io.BufferedReader(_Positioned(descriptor, grows), _BUFFER))
