"""Real gunicorns with several workers, and a Redis of our own that can be killed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

ADMIN = {"Authorization": "Bearer " + "k" * 30}
DOCUMENT = (
    '{{"type":"ccshare","version":1,"session_id":"{0}","title":"{1}"}}\n'
    '{{"type":"user","uuid":"u1","sessionId":"x","timestamp":"2026-11-20T09:00:00Z",'
    '"message":{{"role":"user","content":"{2}"}}}}\n'
)


def absent(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI runs everything")
    pytest.skip(f"{what} is missing")


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A gunicorn, its folder and what it wrote. Every request is a new connection."""

    url: str
    folder: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"
    sent: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Connection": "close", **options.pop("headers", {})}
        url = self.url + path
        return requests.request(method, url, headers=headers, timeout=20, **options)

    def get(self, path: str, **headers: str) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path, headers=named)

    def upload(
        self, session: str = "s1", title: str = "A title", text: str = "Hello", **headers: str
    ) -> requests.Response:
        body = DOCUMENT.format(session, title, text).encode()
        return self.ask("POST", "/api/sessions", data=body, headers={**ADMIN, **headers})

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "ccshare.app", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True)

    def log(self) -> str:
        """All it wrote, to both streams."""
        return (self.folder / "log").read_text(errors="replace")

    def lines(self) -> list[dict[str, Any]]:
        """Its whole lines, as JSON; fails if any line is none.

        A read may meet a line that is just being written: its end is not there yet.
        """
        whole, _, _ = self.log().rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    def workers(self, path: str) -> set[int]:
        """The processes that answered requests whose path starts like this."""
        found = [line for line in self.lines() if line.get("path", "").startswith(path)]
        return {line["pid"] for line in found}

    def ask_together(self, path: str, times: int) -> list[requests.Response]:
        """Several requests at once: which worker takes one is the system's choice."""
        with ThreadPoolExecutor(6) as pool:
            return list(pool.map(self.get, [path] * times))

    def ask_until(self, workers: int, path: str, logged: str = "/") -> None:
        """Ask for this until so many processes answered; their log calls it `logged`."""
        until = time.monotonic() + 60
        while len(self.workers(logged)) < workers:
            assert time.monotonic() < until, self.log()[-2000:]
            self.ask_together(path, 2 * workers)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a server with these settings; JSON logs and the admin's key unless said otherwise."""
    started: list[Server] = []

    def start(**settings: str) -> Server:
        folder, number = tmp_path_factory.mktemp("server"), port()
        environment = {
            **{k: v for k, v in os.environ.items() if k not in ("REDIS_URL", "DATABASE_URL")},
            "DATABASE_PATH": str(folder / "data" / "s.db"),
            "PORT": str(number),
            "SHARE_API_KEY": "k" * 30,
            "LOG_FORMAT": "json",
            **settings,
        }
        command = [sys.executable, "-m", "ccshare.app", "serve", "--bind", f"127.0.0.1:{number}"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        server = Server(f"http://127.0.0.1:{number}", folder, environment, process)
        started.append(server)
        for _ in range(300):
            if process.poll() is not None:
                pytest.fail(f"the server stopped: {server.log()[-2000:]}")
            try:
                server.get("/healthz")
                return server
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.1)
        raise AssertionError("the server did not come up")

    yield start
    for server in started:
        server.stop()


@dataclass
class Redis:
    """A redis-server that is killed and started again at will."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("redis-server did not come up")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def redis() -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        absent("redis-server")
    found = Redis(port())
    found.start()
    yield found
    found.kill()
