"""The second process of a large upload: it scans and compresses while the first one counts.

It reads the very file the first one reads and writes its rows into a file both have open, so
nothing but the result goes between them. It begins while the upload still comes, if that comes
fast. Smaller uploads, and those that find all places taken, are done by one process (see
staging_process).
"""

import gc
import json
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, cast

from ..transcript.document import Limits
from ..transcript.header import DocumentError
from .bodies import Bodies, Kept
from .frames import Frames
from .upload_process import Answer, answered, checked, ended, events, logged, not_done

if TYPE_CHECKING:  # it brings the database along, for which the second process has no use
    from .spool import Spool

FROM_BYTES = 16 << 20
"""Below this, one process does it."""
_FAST_SECONDS = 2.0
"""So soon those bytes must have come: nobody keeps a process waiting by sending slowly."""
_PROGRAM = f"from {__name__} import main; main()"
_PLACES = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""As many at once as there are processors besides the one that this process keeps busy."""
_WHOLE = b"."
_LOOK_SECONDS = 0.02


class SecondProcess:
    """One that may start when a body has become large, and is gone with `close`."""

    def __init__(self, spool: "Spool", limits: Limits, scan: str) -> None:
        self._spool = spool
        self._limits = limits
        self._scan = scan
        self._began = time.monotonic()
        self._process: subprocess.Popen[bytes] | None = None
        self._rows: IO[bytes] | None = None
        self._has_place = False

    def grown(self, body: IO[bytes], size: int) -> None:
        """So many bytes of the body have come: start, if that is worth it by now."""
        if self._process is None and size >= FROM_BYTES:
            fast = time.monotonic() - self._began <= _FAST_SECONDS
            if fast:
                self._start(body)

    def works_on(self, body: IO[bytes]) -> bool:
        """The body is whole; true if the process is at work on it."""
        if self._process is None and os.fstat(body.fileno()).st_size >= FROM_BYTES:
            self._start(body)
        if self._process is None:
            return False
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it was killed: what it answers says so
            self._process.stdin.write(_WHOLE)
            self._process.stdin.flush()
        return True

    def result(self) -> tuple[Kept, IO[bytes]]:
        """Wait until it is done; what it gives, and the file of its rows, which the caller closes.

        Raises Problem 422 over secrets, 503 if the process was killed; OSError if its rows cannot
        be written.
        """
        assert self._process is not None
        assert self._rows is not None
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise ended(self._process.returncode)
        # Made by our own program; the session is in it as strings and numbers only.
        kept = checked(pickle.loads(output))["kept"]  # noqa: S301
        if kept is None:
            raise not_done("It was read twice with different results.")
        rows, self._rows = self._rows, None
        self.close()
        return kept, rows

    def close(self) -> None:
        """End it, whatever it does."""
        if self._process is not None:
            self._process.kill()
            with self._process:  # closes its pipes and waits for it
                self._process = None
        if self._rows is not None:
            self._rows.close()
            self._rows = None
        if self._has_place:
            self._has_place = False
            _PLACES.release()

    def _start(self, body: IO[bytes]) -> None:
        if (os.cpu_count() or 1) < 2 or self._has_place or not _PLACES.acquire(blocking=False):
            return
        self._has_place = True
        self._rows = self._spool.file()
        files = (body.fileno(), self._rows.fileno())
        task = {"files": files, "limits": asdict(self._limits), "scan": self._scan}
        # OSError: no memory or no process left. One can do it alone.
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", _PROGRAM, json.dumps(task)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=files,
            )


def work(body: int, rows: int, limits: Limits, scan: str) -> Answer:
    """What the second process does; its answer."""
    file = cast(IO[bytes], os.fdopen(rows, "r+b"))
    bodies = Bodies(Frames(file), scan)
    try:
        for event, pictures in events(body, limits, _Arrival().goes_on):
            bodies.take(event, pictures)
        kept = bodies.finish()
    except DocumentError:
        return {"kept": None}  # the first process finds the same and says it better
    file.flush()
    return {"kept": kept}


class _Arrival:
    """Knows from the input whether the body is whole."""

    def __init__(self) -> None:
        self._whole = False

    def goes_on(self) -> bool:
        """False once it is whole, else true after a moment. Ends this process if it never will."""
        if not self._whole and select.select([sys.stdin], [], [], _LOOK_SECONDS)[0]:
            if os.read(sys.stdin.fileno(), 1) != _WHOLE:
                raise SystemExit(1)  # the serving process was killed
            self._whole = True
        return not self._whole


def main() -> None:
    """Take the task from the command line, print the answer."""
    task = json.loads(sys.argv[1])
    gc.freeze()  # what is loaded stays: it need not be looked at again and again
    with logged("the second process of an upload failed"):
        body, rows = task["files"]
        answer = answered(lambda: work(body, rows, Limits(**task["limits"]), task["scan"]))
    with suppress(BrokenPipeError):
        sys.stdout.buffer.write(pickle.dumps(answer))
        sys.stdout.buffer.flush()
