"""Which thread a line belongs to: the main one, or a subagent's under the row of its call.

Subagents are met in three forms: inline in the main file without any id (1.0), inline with
an `agentId` (2.0), and in files of their own (2.1). Calls are remembered by ids and by hashes
of their prompts only, in bounded maps.
"""

from typing import NamedTuple

from .bounded import Bounded, digest, key
from .model import Item, ItemKind, Json
from .prompts import text_blocks

AGENT_TOOLS = frozenset({"Agent", "Task"})
DEEPEST = 6
"""Agents of agents below this depth are shown in the thread of their caller."""
_MOST_CALLS = 50_000
_MOST_PROMPTS = 8_192
_MOST_UUIDS = 16_384
_MOST_TWINS = 16
_LAUNCHED = ("async_launched", "remote_launched", "teammate_spawned")
_RECENT_CALLS = 1_024


def may_have_thread(item: Item) -> bool:
    """True if rows of a subagent may stand behind this item."""
    agent = item.name in AGENT_TOOLS if item.kind == "tool" else item.name == "agent"
    return agent and item.thread.count(".") < DEEPEST


class Place(NamedTuple):
    """Where an item is, so that later parts can join it."""

    thread: str
    n: int
    page: int
    kind: ItemKind
    name: str

    @property
    def own_thread(self) -> str:
        """The thread that this item opens."""
        if self.thread.count(".") >= DEEPEST - 1:
            return self.thread
        return f"{self.thread}.{self.n}" if self.thread else str(self.n)


class Route(NamedTuple):
    """The thread of a line; None if a subagent turns up that nobody called."""

    thread: str | None
    starts: bool = False
    """True on the first line of a subagent: its text is the prompt it was given."""


class Calls:
    """Tool calls that may still get a part: open ones, background ones and the latest."""

    def __init__(self) -> None:
        self._open: Bounded[str, Place] = Bounded(_MOST_CALLS)
        self._lasting: Bounded[str, Place] = Bounded(_MOST_CALLS)
        self._recent: Bounded[str, Place] = Bounded(_RECENT_CALLS)

    def called(self, tool_id: object, place: Place) -> None:
        """A call was made."""
        if name := key(tool_id):
            self._open[name] = place

    def answered(self, tool_id: object, result: object) -> None:
        """Its result came; a background call and an agent stay known for what follows."""
        name = key(tool_id)
        place = self._open.pop(name, None) if name else None
        if name is None or place is None:
            return
        if place.name in AGENT_TOOLS or _goes_on(result):
            self._lasting[name] = place
        else:
            self._recent[name] = place

    def find(self, tool_id: object) -> Place | None:
        """The row of a call, as long as it is remembered."""
        name = key(tool_id)
        if name is None:
            return None
        return self._open.get(name) or self._lasting.get(name) or self._recent.get(name)


def _goes_on(result: object) -> bool:
    """True if a `toolUseResult` says that the work continues in the background."""
    if not isinstance(result, dict):
        return False
    if result.get("isAsync") is True or result.get("status") in _LAUNCHED:
        return True
    return any(key(result.get(name)) for name in ("backgroundTaskId", "taskId", "runId"))


class Sidechains:
    """Finds the call that a subagent's lines belong to."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._by_prompt: Bounded[bytes, list[Place]] = Bounded(_MOST_PROMPTS)
        self._running: Bounded[Place, bytes | None] = Bounded(_MOST_CALLS)
        self._by_agent: Bounded[str, str] = Bounded(_MOST_CALLS)
        self._by_uuid: Bounded[str, str] = Bounded(_MOST_UUIDS)
        self._newest: str | None = None
        self._file: _AgentFile | None = None

    def called(self, place: Place, prompt: object) -> None:
        """An Agent call was made with this prompt."""
        mark = digest(prompt) if isinstance(prompt, str) else None
        self._running[place] = mark
        if mark is not None:
            twins = self._by_prompt.get(mark, [])
            if len(twins) < _MOST_TWINS:
                self._by_prompt[mark] = [*twins, place]

    def answered(self, place: Place, result: object) -> None:
        """The call's result came: it may name the agent."""
        if place.name not in AGENT_TOOLS:
            return
        self._running.pop(place, None)
        agent = key(result.get("agentId")) if isinstance(result, dict) else None
        if agent and agent not in self._by_agent:
            self._by_agent[agent] = place.own_thread

    def file(self, path: str, meta: object) -> None:
        """From here on all lines are those of one subagent's file."""
        self._file = _AgentFile(path, meta)

    def route(self, line: Json) -> Route:
        """The thread of the next line. Call `enter` with the thread that was decided on."""
        if self._file is not None:
            return self._route_in_file(self._file, line)
        if line.get("isSidechain") is not True:
            return Route("")
        return self._route_inline(line)

    def enter(self, line: Json, thread: str) -> None:
        """Remember the thread of a subagent's line for the lines that follow it."""
        if self._file is not None:
            self._file.thread = thread
        agent = key(line.get("agentId"))
        if agent:
            if agent not in self._by_agent:
                self._by_agent[agent] = thread
        elif uuid := key(line.get("uuid")):
            self._by_uuid[uuid] = thread
        self._newest = thread

    def _route_in_file(self, file: "_AgentFile", line: Json) -> Route:
        if file.thread is not None:
            return Route(file.thread)
        caller = self._calls.find(file.tool_id)
        if caller is not None:
            self._claim(caller)
            return Route(caller.own_thread, starts=True)
        agent = key(line.get("agentId")) or file.agent
        known = self._by_agent.get(agent) if agent else None
        if known is not None:
            return Route(known, starts=True)
        return Route(self._claim_by_prompt(line), starts=True)

    def _route_inline(self, line: Json) -> Route:
        if agent := key(line.get("agentId")):
            known = self._by_agent.get(agent)
        else:
            parent = key(line.get("parentUuid"))
            known = self._by_uuid.get(parent) if parent else None
            if known is None and not _has_text(line):
                known = self._newest
        if known is not None:
            return Route(known)
        return Route(self._claim_by_prompt(line) or self._claim_newest(), starts=True)

    def _claim_by_prompt(self, line: Json) -> str | None:
        for _, text in text_blocks(line):
            twins = self._by_prompt.get(digest(text))
            if twins:
                place = twins[0]
                self._claim(place, digest(text))
                return place.own_thread
        return None

    def _claim_newest(self) -> str | None:
        place = self._running.newest()
        if place is None:
            return None
        self._claim(place)
        return place.own_thread

    def _claim(self, place: Place, mark: bytes | None = None) -> None:
        """A call has one subagent: the next one with the same prompt goes to the next call."""
        mark = self._running.pop(place, None) or mark
        twins = self._by_prompt.get(mark, []) if mark else []
        left = [twin for twin in twins if twin != place]
        if mark and left:
            self._by_prompt[mark] = left
        elif mark:
            self._by_prompt.pop(mark, None)


class _AgentFile:
    """What is known of a subagent's file before its first line."""

    def __init__(self, path: str, meta: object) -> None:
        self.tool_id = meta.get("toolUseId") if isinstance(meta, dict) else None
        stem = path.rpartition("/")[2].removesuffix(".jsonl")
        self.agent = key(stem.removeprefix("agent-"))
        self.thread: str | None = None


def _has_text(line: Json) -> bool:
    """True for the kind of line with which a subagent can begin."""
    return line.get("type") == "user" and next(text_blocks(line), None) is not None
