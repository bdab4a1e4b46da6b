"""What the editing tools of a session did to files, in lines."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from .bounded import Bounded
from .model import Json
from .usage import HashSet

_OPEN_WRITES = 512
_OPEN_CELLS = 16
_LONGEST_CELL = 100_000
_MOST_COMPARED = 1_500
_COMPARED_IN_ALL = 60_000
"""Lines of cells that are compared in order; what comes later is counted by what differs."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one result did to one file; lines added and removed."""

    path: str
    added: int
    removed: int
    created: bool


class _Cell(NamedTuple):
    """A cell of a notebook that is about to be edited."""

    path: str
    source: str


class Changes:
    """Counts what results say was changed, in all files together and for the last line alone."""

    def __init__(self) -> None:
        self.added = 0
        self.removed = 0
        self.files = HashSet()
        self.last: Change | None = None
        # A new file has no patch and its content is not shared twice: the call knows its lines.
        self._writes: Bounded[int, int] = Bounded(_OPEN_WRITES)
        # The result of a cell's edit knows the old text, the call the file and the new text.
        self._cells: Bounded[int, _Cell] = Bounded(_OPEN_CELLS)
        self._compared = 0

    def call(self, block: Json) -> None:
        """Remember what a call is about to write, until its result says that it did."""
        name, found, given = block.get("name"), block.get("id"), block.get("input")
        if type(found) is not str or type(given) is not dict:
            return
        if name == "Write":
            content = given.get("content")
            if type(content) is str and content:
                lines = content.count("\n") + (not content.endswith("\n"))
                self._writes[hash(found)] = lines
        elif name == "NotebookEdit":
            path, source = given.get("notebook_path"), given.get("new_source")
            if type(path) is str and path:
                source = source[:_LONGEST_CELL] if type(source) is str else ""
                self._cells[hash(found)] = _Cell(path, source)

    def result(self, result: object, blocks: list[Any]) -> None:
        """Count what a `toolUseResult` says was changed."""
        if type(result) is not dict:
            return
        if type(path := result.get("filePath")) is str:
            self._file(path, result, blocks)
        elif self._cells:
            self._cell(result, blocks)

    def _file(self, path: str, result: Json, blocks: list[Any]) -> None:
        patch = result.get("structuredPatch")
        if type(patch) is list and patch:
            self._note(Change(path, *_patched(patch), created=False))
        elif result.get("type") == "create":
            added = sum(self._writes.pop(name, 0) for name in map(_answered, blocks) if name)
            self._note(Change(path, added, 0, created=True))

    def _cell(self, result: Json, blocks: list[Any]) -> None:
        for block in blocks:
            name = _answered(block)
            cell = self._cells.pop(name, None) if name else None
            if cell is None or block.get("is_error") is True or result.get("error"):
                continue
            old = result.get("old_source")
            old = old[:_LONGEST_CELL] if type(old) is str else ""
            new = "" if result.get("edit_mode") == "delete" else cell.source
            self._note(Change(cell.path, *self._differ(old, new), created=False))

    def _note(self, change: Change) -> None:
        self.last = change
        self.added += change.added
        self.removed += change.removed
        self.files.add(hash(change.path))

    def _differ(self, old: str, new: str) -> tuple[int, int]:
        """Lines added and removed between two texts."""
        before, after = _lines(old), _lines(new)
        size = len(before) + len(after)
        self._compared += size
        if size > _MOST_COMPARED or self._compared > _COMPARED_IN_ALL:
            left, right = Counter(before), Counter(after)
            return (right - left).total(), (left - right).total()
        same = sum(run.size for run in SequenceMatcher(None, before, after).get_matching_blocks())
        return len(after) - same, len(before) - same


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _answered(block: Any) -> int:
    """The call that a block answers, hashed; 0 if it answers none."""
    found = block.get("tool_use_id") if type(block) is dict else None
    return hash(found) if type(found) is str else 0


def _patched(patch: list[Any]) -> tuple[int, int]:
    """Lines that a `structuredPatch` adds and removes."""
    added = removed = 0
    for hunk in patch:
        lines = hunk.get("lines") if type(hunk) is dict else None
        for line in lines if type(lines) is list else ():
            if type(line) is str:
                added += line[:1] == "+"
                removed += line[:1] == "-"
    return added, removed
