"""Twenty uploads at once on two workers: each is whole at the end, none is told to come again."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

UPLOADS = 20
LINES = 600
TEXT = "What comes with a line, long enough to be a megabyte in the end. " * 25


def test_all_are_whole(serve: Callable[..., Any]) -> None:
    server = serve(WEB_CONCURRENCY="2")
    messages = [{"role": "user", "content": f"{n} {TEXT}"} for n in range(LINES)]
    lines = "".join(json.dumps({"type": "user", "message": m}) + "\n" for m in messages)

    def share(n: int) -> requests.Response:
        head = {"type": "ccshare", "version": 1, "session_id": f"together-{n}"}
        key = {"Authorization": f"Bearer {server.environment['SHARE_API_KEY']}"}
        body = f"{json.dumps(head)}\n{lines}".encode()
        return requests.post(f"{server.url}/api/sessions", data=body, headers=key, timeout=120)

    with ThreadPoolExecutor(UPLOADS) as pool:
        answers = list(pool.map(share, range(UPLOADS)))
    assert [answer.status_code for answer in answers] == [201] * UPLOADS
    for answer in answers:
        document = server.get(f"/s/{answer.json()['id']}.jsonl").text.splitlines()
        assert [json.loads(line)["message"] for line in document[1:]] == messages
