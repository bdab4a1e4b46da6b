"""What every kind of item has: words told apart from injected text, a number, a time."""

from ..transcript import prompts
from ..transcript.model import Item, ItemBlock
from . import values, words
from .tools import Context, Sight


def said(block: ItemBlock) -> prompts.UserText:
    """The words of a part on a user line, told apart from what was injected around them."""
    if block.line.get("type") == "attachment":
        return prompts.queued_prompt(block.line) or prompts.HIDDEN
    if block.index >= 0:
        found = dict(prompts.texts(block.line)).get(block.index)
        return found or prompts.UserText("prompt", values.text(block.content.get("text")))
    if block.line.get("type") == "system":
        return prompts.classify_text(values.text(block.line.get("content")))
    return prompts.classify(block.line)


def stamp(item: Item) -> object:
    """When the item began, as the session wrote it."""
    return item.blocks[0].line.get("timestamp") if item.blocks else None


def common(item: Item, sight: Sight) -> Context:
    return {
        "number": item.number,
        "link": sight.links.item(item.number),
        "fragment": sight.links.body(item.number),
        "time": words.iso(stamp(item)),
        "clock": words.clock(stamp(item)),
        "level": sight.level - 1,
        "error": item.error,
    }
