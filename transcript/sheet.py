"""What is remembered from line to line, and the sheet one line's parts are written on."""

from . import weights
from .bounded import Bounded
from .model import ItemKind, Json, Part, Role
from .pager import Pager
from .tasks import Tasks
from .threads import Calls, Place, Sidechains
from .weights import Weight

WHOLE_LINE = -1
"""The block number of a part that is its whole line."""
_MOST_THREADS = 20_000
_OVERFLOW = "0"
_MOST_MARKS = 1_024


class Thread:
    """One thread: its last number, its pages and what waits for a second half."""

    __slots__ = ("boundary", "command", "n", "name", "pager")

    def __init__(self, name: str) -> None:
        self.name = name
        self.n = 0
        self.pager = Pager()
        self.command: Place | None = None
        """A command whose output may follow."""
        self.boundary: Place | None = None
        """A compaction whose summary may follow."""


class State:
    """Everything kept between lines: bounded maps of ids, hashes and names of tasks, and one
    Thread each."""

    __slots__ = ("calls", "counts", "links", "queued", "sidechains", "tasks", "threads")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.threads: dict[str, Thread] = {}
        self.calls = Calls()
        self.sidechains = Sidechains(self.calls)
        self.tasks = Tasks()
        self.queued: Bounded[bytes, bool] = Bounded(_MOST_MARKS)
        """Hashes of prompts that were shown when they were queued."""
        self.links: Bounded[str, bool] = Bounded(_MOST_MARKS)
        """Pull requests that were shown."""

    def thread(self, name: str) -> Thread:
        """The thread of this name, new if need be."""
        found = self.threads.get(name)
        if found is None:
            # Beyond any real session: the rest shares one thread rather than the memory.
            name = name if len(self.threads) < _MOST_THREADS else _OVERFLOW
            found = self.threads.setdefault(name, Thread(name))
        return found


class Sheet:
    """One line being read."""

    __slots__ = ("line", "parts", "sequence", "starts", "state", "thread")

    def __init__(self, state: State, sequence: int, line: Json) -> None:
        self.state = state
        self.sequence = sequence
        self.line = line
        self.parts: list[Part] = []
        self.thread = state.thread("")
        self.starts = False
        """True on the line that a subagent begins with."""

    @property
    def is_meta(self) -> bool:
        """True for lines that were injected rather than typed."""
        return self.line.get("isMeta") is True

    def open(
        self,
        kind: ItemKind,
        block: int,
        weight: Weight,
        name: str = "",
        error: bool = False,
        about: str = "",
    ) -> Place:
        """Start an item in the thread of the line."""
        thread = self.thread
        thread.n += 1
        thread.command = None
        place = Place(thread.name, thread.n, thread.pager.place(weight), kind, name)
        if not thread.name:
            counts = self.state.counts
            counts[kind] = counts.get(kind, 0) + 1
        self._write(place, block, "open", error, about)
        return place

    def notice(self, name: str, block: int = WHOLE_LINE, error: bool = False) -> Place:
        """Start an item that is one quiet line."""
        return self.open("notice", block, weights.NOTICE_ROW, name, error)

    def join(
        self,
        place: Place,
        block: int,
        role: Role,
        weight: Weight = weights.NOTHING,
        error: bool = False,
    ) -> None:
        """Add a part to an item that is there already, in whatever thread it is."""
        if weight.nodes:
            self.state.thread(place.thread).pager.grow(place.page, weight)
        self._write(place, block, role, error)

    def _write(self, place: Place, block: int, role: Role, error: bool, about: str = "") -> None:
        thread, n, page, kind, name = place
        made = Part(thread, n, self.sequence, block, role, page, kind, name, error, about)
        self.parts.append(made)


def word(value: object) -> str:
    """The value if it is a string, else ""."""
    return value if isinstance(value, str) else ""


def block_type(block: object) -> str:
    """The type of a content block; "" if it has none."""
    return word(block.get("type")) if isinstance(block, dict) else ""
