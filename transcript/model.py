"""The nouns of a session: line, part, item. Everything else passes these around."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""One parsed JSON line of a session file."""

ItemKind = Literal[
    "prompt",  # a person's words
    "answer",  # the model's text
    "thought",  # thinking, shown folded
    "tool",  # a call and, once it came, its result
    "command",  # a slash command and what it printed
    "shell",  # a `!` command and what it printed
    "compaction",  # the boundary and the summary that replaced the past
    "notice",  # one quiet line: interruption, API error, hook error, ...
]

Role = Literal["open", "result", "notification", "summary", "output", "body"]
"""What a part is to its item: `open` starts the item, the others join it later."""


@dataclass(frozen=True, slots=True)
class Part:
    """One content block's place in an item.

    Items are stored as parts, so that a result that comes a thousand lines after its call
    still belongs to the call's row, without holding the session in memory.
    """

    thread: str
    """"" is the main thread, "12" the subagent opened by item 12, "12.3" one level deeper."""
    n: int
    """Ordinal of the item in its thread, from 1, stable when the session grows."""
    sequence: int
    """The message (stored line) that holds the block."""
    block: int
    """Index in `message.content`; -1 for the whole line."""
    role: Role
    page: int
    """Page of the thread that shows the item, from 1."""
    kind: ItemKind = "notice"
    name: str = ""
    """Tool name for tools; the notice's name for notices; else ""."""
    error: bool = False
    """True on a failed result (and on an error notice)."""
    about: str = ""
    """On the part that opens a row: what only lines far before it say of it. The subject of the
    task that a call names by its number; of a TodoWrite, what changed (see tasks.Tasks)."""


@dataclass(slots=True)
class ItemBlock:
    """A part together with the line it points into."""

    role: Role
    sequence: int
    index: int
    line: Json

    @property
    def content(self) -> Json:
        """The block itself; a string content counts as one text block; {} if there is none."""
        message = self.line.get("message")
        blocks = message.get("content") if isinstance(message, dict) else None
        if isinstance(blocks, str):
            return {"type": "text", "text": blocks}
        if isinstance(blocks, list) and 0 <= self.index < len(blocks):
            block = blocks[self.index]
            return block if isinstance(block, dict) else {}
        return {}


def block_of(line: Json, part: Part) -> Json:
    """The block of its line that a part stands for."""
    return ItemBlock(part.role, part.sequence, part.block, line).content


@dataclass(slots=True)
class Item:
    """What a reader sees as one thing, put together from its parts in file order."""

    thread: str
    n: int
    page: int
    kind: ItemKind
    name: str
    error: bool
    blocks: Sequence[ItemBlock] = field(default_factory=list)
    about: str = ""
    """See Part.about."""

    @property
    def number(self) -> str:
        """The label used in permalinks: "42", or "42.3" inside a subagent thread."""
        return f"{self.thread}.{self.n}" if self.thread else str(self.n)

    def first(self, role: Role) -> ItemBlock | None:
        """The first block with this role, or None."""
        return next((block for block in self.blocks if block.role == role), None)
