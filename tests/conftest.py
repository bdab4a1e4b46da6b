"""What every room's tests share: the sample sessions and a real server in a process."""

import itertools
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from ccshare.transcript import engines

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"


engines.WARM_UP = 0
"""The texts of tests are short, and google-re2 shall read them too."""


def missing(what: str) -> None:
    """Skip on a stranger's machine; fail in CI, where nothing may be skipped."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI runs everything")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def missing_in_ci() -> Callable[[str], None]:
    """`missing`, for the folders below."""
    return missing


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="what the servers of the tests store in",
    )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL for tests: CCSHARE_TEST_DATABASE, or one of our own."""
    script = runpy.run_path(str(ROOT / "scripts" / "with_postgres.py"))
    given = os.environ.get(script["VARIABLE"])
    if given:
        yield given
    elif script["binaries"]() is None:
        missing("PostgreSQL (CCSHARE_TEST_DATABASE, or initdb to start one)")
    else:
        with script["cluster"]() as server:
            yield server.url


_numbers = itertools.count()


@contextmanager
def fresh_schema(address: str) -> Iterator[str]:
    """The address of an empty schema; whatever else the database holds stays as it is."""
    import psycopg

    name = f"ccshare_test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        joint = "&" if "?" in address else "?"
        try:
            yield f"{address}{joint}options=-c%20search_path%3D{name}"
        finally:
            connection.execute("SET client_min_messages = warning")
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(scope="session")
def new_schema(postgresql: str) -> Callable[[], Any]:
    """A context manager that makes an empty schema and gives its address."""
    return lambda: fresh_schema(postgresql)


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """What the tests store in this time."""
    return request.config.getoption("--engine")


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite alone when the tests run on another engine."""
    if config.getoption("--engine") == "sqlite":
        return
    items[:] = [item for item in items if item.get_closest_marker("sqlite") is None]


@pytest.fixture(scope="session")
def live_database(request: pytest.FixtureRequest, engine: str) -> Iterator[dict[str, str]]:
    """What points the live server to its database, besides DATABASE_PATH."""
    if engine == "sqlite":
        yield {}
        return
    with fresh_schema(request.getfixturevalue("postgresql")) as address:
        yield {"DATABASE_URL": address}


@pytest.fixture(scope="session")
def live_server(
    tmp_path_factory: pytest.TempPathFactory, live_database: dict[str, str]
) -> Iterator[LiveServer]:
    """One real server for the whole test session, on a database of its own."""
    data = tmp_path_factory.mktemp("live")
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "DATABASE_PATH": str(data / "sessions.db"),
        "UPLOAD_RATE": "10000/hour",
        **live_database,
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
        except requests.RequestException:
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
