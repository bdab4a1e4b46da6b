"""Index rows from the lines of a session: the part of indexing that needs no database.

The process that stages an upload imports it, so it stays light.
"""

import zlib

from ..transcript import spilled
from ..transcript.bounded import Bounded
from ..transcript.changes import Change, Changes
from ..transcript.model import Json, Part, block_of
from ..transcript.turns import Turn, TurnBuilder
from ..transcript.word_lists import Segment, WordListBuilder, alone
from . import frames
from .frames import Frames

WORDS_PER_BLOCK = 1_000
_LEVEL = 3
_MOST_PATH = 500
_MOST_SPILLED = 4_000
"""Outputs beside the session whose lines are known."""


class Index:
    """Takes each line with its parts and writes rows; memory holds one segment of words."""

    def __init__(self, rows: Frames) -> None:
        self._rows = rows
        self._turns = TurnBuilder()
        self._words = WordListBuilder()
        self._changes = Changes()
        self._changed = 0
        self._spilled: Bounded[str, int] = Bounded(_MOST_SPILLED)
        self._segments = 0

    def take(self, sequence: int, line: Json, parts: list[Part]) -> None:
        """One line with its parts."""
        changes = self._changes.line(line)
        if parts:
            for turn in self._turns.line(line, parts):
                self._turn(turn)
            for change in changes:
                self._change(sequence, parts, change)
        for part in parts:
            if part.role == "result" and (path := spilled.named(block_of(line, part))):
                self._spilled[path] = sequence
        segment = self._words.line(sequence, line, parts)
        if segment is not None:
            self._segment(segment)

    def text(self, path: str, text: str) -> None:
        """A spilled output: it is found where the line stands that names it."""
        sequence = self._spilled.get(path)
        if sequence is not None:
            self._segment(alone(sequence, text))

    def finish(self) -> None:
        """Write what is still open."""
        for turn in self._turns.finish():
            self._turn(turn)
        segment = self._words.finish()
        if segment is not None:
            self._segment(segment)

    def _turn(self, t: Turn) -> None:
        row = [t.n, t.ordinal, t.number, t.kind, t.text, t.tools, t.errors, t.commit]
        self._rows.add(frames.TURN, row)

    def _change(self, sequence: int, parts: list[Part], change: Change) -> None:
        results = [part for part in parts if part.role == "result"] or parts
        place = next((part for part in results if part.block == change.block), results[0])
        path = change.path.removeprefix("./")[:_MOST_PATH]
        root = int(place.thread.partition(".")[0]) if place.thread else place.n
        row = [self._changed, path, place.thread, place.n, root, sequence]
        row += [change.added, change.removed, change.created, change.basis]
        self._rows.add(frames.CHANGE, row)
        self._changed += 1

    def _segment(self, segment: Segment) -> None:
        starts = " ".join(map(str, segment.starts)).encode()
        self._rows.add(frames.WORDS, [self._segments, b"", b""], starts)
        for block in segment.blocks(WORDS_PER_BLOCK):
            text = "\n".join(f"{word} {places}" for word, places in block)
            ends = [self._segments, block[0][0].encode(), block[-1][0].encode()]
            self._rows.add(frames.WORDS, ends, zlib.compress(text.encode(), _LEVEL))
        self._segments += 1
