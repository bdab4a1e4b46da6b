"""The words of a text, as they are indexed and as they are asked for.

Case, accents and compatibility forms are folded away. A name in camelCase is found by its parts
too. Scripts that put no space between words
give pairs of neighbouring characters instead, so that any two of them are found; so do emoji.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 32
"""Characters of a word that count; a hash is found by its beginning."""
_UNSEGMENTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
    "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
)
LETTER = f"[^\\W_{_UNSEGMENTED}]"
"""A pattern for what belongs to a word; beside anything else a word begins or ends."""
_RUN = re.compile(f"[{_UNSEGMENTED}]+|{LETTER}+")
_SPACES = bytes(b if b >= 128 or chr(b).isalnum() else 32 for b in range(256))
_ARROW = "\u2192"
"""No letter, and behind the number of each line that the Read tool gives."""
HUMP = "\x1f"
"""Stands where a part of a name in camelCase begins; nothing that is searched for holds it."""
_HUMPS = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST_NAME = 64
_MOST_KNOWN = 20_000
"""Pieces whose words are remembered: 3 MB at most."""
_MOST_PARTS = 8
"""A name has no more; what has is data in base64, whose parts are no words."""


def fold(text: str) -> str:
    """The text without case and accents. ASCII keeps its length, other texts may not."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def humped(text: str) -> str:
    """The text with a HUMP before each part of a name in camelCase but the first."""
    return _HUMPS.sub(HUMP, text)


def humps(text: str) -> set[int]:
    """Where `humped` puts them."""
    return {match.start() for match in _HUMPS.finditer(text)}


def words(text: str) -> set[str]:
    """The distinct words of a text."""
    return Words().of(text)


class Words:
    """Gives the words of many texts of one kind, which repeat theirs."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        """Pieces of letters that are one word."""
        self._several: dict[str, tuple[str, ...]] = {}

    def of(self, text: str) -> set[str]:
        """The distinct words of a text."""
        data = text.replace(_ARROW, " ").encode("utf-8", "replace").translate(_SPACES)
        pieces = set(data.decode("utf-8", "replace").split())
        fresh = pieces.difference(self._known)
        found = set(map(self._known.__getitem__, pieces - fresh))
        for piece in fresh:
            if piece.isdigit() and piece.isascii():
                found.add(piece[:LONGEST])
            else:
                found.update(self._several.get(piece) or self._made_of(piece))
        return found

    def _made_of(self, piece: str) -> tuple[str, ...]:
        made = tuple(word[:LONGEST] for word in _words_in(piece))
        if piece.isalpha() and len(piece) <= LONGEST:  # what has digits in it seldom comes again
            if len(self._known) + len(self._several) >= _MOST_KNOWN:
                self._known.clear()
                self._several.clear()
            if len(made) == 1:
                self._known[piece] = made[0]
            else:
                self._several[piece] = made
        return made


def _words_in(piece: str) -> Iterable[str]:
    # Most pieces are ASCII whatever the language, and quickly done.
    if not piece.isascii():
        return set(_foreign(piece))
    low = piece.lower()
    if piece[1:].islower() or piece.isupper() or piece == low or len(piece) > _LONGEST_NAME:
        return (low,)
    return {low, *_parts(piece)}


def _parts(name: str) -> list[str]:
    """The parts of a name in camelCase, and what follows from each: `ParserThing` is typed too."""
    parts = humped(name).lower().split(HUMP)
    if not 1 < len(parts) <= _MOST_PARTS:
        return []
    return [*parts, *("".join(parts[at:]) for at in range(1, len(parts) - 1))]


def _foreign(piece: str) -> Iterator[str]:
    for run in runs(piece):
        if unsegmented(run):
            yield from pairs(run)
        else:
            yield run


def runs(text: str) -> list[str]:
    """The runs of letters and digits of a text, folded, in order; other scripts by themselves."""
    return _RUN.findall(fold(text))


def unsegmented(run: str) -> bool:
    """True if a run's script puts no spaces between words."""
    return not run.isascii() and re.match(f"[{_UNSEGMENTED}]", run) is not None


def pairs(run: str) -> list[str]:
    """Neighbouring characters, two and two; the last also alone, so that each one is found."""
    return [run[at : at + 2] for at in range(len(run))]
