"""Which session is meant: a file, a session id, `-`, or nothing at all."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ..transcript.reader import read_lines
from .environment import Environment
from .exits import ExitStatus, Failure

SESSION_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
LONGEST_KEY = 200
HEAD_LINES = 50
"""How far into a file its first chain line is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The session to take, and why this one."""

    path: Path | None
    """None is standard input."""
    why: str = ""
    """Said to the sharer; "" if the file itself was named."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.path) if self.path else "standard input"


def session(environment: Environment, wanted: str | None) -> Found:
    """Find the session; Failure (no session) if it is not there."""
    if wanted == "-":
        return Found(None)
    if wanted is None:
        return current(environment)
    path = environment.folder / Path(wanted).expanduser()
    if path.is_file():
        return Found(path)
    if path.is_dir():
        raise nothing(f"{wanted} is a folder.", "Name a session file, or its id.")
    if SESSION_ID.fullmatch(wanted):
        return by_id(environment, wanted.lower(), "found by its id")
    raise nothing(f"{wanted} is not there.", "Name a session file, a session id, or `-`.")


def nothing(message: str, todo: str) -> Failure:
    """Nothing was found."""
    return Failure(ExitStatus.NO_SESSION, message, todo)


def by_id(environment: Environment, session_id: str, why: str) -> Found:
    """The newest file of that id in any project: folder names are lossy, ids are not."""
    projects = environment.claude_folder / "projects"
    found = sorted(projects.glob(f"*/{session_id}.jsonl"), key=modified, reverse=True)
    if not found:
        raise nothing(
            f"There is no session {session_id} in {projects}.",
            "Check the id; if Claude Code keeps its files elsewhere, set CLAUDE_CONFIG_DIR.",
        )
    several = f"; the newest of {len(found)} files of that id" if len(found) > 1 else ""
    return Found(found[0], why + several)


def current(environment: Environment) -> Found:
    """The session that runs this command, else the newest one of this folder."""
    running = environment.variables.get("CLAUDE_CODE_SESSION_ID", "")
    # Never another one in its place: what is shared must be what was meant.
    if SESSION_ID.fullmatch(running):
        return by_id(environment, running.lower(), "the session this runs in")
    newest = next(filter(is_session, of_folder(environment)), None)
    if newest is None:
        raise nothing(
            f"There is no Claude Code session of this folder ({environment.folder}).",
            "Go to the project's folder, or name a session file or id: `ccshare upload FILE`.",
        )
    return Found(newest, f"the newest session of {environment.folder}")


def modified(path: Path) -> int:
    """Time of the last change in nanoseconds; 0 if the file just vanished."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def project_key(folder: str) -> str:
    """The name Claude Code gives a project's folder, before it is cut at 200 characters.

    Every UTF-16 unit that is no ASCII letter or digit becomes `-`, so that a character
    outside the basic plane becomes two.
    """
    units = unicodedata.normalize("NFC", folder)
    return "".join(
        character
        if character.isascii() and character.isalnum()
        else "-" * (1 + (ord(character) > 0xFFFF))
        for character in units
    )


def of_folder(environment: Environment) -> list[Path]:
    """What could be session files of the current folder, newest first."""
    projects = environment.claude_folder / "projects"
    found = [
        path
        for folder in project_folders(projects, environment, environment.folder)
        for path in folder.glob("*.jsonl")
        if SESSION_ID.fullmatch(path.stem)
    ]
    return sorted(found, key=modified, reverse=True)


def project_folder(environment: Environment, project: Path) -> Path:
    """Where Claude Code looks for the sessions of a project; it need not be there yet."""
    found = project_folders(environment.claude_folder / "projects", environment, project)
    if found:
        return found[0]
    raise Failure(
        ExitStatus.TROUBLE,
        f"{project} has so long a name that only Claude Code knows its folder for it.",
        "Start `claude` there once, then try again.",
    )


def project_folders(projects: Path, environment: Environment, project: Path) -> list[Path]:
    """The folders that can hold the sessions of a project."""
    named = environment.variables.get("CLAUDE_CODE_PROJECT_DIR_NAME")
    key = named or project_key(str(project.resolve()))
    if len(key) <= LONGEST_KEY:
        return [projects / key]
    # The rest of a long name is a hash that differs between runtimes.
    return sorted(projects.glob(f"{key[:LONGEST_KEY]}-*"))


def is_session(path: Path) -> bool:
    """True if the file holds a conversation, and not that of a subagent.

    Its first chain line decides; a file of mere state lines is nobody's conversation.
    """
    try:
        with path.open("rb") as stream:
            for line in read_lines(stream):
                if line.number > HEAD_LINES:
                    return True
                if line.value is not None and "uuid" in line.value:
                    return line.value.get("isSidechain") is not True
    except OSError:
        pass
    return False
