"""What stands between rows: pauses, and runs of looking around folded into one row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..transcript.model import Item
from . import tools, words
from .environment import draw
from .parts import stamp

SHORTEST = 6
"""Fewer rows than this are read quicker than a row about them."""
PAUSE_SECONDS = 60
_HAVE_THEIR_TIME = ("prompt", "command", "shell")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring items, each with the one before it, that are drawn as one row if `folded`."""

    rows: Sequence[tuple[Item, Item | None]]
    folded: bool

    def __iter__(self) -> Iterator[tuple[Item, Item | None]]:
        return iter(self.rows)

    def draw(self, rows: Sequence[Markup], *, open: bool) -> Markup:  # noqa: A002
        """`6 look-ups: 4 Read, 2 Grep`, with the rows inside."""
        names = Counter(_spoken(item.name) for item, _ in self.rows)
        return draw(
            "items/_run.html",
            count=len(self.rows),
            names=names.most_common(),
            rows=Markup("\n").join(rows),
            open=open,
        )


def split(items: Sequence[Item]) -> Iterator[Run]:
    """The items in order, in runs: folded ones of quiet rows, the others one by one."""
    quiet: list[tuple[Item, Item | None]] = []
    before: Item | None = None
    for item in items:
        if _is_quiet(item):
            quiet.append((item, before))
        else:
            yield from _ended(quiet)
            quiet = []
            yield Run([(item, before)], folded=False)
        before = item
    yield from _ended(quiet)


def _ended(quiet: Sequence[tuple[Item, Item | None]]) -> Iterator[Run]:
    if len(quiet) >= SHORTEST:
        yield Run(quiet, folded=True)
    else:
        yield from (Run([row], folded=False) for row in quiet)


def _is_quiet(item: Item) -> bool:
    return item.kind == "tool" and not item.error and tools.family(item.name).quiet


def _spoken(name: str) -> str:
    return "Todo" if name.startswith(("Todo", "Task")) else name


def waited(before: Item | None, item: Item) -> float | None:
    """Seconds from the last line before an item to its own; None if times are missing."""
    if before is None or not item.blocks:
        return None
    first = item.blocks[0].sequence
    lines = [block.line for block in before.blocks if block.sequence < first]
    return words.seconds_between(lines[-1].get("timestamp"), stamp(item)) if lines else None


def pause(item: Item, seconds: float | None) -> Markup | None:
    """A line that says when it went on, after a pause; prompts say that themselves."""
    if seconds is None or seconds <= PAUSE_SECONDS or item.kind in _HAVE_THEIR_TIME:
        return None
    time = stamp(item)
    return draw("items/_lull.html", time=words.iso(time), clock=words.clock(time), seconds=seconds)
