"""The second reader of a long session: a process that reads and redacts the end of the main file
while the first one reads its beginning.

It is told nothing: it learns who and where from the file's first lines and from those before its
own. Its lines go into a file that both have open, what it found comes through its output. Whatever
goes wrong with it, the first reader reads on to the end by itself.
"""

import gc
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ..transcript.marks import SECOND
from ..transcript.model import Json
from ..transcript.reader import read_lines
from .draft import Draft
from .environment import Environment
from .policy import Policy
from .redacting import Redaction
from .writer import BATCH, DocumentWriter, Part

FROM_BYTES = 8 << 20
"""Below this, starting a process costs more than it saves."""
_HEAD_START = 3 << 20
"""Bytes that the first reader has read when the second one begins."""
_LONGEST_LINE = 8 << 20
_LEARN = 256 << 10
"""Bytes of the first lines, and of those before its part, from which it learns."""
_CHECK_EVERY = 256
_PROGRAM = f"from {__name__} import main; main()"


@dataclass(frozen=True, slots=True)
class Task:
    """What the second reader does: read `path` from `start`, the beginning of a line."""

    path: Path
    start: int
    file: int
    """Descriptor of the file for its draft."""
    home: Path
    user: str | None
    host: str | None
    policy: Policy


class FirstPart:
    """The main file for the first reader: it ends where the part of the second one begins.

    If that one failed, it does not.
    """

    def __init__(
        self,
        stream: BinaryIO,
        task: Task,
        process: "subprocess.Popen[bytes]",
        redaction: Redaction,
        draft: Draft,
    ) -> None:
        self._stream = stream
        self._left = task.start
        self._process = process
        self._redaction = redaction
        self._asked = False
        self.draft = draft
        """Lines of the second part."""
        self.part: Part | None = None
        """What it gave, when the first part has ended."""
        self.lines = 0
        """Lines of the first part."""

    def readline(self, size: int = -1, /) -> bytes:
        """As a stream's."""
        if self._left <= 0 and not self._asked:
            self._asked = True
            self.part = self._answer()
        if self.part is not None:
            return b""
        data = self._stream.readline(size)
        self._left -= len(data)
        self.lines += data.endswith(b"\n")
        return data

    def _answer(self) -> Part | None:
        output, _ = self._process.communicate()
        if self._process.returncode:
            return None
        try:
            # Made by our own program; the session is in it as texts and numbers only.
            part = cast(Part, pickle.loads(output))  # noqa: S301
        except (pickle.UnpicklingError, EOFError):
            return None
        # They must have made the same folder the project's.
        return part if part.known.project == self._redaction.known.project else None


@contextmanager
def with_second(
    environment: Environment, path: Path, stream: BinaryIO, redaction: Redaction, policy: Policy
) -> Iterator[BinaryIO | FirstPart]:
    """The main file, with a second reader at work if it is worth one; it is gone with the block."""
    start = _middle(stream)
    if start is None:
        yield stream
        return
    with tempfile.TemporaryFile(prefix="ccshare-") as file:
        task = Task(
            path.absolute(),
            start,
            file.fileno(),
            environment.home,
            environment.user,
            environment.host,
            policy,
        )
        process = _started(task)
        if process is None:
            yield stream
            return
        try:
            yield FirstPart(stream, task, process, redaction, Draft(cast(BinaryIO, file)))
        finally:
            process.kill()
            with process:  # closes its pipes and waits for it
                pass


def _middle(stream: BinaryIO) -> int | None:
    """Where the second part begins; None if one reader does it all. The stream is at its start."""
    if os.name != "posix" or processors() < 2:
        return None
    size = os.fstat(stream.fileno()).st_size
    if size < FROM_BYTES:
        return None
    try:
        if stream.read(18).startswith((b'{"type":"ccshare"', b"\x1f\x8b")):
            return None  # one that was shared before
        # Where one reader alone would end a batch too: both number the marks alike.
        middle = (size + _HEAD_START) // 2
        stream.seek(max(0, middle - middle % BATCH - 1))
        whole = stream.readline(_LONGEST_LINE).endswith(b"\n")
        start = stream.tell()
        return start if whole and stream.read(2) == b'{"' else None
    finally:
        stream.seek(0)


def processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(task: Task) -> "subprocess.Popen[bytes] | None":
    # -P: the folder one is in may be anybody's, and is no place to import from.
    command = [sys.executable, "-P", "-c", _PROGRAM]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # texts of the session could be in it
            pass_fds=(task.file,),
        )
    except OSError:
        return None
    assert process.stdin is not None
    try:
        with process.stdin as pipe:
            pickle.dump(task, pipe)
    except OSError:  # it has ended already
        pass
    process.stdin = None
    return process


def read_part(task: Task) -> Part:
    """Read the second part. Raises what reading and redacting raises."""
    parent = os.getppid()
    gc.freeze()  # as in `prepared`
    redaction = Redaction(task.home, task.policy, task.user, task.host, SECOND)
    draft = Draft(cast(BinaryIO, os.fdopen(task.file, "r+b")))
    writer = DocumentWriter(draft, redaction, task.path.name)
    with task.path.open("rb") as stream:
        _learn(redaction, stream, _LEARN)
        stream.seek(max(stream.tell(), task.start - _LEARN))
        stream.readline(_LONGEST_LINE)
        _learn(redaction, stream, task.start - stream.tell())
        stream.seek(task.start)
        for number in writer.part(stream, task.start):
            if number % _CHECK_EVERY == 0 and os.getppid() != parent:
                raise SystemExit(1)  # nobody waits for this any more
    part = writer.given_part()
    draft.flush()
    return part


def _learn(redaction: Redaction, stream: BinaryIO, size: int) -> None:
    """Read about so many bytes only for whom and what they name."""
    lines: list[Json] = []
    for line in read_lines(stream):
        if line.value is not None:
            lines.append(line.value)
        size -= line.size
        if size <= 0:
            break
    redaction.learn(lines)


def main() -> None:
    """Take the task from the input, give the part as output."""
    task = cast(Task, pickle.load(sys.stdin.buffer))  # noqa: S301 - the first reader wrote it
    answer = pickle.dumps(read_part(task))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
