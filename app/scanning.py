"""The second look for secrets, on this end: an upload that still holds one is refused.

The answer names rule and place, never the value: it may be logged by who uploads.
"""

from collections.abc import Iterable

from ..transcript.model import Json
from ..transcript.scan import scan
from ..transcript.shapes import SureFilter
from .problem import Problem

_MOST = 20
_AT_ONCE = 256 << 10
"""Bytes of lines that are looked at together."""


class Scanner:
    """Looks at every line; `setting` is SCAN. Values the sharer allowed pass, unless strict."""

    def __init__(self, setting: str) -> None:
        self._on = setting != "off"
        self._strict = setting == "strict"
        self._filter = SureFilter()
        self._allowed: frozenset[str] = frozenset()
        self._found: list[dict[str, str]] = []
        self._waiting: list[tuple[Json, str]] = []
        self._encoded: list[bytes] = []
        self._waiting_bytes = 0

    def allow(self, digests: Iterable[str]) -> None:
        """SHA-256 digests of values the sharer decided to keep."""
        if not self._strict:
            self._allowed = frozenset(digests)

    def look_at_line(self, line: Json, where: str, encoded: bytes) -> None:
        """Look at every string of a line, now or later; see `look`. `encoded` is the same as JSON,
        with its line end."""
        if self._on:
            self._waiting.append((line, where))
            self._encoded.append(encoded)
            self._waiting_bytes += len(encoded)
            if self._waiting_bytes >= _AT_ONCE:
                self._look_at_waiting()

    def _look_at_waiting(self) -> None:
        """One quick look at all that wait; mostly nothing could be in any of them."""
        waiting, encoded = self._waiting, self._encoded
        self._waiting, self._encoded, self._waiting_bytes = [], [], 0
        for number in self._filter.suspicious(encoded):
            self.look(*waiting[number])

    def look(self, value: Json, where: str) -> None:
        """Look at every string of `value`; raises when there are too many findings to list."""
        if not self._on:
            return
        for finding in scan(value, self._allowed):
            place = f"{where}, {finding.place}" if finding.place else where
            self._found.append({"rule": finding.rule, "place": place})
            if len(self._found) >= _MOST:
                self.finish()

    def finish(self) -> None:
        """Raise Problem 422 if anything was found."""
        self._look_at_waiting()
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
