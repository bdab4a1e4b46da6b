"""A progress bar on stderr: only for a person who looks, never in a script's log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .environment import Environment

Advance = Callable[[int], object]


@contextmanager
def bar(environment: Environment, label: str, total: int, *, shown: bool) -> Iterator[Advance]:
    """A bar over `total` bytes; call what it gives with each further number of bytes."""
    if not (shown and environment.stderr_is_terminal):
        yield lambda _: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # its thread would outlive the bar
    with tqdm(
        desc=label,
        total=total,
        unit="B",
        unit_scale=True,
        leave=False,
        file=environment.stderr,
        dynamic_ncols=True,
        delay=0.3,
    ) as shown_bar:
        yield shown_bar.update
