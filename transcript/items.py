"""Numbers what a reader sees: turns lines, one after the other, into parts of items."""

from collections.abc import Callable

from . import prompts, weights
from .bounded import digest, key
from .model import Json, Part
from .notices import SYSTEM_NOTICES, is_hidden_system
from .sheet import WHOLE_LINE, Sheet, State, block_type, word
from .threads import AGENT_TOOLS
from .user_lines import TEXT_READERS, read_result, read_user

UNCLAIMED = 900_000_000
"""Items of the main thread with a higher number are agents' files that no call explains."""
_LONGEST_NAME = 200
_SAYS_NOTHING = ("(no content)", "No response requested.")


class ItemBuilder:
    """Feed it the shared lines in document order; it returns the parts each one adds.

    What it returns depends on the lines so far only, so numbers and pages of a session's
    beginning stay as they are when the session grows. A subagent's file that no call claims has
    its row behind the main thread, counted from UNCLAIMED on: the thread has room to grow. Any
    JSON object will do as a line; it never raises. It keeps ids, 8-byte hashes and the subjects of
    tasks in bounded maps, no other text.
    """

    def __init__(self) -> None:
        self._state = State()

    @property
    def counts(self) -> dict[str, int]:
        """Items of the main thread by kind, so far."""
        return self._state.counts

    def pages(self, thread: str = "") -> int:
        """How many pages a thread has so far; 0 if it has no item."""
        found = self._state.threads.get(thread)
        return found.pager.page if found else 0

    def file(self, path: str, meta: Json | None) -> None:
        """A subagent's file begins (`ccshare-file`): the next lines are its lines."""
        self._state.sidechains.file(path, meta)
        main = self._state.thread("")
        main.n = max(main.n, UNCLAIMED)

    def line(self, sequence: int, line: Json) -> list[Part]:
        """The parts that a line adds, in the order of its blocks; [] for what nobody sees."""
        read = _READERS.get(word(line.get("type")))
        if read is None:
            return []
        sheet = Sheet(self._state, sequence, line)
        self._route(sheet)
        read(sheet)
        return sheet.parts

    def _route(self, sheet: Sheet) -> None:
        """Find the line's thread; a subagent that nobody called gets a row of its own."""
        sidechains = self._state.sidechains
        thread, sheet.starts = sidechains.route(sheet.line)
        if thread is None:
            thread = sheet.notice("agent").own_thread
        if thread:
            sidechains.enter(sheet.line, thread)
            sheet.thread = self._state.thread(thread)


# -- assistant lines ------------------------------------------------------------------------


def _read_assistant(sheet: Sheet) -> None:
    if sheet.line.get("isApiErrorMessage") is True:
        sheet.notice("api-error", 0, error=True)
        return
    for index, block in enumerate(prompts.content_blocks(sheet.line)):
        _read_block(sheet, index, block)


def _read_block(sheet: Sheet, index: int, block: object) -> None:
    kind = block_type(block)
    if not isinstance(block, dict) or not kind:
        return
    if kind == "text":
        _read_answer(sheet, index, block)
    elif kind.endswith("tool_use"):
        _read_call(sheet, index, block)
    elif kind == "redacted_thinking" or kind == "thinking":
        if kind == "redacted_thinking" or word(block.get("thinking")).strip():
            sheet.open("thought", index, weights.THOUGHT_ROW)
    elif kind.endswith("tool_result"):
        read_result(sheet, index, block)
    elif kind == "image":
        sheet.open("answer", index, weights.ANSWER_ROW.plus(weights.IMAGE))
    else:
        sheet.notice("unknown", index)


def _read_answer(sheet: Sheet, index: int, block: Json) -> None:
    words = word(block.get("text"))
    start = words[:200].strip() or words.strip()
    if start and start not in _SAYS_NOTHING:
        sheet.open("answer", index, weights.ANSWER_ROW.plus(weights.text(words)))


def _read_call(sheet: Sheet, index: int, block: Json) -> None:
    name = word(block.get("name"))[:_LONGEST_NAME]
    server = word(block.get("server_name"))[:_LONGEST_NAME]
    if server and not name.startswith("mcp__"):
        name = f"mcp__{server}__{name}"
    given = block.get("input")
    about = sheet.state.tasks.called(name, given, sheet.thread.name)
    place = sheet.open("tool", index, weights.TOOL_ROW, name, about=about)
    sheet.state.calls.called(block.get("id"), place)
    if name in AGENT_TOOLS:
        prompt = given.get("prompt") if isinstance(given, dict) else None
        sheet.state.sidechains.called(place, prompt)


# -- system, attachment and state lines -----------------------------------------------------


def _read_system(sheet: Sheet) -> None:
    subtype = word(sheet.line.get("subtype"))
    if subtype == "compact_boundary":
        sheet.thread.boundary = sheet.open("compaction", WHOLE_LINE, weights.COMPACTION_ROW)
    elif is_hidden_system(sheet.line, subtype):
        return
    elif subtype == "local_command":
        _read_local_command(sheet)
    else:
        name, error = SYSTEM_NOTICES.get(subtype, ("unknown", False))
        sheet.notice(name, error=error)


def _read_local_command(sheet: Sheet) -> None:
    text = prompts.classify_text(word(sheet.line.get("content")))
    if text.kind in TEXT_READERS:
        TEXT_READERS[text.kind](sheet, WHOLE_LINE, text)
    elif text.kind != "hidden":
        sheet.notice("local-command")


def _read_attachment(sheet: Sheet) -> None:
    text = prompts.queued_prompt(sheet.line)
    if text is None:
        return
    if text.kind == "prompt":
        sheet.open("prompt", WHOLE_LINE, weights.PROMPT_ROW.plus(weights.text(text.text)))
        sheet.state.queued[digest(text.text)] = True
    elif text.kind in TEXT_READERS:
        TEXT_READERS[text.kind](sheet, WHOLE_LINE, text)


def _read_link(sheet: Sheet) -> None:
    """A pull request: the client writes the line again and again, it is shown once."""
    url = key(sheet.line.get("prUrl"))
    if url and url not in sheet.state.links:
        sheet.state.links[url] = True
        sheet.notice("pr-link")


_READERS: dict[str, Callable[[Sheet], None]] = {
    "user": read_user,
    "assistant": _read_assistant,
    "system": _read_system,
    "attachment": _read_attachment,
    "pr-link": _read_link,
}
