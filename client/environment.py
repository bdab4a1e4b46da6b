"""Everything the client takes from the outside world, in one object that tests can fake."""

import getpass
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import platformdirs

from .wording import printable


@dataclass(frozen=True, slots=True)
class Environment:
    """Streams, variables, folders, clock. Commands reach the world through nothing else."""

    stdin: BinaryIO
    """Bytes, because a session may come through it."""
    stdout: TextIO
    """The result only."""
    stderr: TextIO
    """Everything else: reports, questions, progress, errors."""
    stdin_is_terminal: bool
    stderr_is_terminal: bool
    variables: Mapping[str, str]
    folder: Path
    """The current folder."""
    home: Path
    ask_secret: Callable[[str], str]
    """Asks on the terminal without showing what is typed."""
    open_url: Callable[[str], object]
    sleep: Callable[[float], None]
    """Seconds."""
    binary_stdout: BinaryIO | None = None
    host: str | None = None
    """This machine's name."""

    @property
    def user(self) -> str | None:
        """Who runs this."""
        names = (self.variables.get(name) for name in ("USER", "LOGNAME", "USERNAME"))
        return next(filter(None, names), None)

    @property
    def config_folder(self) -> Path:
        """Where config and receipts are kept; CCSHARE_CONFIG_DIR moves it."""
        given = self.variables.get("CCSHARE_CONFIG_DIR")
        return Path(given) if given else Path(platformdirs.user_config_dir("ccshare"))

    @property
    def claude_folder(self) -> Path:
        """Where Claude Code keeps its sessions; CLAUDE_CONFIG_DIR moves it."""
        given = self.variables.get("CLAUDE_CONFIG_DIR")
        return Path(given) if given else self.home / ".claude"

    @property
    def can_ask(self) -> bool:
        """True if a person is there to answer a question."""
        return self.stdin_is_terminal and self.stderr_is_terminal

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def say(self, text: str = "") -> None:
        """One line for a person, on stderr."""
        self.stderr.write(printable(text) + "\n")
        self.stderr.flush()

    def answer(self, text: str) -> None:
        """One line of the command's result, on stdout."""
        self.stdout.write(text + "\n")
        self.stdout.flush()

    def ask(self, question: str) -> str:
        """What a person types after the question; "" at the end of the input."""
        self.stderr.write(printable(question) + " ")
        self.stderr.flush()
        line = self.stdin.readline()
        if not line:
            self.stderr.write("\n")
        return line.decode("utf-8", "replace").strip()


def _opened(url: str) -> bool:
    import webbrowser  # which takes long

    return webbrowser.open(url)


def real() -> Environment:
    """The environment of this process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A title may hold what the terminal's encoding cannot say.
            stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    return Environment(
        stdin=sys.stdin.buffer,
        stdout=sys.stdout,
        stderr=sys.stderr,
        stdin_is_terminal=sys.stdin.isatty(),
        stderr_is_terminal=sys.stderr.isatty(),
        variables=os.environ,
        folder=Path.cwd(),
        home=Path.home(),
        ask_secret=getpass.getpass,
        open_url=_opened,
        sleep=time.sleep,
        binary_stdout=sys.stdout.buffer,
        host=platform.node() or None,
    )
