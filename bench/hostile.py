"""100,000 hostile requests against a real gunicorn: no 5xx, nothing left behind, flat memory.

`CCSHARE_HOSTILE` says another number. `CCSHARE_HOSTILE_LOG` names a file for requests that were
answered with 5xx or not at all, and for what the server said of them.
"""

import base64
import multiprocessing
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import requests

from . import hostile_uploads
from .hostile_requests import Raw, Target, one
from .server import Server, running
from .table import Figure, at_most

COUNT = int(os.environ.get("CCSHARE_HOSTILE", "100000"))
LOG = os.environ.get("CCSHARE_HOSTILE_LOG", "")
PROCESSES = 4
_BATCH = 250
_TIMEOUT = 60
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass
class Outcome:
    """What came back: (kind of request, status) -> how often; status 0 is a closed connection."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take over what another process counted."""
        self.statuses += other.statuses
        self.wrong += other.wrong

    def by_status(self) -> Counter[int]:
        """How often each status came."""
        total: Counter[int] = Counter()
        for (_, status), number in self.statuses.items():
            total[status] += number
        return total

    @property
    def server_errors(self) -> int:
        """Answers of 5xx, and requests that hung until the time was up."""
        return sum(n for status, n in self.by_status().items() if status >= 500 or status < 0)


def send(port: int, raw: Raw) -> list[int]:
    """The statuses of all answers on this connection: [0] closed without one, [-1] hung."""
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT) as wire:
            try:
                for piece in raw.pieces:
                    wire.sendall(piece)
                if raw.cut:
                    wire.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused early: the answer may be there all the same
            while piece := wire.recv(1 << 16):
                answer += piece[: 1 << 16] if len(answer) < 1 << 20 else b""
    except TimeoutError:
        return [-1]
    except OSError:
        pass
    return [int(status) for status in _STATUS.findall(answer)] or [0]


def attack(port: int, target: Target, seed: int, count: int) -> Outcome:
    """Send `count` requests made from `seed`."""
    source, outcome = random.Random(seed), Outcome()
    for _ in range(count):
        raw = one(target, source)
        for status in send(port, raw):
            outcome.statuses[raw.kind, status] += 1
            if status >= 500 or status < 0:
                sent = base64.b64encode(b"".join(raw.pieces)[:20_000]).decode()
                outcome.wrong.append(f"{status} {raw.kind} {sent}")
    return outcome


def attack_together(port: int, target: Target, count: int, seed: int = 0) -> Outcome:
    """The same from several processes."""
    total = Outcome()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        starts = range(0, count, _BATCH)
        jobs = [
            pool.submit(attack, port, target, seed + at, min(_BATCH, count - at)) for at in starts
        ]
        for job in jobs:
            total.add(job.result())
    return total


def key(server: Server, owner: str) -> str:
    """A new key, made by the operator's command."""
    command = [sys.executable, "-m", "ccshare.app", "key", "create", owner]
    made = subprocess.run(
        command, env=server.environment, check=True, capture_output=True, text=True
    )
    return made.stdout.strip()


def prepare(server: Server) -> Target:
    """Two shares, the first of which hostile uploads will replace, and one that is gone."""
    alice, bob = key(server, "alice"), key(server, "bob")
    ids = []
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {alice}"
        for name in ("made-up", "second", "third"):
            lines = hostile_uploads.session()
            lines[0]["session_id"] = name
            body = b"".join(map(hostile_uploads.dumps, lines))
            made = session.post(f"{server.url}/api/sessions", data=body, timeout=60)
            made.raise_for_status()
            ids.append(made.json()["id"])
        session.delete(f"{server.url}/api/sessions/{ids[2]}", timeout=60).raise_for_status()
    return Target((ids[0], ids[1]), ids[2], alice, bob)


def resident(server: Server) -> float:
    """MB that the server's processes hold now."""
    return sum(p.memory_info().rss for p in server.processes()) / (1 << 20)


def left_behind(server: Server) -> list[str]:
    """Open or leftover spool files, once the last upload had time to end."""
    time.sleep(1)
    spool = server.data / "spool"
    held = [str(path) for path in spool.iterdir()]
    for process in server.processes():
        for link in Path(f"/proc/{process.pid}/fd").iterdir():
            try:
                name = str(link.readlink())
            except OSError:
                continue
            if name.startswith(str(spool)):
                held.append(name)
    return held


def unreached(server: Server, target: Target, outcome: Outcome) -> list[str]:
    """What the figures would not speak of: targets that are gone, kinds that were all refused."""
    fresh = {"X-Forwarded-For": "192.0.2.1"}  # an address that no limit holds back
    paths = [f"{server.url}/s/{share}" for share in target.ids]
    answers = [requests.get(path, headers=fresh, timeout=60) for path in paths]
    gone = [f"target {n} answers {a.status_code}" for n, a in enumerate(answers) if not a.ok]
    served = {kind for kind, status in outcome.statuses if 200 <= status < 300}
    kinds = {kind for kind, _ in outcome.statuses}
    return [*gone, *(f"nothing of {kind} was served" for kind in sorted(kinds - served))]


def report(server: Server, outcome: Outcome) -> None:
    """Status codes by kind of request."""
    kinds = sorted({kind for kind, _ in outcome.statuses})
    for kind in kinds:
        own = sorted((s, n) for (k, s), n in outcome.statuses.items() if k == kind)
        print(f"     {kind:<10}", "  ".join(f"{s or 'closed'}: {n}" for s, n in own), flush=True)
    if LOG:
        said = (server.data / "errors.log").read_text(encoding="utf-8", errors="replace")
        crashes = said[said.find("Traceback") :][:100_000] if "Traceback" in said else ""
        Path(LOG).write_text("\n".join([*outcome.wrong, crashes]), encoding="utf-8")


def figures() -> Iterator[Figure]:
    """A fifth as many as warm-up, which fills the caches; then the memory before and after."""
    with running(
        PROXY_HOPS="1", UPLOAD_RATE="10000000/hour", MAX_UPLOAD_MB="32", FRAGMENT_CACHE_MB="8"
    ) as server:
        port, target = int(server.environment["PORT"]), prepare(server)
        outcome = attack_together(port, target, COUNT // 5)
        before = resident(server)
        started = time.monotonic()
        outcome.add(attack_together(port, target, COUNT, seed=COUNT))
        per_second = COUNT / (time.monotonic() - started)
        after, held = resident(server), left_behind(server)
        report(server, outcome)
        idle = unreached(server, target, outcome)
        for what in idle:
            print(f"     {what}", flush=True)
        total = sum(outcome.statuses.values())
        note = f" of {total:,} answers, {per_second:.0f}/s"
        yield at_most("hostile requests: 5xx or no end", outcome.server_errors, 0, "", note)
        yield at_most("hostile requests: kinds that reached nothing", len(idle), 0, "")
        yield at_most("hostile requests: files left behind", len(held), 0, "")
        memory = f" ({after:.0f} / {before:.0f} MB)"
        yield at_most("hostile requests: memory after / before", after / before, 1.2, note=memory)
