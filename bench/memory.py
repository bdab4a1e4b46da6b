"""Peak memory of server and client for a 100 MB upload against a 1 MB one."""

from collections.abc import Iterator

from .server import running, upload
from .sessions import megabytes
from .table import Figure, at_most


def figures() -> Iterator[Figure]:
    """Each size on a fresh server, so that one peak does not hide the other."""
    peaks = {}
    for size in (1, 100):
        with running() as server:
            done = upload(server, megabytes(size))
            peaks[size] = server.peak_megabytes(), done.client_peak_megabytes
    for who, index in (("server", 0), ("client", 1)):
        small, large = peaks[1][index], peaks[100][index]
        yield at_most(
            f"{who} peak memory, 100 MB against 1 MB",
            large / small,
            1.2,
            note=f" ({large:.0f} / {small:.0f} MB)",
        )
