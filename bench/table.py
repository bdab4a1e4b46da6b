"""One way to print a figure: what, measured, to reach, and whether it was."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured figure beside the one to reach."""

    what: str
    measured: str
    to_reach: str
    reached: bool

    def __str__(self) -> str:
        mark = "ok  " if self.reached else "MISS"
        return f"{mark} {self.what:<58} {self.measured:>28}   to reach: {self.to_reach}"


def at_most(what: str, value: float, limit: float, unit: str = "x", note: str = "") -> Figure:
    """A figure that must not be larger than its limit."""
    return Figure(what, f"{value:.2f} {unit}{note}", f"<= {limit:g} {unit}", value <= limit)


def at_least(what: str, value: float, limit: float, unit: str = "x", note: str = "") -> Figure:
    """A figure that must not be smaller than its limit."""
    return Figure(what, f"{value:.2f} {unit}{note}", f">= {limit:g} {unit}", value >= limit)
