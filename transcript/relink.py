"""Keeps the parent chain whole when lines are left out."""

from .bounded import Bounded
from .model import Json

MAX_DROPPED = 16_384
"""How many left-out lines are remembered; a child further behind keeps a dangling parent."""


class Relinker:
    """Lets `parentUuid` jump over left-out lines. Feed it every line, in file order."""

    def __init__(self, most: int = MAX_DROPPED) -> None:
        # Hash of a left-out uuid -> its nearest kept ancestor. Hashes, because the texts of
        # sixteen thousand uuids would cost megabytes.
        self._ancestor: Bounded[int, str | None] = Bounded(most)

    def link(self, line: Json, kept: bool) -> bool:
        """Remember a left-out line, or point a kept one's parents at kept lines (in place).

        True if that changed the line.
        """
        if kept:
            parent = self._repoint(line, "parentUuid")
            return self._repoint(line, "logicalParentUuid") or parent
        if type(uuid := line.get("uuid")) is str:
            self._remember(uuid, line.get("parentUuid"))
        return False

    def _repoint(self, line: Json, key: str) -> bool:
        parent = line.get(key)
        if type(parent) is not str or hash(parent) not in self._ancestor:
            return False
        line[key] = self._find(parent)
        return True

    def _remember(self, uuid: str, parent: object) -> None:
        if type(parent) is not str:
            parent = None
        self._ancestor[hash(uuid)] = self._find(parent)

    def _find(self, uuid: str | None) -> str | None:
        """The nearest kept ancestor. What is asked for again stays remembered longer."""
        key = hash(uuid)
        if uuid is None or key not in self._ancestor:
            return uuid
        ancestor = self._ancestor[key] = self._ancestor[key]
        return ancestor
