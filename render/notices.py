"""Quiet rows: what happened around the conversation, one line each."""

from markupsafe import Markup

from ..transcript.model import Item, ItemBlock, Json
from . import ansi, values, words
from .environment import draw
from .parts import common, said
from .raw import entry
from .tools import Call, Context, Sight

LABELS = {
    "interrupted": "Interrupted by user",
    "api-error": "API error",
    "pr-link": "Pull request",
    "orphan-result": "Result without its call",
    "away-summary": "While you were away",
    "model-refusal": "Model refused",
    "task-notification": "Background task",
    "ide": "From the editor",
    "output": "Output",
    "system": "Note",
    "informational": "Note",
    "unknown": "Unknown entry",
}
"""Names of notices as they are read; others are their own words."""
MOST_CHARACTERS = 300


def row(item: Item, sight: Sight) -> Context:
    """A label, the first line of what it says, and whether there is more."""
    text = _told(item)
    short = values.first_line(text, MOST_CHARACTERS)
    line = item.blocks[0].line if item.blocks else {}
    return {
        **common(item, sight),
        "label": _limit(line) or LABELS.get(item.name) or _spoken(item.name) or "Note",
        "text": "" if item.name == "interrupted" else short,
        "href": _web_address(values.text(line.get("prUrl"))),
        "folded": item.name in ("agent", "unknown") or len(text.strip()) > len(short),
    }


def inside(item: Item, sight: Sight) -> Markup:
    """All it says; of what nobody knows, the JSON."""
    if item.name == "unknown" and item.blocks:
        return entry(item.blocks[0])
    return draw("items/_printed.html", output=sight.lines(_told(item)), errors=None, sight=sight)


def _limit(line: Json) -> str:
    """A limit is no failure of the service: it has a name of its own."""
    return "Rate limit" if line.get("error") == "rate_limit" else ""


def _spoken(name: str) -> str:
    return name[:80].replace("_", " ").replace("-", " ").strip().capitalize()


def _told(item: Item) -> str:
    if not item.blocks:
        return ""
    block = item.blocks[0]
    sort = values.text(block.content.get("type"))
    if block.line.get("type") == "pr-link":
        repository = values.text(block.line.get("prRepository"))
        return f"{repository}#{values.text(block.line.get('prNumber'))}"
    if sort.endswith("tool_result"):
        return Call.of(_as_result(item)).result
    if item.name == "unknown":
        return sort or values.text(block.line.get("subtype")) or values.text(block.line.get("type"))
    if block.line.get("type") in ("user", "attachment"):
        return ansi.plain(said(block).text or values.text(block.content.get("text")))
    return values.text(block.content.get("text")) or _system_text(block.line)


def _as_result(item: Item) -> Item:
    """The same item with its first part as a result, so that a call's reader reads it."""
    first = item.blocks[0]
    block = ItemBlock("result", first.sequence, first.index, first.line)
    return Item(item.thread, item.n, item.page, item.kind, item.name, item.error, [block])


def _system_text(line: Json) -> str:
    error = values.record(line.get("error"))
    deeper = values.record(error.get("error"))
    message = next(
        (
            found
            for row in (error, deeper, values.record(deeper.get("error")))
            if (found := values.text(row.get("message")))
        ),
        "",
    )
    told = [
        values.text(line.get("content")),
        message,
        f"status {error['status']}" if values.number(error.get("status")) else "",
        "\n".join(values.strings(line.get("hookErrors"))),
        values.text(line.get("stopReason")),
        _tried(line),
    ]
    return ansi.plain(" · ".join(part for part in told if part))


def _tried(line: Json) -> str:
    """`attempt 3 of 10, again in 4.2 s`."""
    attempt, most = values.number(line.get("retryAttempt")), values.number(line.get("maxRetries"))
    wait = values.number(line.get("retryInMs"))
    told = f"attempt {attempt} of {most}" if attempt and most else ""
    return f"{told}, again in {words.span(wait / 1000)}" if told and wait else told


def _web_address(url: str) -> str:
    return url if url.startswith("https://") and len(url) < 500 else ""
