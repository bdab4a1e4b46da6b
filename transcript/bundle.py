"""Finds the files that belong to a session: its subagents and its spilled tool outputs.

Nothing is read here but ids and `.meta.json`; symbolic links inside the folders are never followed.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .allow import shared_meta
from .document import encode, place_of
from .model import Json
from .reader import RawLine, parse, read_lines

MAX_FILES = 4_000
_MAX_DEPTH = 7
_MAX_META_BYTES = 1 << 16
_HEAD_LINES = 50
_HEAD_LINE_BYTES = 1 << 20
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


@dataclass(frozen=True)
class SubagentFile:
    """One subagent's transcript."""

    path: Path
    relative: str
    """Where it stands in a shared document: "subagents/agent-x.jsonl", deeper for workflows."""
    meta: Json
    """The shareable keys of its `.meta.json`; {} if there is none."""
    started: str = ""
    """The time of its first line, "" if that has none."""


@dataclass(frozen=True)
class SpilledFile:
    """A tool's output that was too large for its line."""

    path: Path
    relative: str
    """ "tool-results/NAME"."""


@dataclass(frozen=True)
class SessionFiles:
    """Everything on disk that makes up one session."""

    main: Path
    session_id: str
    subagents: list[SubagentFile]
    spilled: list[SpilledFile]


def collect(main: Path) -> SessionFiles:
    """Find the files beside `main`: subagents as they began, outputs by their path.

    Subagents are looked for in `<id>/subagents/` and, as older versions had it, beside the main
    file as `agent-*.jsonl` with our session id. Inline ones need no file. Raises OSError if `main`
    cannot be read; whatever else cannot be read is left out.
    """
    session_id = session_id_of(main)
    folder = main.parent / main.stem
    if folder.is_symlink():
        folder = Path(os.devnull)
    subagents = {file.relative: file for file in _subagents_in(folder / "subagents")}
    for file in _subagents_beside(main, session_id):
        subagents.setdefault(file.relative, file)
    return SessionFiles(
        main=main,
        session_id=session_id,
        # Callers first: a nested agent's row must be known before its thread comes. Then as they
        # began: one that is added later changes no number of those that were there.
        subagents=sorted(
            subagents.values(), key=lambda file: (_depth(file), file.started, file.relative)
        ),
        spilled=sorted(_spilled_in(folder / "tool-results"), key=lambda file: file.relative),
    )


def session_id_of(main: Path) -> str:
    """The file's name if it is a UUID, as Claude Code names it; else the first id inside.

    A file without any gets one made of its first line, which stays as the session grows; its
    name would not do, as two sessions may both lie in a `log.jsonl`. Raises OSError.
    """
    inside = next((found for line in _head(main) if (found := _id_on(line.value))), None)
    if _UUID.fullmatch(main.stem):
        return main.stem
    if inside:
        return inside
    first = next((line.value for line in _head(main) if line.value), None)
    return f"unnamed-{hashlib.sha256(encode(first or {})).hexdigest()[:16]}"


def _head(path: Path) -> Iterator[RawLine]:
    with path.open("rb") as stream:
        yield from islice(read_lines(stream, max_line_bytes=_HEAD_LINE_BYTES), _HEAD_LINES)


def _id_on(line: Json | None) -> str | None:
    found = line.get("sessionId") if line else None
    return found if isinstance(found, str) and _SAFE_ID.fullmatch(found) else None


def _subagents_in(folder: Path) -> Iterator[SubagentFile]:
    for path in _walk(folder, _MAX_DEPTH):
        relative = f"subagents/{path.relative_to(folder).as_posix()}"
        if place_of(relative) == "subagent" and (first := _opening(path)) is not None:
            yield SubagentFile(path, relative, _meta_of(path), _time_of(first))


def _subagents_beside(main: Path, session_id: str) -> Iterator[SubagentFile]:
    beside = (path for path in _files_below(main.parent, 1) if path.name.startswith("agent-"))
    for path in islice(beside, MAX_FILES):
        relative = f"subagents/{path.name}"
        if path == main or place_of(relative) != "subagent":
            continue
        first = _opening(path)
        if first and _id_on(first) == session_id:
            yield SubagentFile(path, relative, _meta_of(path), _time_of(first))


def _spilled_in(folder: Path) -> Iterator[SpilledFile]:
    for path in _walk(folder, 1):
        relative = f"tool-results/{path.name}"
        if path.suffix == ".txt" and place_of(relative) == "spilled":
            yield SpilledFile(path, relative)


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """The regular files below a folder, at most MAX_FILES, symbolic links left out."""
    if not folder.is_symlink():
        yield from islice(_files_below(folder, depth), MAX_FILES)


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        elif depth > 1 and entry.is_dir(follow_symlinks=False):
            yield from _files_below(Path(entry.path), depth - 1)


def _depth(file: SubagentFile) -> int:
    depth = file.meta.get("spawnDepth")
    return depth if isinstance(depth, int) else 1


def _meta_of(path: Path) -> Json:
    file = path.with_suffix(".meta.json")
    if file.is_symlink() or not file.is_file():
        return {}
    try:
        with file.open("rb") as stream:
            found, _problem = parse(stream.read(_MAX_META_BYTES))
    except OSError:
        return {}
    return shared_meta(found or {})


def _opening(path: Path) -> Json | None:
    """The first line of a subagent's file, {} if it has none; None if the file stays out."""
    try:
        first = next((line.value for line in _head(path) if line.value), {})
    except OSError:
        return None
    return None if _opens_with_warmup(first) else first


def _time_of(line: Json) -> str:
    found = line.get("timestamp")
    return found[:40] if isinstance(found, str) else ""


def _opens_with_warmup(line: Json) -> bool:
    """True for the files that some 2.0 versions wrote at their start, before anyone asked."""
    message = line.get("message")
    return isinstance(message, dict) and message.get("content") == "Warmup"
