"""Prose inside a tool's row: prompts, plans, answers, pages from the web."""

from .. import markdown
from .call import Sight

MOST_CHARACTERS = 4_000
MOST_NODES = 250


def prose(text: str, sight: Sight) -> markdown.Prose | None:
    """Markdown as the sight wants it, clipped or whole; None for no text."""
    if not text.strip():
        return None
    if not sight.clipped:
        return markdown.Prose(markdown.render(text, sight.level), 0)
    return markdown.beginning(text, sight.level, characters=MOST_CHARACTERS, nodes=MOST_NODES)
