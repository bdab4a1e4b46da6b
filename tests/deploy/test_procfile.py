"""The Procfile's own commands, in a clean environment: released, used, stopped in mid-upload."""

import gzip
import json
import os
import re
import resource
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from ccshare.app.settings import SettingError, Settings

from .conftest import KEY, ROOT, Deployed, Running, processes

EXAMPLE = next((ROOT / "examples").glob("*.jsonl"))
SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def database_url_works() -> bool:
    try:
        Settings.load({"DATABASE_URL": "postgresql://127.0.0.1/none"})
    except SettingError:
        return False
    return True


ENGINES = ["sqlite", "postgresql+redis"] if database_url_works() else ["sqlite"]


@pytest.fixture(params=ENGINES)
def settings(
    request: pytest.FixtureRequest, deployed: Deployed, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """The config vars of a fresh app: SQLite, or both add-ons and two workers."""
    local = {"DATABASE_PATH": str(tmp_path / "data" / "sessions.db"), "PROXY_HOPS": "1"}
    if request.param == "sqlite":
        yield local
        return
    name = f"ccshare_deploy_{uuid.uuid4().hex[:8]}"
    _sql(deployed, f"CREATE DATABASE {name}")
    try:
        # postgres:// is what Heroku writes.
        url = urlsplit(SERVER)._replace(scheme="postgres", path=f"/{name}").geturl()
        yield {**local, "DATABASE_URL": url, "REDIS_URL": REDIS, "WEB_CONCURRENCY": "2"}
    finally:
        _sql(deployed, f"DROP DATABASE {name} WITH (FORCE)")


def _sql(deployed: Deployed, statement: str) -> None:
    code = "import sys, psycopg; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"
    done = deployed.run(f"python -c '{code}' '{SERVER}' '{statement}'")
    assert done.returncode == 0, done.stderr


def client(deployed: Deployed, server: Running, arguments: str) -> str:
    """What the installed client prints."""
    home = {"CCSHARE_CONFIG_DIR": str(deployed.app.parent / "config")}
    done = deployed.run(
        f"ccshare {arguments}", SHARE_SERVER_URL=server.url, SHARE_API_KEY=KEY, **home
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_release_start_use_stop_and_start_again(
    deployed: Deployed, settings: dict[str, str]
) -> None:
    released = deployed.run(processes(deployed.app / "Procfile")["release"], **settings)
    assert released.returncode == 0, released.stderr

    with deployed.serving(**settings) as server:
        link = client(deployed, server, f"upload {EXAMPLE} --yes")
        page = requests.get(link, timeout=30)
        assert "Fix the missing cent in cart totals" in page.text
        script = re.search(r'src="(/static/app\.[0-9a-f]{12}\.js)"', page.text)
        assert script, "the page names no script"
        assert "htmx" in requests.get(server.url + script[1], timeout=30).text
        assert server.stop() == 0
        # gunicorn's own word for a worker that had to be killed.
        assert "SIGKILL" not in server.log.read_text()

    with deployed.serving(**settings) as server:
        path = urlsplit(link).path
        assert requests.get(server.url + path, timeout=30).status_code == 200
        assert "cart" in client(deployed, server, "list --json")
        assert server.stop() == 0


def test_sigterm_lets_an_upload_end_and_takes_no_new_one(
    deployed: Deployed, settings: dict[str, str]
) -> None:
    with deployed.serving(**settings) as server:
        out = deployed.app.parent / "document.jsonl"
        client(deployed, server, f"redact {EXAMPLE} -o {out}")
        body = gzip.compress(out.read_bytes())
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as wire:
            wire.sendall(
                f"POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n"
                f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            )
            half = len(body) // 2
            wire.sendall(body[:half])
            time.sleep(0.5)
            server.terminate()
            _wait_until_refused(server.port)
            assert server.process.poll() is None, "it ended with an upload in flight"
            for at in range(half, len(body), 1000):
                wire.sendall(body[at : at + 1000])
                time.sleep(0.05)
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
        assert server.process.wait(timeout=30) == 0

    status, _, rest = answer.partition(b"\r\n")
    assert status == b"HTTP/1.1 201 CREATED", status
    share = json.loads(rest.partition(b"\r\n\r\n")[2])
    with deployed.serving(**settings) as server:
        stored = requests.get(f"{server.url}/s/{share['id']}.jsonl", timeout=30)
        assert len(stored.content.splitlines()) == len(out.read_bytes().splitlines())


def _wait_until_refused(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("10 s after SIGTERM the server still took connections")


def test_the_first_answer_comes_soon(deployed: Deployed, tmp_path: Path) -> None:
    """2 s of work at most, on an empty database; the clock would measure the neighbours too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with deployed.serving(DATABASE_PATH=str(tmp_path / "data" / "s.db")) as server:
        assert requests.get(server.url, timeout=30).ok
        assert server.stop() == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2.0


def test_two_workers_without_redis_say_what_that_means(deployed: Deployed, tmp_path: Path) -> None:
    path = str(tmp_path / "data" / "s.db")
    with deployed.serving(DATABASE_PATH=path, WEB_CONCURRENCY="2") as server:
        assert server.stop() == 0
        assert "2 workers without REDIS_URL" in server.log.read_text()


@pytest.mark.parametrize(("hops", "scheme"), [("0", "http"), ("1", "https")])
def test_proxies_are_trusted_by_proxy_hops_alone(
    deployed: Deployed, tmp_path: Path, hops: str, scheme: str
) -> None:
    spoofed = {
        "Authorization": f"Bearer {KEY}",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.7",
        "Script_Name": "/elsewhere",
    }
    variables = {"FORWARDED_ALLOW_IPS": "*", "PROXY_HOPS": hops}
    with deployed.serving(DATABASE_PATH=str(tmp_path / "data" / "s.db"), **variables) as server:
        link = client(deployed, server, f"upload {EXAMPLE} --yes")
        path = "/api/sessions/" + link.rpartition("/")[2]
        described = requests.get(server.url + path, headers=spoofed, timeout=30).json()
        assert described["url"].startswith(f"{scheme}://127.0.0.1")
        assert "elsewhere" not in described["url"]


def test_a_second_deploy_takes_the_new_code(deployed: Deployed) -> None:
    """Heroku keeps the installed packages from one build to the next; the version is the same."""
    changed = deployed.app / "examples" / "new.txt"
    changed.write_text("new\n")
    done = deployed.run("pip install -q -r requirements.txt")
    assert done.returncode == 0, done.stderr
    where = "import ccshare.app, pathlib; print(pathlib.Path(ccshare.app.__file__).parents[1])"
    installed = subprocess.run(
        ["sh", "-c", f'python -c "{where}"'],
        cwd=deployed.app,
        env=deployed.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert Path(installed) != ROOT
    assert (Path(installed) / "examples" / "new.txt").is_file()
