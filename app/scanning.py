"""The second look for secrets, on this end: an upload that still holds one is refused.

The answer names rule and place, never the value: it may be logged by who uploads.
"""

from collections.abc import Iterable

from ..transcript.model import Json
from ..transcript.redact import scan
from ..transcript.shapes import SureFilter
from .problem import Problem

_MOST = 20


class Scanner:
    """Looks at every line; `setting` is SCAN. Values the sharer allowed pass, unless strict."""

    def __init__(self, setting: str) -> None:
        self._on = setting != "off"
        self._strict = setting == "strict"
        self._filter = SureFilter()
        self._allowed: frozenset[str] = frozenset()
        self._found: list[dict[str, str]] = []

    def allow(self, digests: Iterable[str]) -> None:
        """SHA-256 digests of values the sharer decided to keep."""
        if not self._strict:
            self._allowed = frozenset(digests)

    def look(self, line: Json, where: str, encoded: bytes | None = None) -> None:
        """Look at every string of `line`; raises when there are too many findings to list.

        `encoded`, the line as JSON, spares the walk where nothing in it could be one.
        """
        if not self._on or (encoded is not None and not self._filter.possible(encoded)):
            return
        for finding in scan(line, self._allowed):
            place = f"{where}, {finding.place}" if finding.place else where
            self._found.append({"rule": finding.rule, "place": place})
            if len(self._found) >= _MOST:
                self.finish()

    def finish(self) -> None:
        """Raise Problem 422 if anything was found."""
        if not self._found:
            return
        first = self._found[0]
        more = f" and {len(self._found) - 1} more" if len(self._found) > 1 else ""
        raise Problem(
            422,
            "secrets-found",
            "The upload still holds what looks like a secret",
            f"{first['rule']} in {first['place']}{more}. Nothing was stored.",
            "Upload with the newest ccshare, or allow the value in your own configuration.",
            extra={"findings": self._found},
        )
