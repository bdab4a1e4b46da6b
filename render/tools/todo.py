"""The list of what is to be done: TodoWrite and the Task* tools that came after it."""

from ...transcript.model import Json
from .. import values
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome

MOST = 200
STATES = {"completed": "done", "in_progress": "active", "deleted": "dropped"}
"""Status words of the tool to our class names; anything else is still open."""


def closed(call: Call) -> Closed:
    """`Todo  Fix report.py:41 … 2 of 4 done`."""
    if call.name not in ("TodoWrite", "TodoRead", "TaskList"):
        return _closed_single(call)
    entries = _entries(call)
    done = sum(entry["state"] == "done" for entry in entries)
    active = next((entry["text"] for entry in entries if entry["state"] == "active"), "")
    facts = (
        Fact(f"{done} of {len(entries)} done", "good" if entries and done == len(entries) else ""),
    )
    progress = (done, len(entries)) if entries and call.done and not call.error else None
    if not entries:
        facts = (Fact("empty"),)
    return Closed("Todo", one_line(active), outcome(call, *facts), progress=progress)


def _closed_single(call: Call) -> Closed:
    task = values.record(call.details.get("task"))
    number = call.given("taskId") or values.text(task.get("id"))
    # A call that changes a task names its number alone; what it is called was said before.
    subject = call.given("subject") or values.text(task.get("subject")) or call.item.about
    change = call.given("status").replace("_", " ")
    facts = (Fact(change, "good" if change == "completed" else ""),) if change else (Fact("ok"),)
    if call.name == "TaskCreate":
        facts = (Fact("new"),)
    target = " ".join(part for part in (f"#{number}" if number else "", subject) if part)
    return Closed("Todo", one_line(target), outcome(call, *facts))


def opened(call: Call, sight: Sight) -> Context:
    """The list as a checklist, with what the last call changed marked."""
    entries = _entries(call)
    return {
        "entries": entries[:MOST],
        "more": max(0, len(entries) - MOST),
        "text": call.given("description"),
        "output": sight.lines("" if entries and not call.error else call.result),
    }


def _entries(call: Call) -> list[dict[str, str]]:
    rows = (
        values.records(call.input.get("todos"))
        or values.records(call.details.get("tasks"))
        or values.records(call.details.get("newTodos"))
    )
    before = {_words(r): _state(r) for r in values.records(call.details.get("oldTodos"))}
    # Some versions leave the old list empty: then the one before in the session counts.
    listed = call.name == "TodoWrite" and not before
    new = set(call.item.about.split()) if listed else set[str]()
    return [
        {
            "text": one_line(_words(row)),
            "state": _state(row),
            "changed": "changed"
            if str(place) in new or (before and before.get(_words(row)) != _state(row))
            else "",
        }
        for place, row in enumerate(rows)
    ]


def _words(row: Json) -> str:
    return values.text(row.get("content")) or values.text(row.get("subject"))


def _state(row: Json) -> str:
    return STATES.get(values.text(row.get("status")), "open")


FAMILY = Family(
    ("TodoWrite", "TodoRead", "TaskCreate", "TaskUpdate", "TaskGet", "TaskList"),
    "items/_todo.html",
    closed,
    opened,
    quiet=True,
)
