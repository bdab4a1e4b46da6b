"""One pattern for many literals."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str], depth: int = 3) -> str:
    """A pattern for any of these literals, the longest first, grouped by their first characters.

    The grouping makes the search quick however many there are.
    """
    words = sorted(set(words), key=lambda word: (-len(word), word))
    if depth == 0 or len(words) < 3:
        return "|".join(map(re.escape, words))
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    pieces = [f"{re.escape(first)}(?:{any_of(rest, depth - 1)})" for first, rest in groups.items()]
    return "|".join(pieces)
