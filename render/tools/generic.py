"""Any other tool, old or yet to come."""

import json

from .. import bidi, values
from ..pictures import pictures
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took

TELLING = (
    "file_path", "notebook_path", "path", "url", "query", "pattern", "command", "skill", "plan",
    "description", "title", "name", "subject", "question", "prompt", "operation",
    "bash_id", "shell_id", "task_id", "reason", "message",
)  # fmt: skip
"""Keys whose value says best what a call is about, best first."""
MOST_ARGUMENTS = 60


def closed(call: Call) -> Closed:
    """Name, the most telling argument, ok or error."""
    return Closed(
        one_line(call.name), one_line(telling(call)), outcome(call, Fact("ok"), *took(call))
    )


def telling(call: Call) -> str:
    """The argument that says best what a call is about, "" if none does."""
    for key in TELLING:
        if isinstance(call.input.get(key), str):
            return call.given(key)
    texts = [value for value in call.input.values() if isinstance(value, str) and value.strip()]
    return texts[0] if texts else ""


def opened(call: Call, sight: Sight) -> Context:
    """Arguments as names and values, and the result as text."""
    rows = list(call.input.items())
    return {
        "arguments": [
            (bidi.without(key)[:100], sight.lines(_shown(value)))
            for key, value in rows[:MOST_ARGUMENTS]
        ],
        "more": max(0, len(rows) - MOST_ARGUMENTS),
        "output": sight.lines(_pretty(call.result)),
        "images": pictures(call.images, sight.links, f"in row {sight.number}"),
    }


def parsed(text: str) -> list[object]:
    """The entries of a JSON list; anything else has none."""
    try:
        return values.sequence(json.loads(text)) if text.startswith("[") else []
    except (ValueError, RecursionError):
        return []


def _shown(value: object) -> str:
    return values.text(value) or ("" if value == "" else _dump(value))


def _pretty(result: str) -> str:
    """JSON on one line is spread over several; all else stays as it is."""
    if not result.startswith(("{", "[")) or len(result) > 200_000:
        return result
    try:
        return _dump(json.loads(result))
    except (ValueError, RecursionError):
        return result


def _dump(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, indent=2, default=str)
    except (ValueError, RecursionError):
        return "…"


FAMILY = Family((), "items/_generic.html", closed, opened)
