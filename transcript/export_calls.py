"""A tool call in one line of text: what was called, on what, and how it went."""

import re
from dataclasses import dataclass
from difflib import unified_diff

from .model import Item, Json
from .plain import one_line, plain
from .prompts import classify, without_reminders
from .tasks import UPDATES
from .threads import AGENT_TOOLS

TARGET = 160
QUIET = frozenset({
    "Read", "NotebookRead", "Grep", "Glob", "LS", "TodoWrite", "TodoRead", "TaskCreate",
    "TaskUpdate", "TaskGet", "TaskList", "ToolSearch",
})  # fmt: skip
"""Tools whose output only repeats what is in the project or in the call."""
_TELLING = (
    "command", "file_path", "notebook_path", "path", "pattern", "url", "query", "skill",
    "subject", "description", "title", "name", "question", "plan", "prompt",
    "bash_id", "shell_id", "task_id", "taskId", "message",
)  # fmt: skip
_SHELLS = frozenset({"Bash", "PowerShell"})
_EXIT = re.compile(r"(?:Error: )?Exit code (\d{1,9})\n?")
_REJECTED = "The user doesn't want to proceed with this tool use"
_MOST_DIFFED = 2_000
_MOST_PATCHED = 10_000


@dataclass(frozen=True, slots=True)
class CallText:
    """A call as text; `diff` is a unified diff without file names, `output` what it printed."""

    name: str
    target: str
    outcome: str
    diff: str
    output: str
    error: bool
    command: str
    """A shell's whole command, else ""."""


def read(item: Item) -> CallText:
    """Read an item of kind "tool". Any JSON will do as its lines; nothing is raised."""
    opened, result = item.first("open"), item.first("result")
    call = opened.content if opened else {}
    block = result.content if result else {}
    given = _record(call.get("input"))
    details = _record(result.line.get("toolUseResult")) if result else {}
    name = _text(call.get("name")) or item.name or "Tool"
    output = _output(block, details)
    error = item.error or block.get("is_error") is True
    diff = "" if error else _diff(given, details)
    if name in AGENT_TOOLS:
        output = _later(item) or output
    return CallText(
        name=_title(name, given),
        target=_target(item, name, given),
        outcome=_outcome(item, name, given, details, output, diff, error),
        diff=diff,
        output=_EXIT.sub("", output, count=1) if error else output,
        error=error,
        command=plain(_text(given.get("command"))).strip() if name in _SHELLS else "",
    )


def _title(name: str, given: Json) -> str:
    if name.startswith("mcp__"):
        server, _, tool = name.removeprefix("mcp__").rpartition("__")
        name = f"{server} › {tool}" if server else tool
    if name in AGENT_TOOLS and (sort := _text(given.get("subagent_type"))):
        name = f"Agent {sort}"
    return one_line(name, 80) or "Tool"


def _target(item: Item, name: str, given: Json) -> str:
    if item.about and name in UPDATES:
        return one_line(f"#{_text(given.get('taskId'))} {item.about}", TARGET)
    if name in AGENT_TOOLS:
        text = _text(given.get("description")) or _text(given.get("prompt"))
        return one_line(text, TARGET)
    if name == "TodoWrite":
        return ""
    telling = (value for key in _TELLING if (value := _text(given.get(key))))
    first = next(telling, "") or next((v for v in given.values() if isinstance(v, str) and v), "")
    found = one_line(first.removeprefix("./"), TARGET)
    if name in {"Grep", "Glob"} and (place := _text(given.get("path")).removeprefix("./")):
        pattern = one_line(_text(given.get("pattern")), TARGET)
        return f"{pattern} in {one_line(place, TARGET)}"
    return "$ " + found if name in _SHELLS else found


def _outcome(
    item: Item, name: str, given: Json, details: Json, output: str, diff: str, error: bool
) -> str:
    if item.first("result") is None:
        return "no result"
    if output.startswith(_REJECTED):
        return "rejected"
    if error:
        code = _EXIT.match(output)
        return f"exit {code[1]}" if code else "error"
    if diff:
        lines = diff.split("\n")
        added = sum(line.startswith("+") for line in lines)
        return f"+{added} −{sum(line.startswith('-') for line in lines)}"
    if name == "Write" and isinstance(given.get("content"), str):
        return f"new · +{given['content'].rstrip().count(chr(10)) + 1}"
    if name == "TaskUpdate" and (status := one_line(_text(given.get("status")), 40)):
        return status.replace("_", " ")
    todos = given.get("todos")
    if name == "TodoWrite" and isinstance(todos, list):
        done = sum(_record(entry).get("status") == "completed" for entry in todos)
        return f"{done} of {len(todos)} done"
    if details.get("backgroundTaskId") or details.get("isAsync") is True:
        return "in background"
    return counted(output.count("\n") + 1, "line") if output else "ok"


def _output(block: Json, details: Json) -> str:
    """What the model saw; what it printed, if that is kept apart."""
    streams = [_text(details.get(name)) for name in ("stdout", "stderr")]
    if "stdout" in details and block.get("is_error") is not True:
        return plain("\n".join(filter(None, streams))).strip("\n")
    content = block.get("content", block.get("text"))
    if isinstance(content, list):
        content = "\n".join(
            _text(entry.get("text")) or ("[image]" if entry.get("type") == "image" else "")
            for entry in content
            if isinstance(entry, dict)
        )
    text = without_reminders(_text(content)).strip("\n")
    return plain(text.removeprefix("<tool_use_error>").removesuffix("</tool_use_error>"))


def _later(item: Item) -> str:
    """What an agent in the background answered in the end."""
    block = item.first("notification")
    return plain(classify(block.line).extra.get("result", "")) if block else ""


def _diff(given: Json, details: Json) -> str:
    patch = details.get("structuredPatch")
    if isinstance(patch, list) and patch:
        return "\n".join(_hunks(patch))
    edits = given.get("edits")
    pairs = edits if isinstance(edits, list) else [given]
    found: list[str] = []
    for pair in pairs:
        old, new = (_record(pair).get(key) for key in ("old_string", "new_string"))
        if isinstance(old, str) and isinstance(new, str):
            found += _between(plain(old).split("\n"), plain(new).split("\n"))
    return "\n".join(found)


def _hunks(patch: list[object]) -> list[str]:
    found: list[str] = []
    for hunk in map(_record, patch):
        lines = [line for line in hunk.get("lines") or () if isinstance(line, str)]
        numbers = [hunk.get(key) for key in ("oldStart", "oldLines", "newStart", "newLines")]
        if lines and all(type(number) is int for number in numbers):
            found.append("@@ -{},{} +{},{} @@".format(*numbers))
        found += [plain(line).replace("\n", " ") for line in lines]
        if len(found) > _MOST_PATCHED:
            break
    return found[:_MOST_PATCHED]


def _between(old: list[str], new: list[str]) -> list[str]:
    if len(old) + len(new) > _MOST_DIFFED:
        return ["-" + line for line in old] + ["+" + line for line in new]
    return list(unified_diff(old, new, n=2, lineterm=""))[2:]


def counted(count: int, noun: str) -> str:
    """`1 line`, `1,204 lines`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _record(value: object) -> Json:
    return value if isinstance(value, dict) else {}
