"""A warm fragment against a constant body of the same size: same app, same gunicorn."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import requests

from .server import Server, running, upload
from .sessions import lines
from .table import Figure, at_least

SECONDS = 5
ROUNDS = 3


def requests_per_cpu_second(server: Server, url: str) -> float:
    """What wrk gets out of the server, over the CPU seconds the server spent."""
    wrk = shutil.which("wrk")
    if not wrk:
        raise SystemExit("wrk is missing: apt-get install wrk")
    before = server.cpu_seconds()
    told = subprocess.run(
        [wrk, "-t1", "-c8", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    spent = server.cpu_seconds() - before
    found = re.search(r"(\d+) requests in", told)
    if not found or "Non-2xx" in told:
        raise RuntimeError(told)
    return int(found.group(1)) / spent


def figures() -> Iterator[Figure]:
    """Rounds of both in turn; the median round counts, as the machine's speed drifts."""
    with running() as server:
        url = f"{upload(server, lines(200)).url}/messages?page=2"
        answer = requests.get(url, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=60)
        size = len(answer.raw.read())
        database = str(server.data / "sessions.db")
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:ccshare.app.gunicorn_conf",
            "bench.constant_app:application()",
        ]
        with running(command, CONSTANT_BYTES=str(size), DATABASE_PATH=database) as both:
            fragment = url.replace(server.url, both.url)
            ratios = []
            for _ in range(ROUNDS):
                constant = requests_per_cpu_second(both, f"{both.url}/constant")
                ratios.append(requests_per_cpu_second(both, fragment) / constant)
        ratios.sort()
        yield at_least(
            "warm fragment against a constant body, per CPU second",
            ratios[len(ratios) // 2],
            0.85,
            note=f" ({size / 1024:.1f} KB gzip)",
        )
