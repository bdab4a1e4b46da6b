"""Patterns of the sharer's or the project's own: `--redact REGEX`.

They meet hostile text, and nobody proved them linear. So they run in the library `regex`, which
stops a search when its time is over: SECONDS for all searches of one pattern in a session. Then
nothing is shared, which is safe, and the message says which pattern it was.
"""

import time
from itertools import islice

from ..transcript.span import Span
from .exits import ExitStatus, Failure
from .wording import one_line

SECONDS = 20.0
"""Processing and waiting that one pattern may take in all."""
LONGEST = 500
MOST_HITS = 100_000
"""Per text; what comes later in it would stay."""


class Pattern:
    """One pattern; `find` yields what it matches. Failure (usage) if it is none."""

    def __init__(self, text: str) -> None:
        if not 0 < len(text) <= LONGEST:
            raise invalid(text, f"a pattern has 1 to {LONGEST} characters")
        self.text = text
        import regex  # which takes long, and mostly there is no pattern

        try:
            self._compiled = regex.compile(text)
            empty = self._compiled.search("", timeout=1.0)
        except (regex.error, TimeoutError, RecursionError, OverflowError) as problem:
            raise invalid(text, str(problem)) from problem
        if empty:
            raise invalid(text, "it matches where there is nothing")
        self._left = SECONDS

    def find(self, text: str) -> list[Span]:
        """What the pattern matches in `text`. Failure (privacy) if that takes too long."""
        start = time.perf_counter()
        try:
            matches = self._compiled.finditer(text, timeout=max(0.001, self._left))
            spans = [found.span() for found in islice(matches, MOST_HITS)]
        except TimeoutError as problem:
            raise Failure(
                ExitStatus.PRIVACY,
                f"The pattern {one_line(self.text, 60)} took more than {SECONDS:.0f} s on this "
                "session.",
                "Nothing was sent. Write it without repeats inside repeats.",
            ) from problem
        self._left -= time.perf_counter() - start
        return [Span(start, end, "custom", False) for start, end in spans if start < end]


def invalid(text: str, why: str) -> Failure:
    """This is no pattern to search with."""
    return Failure(
        ExitStatus.USAGE,
        f"The pattern {one_line(text, 60)} cannot be used: {one_line(why, 200)}.",
        "Patterns are regular expressions as in Python; quote them for your shell.",
    )
