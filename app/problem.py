"""The exception behind every refusal. Nothing of Flask: the processes of uploads raise it too."""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """An answer that is not the one that was asked for.

    `kind` is the stable short name clients may test; `detail` says what happened, `todo` what
    to do next; `extra` are further members of the JSON document.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str = "",
        todo: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
        self.todo = todo
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})

    def as_arguments(self) -> dict[str, Any]:
        """What makes the same problem again, in another process."""
        names = ("status", "kind", "title", "detail", "todo", "headers", "extra")
        return {name: getattr(self, name) for name in names}
