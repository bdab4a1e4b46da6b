"""What the tasks of a session are called, so that a row which only names a number can say it."""

import re

from .bounded import Bounded, key
from .model import Json

UPDATES = frozenset({"TaskUpdate", "TaskGet"})
"""Tools whose calls name a task by its number alone."""
_TELL = frozenset({"TaskCreate", "TaskUpdate", "TaskGet", "TaskList"})
_MOST_TASKS = 1_024
_LONGEST = 200
_CREATED = re.compile(r"Task #(\w{1,20}) created successfully: (.+)")


class Tasks:
    """The subjects of a session's tasks by number; a number that is used again gets the new one."""

    def __init__(self) -> None:
        self._subjects: Bounded[str, str] = Bounded(_MOST_TASKS)

    def called(self, name: str, given: object) -> str:
        """The subject of the task that a call is about; "" if nothing said it."""
        if name not in UPDATES or not isinstance(given, dict):
            return ""
        number = key(given.get("taskId"))
        known = self._subjects.get(number, "") if number else ""
        self._keep(number, given.get("subject"))  # it is called so from now on
        return known

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
