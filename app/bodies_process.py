"""The second process of a large upload: it scans and compresses while the first one counts.

It reads the very file the first one reads and writes its rows into a file both have open, so
nothing but the result goes between them. Smaller uploads, and those that find all places taken,
are done by one process (see staging_process).
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import IO, cast

from ..transcript.document import Limits
from ..transcript.header import DocumentError
from .bodies import Bodies
from .frames import Frames
from .upload_process import Answer, answered, checked, ended, events, logged

FROM_BYTES = 16 << 20
"""Below this, one process does it."""
_PROGRAM = f"from {__name__} import main; main()"
_PLACES = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""As many at once as there are processors besides the one that this process keeps busy."""


class SecondProcess:
    """A running one."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def dictionary(self) -> bytes:
        """Wait until it is done; the dictionary of the bodies. Raises Problem 422 over
        secrets, 503 if the process was killed; OSError if its rows cannot be written.
        """
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise ended(self._process.returncode)
        answer = checked(json.loads(output))
        return bytes.fromhex(answer["dictionary"])

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with self._process:  # closes its pipe and waits for it
            pass


@contextmanager
def started(
    body: IO[bytes], rows: IO[bytes], limits: Limits, scan: str
) -> Iterator[SecondProcess | None]:
    """A second process at work on `body`; None if this upload is not worth one.

    It is gone when the block is left, however that happens.
    """
    if (os.cpu_count() or 1) < 2 or os.fstat(body.fileno()).st_size < FROM_BYTES:
        yield None
        return
    if not _PLACES.acquire(blocking=False):
        yield None
        return
    try:
        second = _start(body.fileno(), rows.fileno(), limits, scan)
        try:
            yield second
        finally:
            if second is not None:
                second.stop()
    finally:
        _PLACES.release()


def _start(body: int, rows: int, limits: Limits, scan: str) -> SecondProcess | None:
    task = json.dumps({"body": body, "rows": rows, "limits": asdict(limits), "scan": scan})
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _PROGRAM, task],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            pass_fds=(body, rows),
        )
    except OSError:
        return None  # no memory or no process left: one can do it alone
    return SecondProcess(process)


def work(body: int, rows: int, limits: Limits, scan: str) -> Answer:
    """What the second process does; its answer."""
    file = cast(IO[bytes], os.fdopen(rows, "r+b"))
    bodies = Bodies(Frames(file), scan)
    try:
        for event, pictures in events(body, limits):
            bodies.take(event, pictures)
        dictionary = bodies.finish()
    except DocumentError:
        return {"dictionary": ""}  # the first process finds the same and says it better
    file.flush()
    return {"dictionary": dictionary.hex()}


def main() -> None:
    """Take the task from the command line, print the answer."""
    task = json.loads(sys.argv[1])
    files, limits = (task["body"], task["rows"]), Limits(**task["limits"])
    with logged("the second process of an upload failed"):
        answer = answered(lambda: work(*files, limits, task["scan"]))
    with suppress(BrokenPipeError):
        print(json.dumps(answer))
