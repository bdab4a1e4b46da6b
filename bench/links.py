"""CPU of answering for a link that is unknown, gone, or malformed, and for a stranger's try.

The same in-process application for all, round robin, so that a busy machine disturbs all alike.
"""

import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ccshare.app import create_app, ids, keys
from ccshare.app.storage import database, shares, writer
from flask.testing import FlaskClient

_SHARES = 200
_ROUNDS = 40
_PER_ROUND = 50


def main() -> dict[str, float]:
    """CPU per request in microseconds (median of the rounds), by kind of link."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> dict[str, float]:
    app = create_app({"DATABASE_PATH": folder / "s.db", "UPLOAD_RATE": "100000/hour"})
    # Unlimited here, or unknown links would soon be 429: the limit's own counting stays.
    services = app.extensions["ccshare"]
    services.limits._unknown_ids = type(services.limits._unknown_ids)(10**9, 1)
    client = app.test_client()
    _fill(client)
    living = itertools.cycle([row.id for row in shares.everything()])
    gone = itertools.cycle([next(living) for _ in range(_SHARES // 2)])
    for share_id in itertools.islice(gone, _SHARES // 2):
        writer.take_down(share_id)
    near = (next(gone)[:-1] + "0" for _ in itertools.count())
    kinds: dict[str, Iterator[str]] = {
        "unknown": (ids.new_share_id() for _ in itertools.count()),
        "unknown, 11 characters of one that was": near,
        "gone": gone,
        "malformed (11 characters)": (ids.new_share_id()[1:] for _ in itertools.count()),
    }
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(_ROUNDS):
        # In another order each time, as who comes after whom matters to the processor's caches.
        for name, links in random.sample(list(kinds.items()), len(kinds)):
            paths = [f"/s/{link}" for link in itertools.islice(links, _PER_ROUND)]
            found[name].append(_cpu(lambda paths=paths: [client.get(path) for path in paths]))
    database.close_database()
    return {name: statistics.median(times) for name, times in found.items()}


def _fill(client: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {keys.create('bench')}"}
    line = {"type": "user", "uuid": "u", "message": {"role": "user", "content": "Hello"}}
    for n in range(_SHARES):
        head = {"type": "ccshare", "version": 1, "session_id": f"s{n}"}
        body = json.dumps(head) + "\n" + json.dumps(line) + "\n"
        assert client.post("/api/sessions", data=body, headers=headers).status_code == 201


def _cpu(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return (time.process_time() - started) / _PER_ROUND * 1e6


if __name__ == "__main__":
    figures = main()
    base = figures["unknown"]
    for name, microseconds in figures.items():
        print(f"{microseconds:8.0f} us  {microseconds / base:5.2f} x  {name}")
