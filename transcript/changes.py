"""What the editing tools of a session did to files, in lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from .bounded import Bounded
from .model import Json
from .usage import HashSet

_OPEN_WRITES = 512
_OPEN_CELLS = 16
_OPEN_EDITS = 64
_LONGEST_CELL = 100_000
_LONGEST_EDIT = 50_000
"""Characters of an edit that waits for its result; a longer one is counted at once."""
_LONGEST_COUNTED = 1_000_000
"""Characters of two texts whose lines are still looked at; beyond, one replaced the other."""
_MOST_COMPARED = 1_500
_COMPARED_IN_ALL = 60_000
"""Lines of cells and texts that are compared in order; what comes later is counted by what
differs."""

Basis = Literal["patch", "cell", "texts", "everywhere", "content"]
"""What a change is known from: `patch`, its lines with their numbers; `cell`, the two texts of a
notebook's cell; `texts`, what was replaced by what, nobody said at which lines; `everywhere`, the
same, replaced as often as it stood there, and counted once; `content`, what was written over a
file of which nobody said what it held."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one result did to one file; lines added and removed."""

    path: str
    added: int
    removed: int
    created: bool
    basis: Basis = "patch"
    block: int = 0
    """The result's index among the blocks of its line."""


class _Cell(NamedTuple):
    """A cell of a notebook that is about to be edited."""

    path: str
    source: str


class _Write(NamedTuple):
    """A file that is about to be written."""

    path: str
    lines: int


class _Edit(NamedTuple):
    """A file of which texts are about to be replaced: (old, new), or what they count already."""

    path: str
    pairs: list[tuple[str, str]]
    counted: tuple[int, int]
    everywhere: bool


class Changes:
    """Feed it every line; it counts what results say was changed, in all files together."""

    def __init__(self) -> None:
        self.added = 0
        self.removed = 0
        self.files = HashSet()
        self._last: list[Change] = []
        # A new file has no patch and its content is not shared twice: the call knows its lines.
        self._writes: Bounded[int, _Write] = Bounded(_OPEN_WRITES)
        # The result of a cell's edit knows the old text, the call the file and the new text.
        self._cells: Bounded[int, _Cell] = Bounded(_OPEN_CELLS)
        # Results of some versions and tools hold no patch: the call knows both texts.
        self._edits: Bounded[int, _Edit] = Bounded(_OPEN_EDITS)
        self._compared = 0

    def line(self, line: Json) -> Sequence[Change]:
        """What this line changed, in the order of its blocks."""
        self._last = []
        message = line.get("message")
        content = message.get("content") if type(message) is dict else None
        if type(content) is list:
            kind = line.get("type")
            if kind == "user":
                self._result(line.get("toolUseResult"), content)
            elif kind == "assistant":
                for block in content:
                    if type(block) is dict:
                        self._call(block)
        return self._last

    def _call(self, block: Json) -> None:
        """Remember what a call is about to write, until its result says that it did."""
        name, found, given = block.get("name"), block.get("id"), block.get("input")
        if type(found) is not str or type(given) is not dict:
            return
        if name == "Write":
            path, content = _text(given, "file_path"), _text(given, "content")
            if content:
                self._writes[hash(found)] = _Write(path, _height(content))
        elif name == "NotebookEdit":
            path = _text(given, "notebook_path")
            if path:
                source = _text(given, "new_source")[:_LONGEST_CELL]
                self._cells[hash(found)] = _Cell(path, source)
        elif name in ("Edit", "MultiEdit") and (path := _text(given, "file_path")):
            self._edits[hash(found)] = _edit(path, given)

    def _result(self, result: object, blocks: list[Any]) -> None:
        """Count what a line's results changed; `result` is its `toolUseResult`, if it has one."""
        told: Json = result if type(result) is dict else {}
        for index, block in enumerate(blocks):
            name = _answered(block)
            if name is None:
                continue
            write, edit = self._writes.pop(name, None), self._edits.pop(name, None)
            cell = self._cells.pop(name, None)
            # A sentence in the place of a record says why nothing came of the call.
            if block.get("is_error") is True or told.get("error") or type(result) is str:
                continue
            if cell is not None:
                self._cell(index, cell, told)
            elif patch := _patch(told):
                self._note(Change(patch[0], *_patched(patch[1]), created=False, block=index))
                told = {}  # it is one result's record, whichever blocks follow
            elif write is not None or told.get("type") == "create":
                self._written(index, write or _Write("", 0), told)
                told = {}
            elif edit is not None:
                self._edited(index, edit)

    def _cell(self, index: int, cell: _Cell, told: Json) -> None:
        old = _text(told, "old_source")[:_LONGEST_CELL]
        new = "" if told.get("edit_mode") == "delete" else cell.source
        count = self._differ(old, new)
        self._note(Change(cell.path, *count, created=False, basis="cell", block=index))

    def _written(self, index: int, write: _Write, told: Json) -> None:
        path = _text(told, "filePath") or write.path
        if not path:
            return
        if told.get("type") == "create":
            self._note(Change(path, write.lines, 0, created=True, block=index))
        elif "structuredPatch" not in told:  # an empty one says that nothing changed
            lines = write.lines
            self._note(Change(path, lines, 0, created=False, basis="content", block=index))

    def _edited(self, index: int, edit: _Edit) -> None:
        counts = [edit.counted, *(self._differ(old, new) for old, new in edit.pairs)]
        added, removed = (sum(side) for side in zip(*counts, strict=True))
        basis: Basis = "everywhere" if edit.everywhere else "texts"
        if added or removed:
            self._note(Change(edit.path, added, removed, False, basis, index))

    def _note(self, change: Change) -> None:
        self._last.append(change)
        self.added += change.added
        self.removed += change.removed
        self.files.add(hash(change.path))

    def _differ(self, old: str, new: str) -> tuple[int, int]:
        """Lines added and removed between two texts."""
        before, after = _lines(old), _lines(new)
        size = len(before) + len(after)
        self._compared += size
        if size > _MOST_COMPARED or self._compared > _COMPARED_IN_ALL:
            return _counted(before, after)
        same = sum(run.size for run in SequenceMatcher(None, before, after).get_matching_blocks())
        return len(after) - same, len(before) - same


def _edit(path: str, given: Json) -> _Edit:
    edits = given.get("edits")
    found = [e for e in edits if type(e) is dict] if type(edits) is list else [given]
    pairs = [(_text(e, "old_string"), _text(e, "new_string")) for e in found]
    everywhere = any(e.get("replace_all") is True for e in found)
    if sum(len(old) + len(new) for old, new in pairs) <= _LONGEST_EDIT:
        return _Edit(path, pairs, (0, 0), everywhere)
    added = removed = 0
    for old, new in pairs:
        if len(old) + len(new) > _LONGEST_COUNTED:
            more, less = _height(new), _height(old)
        else:
            more, less = _counted(_lines(old), _lines(new))
        added, removed = added + more, removed + less
    return _Edit(path, [], (added, removed), everywhere)


def _counted(before: list[str], after: list[str]) -> tuple[int, int]:
    left, right = Counter(before), Counter(after)
    return (right - left).total(), (left - right).total()


def _height(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n")) if text else 0


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _text(values: Json, key: str) -> str:
    value = values.get(key)
    return value if type(value) is str else ""


def _answered(block: Any) -> int | None:
    """The call that a block answers, hashed; None if it answers none."""
    found = block.get("tool_use_id") if type(block) is dict else None
    return hash(found) if type(found) is str else None


def _patch(told: Json) -> tuple[str, list[Any]] | None:
    """The file of a record and its `structuredPatch`, if it has one."""
    path, patch = told.get("filePath"), told.get("structuredPatch")
    return (path, patch) if type(path) is str and type(patch) is list and patch else None


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
