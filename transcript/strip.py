"""Many texts behind one another, to be searched as one: asking costs more than searching."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from .engines import Search

_BETWEEN = b"\n\x01\n"
"""Parts the texts: the end of a line to every search, and no blank to any."""

_PARTS = 16


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


def where(lines: Sequence[bytes], look: Callable[[bytes], bool]) -> list[int]:
    """The numbers of the lines for which `look` is true, as it is for any lines with such a one."""
    return _where(lines, range(len(lines)), look)


def _where(lines: Sequence[bytes], numbers: range, look: Callable[[bytes], bool]) -> list[int]:
    if not numbers or not look(b"".join(lines[numbers.start : numbers.stop])):
        return []
    if len(numbers) == 1:
        return [numbers.start]
    size = -(-len(numbers) // _PARTS)
    parts = (numbers[at : at + size] for at in range(0, len(numbers), size))
    return [number for part in parts for number in _where(lines, part, look)]
