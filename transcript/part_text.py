"""The text of a part: what is searched and what a hit shows. Bounded, whatever the line holds."""

from collections.abc import Iterator
from typing import Any

from . import prompts
from .model import Json, Part, block_of

MOST_CHARACTERS = 200_000
"""Of each block; what follows is not searched."""
_MOST_STRINGS = 500


def raw_text(line: Json, part: Part) -> str:
    """The text as the line holds it, tags and all: quick, and `shown_text` is in it."""
    if part.block < 0:
        return _whole_line(line)
    block = block_of(line, part)
    kind = block.get("type")
    if kind == "text":
        found = block.get("text")
    elif kind == "thinking":
        found = block.get("thinking")
    else:
        found = block.get("input") if "input" in block else block.get("content")
        if found is None:
            found = block.get("source")
    if isinstance(found, str):
        return found[:MOST_CHARACTERS]
    return _joined(found)


def shown_text(line: Json, part: Part) -> str:
    """The text as a reader knows it: without the tags and reminders that clients put around it."""
    if part.block >= 0 and line.get("type") == "user":
        known = dict(prompts.texts(line)).get(part.block)
        if known is not None and known.kind != "hidden":
            more = [known.extra.get(name, "") for name in ("stderr", "result")]
            texts = [known.text, *(text for text in more if text and text != known.text)]
            return "\n".join(texts)[:MOST_CHARACTERS]
    return prompts.without_reminders(raw_text(line, part))


def _whole_line(line: Json) -> str:
    queued = prompts.queued_prompt(line)
    if queued is not None:
        return queued.text[:MOST_CHARACTERS]
    if line.get("type") == "pr-link":
        return _joined([line.get("prRepository"), line.get("prUrl")])
    told = [line.get("content"), line.get("error"), line.get("hookErrors"), line.get("stopReason")]
    message = line.get("message")
    return _joined([*told, message.get("content") if isinstance(message, dict) else None])


def _joined(value: Any) -> str:
    texts: list[str] = []
    left = MOST_CHARACTERS
    for text in _strings(value):
        texts.append(text[:left])
        left -= len(text) + 1
        if left <= 0 or len(texts) >= _MOST_STRINGS:
            break
    return "\n".join(texts)


def _strings(value: Any) -> Iterator[str]:
    """All strings in a value but the types of blocks, in order; without recursion."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            source = value.get("type") == "base64" or "sha256" in value
            if not source:
                waiting += [item for key, item in reversed(value.items()) if key != "type"]
        elif isinstance(value, list):
            waiting += reversed(value)
