"""How each kind of item is drawn: one function pair and one template per kind.

`row` fills the template of the closed row, `inside` what stands in its body. Rows that open
(tools, thoughts, compactions) ask for their body when they are opened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..transcript import prompts, weights
from ..transcript.model import Item, Json
from . import markdown, notices, tools, values, words
from .environment import draw
from .parts import common, said
from .pictures import pictures
from .tools import Call, Context, Sight, agent

PREVIEW_CHARACTERS = 100
SHORTEST_THOUGHT, LONGEST_THOUGHT = 0.5, 1_800
"""Seconds; what is outside is an error of the clock or a pause."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How items of one kind look."""

    template: str
    row: Callable[[Item, Sight], Context]
    inside: Callable[[Item, Sight], Markup]
    folded: bool = False
    """True if the body is loaded when the row is opened."""


def text_body(texts: list[str], images: list[Json], sight: Sight) -> Markup:
    """Markdown texts, clipped if the sight clips, with their images."""
    parts: list[markdown.Prose] = []
    nodes, most = weights.TEXT_NODES, weights.SHOWN_BLOCKS if sight.clipped else len(texts)
    for text in texts[:most]:
        parts.append(_prose(text, sight, max(20, nodes)))
        nodes -= markdown.count_elements(parts[-1].html)
    return draw(
        "items/_text.html",
        parts=parts,
        hidden=sum(part.hidden for part in parts) + sum(map(len, texts[most:])),
        images=pictures(images, sight.links, _attached(sight)),
        sight=sight,
    )


def _attached(sight: Sight) -> str:
    if sight.ordinal:
        return f"attached to prompt #{sight.ordinal}"
    return f"attached to message {sight.number}"


def _prose(text: str, sight: Sight, nodes: int) -> markdown.Prose:
    if not sight.clipped:
        return markdown.Prose(markdown.render(text, sight.level), 0)
    return markdown.beginning(text, sight.level, characters=weights.TEXT_CHARACTERS, nodes=nodes)


# Prompts, answers, thoughts


def _prompt_row(item: Item, sight: Sight) -> Context:
    opened = item.first("open")
    return {
        **common(item, sight),
        "who": "Task" if item.thread else "You",
        "ordinal": sight.ordinal,
        "preview": values.first_line(said(opened).text, 80) if opened else "",
        "queued": opened is not None and opened.line.get("type") == "attachment",
        "body": _prompt_inside(item, sight),
    }


def _prompt_inside(item: Item, sight: Sight) -> Markup:
    texts: list[str] = []
    images: list[Json] = []
    for block in item.blocks:
        sort = block.content.get("type")
        if sort == "image":
            images.append(block.content)
        elif sort == "document":
            texts.append(_document(block.content))
        elif found := said(block).text:
            texts.append(found)
    return text_body(texts, images, sight)


def _document(block: Json) -> str:
    """A PDF is shared as a sentence that says so."""
    return values.text(values.record(block.get("source")).get("data"))


def _answer_row(item: Item, sight: Sight) -> Context:
    return {**common(item, sight), "body": _answer_inside(item, sight)}


def _answer_inside(item: Item, sight: Sight) -> Markup:
    images = [b.content for b in item.blocks if b.content.get("type") == "image"]
    text = _answer_text(item)
    return text_body([text] if text else [], images, sight)


def _answer_text(item: Item) -> str:
    texts = [values.text(block.content.get("text")) for block in item.blocks]
    return "\n\n".join(text for text in texts if text)


def _thinking(item: Item) -> str:
    return "\n\n".join(
        text for b in item.blocks if (text := values.text(b.content.get("thinking")))
    )


def _thought_row(item: Item, sight: Sight) -> Context:
    text = _thinking(item)
    preview = values.first_line(text.replace("*", ""), PREVIEW_CHARACTERS)
    span = _thought_seconds(item, sight)
    return {**common(item, sight), "preview": preview, "redacted": not text, "seconds": span}


def _thought_seconds(item: Item, sight: Sight) -> float | None:
    """As the session says, else the time since the line before; None if neither is believable."""
    given = sum(values.number(b.line.get("thinkingDurationMs")) or 0 for b in item.blocks) / 1000
    span = given or sight.waited
    return span if span and SHORTEST_THOUGHT <= span <= LONGEST_THOUGHT else None


def _thought_inside(item: Item, sight: Sight) -> Markup:
    return text_body([_thinking(item)], [], sight)


# Commands, compactions, notices


def _command_row(item: Item, sight: Sight) -> Context:
    opened = item.first("open")
    found = said(opened) if opened else prompts.HIDDEN
    return {
        **common(item, sight),
        "sign": "$ " if item.kind == "shell" else "",
        "command": values.first_line(found.text, 300),
        "body": _command_inside(item, sight),
    }


def _command_inside(item: Item, sight: Sight) -> Markup:
    printed = [said(block) for block in item.blocks if block.role == "output"]
    errors = [text.extra.get("stderr", "") for text in printed]
    output = "\n".join(text.text for text in printed if text.text)
    return draw(
        "items/_printed.html",
        output=sight.terminal(output),
        errors=sight.terminal("\n".join(e for e in errors if e and e != output)),
        sight=sight,
    )


def _compaction_row(item: Item, sight: Sight) -> Context:
    opened = item.first("open")
    facts = values.record(opened.line.get("compactMetadata")) if opened else {}
    tokens = values.number(facts.get("preTokens"))
    return {
        **common(item, sight),
        "automatic": facts.get("trigger") == "auto",
        "tokens": words.short(tokens) if tokens else "",
        "folded": bool(_summary(item)),
    }


def _summary(item: Item) -> str:
    texts = [said(b).text for b in item.blocks if b.line.get("isCompactSummary") is True]
    return "\n\n".join(text for text in texts if text)


def _compaction_inside(item: Item, sight: Sight) -> Markup:
    return text_body([_summary(item)], [], sight)


# Tools


def _tool_row(item: Item, sight: Sight) -> Context:
    call = Call.of(item)
    closed = tools.family(call.name).closed(call)
    return {**common(item, sight), "closed": closed, "error": call.error}


def tool_inside(item: Item, sight: Sight, **more: object) -> Markup:
    """The body of a tool row; `more` goes to the family's template."""
    call = Call.of(item)
    family = tools.family(call.name)
    context = {**family.opened(call, sight), "call": call, "sight": sight}
    context |= {"thread": None, "said_already": False, **more}
    return draw(family.template, **context)


def thread_inside(item: Item, sight: Sight, rows: Sequence[Item], drawn: Markup) -> Markup:
    """The body of a row that has a thread: its prompt is the thread's first row, and its answer
    is left out if a row of the thread says the same."""
    if item.kind != "tool":
        return drawn
    answer = agent.result(Call.of(item)).strip()
    said_already = any(answer == _answer_text(row).strip() for row in rows if row.kind == "answer")
    return tool_inside(item, sight, thread=drawn, said_already=said_already)


KINDS: Mapping[str, Kind] = {
    "prompt": Kind("items/_prompt.html", _prompt_row, _prompt_inside),
    "answer": Kind("items/_answer.html", _answer_row, _answer_inside),
    "thought": Kind("items/_thought.html", _thought_row, _thought_inside, folded=True),
    "tool": Kind("items/_tool.html", _tool_row, tool_inside, folded=True),
    "command": Kind("items/_command.html", _command_row, _command_inside),
    "shell": Kind("items/_command.html", _command_row, _command_inside),
    "compaction": Kind("items/_compaction.html", _compaction_row, _compaction_inside, folded=True),
    "notice": Kind("items/_notice.html", notices.row, notices.inside, folded=True),
}
