"""What 100,000 shares cost against 100: list, first page, upload, prune of one; both engines.

In one process, so that no HTTP hides a difference; the two databases take turns. All shares
belong to one owner, which is the hardest case for the list. PostgreSQL comes from
CCSHARE_TEST_DATABASE; `scripts/with_postgres.py` starts one and sets it.
"""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ccshare.app import create_app, keys
from ccshare.app.ids import new_share_id
from ccshare.app.storage import copying, database, engines, models, writer
from flask.testing import FlaskClient

from .table import Figure, at_most

SHARES = int(os.environ.get("BENCH_SHARES", "100000"))
FEW = 100
ROUNDS = 150
DAY = 86_400


def small_document(session_id: str) -> bytes:
    """Two prompts and two answers."""
    made: list[dict[str, Any]] = [{"type": "ccshare", "version": 1, "session_id": session_id}]
    for n in range(4):
        role = "assistant" if n % 2 else "user"
        text = f"Line {n}: " + "what a person asks and what a model answers. " * 5
        content: Any = [{"type": "text", "text": text}] if n % 2 else text
        made.append(
            {"type": role, "uuid": f"u{n}", "sessionId": session_id, "cwd": "."}
            | {"timestamp": f"2026-11-20T09:00:0{n}.000Z"}
            | {"message": {"role": role, "content": content, "id": f"m{n}", "model": "m"}}
        )
    return b"".join(json.dumps(line).encode() + b"\n" for line in made)


class Stock:
    """A database with many copies of one small share, and what is asked of it."""

    def __init__(self, place: str, shares: int, client: FlaskClient) -> None:
        self.engine = engines.engine(place)
        self._client = client
        self._use()
        database.migrate()
        self._headers = {"Authorization": f"Bearer {keys.create('bench')}"}
        self._names = [new_share_id() for _ in range(shares)]
        self._uploaded = 0
        self.upload()
        self._fill()
        self._left = random.Random(1).sample(self._names, min(shares, 100) - 1)
        self.times: dict[str, list[float]] = {}

    def _use(self) -> None:
        database.database.initialize(self.engine)

    def _fill(self) -> None:
        first = models.Session.get()
        tables = (models.Session, models.Message, models.Part)
        rows = {model: list(copying.table_rows(self.engine, model)) for model in tables}
        until = int(time.time())
        chance = random.Random(2)

        def sessions() -> Iterator[list[Any]]:
            fields = [field.name for field in models.Session._meta.sorted_fields]
            for n, name in enumerate(self._names, first.id + 1):
                values = dict(zip(fields, rows[models.Session][0], strict=True))
                values |= {"id": n, "share_id": name, "session_id": f"filled-{n}"}
                values["expires_at"] = until + chance.randrange(DAY, 300 * DAY)
                yield list(values.values())

        def under(model: Any) -> Iterator[list[Any]]:
            fields = [field.name for field in model._meta.sorted_fields]
            at, key = fields.index("session"), fields.index("id") if "id" in fields else None
            serial = 1000
            for n in range(first.id + 1, first.id + 1 + len(self._names)):
                for row in rows[model]:
                    made, serial = list(row), serial + 1
                    made[at] = n
                    if key is not None:
                        made[key] = serial
                    yield made

        with self.engine.atomic():
            for model, values in (
                (models.Session, sessions()),
                (models.Message, under(models.Message)),
                (models.Part, under(models.Part)),
            ):
                database.insert_rows(model, model._meta.sorted_fields, values)
            if engines.is_postgresql(self.engine):
                copying.set_sequences(self.engine)
        if engines.is_postgresql(self.engine):
            self.engine.execute_sql("VACUUM ANALYZE")  # as its own daemon does within a minute

    def timed(self, name: str, work: Callable[[], None]) -> None:
        """Do it once, and keep how long it took, in milliseconds."""
        self._use()
        started = time.perf_counter()
        work()
        self.times.setdefault(name, []).append((time.perf_counter() - started) * 1000)

    def list(self) -> None:
        """The owner's first fifty."""
        assert self._client.get("/api/sessions", headers=self._headers).status_code == 200

    def page(self) -> None:
        """The first page of any share, as a browser gets it."""
        share_id = random.choice(self._left)
        assert self._client.get(f"/s/{share_id}").status_code == 200

    def upload(self) -> None:
        """A new share."""
        self._uploaded += 1
        body = small_document(f"uploaded-{self._uploaded}")
        answer = self._client.post("/api/sessions", data=body, headers=self._headers)
        assert answer.status_code == 201, answer.text

    def expire_one(self) -> None:
        """Let one share be over."""
        self._use()
        name = self._left.pop()
        changed = models.Session.update(expires_at=1).where(models.Session.share_id == name)
        assert changed.execute() == 1

    def prune(self) -> None:
        """Delete it."""
        assert writer.prune() == 1


def compare(engine: str, few: Stock, many: Stock) -> Iterator[Figure]:
    """The figures of one engine; the first tenth of the rounds warms up."""
    for n in range(ROUNDS):
        for stock in (few, many) if n % 2 else (many, few):
            stock.timed("list", stock.list)
            stock.timed("first page", stock.page)
            stock.timed("upload", stock.upload)
            if n % 2 and n > ROUNDS // 10 and len(stock._left) > 20:
                stock.expire_one()
                stock.timed("prune of one", stock.prune)
    for name in few.times:
        small, large = (statistics.median(s.times[name][ROUNDS // 20 :]) for s in (few, many))
        yield at_most(
            f"{engine}: {name}, {SHARES:,} shares against {FEW}",
            large / small,
            1.3,
            note=f" ({large:.2f} / {small:.2f} ms)",
        )


def figures() -> Iterator[Figure]:
    """SQLite first; PostgreSQL if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        given = {"DATABASE_PATH": f"{folder}/app.db", "UPLOAD_RATE": "1000000/hour"}
        client = create_app({**given, "FRAGMENT_CACHE_MB": "0"}).test_client()
        files = (str(Path(folder) / f"{size}.db") for size in (FEW, SHARES))
        yield from compare("SQLite", *_stocks(files, client))
        address = os.environ.get("CCSHARE_TEST_DATABASE")
        if not address:
            print("PostgreSQL is left out: run python scripts/with_postgres.py .venv/bin/python "
                  "-m bench scale")  # fmt: skip
            return
        yield from _on_postgresql(address, client)


def _stocks(places: Iterator[str], client: FlaskClient) -> tuple[Stock, Stock]:
    return Stock(next(places), FEW, client), Stock(next(places), SHARES, client)


def _on_postgresql(address: str, client: FlaskClient) -> Iterator[Figure]:
    joint = "&" if "?" in address else "?"
    names = [f"ccshare_bench_{os.getpid()}_{size}" for size in (FEW, SHARES)]
    server = engines.engine(address)
    for name in names:
        server.execute_sql(f"CREATE SCHEMA {name}")
    try:
        places = (f"{address}{joint}options=-c%20search_path%3D{name}" for name in names)
        stocks = _stocks(places, client)
        yield from compare("PostgreSQL", *stocks)
        for stock in stocks:
            stock.engine.close_all()
    finally:
        for name in names:
            server.execute_sql(f"DROP SCHEMA {name} CASCADE")
        server.close_all()
