"""Limits of three workers, counted together in a real Redis; and without it for a while."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ccshare.app import counting

WRONG = {"Authorization": "Bearer ccs_wrong"}


def statuses(ask: Callable[[int], Any], times: int) -> Counter[int]:
    """What came of asking several at once, so that several workers count."""
    with ThreadPoolExecutor(6) as pool:
        return Counter(answer.status_code for answer in pool.map(ask, range(times)))


def counted(server: Any) -> list[Counter[int]]:
    """Uploads, unknown links and wrong keys beyond their limits."""
    return [
        statuses(lambda _: server.upload(), 30),
        statuses(lambda n: server.get(f"/s/{n:012}"), 75),
        statuses(lambda _: server.get("/api/sessions", **WRONG), 30),
    ]


def test_three_workers_count_together(serve: Callable[..., Any], redis: Any) -> None:
    for _ in range(3):
        server = serve(WEB_CONCURRENCY="3", REDIS_URL=redis.url, UPLOAD_RATE="20/hour")
        server.ask_until(3, "/healthz")
        uploads, unknown, keys = counted(server)
        if "Redis is away" not in server.log() and len(server.workers("/s/")) > 1:
            break
        # On a busy machine its answer may take longer than a request waits for it, or one worker
        # may take all the requests: once more.
        server.stop()
        redis.kill()
        redis.start()
    assert "Redis" not in server.log()
    assert (uploads[201] + uploads[200], uploads[429]) == (20, 10)
    assert unknown == {404: 60, 429: 15}
    assert keys == {401: 20, 429: 10}
    assert len(server.workers("/s/")) > 1


def test_redis_goes_and_comes_back(serve: Callable[..., Any], redis: Any) -> None:
    server = serve(WEB_CONCURRENCY="2", REDIS_URL=redis.url, UPLOAD_RATE="10/hour")
    server.ask_until(2, "/healthz")
    assert server.upload().status_code == 201
    redis.kill()
    slowest, answers, until = 0.0, Counter[int](), time.monotonic() + 60
    # The kernel deals connections out unevenly.
    while not (answers[200] >= 20 and answers[429] >= 20) and time.monotonic() < until:
        started = time.monotonic()
        answers += statuses(lambda _: server.upload(), 6)
        slowest = max(slowest, time.monotonic() - started)
    # Each worker counts for itself now: ten each, and nobody waits for long.
    assert answers[200] == 20
    assert set(answers) == {200, 429}
    assert slowest < 5
    assert server.log().count("Redis is away") == 2

    redis.start()
    time.sleep(counting.RETRY_AFTER)
    # A new Redis knows nothing: ten more, together.
    answers, until = statuses(lambda _: server.upload(), 60), time.monotonic() + 60
    while server.log().count("Redis is back") < 2 and time.monotonic() < until:
        answers += statuses(lambda _: server.upload(), 6)
    assert answers[200] == 10
    assert set(answers) == {200, 429}
    assert server.log().count("Redis is back") == 2
    assert server.log().count("Redis is away") == 2


def test_a_server_starts_without_its_redis(serve: Callable[..., Any], redis: Any) -> None:
    redis.kill()
    server = serve(REDIS_URL=redis.url, UPLOAD_RATE="2/hour")
    assert [server.upload().status_code for _ in range(3)] == [201, 200, 429]


def test_a_redis_that_hangs_is_left_alone(serve: Callable[..., Any], redis: Any) -> None:
    server = serve(REDIS_URL=redis.url)
    redis.process.send_signal(19)  # SIGSTOP: it accepts connections and says nothing
    try:
        started = time.monotonic()
        assert [server.upload().status_code for _ in range(5)] == [201, 200, 200, 200, 200]
        assert time.monotonic() - started < 2 + counting.TIMEOUT
    finally:
        redis.process.send_signal(18)
