"""Many texts behind one another, to be searched as one: asking costs more than searching."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from .engines import Search

_BETWEEN = b"\n\x01\n"
"""Parts the texts: the end of a line to every search, and no blank to any."""


class Strip:
    """The texts as bytes, for an engine that reads those."""

    __slots__ = ("_data", "_starts")

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
        self._starts: list[int] = []
        at = gap = len(_BETWEEN)
        for piece in pieces:
            self._starts.append(at)
            at += len(piece) + gap
        self._data = _BETWEEN.join([b"", *pieces, b""])

    def replace(self, old: bytes, new: bytes) -> None:
        """Write `new`, of the same length, for `old`."""
        self._data = self._data.replace(old, new)

    def hits(self, search: Search) -> Iterator[int]:
        """The numbers of the texts that `search` finds something in, and perhaps of others."""
        starts = self._starts
        at = 0
        while found := search(self._data, at):
            first = max(0, bisect_right(starts, found.start() + 1) - 1)
            last = max(first, bisect_right(starts, found.end() - 1) - 1)
            yield from range(first, last + 1)
            if last + 1 >= len(starts):
                return
            at = starts[last + 1] - 1
