"""A real server and a real client for measurements, and what they cost."""

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import IO

import psutil
import requests

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running gunicorn of ours; costs are those of master and workers together."""

    url: str
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    data: Path

    def processes(self) -> list[psutil.Process]:
        master = psutil.Process(self.process.pid)
        return [master, *master.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        return sum(sum(p.cpu_times()[:2]) for p in self.processes())

    def peak_megabytes(self) -> float:
        """The largest peak resident size (VmHWM) of one process."""
        peaks = []
        for process in self.processes():
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            found = re.search(r"VmHWM:\s+(\d+) kB", status)
            peaks.append(int(found.group(1)) / 1024 if found else 0.0)
        return max(peaks)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings_for(port: int, folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a server with a database of its own."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("SHARE_")},
        "PORT": str(port),
        "DATABASE_PATH": str(folder / "sessions.db"),
        "UPLOAD_RATE": "100000/hour",
        **settings,
    }


def started(
    environment: dict[str, str], command: Sequence[str] = (), log: int | IO[bytes] = DEVNULL
) -> "subprocess.Popen[bytes]":
    """A server's process, which may not answer yet; it writes its errors to `log`."""
    return subprocess.Popen(
        list(command) or [sys.executable, "-m", "ccshare.app", "serve"],
        env=environment,
        cwd=ROOT,
        stdout=DEVNULL,
        stderr=log,
    )


@contextmanager
def running(command: Sequence[str] = (), **settings: str) -> Iterator[Server]:
    """Start a server on a database of its own; stop it at the end."""
    with tempfile.TemporaryDirectory() as folder, Path(folder, "errors.log").open("wb") as log:
        port = free_port()
        environment = settings_for(port, Path(folder), **settings)
        process = started(environment, command, log)
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_up(url, process)
            yield Server(url, process, environment, Path(folder))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def wait_until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    # Long: on a busy machine the neighbours may leave little for a start.
    until = time.monotonic() + 180
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with code {process.returncode}")
        try:
            if requests.get(f"{url}/healthz", timeout=5).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


def new_key(environment: dict[str, str]) -> str:
    """An upload key."""
    command = [sys.executable, "-m", "ccshare.app", "key", "create", "bench"]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return told.stdout.strip()


@dataclass(frozen=True)
class Upload:
    """One finished upload through the real client."""

    url: str
    seconds: float
    client_peak_megabytes: float


def upload(server: Server, session: Path) -> Upload:
    """Share a session file through `python -m ccshare.client upload`."""
    key = new_key(server.environment)
    environment = {
        **os.environ,
        "SHARE_API_KEY": key,
        "SHARE_SERVER_URL": server.url,
        "CCSHARE_CONFIG_DIR": str(server.data / "config"),
    }
    started = time.perf_counter()
    command = [sys.executable, "-m", "ccshare.client", "upload", str(session), "--yes", "-q"]
    output = server.data / "url.txt"
    with output.open("wb") as out:
        pid = os.posix_spawn(
            command[0],
            command,
            environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)],
        )
        _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"the upload of {session.name} failed")
    seconds = time.perf_counter() - started
    return Upload(output.read_text(encoding="utf-8").strip(), seconds, peak(usage))


def peak(usage: resource.struct_rusage) -> float:
    """Peak resident size in MB; Linux counts it in kB."""
    return usage.ru_maxrss / 1024
