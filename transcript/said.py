"""The words of an item's part, whichever kind of line they came on."""

from . import prompts
from .model import ItemBlock


def said(block: ItemBlock) -> prompts.UserText:
    """The words of a part on a user line, told apart from what was injected around them."""
    if block.line.get("type") == "attachment":
        return prompts.queued_prompt(block.line) or prompts.HIDDEN
    if block.index >= 0:
        found = dict(prompts.texts(block.line)).get(block.index)
        text = block.content.get("text")
        return found or prompts.UserText("prompt", text if isinstance(text, str) else "")
    if block.line.get("type") == "system":
        content = block.line.get("content")
        return prompts.classify_text(content if isinstance(content, str) else "")
    return prompts.classify(block.line)
