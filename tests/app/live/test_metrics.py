"""/metrics of one worker and of three: the same sums."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

TOKEN = "m" * 30


def figures(server: Any) -> dict[str, float]:
    answer = server.get("/metrics", Authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    found = [line.rpartition(" ") for line in lines]
    assert len({name for name, _, _ in found}) == len(found)  # no figure twice
    return {name: float(value) for name, _, value in found}


@pytest.mark.parametrize("workers", ["1", "3"])
def test_it_works(serve: Callable[..., Any], workers: str) -> None:
    server = serve(WEB_CONCURRENCY=workers, METRICS_TOKEN=TOKEN, QUOTA_SHARES="4")
    ids = [server.upload(f"s{n}").json()["id"] for n in range(4)]
    server.upload("s0")
    assert server.upload("s9").status_code == 403
    for _ in range(20):
        server.get(f"/s/{ids[0]}")
        server.ask("HEAD", "/nothing")
    server.ask_until(int(workers), "/healthz")
    found = figures(server)
    requests = "ccshare_requests_total{{endpoint={},method={},status={}}}".format
    assert found[requests('"session"', '"GET"', '"2xx"')] == 20
    assert found[requests('"none"', '"HEAD"', '"4xx"')] == 20
    assert found[requests('"upload"', '"POST"', '"2xx"')] == 5
    assert found['ccshare_uploads_total{result="created"}'] == 4
    assert found['ccshare_uploads_total{result="updated"}'] == 1
    assert found["ccshare_upload_bytes_total"] > 5 * 100
    assert found['ccshare_refusals_total{kind="quota-exceeded"}'] == 1
    assert found['ccshare_request_seconds_count{endpoint="session"}'] == 20
    assert (found["ccshare_shares"], found["ccshare_messages"]) == (4, 4)
    assert found["ccshare_stored_bytes"] > 0
    assert found["ccshare_limits_fallback"] == 0
    assert found["ccshare_spool_bytes"] == 0
    again = figures(server)
    assert again[requests('"session"', '"GET"', '"2xx"')] == 20
    text = server.get("/metrics", Authorization=f"Bearer {TOKEN}").text
    assert not any(share_id in text for share_id in ids)
    assert "admin" not in text


def test_the_folder_goes_with_the_server(serve: Callable[..., Any], tmp_path: Path) -> None:
    server = serve(METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path))
    figures(server)
    assert [re.sub(r"-\w+$", "", p.name) for p in tmp_path.iterdir()] == ["ccshare-metrics"]
    server.stop()
    assert list(tmp_path.iterdir()) == []


def test_folders_of_killed_servers_go(serve: Callable[..., Any], tmp_path: Path) -> None:
    killed = serve(METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path))
    living = serve(METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path))
    workers = psutil.Process(killed.process.pid).children()
    killed.process.kill()
    for worker in workers:
        worker.wait(30)  # it sees that its master is gone
    assert len(list(tmp_path.iterdir())) == 2
    serve(METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path))
    assert len(list(tmp_path.iterdir())) == 2
    assert figures(living)["ccshare_shares"] == 0


def test_it_is_not_there_for_others(serve: Callable[..., Any]) -> None:
    on, off = serve(METRICS_TOKEN=TOKEN), serve()
    nothing = off.get("/nothing").text
    for server, token in [(off, TOKEN), (off, ""), (on, ""), (on, TOKEN[:-1]), (on, TOKEN + "m")]:
        answer = server.get("/metrics", Authorization=f"Bearer {token}")
        assert (answer.status_code, answer.text) == (404, nothing)
    assert off.get("/metrics").status_code == 404
