"""How much an item weighs on a page: elements and bytes, as its row is drawn closed.

These are estimates, made once at upload and kept, so they must not depend on the renderer;
but the renderer clips by the same constants, so that no item can be heavier than it says.
Measured: code as render/code.py colours it has one element per 9 (JSON, SQL) to 28 (Go)
characters (Pygments' own formatter: per 2 to 6), code without a language none, prose about
one per line, mark and table cell.
"""

from typing import NamedTuple

TEXT_CHARACTERS = 8_000
"""An item shows at most this many characters (all its texts together) before "show all"."""
TEXT_NODES = 250
"""... and at most this many estimated elements."""
SHOWN_BLOCKS = 12
"""A prompt shows at most so many images and chips."""
CHARACTERS_PER_CODE_NODE = 6
CODE_BLOCK_NODES = 6
"""The frame of a code block: scroll region, label, copy button."""


class Weight(NamedTuple):
    """What an item adds to its page."""

    nodes: int
    size: int
    """Bytes of text in the HTML (not the markup around it)."""

    def plus(self, other: "Weight") -> "Weight":
        """Both on one page; tuples already give `+` another meaning."""
        return Weight(self.nodes + other.nodes, self.size + other.size)


# Rows as drawn closed have 2 to 9 elements; the rest is room for what they will yet get.
TOOL_ROW = Weight(12, 400)
THOUGHT_ROW = Weight(8, 250)
NOTICE_ROW = Weight(6, 200)
COMMAND_ROW = Weight(10, 200)
COMPACTION_ROW = Weight(8, 250)
PROMPT_ROW = Weight(12, 100)
ANSWER_ROW = Weight(5, 50)
IMAGE = Weight(5, 150)
"""An image or a chip of a prompt."""
OUTPUT = Weight(4, 200)
"""What a command printed: a hint in its row."""
FAILURE = Weight(40, 2_500)
"""The body of a failed call, which may start open."""
NOTHING = Weight(0, 0)


def text(words: str) -> Weight:
    """The weight of one Markdown text, clipped as the renderer clips it."""
    shown = words[:TEXT_CHARACTERS]
    size = len(shown) if shown.isascii() else len(shown.encode("utf-8", "surrogatepass"))
    return Weight(min(text_nodes(shown), TEXT_NODES), size)


def text_nodes(markdown: str) -> int:
    """About how many elements a Markdown text becomes. Linear; tends to the high side."""
    if "~~~" in markdown:
        markdown = markdown.replace("~~~", "```")
    if "```" not in markdown:
        return _prose_nodes(markdown)
    nodes = 0
    for at, piece in enumerate(markdown.split("```")):
        nodes += _code_nodes(piece) if at % 2 else _prose_nodes(piece)
    return nodes


def _prose_nodes(prose: str) -> int:
    lines = 1 + prose.count("\n") - prose.count("\n\n")
    marks = prose.count("*") // 3 + prose.count(" _") + prose.count("`") // 2
    nested = prose.count("- - ") + prose.count("> > ")
    return lines + marks + nested + prose.count("](") + prose.count("|") + prose.count("://")


def _code_nodes(code: str) -> int:
    language = code[: code.find("\n")].strip() if "\n" in code[:80] else ""
    return CODE_BLOCK_NODES + (len(code) // CHARACTERS_PER_CODE_NODE if language else 0)
