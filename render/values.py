"""Reading values whose type nobody promised: a session file may hold anything anywhere."""

from typing import Any

from ..transcript.model import Json
from . import bidi


def text(value: object) -> str:
    """The string itself; numbers and booleans as JSON writes them; "" for all else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def number(value: object) -> int | None:
    """A count, or None. Floats are cut; booleans are no numbers; huge ones are no counts."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < 1e15 else None


def record(value: object) -> Json:
    """The object itself or {}."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """The list itself or []."""
    return value if isinstance(value, list) else []


def records(value: object) -> list[Json]:
    """The objects of a list; anything else in it is left out."""
    return [entry for entry in sequence(value) if isinstance(entry, dict)]


def strings(value: object) -> list[str]:
    """The strings of a list; anything else in it is left out."""
    return [entry for entry in sequence(value) if isinstance(entry, str)]


def first_line(value: str, most: int) -> str:
    """The first line that says something, cut to `most` characters with an ellipsis.

    It stands for a thing in one place, so it is without controls that turn its direction.
    """
    for line in value[: most * 20].splitlines():
        if line := bidi.without(line).strip():
            return line if len(line) <= most else line[: most - 1].rstrip() + "…"
    return ""
