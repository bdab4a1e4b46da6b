"""The quick looks of the redaction, with google-re2, on code of many kinds: none may be slow.

An automaton for patterns that wait for a second part has so many states that it gives up, and then
takes a hundred times as long as the others; the text of a made-up session does not show it.
"""

import statistics
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from ccshare.transcript import engines
from ccshare.transcript.detect import lowered
from ccshare.transcript.propagate import Echoes
from ccshare.transcript.screen import Screen
from ccshare.transcript.strip import Strip

from .table import Figure, at_most

_MOST = 6_000_000
_PIECE = 4_000
_TOGETHER = 100
"""Pieces that are looked at together: as many characters as the client takes."""
_NAMES = 100


def figures() -> Iterator[Figure]:
    """The slowest look against the median one, and names of many people against one's."""
    engines.WARM_UP = 0
    pieces = _pieces()
    megabytes = sum(map(len, pieces)) / 1e6
    groups = [pieces[at : at + _TOGETHER] for at in range(0, len(pieces), _TOGETHER)]
    plain = [Strip(group) for group in groups]
    low = [Strip(map(lowered, group)) for group in groups]
    screen = Screen(None)
    took = [_seconds(look.search, plain) for look in screen._plain]
    took += [_seconds(look.search, low) for look in screen._low]
    median = statistics.median(took)
    note = f" ({len(took)} looks, {sum(took) * 1000 / megabytes:.0f} ms for 1 MB)"
    yield at_most("slowest quick look against the median", max(took) / median, 8, note=note)
    data = ["\n".join(group).encode() for group in groups]
    one, many = (_of_names(names, data) for names in (_names(1), _names(_NAMES)))
    note = f" ({many * 1000 / megabytes:.0f} ms for 1 MB)"
    yield at_most(f"a look for {_NAMES} people's names against one's", many / one, 4, note=note)


def _pieces() -> list[str]:
    folder = Path(sysconfig.get_paths()["stdlib"])
    files = sorted(folder.glob("*.py"))
    Random(3).shuffle(files)
    text = "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
    text = text[:_MOST]
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]


def _seconds(search: engines.Search, strips: list[Strip]) -> float:
    return _best(lambda: [list(strip.hits(search)) for strip in strips])


def _of_names(names: list[str], data: list[bytes]) -> float:
    echoes = Echoes({}, names)
    return _best(lambda: [echoes.possible(part) for part in data])


def _names(many: int) -> list[str]:
    source = Random(many)

    def word() -> str:
        letters = "".join(source.choices("aeiou", k=3)), "".join(source.choices("kqvwxz", k=3))
        return "".join(a + b for a, b in zip(*letters, strict=True))

    return [f"{word()} {word()}" for _ in range(many)]


def _best(work: Callable[[], object]) -> float:
    """Seconds of the quicker of two runs, after one that makes the automata."""
    work()
    took: list[float] = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)
