"""A thousand readers over two hundred shares for a minute, and twenty uploads in their midst.

A reader opens a share, reads on page by page with pauses of a few seconds, then takes another
share; each keeps one connection open, as a browser does.
"""

import asyncio
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import requests

from .crash import document, named
from .server import Server, new_key, running
from .sessions import lines, megabytes
from .table import Figure, at_most

READERS = int(os.environ.get("CCSHARE_LOAD_READERS", "1000"))
SECONDS = float(os.environ.get("CCSHARE_LOAD_SECONDS", "60"))
SHARES = 200
UPLOADS = 20
PAUSE = (2.0, 8.0)
DATABASE_URL = os.environ.get("CCSHARE_BENCH_DATABASE_URL", "")


@dataclass
class Seen:
    """What the readers met. Times in seconds."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def quantile(self, part: float) -> float:
        """The time that this part of all answers kept."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


async def reader(host: str, port: int, paths: list[str], until: float, seen: Seen) -> None:
    """One person at a browser."""
    own = random.Random()
    await asyncio.sleep(own.uniform(0, PAUSE[1]))
    connection = None
    while time.monotonic() < until:
        path = own.choice(paths)
        for step in (path, *(f"{path}/messages?page={n}" for n in (2, 3))):
            try:
                connection = connection or await asyncio.open_connection(host, port)
                at = time.perf_counter()
                status, closing = await ask(*connection, host, step)
                seen.times.append(time.perf_counter() - at)
                if status != 200:
                    seen.errors.append(f"{status} for {step}")
                if closing:
                    connection[1].close()
                    connection = None
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                seen.errors.append(repr(error))
                connection = None
            await asyncio.sleep(own.uniform(*PAUSE))
            if time.monotonic() > until:
                break
    if connection:
        connection[1].close()


async def ask(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, host: str, path: str
) -> tuple[int, bool]:
    """One GET; the status, and whether the connection will be closed."""
    sink.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    await sink.drain()
    head = (await source.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    await source.readexactly(length)
    return int(head[9:12]), "connection: close" in head


async def crowd(server: Server, paths: list[str], readers: int, seconds: float) -> Seen:
    """So many readers at once, for so long."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    seen, until = Seen(), time.monotonic() + seconds
    await asyncio.gather(*(reader(host, int(port), paths, until, seen) for _ in range(readers)))
    return seen


def idle_median(server: Server, paths: list[str]) -> float:
    """Of the same requests, one after the other, to a server that has nothing else to do."""
    times = []
    with requests.Session() as session:
        for path in paths[:60]:
            for step in (path, f"{path}/messages?page=2", f"{path}/messages?page=3"):
                at = time.perf_counter()
                session.get(server.url + step, timeout=30).raise_for_status()
                times.append(time.perf_counter() - at)
    return statistics.median(times)


def post(server: Server, key: str, body: bytes, session: str) -> str:
    """Share a document; its path."""
    answer = requests.post(
        f"{server.url}/api/sessions",
        data=named(body, session),
        headers={"Authorization": f"Bearer {key}"},
        timeout=300,
    )
    answer.raise_for_status()
    return f"/s/{answer.json()['id']}"


def upload_all(server: Server, key: str, body: bytes) -> list[str]:
    """UPLOADS at once; the paths of those that came back whole."""
    whole: list[str] = []
    rest = body.partition(b"\n")[2]

    def one(number: int) -> None:
        path = post(server, key, body, f"upload-{number}")
        got = requests.get(f"{server.url}{path}.jsonl", timeout=300)
        if got.ok and got.content.partition(b"\n")[2] == rest:
            whole.append(path)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(UPLOADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return whole


def figures() -> Iterator[Figure]:
    """Readers alone, then readers with uploads beside them, on two workers."""
    more = {"DATABASE_URL": DATABASE_URL} if DATABASE_URL else {}
    with running(WEB_CONCURRENCY="2", **more) as server:
        key = new_key(server.environment)
        small, large = document(lines(300)), document(megabytes(12))
        paths = [post(server, key, small, f"share-{n}") for n in range(SHARES)]
        idle = idle_median(server, paths)
        seen = asyncio.run(crowd(server, paths, READERS, SECONDS))
        yield from told("readers", seen, idle)
        whole: list[str] = []
        uploads = threading.Thread(target=lambda: whole.extend(upload_all(server, key, large)))
        uploads.start()
        seen = asyncio.run(crowd(server, paths, READERS, SECONDS))
        uploads.join()
        yield from told(f"readers beside {UPLOADS} uploads", seen, idle)
        note = f" ({len(large) >> 20} MB each)"
        yield at_most(
            "uploads beside readers that were not whole", UPLOADS - len(whole), 0, "", note
        )


def told(what: str, seen: Seen, idle: float) -> Iterator[Figure]:
    """Errors and the slowest hundredth."""
    for error in seen.errors[:5]:
        print(f"     {error}", flush=True)
    rate = len(seen.times) / SECONDS
    yield at_most(
        f"{READERS:,} {what}: errors", len(seen.errors), 0, "", f" of {len(seen.times):,}"
    )
    ratio = seen.quantile(0.99) / idle
    note = f" ({1000 * seen.quantile(0.99):.0f} / {1000 * idle:.1f} ms, {rate:.0f}/s)"
    yield at_most(f"{READERS:,} {what}: p99 against an idle median", ratio, 10, "x", note)
