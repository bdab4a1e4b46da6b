"""One item as Markdown, for the clipboard: words as they were typed, tools as fenced blocks."""

import json
import re

from ..transcript.model import Item
from ..transcript.plain import plain
from . import ansi, values
from .parts import said
from .tools import Call, family

MOST_CHARACTERS = 400_000
_TICKS = re.compile(r"`+")
_CUT = "\n\n[cut here: the whole is in the session's download]\n"


def markdown(item: Item) -> str:
    """The item's own text, at most MOST_CHARACTERS of it, without terminal escapes."""
    text = _tool(item) if item.kind == "tool" else _words(item)
    text = text.strip("\n") + "\n"
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + _CUT


def output(item: Item) -> str:
    """All that an item printed, read or wrote, without terminal escapes; "" if that is nothing."""
    if item.kind == "tool":
        call = Call.of(item)
        text = family(call.name).output(call)
    else:
        text = "\n".join(said(block).text for block in item.blocks if block.role == "output")
    text = plain(text).strip("\n")
    return text + "\n" if text else ""


def fenced(text: str, language: str = "") -> str:
    """A code block whose fence is longer than any in it."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _words(item: Item) -> str:
    parts: list[str] = []
    for block in item.blocks:
        if item.kind in {"answer", "thought"}:
            content = block.content
            text = values.text(content.get("text")) or values.text(content.get("thinking"))
        elif block.role == "output":
            text = values.text(said(block).text)
            text = fenced(ansi.plain(text)) if text.strip() else ""
        else:
            text = said(block).text
            text = f"`{text}`" if item.kind in {"command", "shell"} and text else text
        if text.strip():
            parts.append(text)
    joined = "\n\n".join(parts)
    if item.kind == "thought":
        return "\n".join(f"> {line}".rstrip() for line in joined.splitlines())
    return joined


def _tool(item: Item) -> str:
    call = Call.of(item)
    parts = [f"**{family(call.name).closed(call).name}**"]
    command = call.given("command")
    if command:
        parts.append(fenced(command, "sh"))
    elif call.input:
        given = json.dumps(call.input, ensure_ascii=False, indent=2)
        parts.append(fenced(given, "json"))
    if call.result.strip():
        parts.append(fenced(call.result))
    return "\n\n".join(parts)
