"""Items as plain rows, which the text exports lay out each in its own way."""

from dataclasses import dataclass, field
from typing import Literal

from . import export_calls
from .export_calls import CallText
from .model import Item, ItemBlock
from .plain import one_line, plain
from .said import said

MOST_CHARACTERS = 200_000
"""Of one text; what is longer is cut, and the cut is named."""

Sort = Literal["prompt", "answer", "thought", "tool", "note"]


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says before the first row."""

    title: str
    url: str
    """The page; ".jsonl" behind it gives the whole document."""
    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """An item in words. `text` is what was said, `label` who or what; `call` is set for tools."""

    number: str
    sort: Sort
    label: str
    clock: str
    text: str
    depth: int
    call: CallText | None = None


def row(item: Item) -> Row | None:
    """The item as a row; None if it has nothing to say."""
    sort, label, text = _words(item)
    call = export_calls.read(item) if item.kind == "tool" else None
    if call is None and not text and not label:
        return None
    depth = item.thread.count(".") + 1 if item.thread else 0
    return Row(item.number, sort, label, _clock(item), text, depth, call)


def _words(item: Item) -> tuple[Sort, str, str]:
    if item.kind == "prompt":
        queued = item.blocks and item.blocks[0].line.get("type") == "attachment"
        who = "Task" if item.thread else "You"
        return "prompt", who + (" (while Claude worked)" if queued else ""), _joined(item)
    if item.kind == "answer":
        return "answer", "Claude", _joined(item)
    if item.kind == "thought":
        texts = [_text(block.content.get("thinking")) for block in item.blocks]
        return "thought", "Thought", _cut("\n\n".join(filter(None, texts))) or "(redacted)"
    if item.kind == "tool":
        return "tool", "", ""
    return "note", *_note(item)


def _note(item: Item) -> tuple[str, str]:
    opened = item.first("open")
    if item.kind in ("command", "shell"):
        command = one_line(said(opened).text, 300) if opened else ""
        printed = "\n".join(said(block).text for block in item.blocks if block.role == "output")
        return ("! " if item.kind == "shell" else "") + command, _cut(printed)
    if item.kind == "compaction":
        return "Conversation compacted", ""
    words = item.name.replace("-", " ").replace("_", " ")
    return one_line(words, 80).capitalize() or "Note", _told(opened)


def _told(opened: ItemBlock | None) -> str:
    if opened is None:
        return ""
    line = opened.line
    if line.get("type") == "pr-link":
        url = _text(line.get("prUrl"))
        return one_line(url, 300) if url.startswith("https://") else ""
    if line.get("type") in ("user", "attachment"):
        return _cut(said(opened).text)
    return _cut(_text(opened.content.get("text")) or _text(line.get("content")))


def _joined(item: Item) -> str:
    found: list[str] = []
    for block in item.blocks:
        sort = block.content.get("type")
        if sort == "image":
            found.append("[image]")
        elif item.kind == "answer":
            found.append(_text(block.content.get("text")))
        else:
            found.append(said(block).text)
    return _cut("\n\n".join(filter(None, found)))


def _cut(text: str) -> str:
    left = len(text) - MOST_CHARACTERS
    words = plain(text[:MOST_CHARACTERS]).strip("\n")
    return words if left <= 0 else f"{words}\n[{left:,} characters left out]"


def _clock(item: Item) -> str:
    stamp = item.blocks[0].line.get("timestamp") if item.blocks else None
    clock = stamp[11:19] if isinstance(stamp, str) and stamp.isascii() else ""
    return clock if len(clock) == 8 and clock.replace(":", "").isdigit() else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
