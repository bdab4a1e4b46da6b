"""What a session said of its tasks before: how a row can name a task of which its call has only the
number, and mark what a list of things to do has new.
"""

import re

from .bounded import Bounded, key
from .model import Json

UPDATES = frozenset({"TaskUpdate", "TaskGet"})
"""Tools whose calls name a task by its number alone."""
_TELL = frozenset({"TaskCreate", "TaskUpdate", "TaskGet", "TaskList"})
_MOST_TASKS = 1_024
_MOST_LISTS, _MOST_ENTRIES = 64, 200
_LONGEST = 200
_CREATED = re.compile(r"Task #(\w{1,20}) created successfully: (.+)")


class Tasks:
    """The subjects of a session's tasks by number; a number that is used again gets the new one.

    Of each thread's list of things to do, hashes and states.
    """

    def __init__(self) -> None:
        self._subjects: Bounded[str, str] = Bounded(_MOST_TASKS)
        self._lists: Bounded[str, dict[int, str]] = Bounded(_MOST_LISTS)

    def called(self, name: str, given: object, thread: str) -> str:
        """What Part.about says of a call: the subject of its task, or the places of the entries of
        a list, from 0, that changed since the list before; "" if nothing before says it."""
        if name == "TodoWrite" and isinstance(given, dict):
            return self._changed(thread, given.get("todos"))
        if name not in UPDATES or not isinstance(given, dict):
            return ""
        number = key(given.get("taskId"))
        known = self._subjects.get(number, "") if number else ""
        self._keep(number, given.get("subject"))  # it is called so from now on
        return known

    def _changed(self, thread: str, todos: object) -> str:
        found = todos if isinstance(todos, list) else []
        entries = [_entry(entry) for entry in found if isinstance(entry, dict)][:_MOST_ENTRIES]
        before = self._lists.get(thread)
        self._lists[thread] = dict(entries)
        if before is None:
            return ""
        return " ".join(
            str(k) for k, (text, state) in enumerate(entries) if before.get(text) != state
        )

    def answered(self, name: str, result: object, content: object) -> None:
        """Learn what the result of a call says about tasks."""
        if name not in _TELL:
            return
        if not isinstance(result, dict):
            found = _CREATED.match(content) if isinstance(content, str) else None
            if found:
                self._keep(found[1], found[2])
            return
        tasks = result.get("tasks")
        for task in [result.get("task"), *(tasks if isinstance(tasks, list) else ())]:
            self._learn(task)

    def _learn(self, task: Json | object) -> None:
        if isinstance(task, dict):
            self._keep(key(task.get("id")), task.get("subject"))

    def _keep(self, number: str | None, subject: object) -> None:
        if number and isinstance(subject, str) and subject.strip():
            self._subjects[number] = " ".join(subject[: 4 * _LONGEST].split())[:_LONGEST]


def _entry(entry: Json) -> tuple[int, str]:
    text, state = entry.get("content"), entry.get("status")
    return hash(text if isinstance(text, str) else ""), state if isinstance(state, str) else ""
