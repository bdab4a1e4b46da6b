"""What the prompt index says: each prompt, command and compaction, and what followed it."""

import re
from dataclasses import dataclass
from typing import Any

from . import prompts
from .model import Json, Part, block_of

KINDS = frozenset({"prompt", "command", "shell", "compaction"})
TEXT_CHARACTERS = 240
_LINES = 2
_LOOKED_AT = 4_000
_COMMIT = re.compile(r"^\[[^\[\]\n]{1,120} ([0-9a-f]{7,40})\] ", re.MULTILINE)


@dataclass(slots=True)
class Turn:
    """An entry of the index; the counts are of the main thread until the next entry."""

    n: int
    """The item that opens it."""
    ordinal: int
    """From 1, of all entries."""
    number: int
    """From 1, of the prompts; 0 for the other kinds."""
    kind: str
    text: str
    """The first two lines; for a compaction `auto` or `manual` and the tokens before it."""
    tools: int = 0
    errors: int = 0
    commit: str = ""
    """The last commit that a command of it reported, abbreviated as reported."""


class TurnBuilder:
    """Feed it each line with its parts; it returns an entry when the next one begins."""

    def __init__(self) -> None:
        self._open: Turn | None = None
        self._ordinal = 0
        self._number = 0

    def line(self, line: Json, parts: list[Part]) -> list[Turn]:
        """The entries that end with this line."""
        ended: list[Turn] = []
        for part in parts:
            if part.thread:
                continue
            if part.role == "open" and part.kind in KINDS:
                ended += self.finish()
                self._open = self._begin(line, part)
            elif self._open is not None:
                _count(self._open, line, part)
        return ended

    def finish(self) -> list[Turn]:
        """The entry that is still open."""
        ended, self._open = self._open, None
        return [] if ended is None else [ended]

    def _begin(self, line: Json, part: Part) -> Turn:
        self._ordinal += 1
        self._number += part.kind == "prompt"
        number = self._number if part.kind == "prompt" else 0
        return Turn(part.n, self._ordinal, number, part.kind, _text(line, part))


def _count(turn: Turn, line: Json, part: Part) -> None:
    turn.tools += part.kind == "tool" and part.role == "open"
    turn.errors += part.error
    if part.name == "Bash" and part.role == "result" and not part.error:
        turn.commit = _commit(line, part) or turn.commit


def _commit(line: Json, part: Part) -> str:
    content: Any = block_of(line, part).get("content")
    if isinstance(content, list):
        content = next((b.get("text") for b in content if isinstance(b, dict)), None)
    if not isinstance(content, str) or "[" not in content:
        return ""
    # Hooks print before it, a push after it; the middle of a long output holds other things.
    found = _COMMIT.search(content, 0, _LOOKED_AT) or _COMMIT.search(content[-_LOOKED_AT:])
    return found[1] if found else ""


def _text(line: Json, part: Part) -> str:
    if part.kind == "compaction":
        return _compaction(line)
    if line.get("type") == "attachment":
        found = prompts.queued_prompt(line)
        text = found.text if found else ""
    elif line.get("type") == "system":
        content = line.get("content")
        text = prompts.classify_text(content).text if isinstance(content, str) else ""
    else:
        known = {index: text for index, text in prompts.texts(line) if text.kind == part.kind}
        chosen = known.get(part.block) or next(iter(known.values()), None)
        text = chosen.text if chosen else prompts.plain_prompt(line) or ""
    return shortened(text)


def shortened(text: str) -> str:
    """The first two lines that say something, at most TEXT_CHARACTERS together."""
    lines = [" ".join(line.split()) for line in text[: TEXT_CHARACTERS * 8].splitlines()]
    kept = "\n".join([line for line in lines if line][:_LINES])
    return kept if len(kept) <= TEXT_CHARACTERS else kept[: TEXT_CHARACTERS - 1].rstrip() + "…"


def _compaction(line: Json) -> str:
    facts = line.get("compactMetadata")
    facts = facts if isinstance(facts, dict) else {}
    tokens = facts.get("preTokens")
    tokens = tokens if type(tokens) is int and 0 < tokens < 10**12 else 0
    return f"{'auto' if facts.get('trigger') == 'auto' else 'manual'} {tokens}"
