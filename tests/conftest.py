"""What every room's tests share: the sample sessions and a real server in a process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"


def missing(what: str) -> None:
    """Skip on a stranger's machine; fail in CI, where nothing may be skipped."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI runs everything")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The shared sample sessions: real files of other people, never committed."""
    folder = Path(os.environ.get("CCSHARE_SAMPLES", ROOT.parent / "shared" / "samples"))
    found = sorted(folder.glob("*.jsonl"))
    if not found:
        missing("the folder of sample sessions (CCSHARE_SAMPLES)")
    return found


@dataclass(frozen=True)
class LiveServer:
    """A gunicorn of ours that listens on loopback."""

    url: str
    pid: int
    data: Path
    environment: dict[str, str]

    def key(self, owner: str) -> str:
        """Create a key through the operator's command."""
        return subprocess.run(
            [sys.executable, "-m", "ccshare.app", "key", "create", owner],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One real server for the whole test session, on a database of its own."""
    data = tmp_path_factory.mktemp("live")
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "DATABASE_PATH": str(data / "sessions.db"),
        "UPLOAD_RATE": "10000/hour",
    }
    environment.pop("SHARE_API_KEY", None)
    log = (data / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "ccshare.app", "serve"], env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(url, process, data / "server.log")
        yield LiveServer(url, process.pid, data, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)
        log.close()


def wait_until_up(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text(errors='replace')[-2000:]}")
        try:
            if requests.get(f"{url}/healthz", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the server did not come up within 30 s")


@pytest.fixture(scope="session")
def client_environment(
    live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment in which Alice runs the client against the live server."""
    home = tmp_path_factory.mktemp("alice")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHARE_", "CLAUDE"))}
    return {
        **kept,
        "SHARE_SERVER_URL": live_server.url,
        "SHARE_API_KEY": live_server.key("alice"),
        "CCSHARE_CONFIG_DIR": str(home / "config"),
        "CLAUDE_CONFIG_DIR": str(home / "claude"),
    }


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; its driver must be there as well."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found or not shutil.which("chromedriver"):
        missing("Chromium with chromedriver")
    assert found
    return found
