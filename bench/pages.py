"""What a page costs the server: first, middle and last of 50,000 lines against 200 lines."""

import re
import statistics
from collections.abc import Iterator

import requests

from .server import Server, running, upload
from .sessions import lines
from .table import Figure, at_most

REQUESTS = 60
NEAR = 3


def last_page(url: str) -> int:
    """The number of the last page, from the API's facts."""
    api = re.sub(r"/s/(\w+)$", r"/api/sessions/\1", url)
    return int(requests.get(api, timeout=60).json()["pages"])


def cpu_per_page(server: Server, session: requests.Session, url: str, page: int) -> float:
    """Milliseconds of server CPU for one page, the mean of REQUESTS answers."""
    before = server.cpu_seconds()
    for _ in range(REQUESTS):
        answer = session.get(f"{url}/messages", params={"page": page}, timeout=60)
        answer.raise_for_status()
    return (server.cpu_seconds() - before) / REQUESTS * 1000


def around(page: int, last: int) -> list[int]:
    """A few neighbouring pages: one page alone may hold more text than another."""
    first = max(1, min(page - NEAR // 2, last - NEAR + 1))
    return list(range(first, min(last, first + NEAR - 1) + 1))


def figures() -> Iterator[Figure]:
    """Cold is a server without its cache of fragments; warm is one that has just answered."""
    for state, cache in (("cold", "0"), ("warm", "64")):
        with running(FRAGMENT_CACHE_MB=cache) as server, requests.Session() as session:
            short, long = (upload(server, lines(n)).url for n in (200, 50_000))
            cost = {}
            for name, url, place in (
                ("short", short, 0.5),
                ("first", long, 0.0),
                ("middle", long, 0.5),
                ("last", long, 1.0),
            ):
                last = last_page(url)
                pages = around(max(1, round(last * place)), last)
                for page in pages:
                    session.get(f"{url}/messages", params={"page": page}, timeout=60)
                cost[name] = statistics.median(
                    cpu_per_page(server, session, url, page) for page in pages
                )
            for name in ("first", "middle", "last"):
                yield at_most(
                    f"{state} {name} page of 50,000 lines against 200 lines",
                    cost[name] / cost["short"],
                    1.2,
                    note=f" ({cost[name]:.2f} / {cost['short']:.2f} ms)",
                )
