"""The people of these tests: Alice owns, Charlie is a stranger. Documents are made up here."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ccshare.app import create_app, keys
from ccshare.app.__main__ import main
from ccshare.app.spool import Spool
from ccshare.app.staging import Staged, Staging
from ccshare.app.storage import database
from ccshare.render import page as render_page
from ccshare.transcript.document import Limits
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020802000000123da2a6"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
"""3 x 2 pixels."""


@dataclass
class Person:
    """Someone with a key, and how they ask."""

    client: FlaskClient
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def upload(self, body: bytes, **headers: str) -> TestResponse:
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post("/api/sessions", data=body, headers={**self.headers, **extra})

    def share(self, body: bytes) -> str:
        """Upload and return the id."""
        answer = self.upload(body)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json["id"]

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, headers=self.headers, **options)

    def patch(self, share_id: str, **changes: Any) -> TestResponse:
        path = f"/api/sessions/{share_id}"
        return self.client.patch(path, json=changes, headers=self.headers)

    def delete(self, share_id: str) -> TestResponse:
        return self.client.delete(f"/api/sessions/{share_id}", headers=self.headers)


@dataclass
class Lines:
    """Makes lines of a session, each a second after the one before."""

    made: int = 0

    def _line(self, kind: str, message: dict[str, Any], **more: Any) -> dict[str, Any]:
        self.made += 1
        stamp = f"2026-11-20T09:{self.made // 60 % 60:02}:{self.made % 60:02}.000Z"
        return {
            "type": kind,
            "uuid": f"00000000-0000-4000-8000-{self.made:012}",
            "parentUuid": None,
            "sessionId": "made-up",
            "timestamp": stamp,
            "cwd": ".",
            "message": message,
            **more,
        }

    def user(self, content: Any, **more: Any) -> dict[str, Any]:
        return self._line("user", {"role": "user", "content": content}, **more)

    def assistant(self, *blocks: dict[str, Any]) -> dict[str, Any]:
        message = {
            "id": f"msg_{self.made}",
            "role": "assistant",
            "model": "claude-opus-4-5-20251101",
            "content": list(blocks),
            "usage": {"input_tokens": 10, "output_tokens": 7},
        }
        return self._line("assistant", message)

    def answer(self, text: str) -> dict[str, Any]:
        return self.assistant({"type": "text", "text": text})

    def call(self, call_id: str, command: str = "ls") -> dict[str, Any]:
        block = {"type": "tool_use", "id": call_id, "name": "Bash", "input": {"command": command}}
        return self.assistant(block)

    def result(self, call_id: str, text: Any, error: bool = False) -> dict[str, Any]:
        block = {"type": "tool_result", "tool_use_id": call_id, "content": text, "is_error": error}
        return self.user([block])


def encoded(*lines: dict[str, Any]) -> bytes:
    """Lines of a document as bytes."""
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def header(session_id: str = "session-1", **more: Any) -> dict[str, Any]:
    """The first line of a document."""
    return {"type": "ccshare", "version": 1, "session_id": session_id, **more}


@pytest.fixture(autouse=True)
def _strict_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_page, "RAISE", True)


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def head() -> Callable[..., dict[str, Any]]:
    return header


@pytest.fixture
def encode() -> Callable[..., bytes]:
    return encoded


@pytest.fixture
def png() -> bytes:
    return PNG


@pytest.fixture
def document(lines: Lines) -> Callable[..., bytes]:
    """A small whole document: one prompt, one answer, or the lines that are given."""

    def make(*given: dict[str, Any], session_id: str = "session-1", **more: Any) -> bytes:
        body = given or (lines.user("What is in this folder?"), lines.answer("Two files."))
        return encoded(header(session_id, **more), *body)

    return make


@pytest.fixture
def long_document(lines: Lines) -> bytes:
    """120 prompts, 120 calls with results, 120 answers: several pages."""
    made: list[dict[str, Any]] = []
    for n in range(120):
        made += [
            lines.user(f"Prompt number {n} of many"),
            lines.call(f"call-{n}", f"echo {n}"),
            lines.result(f"call-{n}", f"result {n}"),
            lines.answer(f"Answer number {n} of many"),
        ]
    return encoded(header("long", title="A long session"), *made)


@pytest.fixture
def database_settings(
    tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> Iterator[dict[str, str]]:
    """The settings that name this test's own database."""
    place = {"DATABASE_PATH": str(tmp_path / "data" / "sessions.db")}
    if engine == "sqlite":
        yield place
        return
    with request.getfixturevalue("new_schema")() as address:
        yield {**place, "DATABASE_URL": address}
        database.close_database()


@pytest.fixture
def make_app(database_settings: dict[str, str]) -> Iterator[Callable[..., Flask]]:
    """An application with its own database; settings as keyword arguments."""

    def make(**settings: Any) -> Flask:
        database.close_database()
        app = create_app({**database_settings, **settings})
        app.testing = True
        return app

    yield make
    database.close_database()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Whoever has the link: no key."""
    return app.test_client()


@pytest.fixture
def alice(app: Flask) -> Person:
    return Person(app.test_client(), keys.create("alice"))


@pytest.fixture
def charlie(app: Flask) -> Person:
    return Person(app.test_client(), keys.create("charlie"))


@pytest.fixture
def person() -> Callable[[Flask, str], Person]:
    """Someone with a key for an application of one's own making."""
    return lambda app, name: Person(app.test_client(), keys.create(name))


@pytest.fixture
def lock_database(database_settings: dict[str, str]) -> Callable[[], Any]:
    """Someone else holds the database, as long as this context lasts; we wait 50 ms for it."""

    @contextmanager
    def locked() -> Iterator[None]:
        address = database_settings.get("DATABASE_URL")
        if address:
            database.database.connect_params["options"] += " -c lock_timeout=50"
            database.close_database()
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE sessions IN SHARE MODE")
                yield
                other.rollback()
            return
        database.database.execute_sql("PRAGMA busy_timeout = 50")
        with closing(sqlite3.connect(database_settings["DATABASE_PATH"])) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    return locked


@pytest.fixture
def cost(engine: str) -> Callable[[Callable[[], None]], int]:
    """What the database does meanwhile: hundreds of SQLite's steps, or pages that are touched."""

    def steps(work: Callable[[], None]) -> int:
        counted = 0

        def step() -> int:
            nonlocal counted
            counted += 1
            return 0

        connection = database.database.connection()
        connection.set_progress_handler(step, 100)
        work()
        connection.set_progress_handler(None, 100)
        return counted

    def pages(work: Callable[[], None]) -> int:
        asked: list[Any] = []
        database.database.query_hooks.append(asked.append)
        work()
        database.database.query_hooks.clear()
        touched = 0
        for query in asked:
            explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query.sql
            plan = database.database.execute_sql(explain, query.params).fetchone()[0][0]["Plan"]
            touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return touched

    return steps if engine == "sqlite" else pages


@pytest.fixture
def spool(tmp_path: Path) -> Callable[[], list[Path]]:
    """The files an upload left behind."""
    return lambda: list((tmp_path / "data" / "spool").iterdir())


@pytest.fixture
def staged(tmp_path: Path) -> Callable[..., Staged]:
    """Stages a document."""
    spool = Spool(tmp_path / "spool")

    def run(body: bytes, limits: Limits | None = None) -> Staged:
        with spool.file() as file:
            file.write(body)
            file.flush()
            file.seek(0)
            with closing(Staging(spool, limits or Limits(), "refuse")) as staging:
                return staging.staged(file)

    return run


@pytest.fixture
def server(
    database_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int]:
    """The operator's command, on the database of this test."""
    for name, value in database_settings.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: main(arguments)


@pytest.fixture
def address(new_schema: Callable[[], Any]) -> Iterator[str]:
    """An empty schema on PostgreSQL."""
    with new_schema() as found:
        yield found
        database.close_database()
