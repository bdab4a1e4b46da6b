"""What every kind of item has: words, a number, a time."""

from ..transcript.model import Item
from ..transcript.said import said
from . import words
from .tools import Context, Sight

__all__ = ["common", "said", "stamp"]


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
