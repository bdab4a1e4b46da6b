"""Patterns that are compiled when first needed: most never are, and compiling all takes long."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_LITERAL = re.compile(r"[A-Za-z' \u2019-]{2,}")


@lru_cache(None)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern)


class Headed:
    """`tail` behind any of `heads`, which are patterns that begin with letters or blanks.

    The standard library finds one word at the speed of memory, but takes a hundred times as long
    to look for any of several: so each beginning is a search of its own, if it is there at all.
    """

    __slots__ = ("_ways", "head", "pattern")

    def __init__(self, heads: Iterable[str], tail: str) -> None:
        heads = tuple(heads)
        self.head = f"(?:{'|'.join(heads)})"
        """One pattern for all beginnings, and one for all of it: for the quick looks."""
        self.pattern = self.head + tail
        self._ways = tuple((_literal(head), head + tail) for head in heads)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each match; those of two beginnings may overlap."""
        for literal, pattern in self._ways:
            if literal in text:
                yield from compiled(pattern).finditer(text)


def _literal(head: str) -> str:
    found = _LITERAL.match(head)
    if not found:
        raise ValueError(f"{head} does not begin with a literal")
    return found[0]
