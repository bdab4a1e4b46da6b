"""What every detector yields: a stretch of text, and the rule that found it."""

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text to take out: half-open, with the rule that found it."""

    start: int
    end: int
    rule: str
    sure: bool
