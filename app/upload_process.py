"""What the processes of an upload have in common (see bodies_process and staging_process).

They read a body their server spooled, end when it does, and tell their failures in their answer.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..transcript.document import DocumentReader, Event, Limits
from . import images
from .problem import Problem
from .shared_file import shared_file

Answer = dict[str, Any]


def events(
    body: int, limits: Limits, grows: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Event, list[images.Picture]]]:
    """The events of the document in this file, and the pictures taken out of each.

    `grows` as `shared_file` asks it.
    """
    parent = os.getppid()
    for event in DocumentReader(shared_file(body, grows), limits):
        yield event, images.of(event)
        if os.getppid() != parent:
            raise SystemExit(1)  # nobody waits for this any more


def answered(work: Callable[[], Answer]) -> Answer:
    """What `work` gives, or what went wrong in it, for `checked`."""
    try:
        return work()
    except Problem as problem:
        return {"problem": problem.as_arguments()}
    except OSError as error:
        return {"disk": error.errno}


def checked(answer: Answer) -> Answer:
    """The answer of a process. Raises the Problem or OSError that it met."""
    if "disk" in answer:
        raise OSError(answer["disk"], os.strerror(answer["disk"]))
    if "problem" in answer:
        raise Problem(**answer["problem"])
    return answer


@contextmanager
def logged(what: str) -> Iterator[None]:
    """Ends the process on any other exception, and logs it: Python would print the texts in it."""
    try:
        yield
    except Exception:
        # Imported here, as these pull in the whole server.
        import logging

        from . import logs
        from .settings import Settings

        logs.configure(Settings.load())
        logging.getLogger(__name__).exception(what)
        raise SystemExit(1) from None


def ended(code: int) -> Problem:
    """A process was killed, or failed."""
    return not_done(f"The process that checked it ended with {code}.")


def not_done(why: str) -> Problem:
    """The upload came to no end, through no fault of its own."""
    return Problem(
        503,
        "busy",
        "The upload could not be finished",
        f"{why} Nothing was stored.",
        "Try again in a minute; the operator may have to give the server more memory.",
        headers={"Retry-After": "60"},
    )
