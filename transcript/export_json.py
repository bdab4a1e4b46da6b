"""The JSON document other session tools export and clone from (its version 1.0.0).

It has `conversation`, `messages` (lines of a session file: user and assistant) and `metadata`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .model import Json
from .relink import Relinker

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the document says of the session. Times are ISO 8601."""

    id: str
    title: str
    project: str
    branch: str
    model: str
    created: str | None
    last_modified: str | None
    input_tokens: int
    output_tokens: int
    url: str
    tool_version: str


def export(
    about: Conversation, lines: Iterable[Json], exported_at: str, total: Callable[[int], int]
) -> Iterator[str]:
    """The document, a line at a time; memory holds one.

    `lines` are those of the main file, in order. `total(count)` is asked at the end, with the
    number of messages that were written, for how many the whole session has.
    """
    yield '{"version": "1.0.0",\n'
    yield f'"exported_at": {_dump(exported_at)},\n"metadata": {_dump(_metadata(about))},\n'
    yield '"messages": ['
    count, relinker = 0, Relinker()
    for line in lines:
        kept = line.get("type") in ("user", "assistant") and isinstance(line.get("message"), dict)
        relinker.link(line, kept)
        if kept:
            yield (",\n" if count else "\n") + _dump(line)
            count += 1
    yield f'\n],\n"conversation": {_dump(_conversation(about, count, total(count)))}}}\n'


def _conversation(about: Conversation, count: int, total: int) -> Json:
    return {
        "id": about.id,
        "title": about.title,
        "project": about.project or "shared-session",
        "branch": about.branch,
        "created": about.created,
        "lastModified": about.last_modified,
        "messageCount": count,
        "totalMessageCount": max(count, total),
        "wasLimited": total > count,
        "tokens": about.input_tokens + about.output_tokens,
        "tokenUsage": {"input": about.input_tokens, "output": about.output_tokens},
        "model": about.model or "unknown",
    }


def _metadata(about: Conversation) -> Json:
    return {
        "exportTool": "ccshare",
        "exportVersion": about.tool_version,
        "messageLimit": None,
        "source": about.url,
        "description": "A Claude Code session, redacted and shared with ccshare. "
        "Subagents' files and further lines are in the .jsonl of the same link.",
    }


def _dump(value: object) -> str:
    # ASCII: halves of UTF-16 pairs in a session would else make the whole document invalid.
    return json.dumps(value, separators=(", ", ": "))
