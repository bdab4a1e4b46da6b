"""What a page says about a session before its first message: title, time, counts, tokens, changes.

Works on raw lines and on shared ones alike and gives the same. Memory does not grow with the
session but for 8-byte hashes.
"""

import re
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from .changes import Changes
from .model import Json
from .prompts import classify, plain_prompt
from .threads import AGENT_TOOLS
from .titles import Titles, clean
from .usage import Tokens, count

IDLE_SECONDS = 300
"""A longer gap between two messages is a pause, not work."""
CALLS = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})
_QUEUED = 64
_MAX_LINKS = 20
_MAX_COST = 1e6
_LINK = re.compile(r"https://[^\s\"'<>\\]{1,300}")


@dataclass(frozen=True)
class Facts:
    """A session in numbers. Counts of items are of the main thread; tokens and changes of all."""

    title: str = ""
    """One line. Taken from the lines as they are: build it from redacted ones before it is shown,
    because a secret that was cut with the title would no longer be found in it."""
    title_source: str = ""
    """custom, ai, summary, prompt, command or ""."""
    session_id: str = ""
    project: str = ""
    """Last part of the first working directory; "" if that is unknown or was redacted."""
    cwd: str = ""
    branch: str = ""
    version: str = ""
    """Of Claude Code, the last one seen."""
    models: tuple[str, ...] = ()
    """Most output first."""
    first_at: str | None = None
    """ISO 8601 in UTC, with milliseconds and "Z"."""
    last_at: str | None = None
    active_seconds: int = 0
    """Time between messages, without gaps over five minutes."""
    prompts: int = 0
    answers: int = 0
    tool_calls: int = 0
    errors: int = 0
    """Failed tool calls."""
    thoughts: int = 0
    agents: int = 0
    messages: int = 0
    """User and assistant lines, subagents included."""
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost_usd: float | None = None
    """Only what the session itself says, never guessed."""
    lines_added: int = 0
    lines_removed: int = 0
    files_changed: int = 0
    pull_requests: tuple[Json, ...] = ()
    """{number, url, repository}, each once."""

    def as_json(self) -> Json:
        """All fields as JSON; tuples become lists."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }


class FactsBuilder:
    """Feed it every line of the main file, then those of the subagents; any JSON object will do."""

    def __init__(self) -> None:
        self._titles = Titles()
        self._tokens = Tokens()
        self._clock = _Clock()
        self._changes = Changes()
        self._texts: dict[str, str] = {}
        self._counts = dict.fromkeys(
            ("prompts", "answers", "tool_calls", "errors", "thoughts", "agents", "messages"), 0
        )
        self._queued: deque[int] = deque(maxlen=_QUEUED)
        self._cost: float | None = None
        self._links: dict[str, Json] = {}

    def line(self, line: Json) -> None:
        """Count one line."""
        self._changes.line(line)
        self._titles.line(line)
        kind = line.get("type")
        if kind == "user" or kind == "assistant":
            message = line.get("message")
            if type(message) is dict:
                self._message(kind, line, message)
        elif kind == "attachment":
            self._prompt(line)
        elif kind == "cost-state":
            cost = line.get("totalCostUSD")
            if isinstance(cost, (int, float)) and 0 <= cost <= _MAX_COST:
                self._cost = float(cost)
        elif kind == "pr-link":
            self._link(line)

    def result(self) -> Facts:
        """What is known so far."""
        title, source = self._titles.best()
        cwd = self._texts.get("cwd", "")
        read, write = self._tokens.totals[2:]
        return Facts(
            title=title,
            title_source=source,
            session_id=self._texts.get("sessionId", ""),
            project=project_of(cwd),
            cwd=cwd,
            branch=self._texts.get("gitBranch", ""),
            version=self._texts.get("version", ""),
            models=tuple(self._tokens.models()),
            first_at=iso(self._clock.first),
            last_at=iso(self._clock.last),
            active_seconds=round(self._clock.active),
            **self._counts,
            input_tokens=self._tokens.totals[0],
            output_tokens=self._tokens.totals[1],
            cache_read_tokens=read,
            cache_write_tokens=write,
            cost_usd=self._cost,
            lines_added=self._changes.added,
            lines_removed=self._changes.removed,
            files_changed=len(self._changes.files),
            pull_requests=tuple(self._links.values()),
        )

    def _message(self, kind: str, line: Json, message: Json) -> None:
        counts = self._counts
        counts["messages"] += 1
        self._clock.tick(line.get("timestamp"))
        main = line.get("isSidechain") is not True
        if main:
            self._envelope(line)
        content = message.get("content")
        blocks = content if type(content) is list else [{"type": "text", "text": content}]
        if kind == "user":
            if main:
                counts["errors"] += sum(map(_is_failure, blocks))
                self._prompt(line)
        else:
            self._tokens.add(message, line.get("uuid"))
            for block in blocks if main else ():
                if type(block) is dict:
                    self._block(block, line.get("isApiErrorMessage") is True)

    def _envelope(self, line: Json) -> None:
        texts = self._texts
        for key in ("sessionId", "cwd"):
            if key not in texts and (first := clean(line.get(key), 1000)):
                texts[key] = first
        for key in ("gitBranch", "version"):
            last = line.get(key)
            if type(last) is str and last and last != "HEAD" and last != texts.get(key):
                texts[key] = clean(last, 200)

    def _block(self, block: Json, api_error: bool) -> None:
        kind = block.get("type")
        if kind == "text":
            self._counts["answers"] += not api_error and _has_words(block.get("text"))
        elif kind == "thinking":
            self._counts["thoughts"] += _has_words(block.get("thinking"))
        elif kind == "redacted_thinking":
            self._counts["thoughts"] += 1
        elif type(kind) is str and kind in CALLS:
            self._counts["tool_calls"] += 1
            name = block.get("name")
            self._counts["agents"] += type(name) is str and name in AGENT_TOOLS

    def _prompt(self, line: Json) -> None:
        """Count a prompt; one that was queued first and written again counts once."""
        text = plain_prompt(line)
        if text is None:
            if not self._titles.asked:
                self._command(line)
            return
        key = hash(text)
        if line.get("type") == "attachment":
            self._queued.append(key)
        elif line.get("promptSource") == "queued" and key in self._queued:
            self._queued.remove(key)
            return
        self._counts["prompts"] += 1
        self._titles.prompt(text)

    def _command(self, line: Json) -> None:
        """A session may consist of a slash command and what came of it."""
        found = classify(line) if line.get("type") == "user" else None
        if found and found.kind == "command":
            self._titles.command(found.text)

    def _link(self, line: Json) -> None:
        url = line.get("prUrl")
        if type(url) is str and _LINK.fullmatch(url) and len(self._links) < _MAX_LINKS:
            self._links[url] = {
                "number": count(line.get("prNumber")),
                "url": url,
                "repository": clean(line.get("prRepository"), 200),
            }


def project_of(cwd: str) -> str:
    """The last part of a POSIX or Windows path; "" for a redacted one ("." or "~")."""
    name = re.split(r"[/\\]", cwd.rstrip("/\\"))[-1]
    return "" if name in (".", "~", "..") else name


def _has_words(text: object) -> bool:
    return type(text) is str and not (not text or text.isspace())


def _is_failure(block: Any) -> bool:
    return (
        type(block) is dict and block.get("type") == "tool_result" and block.get("is_error") is True
    )


class _Clock:
    """First, last and active time, in seconds since 1970. Timestamps may run backwards."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.last: float | None = None
        self.active = 0.0

    def tick(self, timestamp: object) -> None:
        now = _seconds(timestamp)
        if now is None:
            return
        if self.first is None or self.last is None:
            self.first = self.last = now
            return
        self.first = min(self.first, now)
        gap = now - self.last
        if gap > 0:
            self.last = now
            self.active += gap if gap <= IDLE_SECONDS else 0


def _seconds(timestamp: object) -> float | None:
    if type(timestamp) is not str or len(timestamp) > 40:
        return None
    try:
        moment = datetime.fromisoformat(timestamp)
    except ValueError:
        return None
    if not 2000 < moment.year < 2200:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def iso(seconds: float | None) -> str | None:
    """The moment as session files write it: UTC, milliseconds, `Z`."""
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
