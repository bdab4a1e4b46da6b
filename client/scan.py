"""`ccshare scan`: which sessions on this machine hold secrets, one line each; nothing is written.

The same two passes as for an upload, over a session, its subagents and spilled outputs. Personal
data is everywhere in a session and does not count. No line holds a value.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from ..transcript.findings import ValueReport
from ..transcript.personal import CLASSES
from .environment import Environment
from .exits import ExitStatus, Failure
from .find import Found, is_session
from .policy import policy
from .prepare import Wishes, prepared
from .wording import one_line


def command(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Scan files and folders. Exit 5 if anything was found, else 6 if a file is no session."""
    wishes = Wishes(None, None, policy(environment, options))
    status, clean = ExitStatus.DONE, 0
    for path in sessions(environment, options.paths):
        try:
            with prepared(environment, Found(path), wishes, quiet=True) as document:
                values = [v for v in document.reported.values if v.rule not in CLASSES]
        except Failure as failure:
            if failure.status is not ExitStatus.NO_SESSION:
                raise
            environment.say(f"ccshare: {failure.message}")
            status = max(status, ExitStatus.NO_SESSION) if status != ExitStatus.PRIVACY else status
            continue
        if values:
            status = ExitStatus.PRIVACY
        clean += not values
        if values or options.json:
            tell(environment, options, path, values)
    if not options.quiet:
        environment.say(f"{clean:,} without findings.")
    return status


def tell(
    environment: Environment, options: argparse.Namespace, path: Path, values: list[ValueReport]
) -> None:
    """One line about a session; with -v also the places."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value.rule] = counts.get(value.rule, 0) + 1
    if options.json:
        environment.answer(json.dumps({"path": str(path), "findings": counts}, ensure_ascii=False))
        return
    environment.answer(
        f"{one_line(str(path), 400)}: " + ", ".join(f"{rule} {n}" for rule, n in counts.items())
    )
    for value in values if options.verbose else ():
        for spot in value.places:
            environment.answer(
                f"  {value.rule} {one_line(value.sample)} {one_line(str(spot), 160)}"
            )


def sessions(environment: Environment, paths: list[str]) -> Iterator[Path]:
    """The session files meant: files as named, of folders those that are sessions."""
    folders = [environment.folder / Path(path).expanduser() for path in paths]
    for path in folders or [environment.claude_folder / "projects"]:
        if path.is_dir():
            yield from filter(is_session, sorted(path.rglob("*.jsonl")))
        else:
            yield path
