"""Which passages of a session hold all words that are asked for (see transcript.word_lists).

Why not FTS5: an index without the texts cannot forget a share before SQLite 3.43, one that can
keeps the texts a second time, and in both a question about one share reads the words of all.
These lists are the same on both engines, go with their share, and take a twentieth of that.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...transcript.word_lists import PLACES
from .database import fetch_all

_PLACE = {mark: at for at, mark in enumerate(PLACES)}
_MOST_BLOCK = 4 << 20


class Passage(NamedTuple):
    """Lines `first` to `last`."""

    first: int
    last: int


class Asked(NamedTuple):
    """A word that is looked for; as a prefix also what begins with it."""

    word: str
    prefix: bool


def passages(pk: int, asked: Sequence[Asked], start: int) -> Iterator[Passage]:
    """Passages with all the words, in order, none that ends before line `start`."""
    segments = _segments(pk, start)
    if not segments:
        return
    first = min(segments)
    left = {number: (1 << len(PLACES)) - 1 for number in segments}
    for word in asked:
        masks = dict.fromkeys(left, 0)
        for segment, places in _places(pk, word, first):
            if segment in masks:
                masks[segment] |= places
        left = {
            number: left[number] & mask for number, mask in masks.items() if left[number] & mask
        }
    found = [
        Passage(starts[at], starts[at + 1] - 1)
        for number in left
        for starts in (segments[number],)
        for at in range(len(starts) - 1)
        if left[number] >> at & 1 and starts[at + 1] > start
    ]
    last = -1
    # A spilled output has a passage of its own, within that of the line it belongs to.
    for passage in sorted(found, key=lambda passage: (passage.first, -passage.last)):
        if passage.last > last:
            last = passage.last
            yield passage


def _segments(pk: int, start: int) -> dict[int, list[int]]:
    """The starts of the passages of each segment that does not end before line `start`."""
    sql = "SELECT segment, content FROM word_lists WHERE session_id = ? AND first = ?"
    found = {
        segment: [int(number) for number in bytes(content).split()]
        for segment, content in fetch_all(sql, (pk, b""))
    }
    return {segment: starts for segment, starts in found.items() if starts[-1] > start}


def _places(pk: int, asked: Asked, segment: int) -> Iterator[tuple[int, int]]:
    """(segment, passages as bits) wherever the word stands, from a segment on."""
    low = asked.word.encode()
    high = low + b"\xff" if asked.prefix else low  # no UTF-8 has that byte
    sql = (
        "SELECT segment, content FROM word_lists "
        "WHERE session_id = ? AND segment >= ? AND first <= ? AND last >= ?"
    )
    for number, content in fetch_all(sql, (pk, segment, high, low)):
        mask = 0
        for places in _in_block(bytes(content), asked):
            for mark in places:
                mask |= 1 << _PLACE[mark]
        if mask:
            yield number, mask


def _in_block(content: bytes, asked: Asked) -> Iterator[str]:
    """The places of the words of a block that fit; the block is sorted."""
    text = "\n" + zlib.decompressobj().decompress(content, _MOST_BLOCK).decode()
    wanted = "\n" + asked.word + ("" if asked.prefix else " ")
    at = text.find(wanted)
    while at >= 0:
        end = text.find("\n", at + 1)
        line = text[at + 1 : end if end >= 0 else len(text)]
        yield line.rpartition(" ")[2]
        at = end if end >= 0 and text.startswith(wanted, end) else -1
