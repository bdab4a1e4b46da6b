"""Tokens of a session, each API message counted once however many lines repeat its usage."""

from array import array

from .bounded import Bounded
from .model import Json

KEYS = (
    "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens",
)  # fmt: skip
_OPEN_MESSAGES = 512
_MAX_COUNT = 10**10
_MAX_MODELS = 50
_MAX_NAME = 100
_OUTPUT = KEYS.index("output_tokens")


def count(value: object, most: int = _MAX_COUNT) -> int:
    """A whole number from a foreign file: 0 if it is none or negative, at most `most`."""
    return min(value, most) if type(value) is int and value > 0 else 0


class HashSet:
    """A set of hashes at 8 to 16 bytes each, where a Python set takes about 80."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 << 8))
        self._used = 0

    def add(self, value: int) -> bool:
        """Add a hash; False if it was there."""
        value = (value & 0xFFFFFFFFFFFFFFFF) or 1  # 0 marks a free slot
        if self._used * 4 >= len(self._slots) * 3:
            self._grow()
        return self._put(value)

    def _put(self, value: int) -> bool:
        slots, mask = self._slots, len(self._slots) - 1
        at = value & mask
        while found := slots[at]:
            if found == value:
                return False
            at = (at + 1) & mask
        slots[at] = value
        self._used += 1
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots, self._used = array("Q", bytes(16 * len(old))), 0
        for value in old:
            if value:
                self._put(value)

    def __len__(self) -> int:
        return self._used


class Tokens:
    """Sums `usage` per `message.id`: the entry with the largest output counts.

    Old versions write a stub on the first line of a message, so the first is not good enough; an
    entry is corrected while its message is among the last 512.
    """

    def __init__(self) -> None:
        self.totals = [0, 0, 0, 0]
        """In the order of KEYS."""
        self._by_model: dict[str, int] = {}
        self._open: Bounded[int, tuple[int, ...]] = Bounded(_OPEN_MESSAGES)
        self._seen = HashSet()

    def add(self, message: Json, fallback_id: object) -> None:
        """Take an assistant line's message; without an id of its own it is known by its line."""
        model = self._register(message.get("model"))
        usage = message.get("usage")
        if type(usage) is not dict:
            return
        counts = tuple(count(usage.get(key)) for key in KEYS)
        name = message.get("id")
        name = name if type(name) is str else fallback_id
        if type(name) is not str:
            self._sum(counts, model)
            return
        key = hash(name)
        before = self._open.get(key)
        if before is not None:
            self._correct(key, before, counts, model)
        elif self._seen.add(key):
            self._open[key] = counts
            self._sum(counts, model)

    def models(self) -> list[str]:
        """Names of the models, the one with the most output first."""
        return sorted(self._by_model, key=lambda name: -self._by_model[name])

    def _register(self, model: object) -> str:
        if type(model) is not str or not model or model == "<synthetic>":
            return ""
        model = model[:_MAX_NAME]
        if model not in self._by_model:
            if len(self._by_model) >= _MAX_MODELS:
                return ""
            self._by_model[model] = 0
        return model

    def _correct(
        self, key: int, before: tuple[int, ...], counts: tuple[int, ...], model: str
    ) -> None:
        larger = counts[_OUTPUT] > before[_OUTPUT]
        self._open[key] = counts if larger else before
        if larger:
            more = tuple(now - then for now, then in zip(counts, before, strict=True))
            self._sum(more, model)

    def _sum(self, counts: tuple[int, ...], model: str) -> None:
        for index, number in enumerate(counts):
            self.totals[index] += number
        if model:
            self._by_model[model] += counts[_OUTPUT]
