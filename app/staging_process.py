"""The process of an upload of a megabyte or more: it does all the staging, so that the serving
process has its interpreter free for readers.

It reads the spooled body and writes its rows into files both have open; the rest of the result
comes through its output.
"""

import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import IO, cast

from ..transcript.document import Limits
from ..transcript.header import DocumentError, DocumentTooLarge
from .bodies import Bodies, Kept
from .frames import Frames
from .outline import Outline, Said
from .upload_process import Answer, answered, checked, ended, events, logged, not_done

FROM_BYTES = 1 << 20
"""Below this, starting a process costs more than it spares the readers."""
WAIT_SECONDS = 60.0
_PROGRAM = f"from {__name__} import main; main()"
_PLACES = threading.BoundedSemaphore(os.cpu_count() or 1)
_NICE = 5


def staged(
    body: IO[bytes], parts: IO[bytes], rows: IO[bytes], limits: Limits, scan: str
) -> tuple[Said, Kept] | None:
    """How the document is laid out and what is stored of it; None if that is not worth a process.

    Waits in line for a processor. Raises Problem, DocumentError, DocumentTooLarge and OSError as
    reading it here would; Problem 503 if the line is too long or the process was killed.
    """
    if os.fstat(body.fileno()).st_size < FROM_BYTES:
        return None
    if not _PLACES.acquire(timeout=WAIT_SECONDS):
        raise not_done("There were too many others before it.")
    try:
        files = (body.fileno(), parts.fileno(), rows.fileno())
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", _PROGRAM, *map(str, files)],
                input=pickle.dumps((asdict(limits), scan)),
                stdout=subprocess.PIPE,
                pass_fds=files,
            )
        except OSError:
            return None  # no memory or no process left: this one can do it alone
    finally:
        _PLACES.release()
    if done.returncode:
        raise ended(done.returncode)
    # Made by our own program; the session is in it as strings and numbers only.
    answer = checked(pickle.loads(done.stdout))  # noqa: S301
    if "refused" in answer:
        kind = DocumentTooLarge if answer["too_large"] else DocumentError
        raise kind(*answer["refused"])
    return answer["said"], answer["kept"]


def work(body: int, parts: int, rows: int, limits: Limits, scan: str) -> Answer:
    """What the process does; its answer."""
    made = [cast(IO[bytes], os.fdopen(file, "r+b")) for file in (parts, rows)]
    outline, bodies = Outline(Frames(made[0])), Bodies(Frames(made[1]), scan)
    try:
        for event, pictures in events(body, limits):
            bodies.take(event, pictures)
            outline.take(event)
        answer = {"kept": bodies.finish(), "said": outline.finish()}
    except DocumentError as error:
        told = (error.line_number, error.what, error.todo)
        return {"refused": told, "too_large": isinstance(error, DocumentTooLarge)}
    for file in made:
        file.flush()
    return answer


def main() -> None:
    """Take the task from input and command line, give the answer as output."""
    os.nice(_NICE)
    task = sys.stdin.buffer.read()
    if not task:
        raise SystemExit(1)  # the serving process was killed before it said what to do
    limits, scan = pickle.loads(task)  # noqa: S301 - the serving process wrote it
    body, parts, rows = map(int, sys.argv[1:])
    with logged("the process of an upload failed"):
        answer = answered(lambda: work(body, parts, rows, Limits(**limits), scan))
    with suppress(BrokenPipeError):  # the serving process was killed meanwhile
        sys.stdout.buffer.write(pickle.dumps(answer))
        sys.stdout.buffer.flush()
