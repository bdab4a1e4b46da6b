"""Outputs too long for the session file: they lie beside it, and the result names them."""

import re

from .model import Item, Json

_BEGINS, _ENDS = "<persisted-output>", "</persisted-output>"
_NAMED = re.compile(r"tool-results[/\\]([A-Za-z0-9_-][A-Za-z0-9._-]{0,127})")
_NEAR = 2_000


def place(item: Item) -> str:
    """The path in the shared document of what a call printed; "" if its result holds all of it."""
    result = item.first("result")
    return named(result.content) if result else ""


def untagged(text: str) -> str:
    """What the session holds of such an output, without the tags around it."""
    return text.replace(_BEGINS, "").replace(_ENDS, "")


def named(result: Json) -> str:
    """The same for the content block of a result."""
    content = result.get("content")
    if isinstance(content, list):
        texts = (block.get("text") for block in content if isinstance(block, dict))
        content = next((text for text in texts if isinstance(text, str)), "")
    if not isinstance(content, str) or not content.lstrip().startswith(_BEGINS):
        return ""
    found = _NAMED.search(content[:_NEAR])
    return f"tool-results/{found[1]}" if found else ""
