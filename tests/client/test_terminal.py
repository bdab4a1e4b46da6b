"""The prompt on a real terminal: nothing of a session moves its cursor, and v, n, q work."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

ESC, BEL, CSI = chr(27), chr(7), chr(0x9B)
HOSTILE = f"{ESC}]0;owned{BEL}{ESC}[2J{CSI}31m\r\bcovered{ESC}[?1049h"
LONGEST = 30


class Terminal:
    """The real program on a pseudo-terminal."""

    def __init__(self, arguments: list[str], folder: Path, variables: dict[str, str]) -> None:
        self._end, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ccshare.client", *arguments],
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=folder,
            env={**os.environ, **variables},
            start_new_session=True,
        )
        os.close(other)
        self.seen = ""

    def until(self, text: str) -> str:
        """What came until this text, and not a second time what came before."""
        start, late = len(self.seen), time.monotonic() + LONGEST
        while text not in self.seen[start:]:
            assert time.monotonic() < late, f"no {text!r} in {self.seen[start:]!r}"
            if select.select([self._end], [], [], 1)[0]:
                self.seen += self._read()
        return self.seen[start:]

    def _read(self) -> str:
        try:
            return os.read(self._end, 1 << 16).decode("utf-8", "replace")
        except OSError:  # Linux says so at the end
            raise AssertionError(f"it ended: {self.seen!r}") from None

    def type(self, line: str) -> None:
        os.write(self._end, line.encode() + b"\n")

    def rest(self) -> int:
        """The exit code, once everything is read."""
        with pytest.raises(AssertionError, match="it ended"):
            self.until("\0")
        return self.process.wait(LONGEST)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._end)


@pytest.fixture
def terminal(known, make, server):
    other = "ghp_" + "Z9y8X7w6V5u4" * 3
    lines = [
        make.chain("user", 1, f"{HOSTILE} TOKEN={make.secret} {HOSTILE}"),
        make.chain("user", 2, f"{HOSTILE} the other is {other}"),
        {"type": "ai-title", "aiTitle": f"A {HOSTILE} title", "sessionId": make.id},
    ]
    path = known.write(*lines)
    home = str(known.root / "home")
    opened = Terminal(
        ["upload", str(path)], known.folder, {**known.variables, "HOME": home, "TERM": "xterm"}
    )
    yield opened
    opened.close()
    assert not server.seen


def test_view_pages_and_quits_and_no_sends_nothing(terminal, make):
    shown = terminal.until("[y/N] ")
    assert "github-token" in shown
    terminal.type("v")
    first = terminal.until("[q]uit: ")
    assert "1 of 2: github-token" in first and "TOKEN=[REDACTED:github-token#1]" in first
    assert "2 of 2" not in first
    terminal.type("")
    assert "2 of 2: github-token" in terminal.until("[q]uit: ")
    for answer, shown in (("b", "1 of 2"), ("b", "1 of 2"), ("2", "2 of 2"), ("99", "2 of 2")):
        terminal.type(answer)
        assert f"{shown}: github-token" in terminal.until("[q]uit: ")
    terminal.type("")  # behind the last
    terminal.until("[y/N] ")
    terminal.type("view")
    terminal.until("[q]uit: ")
    terminal.type("q")
    assert "2 of 2" not in terminal.until("[y/N] ")
    terminal.type("n")
    assert terminal.rest() == 5
    assert "Nothing was sent" in terminal.seen and make.secret not in terminal.seen


def test_nothing_of_a_session_reaches_the_terminal_as_a_command(terminal):
    terminal.until("[y/N] ")
    terminal.type("v")
    terminal.until("[q]uit: ")
    terminal.type("q")
    terminal.until("[y/N] ")
    terminal.type("n")
    terminal.rest()
    assert "covered" in terminal.seen
    for sign in (BEL, CSI, "\b", f"{ESC}]", f"{ESC}[2J", f"{ESC}[?1049h"):
        assert sign not in terminal.seen, repr(sign)
    assert "\r" not in terminal.seen.replace("\r\n", "").replace("\r\x1b[K", "")
