"""What a cloud does with a fresh checkout: npm, then pip, then the commands of the Procfile."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from ccshare.app.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
KEY = "0123456789abcdef" * 4
"""As long as the one Heroku generates."""
OURS = ("SHARE_", "CLAUDE", "CCSHARE_", "VIRTUAL_ENV", "PYTHON", *(row.name for row in SETTINGS))


def processes(procfile: Path) -> dict[str, str]:
    """The commands of a Procfile, by the name of their process."""
    lines = procfile.read_text(encoding="utf-8").splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


@dataclass(frozen=True)
class Deployed:
    """A checkout after its build, and the environment of its processes."""

    app: Path
    environment: dict[str, str]

    def run(self, command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run to its end what the cloud runs through a shell."""
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.app,
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def serving(self, **settings: str) -> Iterator["Running"]:
        """Run the Procfile's web process on a free port until it answers; kill it at the end."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = self.app / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["sh", "-c", processes(self.app / "Procfile")["web"]],
                cwd=self.app,
                env={**self.environment, "PORT": str(port), "SHARE_API_KEY": KEY, **settings},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        running = Running(f"http://127.0.0.1:{port}", port, process, log)
        try:
            running.wait_until_up()
            yield running
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@dataclass(frozen=True)
class Running:
    """The web process."""

    url: str
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_until_up(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                pytest.fail(f"the server stopped: {self.log.read_text(errors='replace')[-2000:]}")
            try:
                if requests.get(f"{self.url}/healthz", timeout=5).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.02)
        pytest.fail("the server did not come up within 60 s")

    def terminate(self) -> None:
        """SIGTERM to every process, as Heroku does it."""
        os.killpg(self.process.pid, signal.SIGTERM)

    def stop(self) -> int:
        """Terminate and wait; the exit code."""
        self.terminate()
        return self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """A clean copy of the checkout, built as Heroku's two buildpacks do it."""
    app = tmp_path_factory.mktemp("deploy") / "app"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (app / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, app / name)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    environment["PATH"] = f"{app.parent}/venv/bin:{os.environ['PATH']}"
    built = Deployed(app, environment)
    subprocess.run([sys.executable, "-m", "venv", app.parent / "venv"], check=True)
    for step in ("npm install", "npm run build", "pip install -q -r requirements.txt"):
        done = built.run(step)
        assert done.returncode == 0, f"{step}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return built
