"""kill -9 at random moments of uploads: nothing half, nothing lost, nothing left behind.

Each round kills the client, a worker or the master while a session is shared for the first time
or shared again, starts again what is dead, and looks at everything that is stored.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from .server import ROOT, Server, free_port, new_key, settings_for, started, wait_until_up
from .sessions import lines
from .stored import problems_in
from .table import Figure, at_most

ROUNDS = int(os.environ.get("CCSHARE_CRASH_ROUNDS", "200"))
DATABASE_URL = os.environ.get("CCSHARE_BENCH_DATABASE_URL", "")
"""PostgreSQL instead of SQLite, an empty database."""
VICTIMS = ("client", "worker", "master")


@dataclass
class Tally:
    """What the rounds came to."""

    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VICTIMS, 0))
    in_time: int = 0
    """Kills that an upload did not survive or had to be repeated after."""
    wrong: list[str] = field(default_factory=list)


class Rounds:
    """One server on one database, killed and started over and over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        more = {"DATABASE_URL": DATABASE_URL} if DATABASE_URL else {}
        self.environment = settings_for(
            self.port,
            folder,
            WEB_CONCURRENCY="2",
            METRICS_TOKEN="m" * 30,
            TMPDIR=str(self.temporary),
            **more,
        )
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = self.start()
        self.key = new_key(self.environment)
        self.headers = {"Authorization": f"Bearer {self.key}"}
        self.random = random.Random(11)
        self.tally = Tally()
        self.bodies = {name: document(lines(count)) for name, count in SIZES.items()}
        self.digests: dict[str, str] = {}
        self.seconds = 1.0
        self.now = "small"

    def start(self) -> Server:
        """A server that answers."""
        errors = self.folder / "errors.log"
        with errors.open("ab") as log:
            process = started(self.environment, log=log)
        try:
            wait_until_up(self.url, process)
        except RuntimeError:
            print(errors.read_text(encoding="utf-8", errors="replace")[-5000:], flush=True)
            process.kill()
            raise
        return Server(self.url, process, self.environment, self.folder)

    def stop(self) -> None:
        """End it as an operator would."""
        self.server.process.send_signal(signal.SIGTERM)
        self.server.process.wait(timeout=60)

    def calibrate(self) -> None:
        """Share both bodies undisturbed: what they look like when all is well."""
        for name in ("large", "small"):
            at = time.perf_counter()
            self.post(name, "kept").raise_for_status()
            self.seconds = max(self.seconds, time.perf_counter() - at)
            share = self.shares()["kept"]
            self.digests[name] = self.digest(share)

    def round(self, number: int) -> None:
        """One kill."""
        victim = VICTIMS[number % len(VICTIMS)]
        again = number % 2 == 0
        session = "kept" if again else f"new-{number}"
        name = "large" if self.now == "small" or not again else "small"
        self.tally.killed[victim] += 1
        if victim == "client":
            self.kill_client(name, session)
        else:
            self.kill_server(victim, name, session)
        self.revive()
        self.look(session, again)

    def kill_client(self, name: str, session: str) -> None:
        path = self.folder / f"{session}.jsonl"
        path.write_bytes(named(self.bodies[name], session))
        folder = self.folder / "client"
        (folder / "tmp").mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "ccshare.client", "upload", str(path), "--yes", "-q"]
        environment = {
            **os.environ,
            "SHARE_API_KEY": self.key,
            "SHARE_SERVER_URL": self.url,
            "CCSHARE_CONFIG_DIR": str(folder / "config"),
            "TMPDIR": str(folder / "tmp"),
        }
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(self.random.uniform(0, 2 * self.seconds + 1))
        if process.poll() is None:
            self.tally.in_time += 1
        process.kill()
        process.wait()
        path.unlink()
        left = [p.name for p in (folder / "tmp").iterdir()]
        self.expect(not left, f"the client left {left}")

    def kill_server(self, victim: str, name: str, session: str) -> None:
        outcome: list[bool] = []
        sender = threading.Thread(target=lambda: outcome.append(self.try_post(name, session)))
        sender.start()
        time.sleep(self.random.uniform(0, self.seconds))
        master = psutil.Process(self.server.process.pid)
        with suppress(psutil.NoSuchProcess):
            workers = [p for p in master.children() if p.is_running()]
            for process in [master] if victim == "master" else workers:
                process.kill()
        if victim == "master":
            # Until it is reaped it looks alive, and its orphaned workers answer for a moment more.
            self.server.process.wait(timeout=30)
        sender.join()
        self.tally.in_time += not outcome[0]

    def revive(self) -> None:
        """Workers come back by themselves, a master is started by whoever supervises it."""
        if self.server.process.poll() is not None:
            deadline = time.monotonic() + 30
            while port_taken(self.port) and time.monotonic() < deadline:
                time.sleep(0.05)  # orphaned workers see that their master is gone, and go
            self.server = self.start()
        wait_until_up(self.url, self.server.process)

    def look(self, session: str, again: bool) -> None:
        """Everything that is stored is whole, and the share is one of the two it may be."""
        time.sleep(0.2)
        found = self.shares()
        self.expect("kept" in found, "the share that was there is lost")
        if again and "kept" in found:
            digest = self.digest(found["kept"])
            names = [name for name, known in self.digests.items() if known == digest]
            self.expect(bool(names), "a re-upload left neither the old nor the new revision")
            self.now = names[0] if names else self.now
        elif session in found:
            digest = self.digest(found[session])
            self.expect(digest in self.digests.values(), "a new share is not whole")
            requests.delete(
                f"{self.url}/api/sessions/{found[session]}", headers=self.headers, timeout=60
            ).raise_for_status()
        for problem in problems_in(self.environment):
            self.expect(False, problem)
        self.look_at_files()

    def look_at_files(self) -> None:
        """Nothing lies about but the folders of the running server; nothing crashed."""
        left = [p.name for p in (self.folder / "spool").glob("*")]
        self.expect(not left, f"the spool holds {left}")
        temporary = [p.name for p in self.temporary.iterdir()]
        self.expect(len(temporary) <= 1, f"the temporary folder holds {temporary}")
        pages = [p.name for p in self.folder.glob("fragments-*")]
        # Two, if the last worker of a killed master was still ending when the next one started.
        self.expect(1 <= len(pages) <= 2, f"folders of shared pages: {pages}")
        errors = self.folder / "errors.log"
        said = errors.read_text(encoding="utf-8", errors="replace")
        self.expect("Traceback" not in said, said[said.find("Traceback") :][:2000])
        errors.write_bytes(b"")

    def expect(self, held: bool, otherwise: str) -> None:
        if not held:
            self.tally.wrong.append(otherwise)
            print(f"     {otherwise}", flush=True)

    # -- talking to the server

    def post(self, name: str, session: str) -> requests.Response:
        body = named(self.bodies[name], session)
        return requests.post(
            f"{self.url}/api/sessions",
            data=pieces(body),
            headers={**self.headers, "Content-Type": "application/x-ndjson"},
            timeout=120,
        )

    def try_post(self, name: str, session: str) -> bool:
        try:
            return self.post(name, session).ok
        except requests.RequestException:
            return False

    def shares(self) -> dict[str, str]:
        """Session id -> share id of what the key's owner has."""
        rows = self.get("/api/sessions").json()["sessions"]
        return {row["session_id"]: row["id"] for row in rows}

    def digest(self, share: str) -> str:
        """Of all lines but the header, which holds the session's id."""
        content = self.get(f"/s/{share}.jsonl").content
        return hashlib.sha256(content.partition(b"\n")[2]).hexdigest()

    def get(self, path: str) -> requests.Response:
        """An answer. The last worker of a killed master may take a connection and go with it; a
        stream breaks off if what a killed client had sent replaces the share meanwhile.
        """
        for attempt in range(10):
            try:
                answer = requests.get(self.url + path, headers=self.headers, timeout=120)
                answer.raise_for_status()
                return answer
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                if attempt == 9:
                    raise
                time.sleep(0.2)
        raise AssertionError("unreachable")


SIZES = {"small": 2_000, "large": 3_000}


def document(session: Path) -> bytes:
    """What the client would send of a session."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        command = [sys.executable, "-m", "ccshare.client", "redact", str(session), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        return out.read_bytes()


def named(body: bytes, session: str) -> bytes:
    """The document as one of another session."""
    first, _, rest = body.partition(b"\n")
    header = {**json.loads(first), "session_id": session}
    return json.dumps(header).encode() + b"\n" + rest


def pieces(body: bytes) -> Iterator[bytes]:
    for at in range(0, len(body), 1 << 17):
        yield body[at : at + (1 << 17)]


def port_taken(port: int) -> bool:
    return any(c.laddr.port == port and c.status == "LISTEN" for c in psutil.net_connections())


def figures() -> Iterator[Figure]:
    """ROUNDS kills; every wrong thing that is found counts."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = Rounds(Path(folder))
        try:
            rounds.calibrate()
            for number in range(ROUNDS):
                rounds.round(number)
                if number % 20 == 19:
                    print(f"     {number + 1} rounds", flush=True)
        finally:
            rounds.stop()
        tally = rounds.tally
        kills = ", ".join(f"{count} {name}" for name, count in tally.killed.items())
        note = f" of {ROUNDS} kills ({kills}; {tally.in_time} in time)"
        yield at_most("kill -9: something half, lost or left", len(tally.wrong), 0, "", note)
