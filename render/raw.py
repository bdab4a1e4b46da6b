"""A row as the session file has it: the JSON of its parts, after redaction, spread over lines."""

import json

from markupsafe import Markup

from ..transcript.model import Item, ItemBlock
from . import ansi, bidi, clip, code
from .environment import draw

MOST_PARTS = 20
MOST_LINES = 2_000
LABELS = {
    "open": "Call",
    "result": "Result",
    "notification": "Notification",
    "summary": "Summary",
    "output": "Output",
    "body": "Body",
}


def raw(item: Item) -> Markup:
    """All parts of an item, the structured result beside the one that the model saw."""
    parts = []
    for block in item.blocks[:MOST_PARTS]:
        label = LABELS.get(block.role, block.role) if item.kind == "tool" else "Entry"
        parts.append(_part(label, block.content if block.index >= 0 else block.line))
        if block.role == "result" and "toolUseResult" in block.line:
            parts.append(_part("Result, structured", block.line["toolUseResult"]))
    return draw("items/_raw.html", parts=parts)


def entry(block: ItemBlock) -> Markup:
    """One block, or its whole line where it is no block."""
    return draw("items/_raw.html", parts=[_part("Entry", block.content or block.line)])


def _part(label: str, value: object) -> dict[str, object]:
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    except (ValueError, RecursionError):
        text = "…"
    text = bidi.named(ansi.plain(text))
    rows = text[: clip.MOST_CHARACTERS].split("\n")
    hidden = text.count("\n") + 1 - min(len(rows), MOST_LINES)
    shown = "\n".join(rows[:MOST_LINES])
    return {"label": label, "html": code.highlight(shown, "json"), "hidden": hidden}
