"""What a project says about sharing its sessions: `.ccshare.toml`, from its folder upwards.

The file comes with a cloned repository, so it is not trusted: it can forbid sharing
(`share = false`) and add patterns (`redact = ["ACME-[0-9]+"]`), never allow.
Whatever cannot be understood about `share` counts as a no.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .exits import ExitStatus, Failure
from .patterns import Pattern

NAME = ".ccshare.toml"
MOST_BYTES = 64 * 1024
MOST_PATTERNS = 50
"""Of all files together."""


@dataclass(slots=True)
class Rules:
    """What the project files that were found say, taken together."""

    forbidden_by: Path | None = None
    notes: list[str] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)

    def enforce(self) -> None:
        """Failure (privacy) if one of the files forbids sharing."""
        if self.forbidden_by:
            raise Failure(
                ExitStatus.PRIVACY,
                f"{self.forbidden_by} says `share = false`: this project's sessions stay here.",
                "Nothing was sent. Ask the project's owner if you think that is wrong.",
            )


def rules(folders: Iterable[str]) -> Rules:
    """The rules for a session that worked in these folders (absolute paths)."""
    found = Rules()
    seen: set[Path] = set()
    for folder in folders:
        for path in candidates(folder):
            if path not in seen:
                seen.add(path)
                read_into(found, path)
    return found


def candidates(folder: str) -> Iterator[Path]:
    """Where a rule file for this folder could be."""
    start = Path(folder)
    if start.is_absolute() and "\0" not in folder:
        yield start / NAME
        yield from (parent / NAME for parent in start.parents)


def read_into(found: Rules, path: Path) -> None:
    """Add what one file says, if it is there."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as problem:
        raise unreadable(path, str(problem)) from problem
    if len(raw) > MOST_BYTES:
        raise unreadable(path, f"it is longer than {MOST_BYTES} bytes")
    try:
        content = tomllib.loads(raw.decode("utf-8-sig"))
    except ValueError as problem:
        raise unreadable(path, str(problem)) from problem
    judge(found, path, content)


def judge(found: Rules, path: Path, content: dict[str, Any]) -> None:
    """Take over what the file forbids, and note what it may not or cannot decide."""
    share = content.pop("share", True)
    if not isinstance(share, bool):
        raise unreadable(path, "`share` must be true or false")
    if not share:
        found.forbidden_by = path
    add_patterns(found, path, content.pop("redact", []))
    found.notes += [
        f"{path}: `{name}` is ignored, a project can only forbid and redact more"
        for name in content
    ]


def add_patterns(found: Rules, path: Path, given: Any) -> None:
    """Take over the project's own patterns; what cannot be used forbids."""
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise unreadable(path, "`redact` must be a list of patterns")
    if len(found.patterns) + len(given) > MOST_PATTERNS:
        raise unreadable(path, f"there are more than {MOST_PATTERNS} patterns")
    try:
        found.patterns += [Pattern(text) for text in given]
    except Failure as problem:
        raise unreadable(path, problem.message.rstrip(".")) from problem


def unreadable(path: Path, why: str) -> Failure:
    """A rule file that cannot be understood forbids, as it may have been meant to."""
    return Failure(
        ExitStatus.PRIVACY,
        f"{path} cannot be understood: {why}.",
        "It may forbid sharing, so nothing was sent. Correct it and try again.",
    )
