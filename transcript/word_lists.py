"""The words of a session and where they stand, in bounded pieces: an inverted index.

A passage is a run of lines. A segment is up to 64 passages with one sorted list of their words;
memory holds one segment. A word's places are one character per passage (see PLACES).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Json, Part
from .part_text import MOST_CHARACTERS, raw_text
from .plain import plain
from .words import Words, words

PLACES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Passage 0 to 63 of a segment."""
PASSAGE_LINES = 32
PASSAGE_CHARACTERS = 60_000
_SEGMENT_WORDS = 60_000


@dataclass(frozen=True, slots=True)
class Segment:
    """What is known of a run of lines."""

    starts: list[int]
    """The first line of each passage, then the line after the last."""
    places: dict[str, str]
    """Word -> the passages it stands in."""

    def blocks(self, size: int) -> Iterator[list[tuple[str, str]]]:
        """(word, places) in the order of the words' bytes, `size` at a time."""
        known = sorted(self.places)
        for at in range(0, len(known), size):
            yield [(word, self.places[word]) for word in known[at : at + size]]


def alone(sequence: int, text: str) -> Segment:
    """A segment for a text that belongs to a line but is not in it: a spilled output."""
    found = words(plain(text[:MOST_CHARACTERS]))
    return Segment([sequence, sequence + 1], dict.fromkeys(found, PLACES[0]))


class WordListBuilder:
    """Feed it each line with its parts; it returns a segment when one is full."""

    def __init__(self) -> None:
        self._words = Words()
        self._starts: list[int] = []
        self._places: dict[str, str] = {}
        self._texts: list[str] = []
        self._lines = 0
        self._characters = 0
        self._next = 0

    def line(self, sequence: int, line: Json, parts: list[Part]) -> Segment | None:
        """The segment that ends before or with this line."""
        if not self._lines:
            self._starts.append(sequence)
        self._next = sequence + 1
        self._lines += 1
        for part in parts:
            text = raw_text(line, part)
            if text:
                self._texts.append(text)
                self._characters += len(text)
        if self._lines < PASSAGE_LINES and self._characters < PASSAGE_CHARACTERS:
            return None
        self._end_passage()
        full = len(self._starts) == len(PLACES) or len(self._places) >= _SEGMENT_WORDS
        return self._end_segment() if full else None

    def finish(self) -> Segment | None:
        """What is left; a session without any line has no segment."""
        if self._lines:
            self._end_passage()
        return self._end_segment() if self._starts else None

    def _end_passage(self) -> None:
        mark = PLACES[len(self._starts) - 1]
        places = self._places
        known = places.get
        for word in self._words.of("\n".join(self._texts)):
            places[word] = known(word, "") + mark
        self._texts, self._lines, self._characters = [], 0, 0

    def _end_segment(self) -> Segment:
        made = Segment([*self._starts, self._next], self._places)
        self._starts, self._places = [], {}
        return made
