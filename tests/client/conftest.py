"""A person's machine and a server, both made up, for the client's tests."""

import gzip
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ccshare.client.cli import run
from ccshare.client.environment import Environment
from ccshare.client.find import Found
from ccshare.client.prepare import Wishes, prepared
from ccshare.transcript.document import DocumentReader

SESSION_ID = "11111111-2222-4333-8444-555555555555"
KEY = "ccs_testkey"
SECRET = "ghp_" + "a1B2c3D4e5F6" * 3


def chain(kind: str, number: int, content: Any, **more: Any) -> dict[str, Any]:
    """A user or assistant line as Claude Code writes it."""
    message: dict[str, Any] = {"role": kind, "content": content}
    if kind == "assistant":
        message |= {"id": f"m{number}", "type": "message", "model": "claude-x"}
        message["usage"] = {"input_tokens": 3, "output_tokens": 5}
    return {
        "type": kind,
        "uuid": f"u{number}",
        "parentUuid": f"u{number - 1}" if number > 1 else None,
        "sessionId": SESSION_ID,
        "timestamp": f"2026-11-01T10:{number // 60:02}:{number % 60:02}.000Z",
        "cwd": "/home/dana/src/shop",
        "gitBranch": "main",
        "version": "2.1.300",
        "isSidechain": False,
        "message": message,
        **more,
    }


def ndjson(*lines: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def small_session() -> list[dict[str, Any]]:
    """Two prompts, an answer, a call with its result, and a secret in it."""
    call = {"type": "tool_use", "id": "t1", "name": "Bash", "input": {"command": "cat .env"}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": f"TOKEN={SECRET}"}
    return [
        {"type": "mode", "mode": "normal", "sessionId": SESSION_ID},
        chain("user", 1, "Why does the cart lose a cent?"),
        chain("assistant", 2, [{"type": "text", "text": "Let me look in /home/dana/src/shop."}]),
        chain("assistant", 3, [call]),
        chain("user", 4, [result], toolUseResult={"stdout": f"TOKEN={SECRET}", "stderr": ""}),
        {"type": "ai-title", "aiTitle": "The lost cent", "sessionId": SESSION_ID},
    ]


@dataclass
class Machine:
    """One person's machine: folders, variables, and what the client prints."""

    root: Path
    variables: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    terminal: bool = False
    secret: str = ""
    slept: list[float] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    out: str = ""
    err: str = ""
    raw: bytes = b""
    before_sleep: Callable[[], None] = lambda: None
    folder: Path = Path()

    def __post_init__(self) -> None:
        for name in ("home", "config", "claude", "work"):
            (self.root / name).mkdir()
        self.folder = self.root / "work"
        self.variables |= {
            "CCSHARE_CONFIG_DIR": str(self.root / "config"),
            "CLAUDE_CONFIG_DIR": str(self.root / "claude"),
        }

    def environment(self) -> Environment:
        self._out, self._err = io.BytesIO(), io.StringIO()
        return Environment(
            stdin=io.BytesIO(self.stdin),
            stdout=io.TextIOWrapper(self._out, encoding="utf-8", write_through=True),
            stderr=self._err,
            stdin_is_terminal=self.terminal,
            stderr_is_terminal=self.terminal,
            variables=self.variables,
            folder=self.folder,
            home=self.root / "home",
            ask_secret=lambda _: self.secret,
            open_url=self.opened.append,
            sleep=self._sleep,
            binary_stdout=self._out,
        )

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.before_sleep()

    def run(self, *arguments: object) -> int:
        """Run `ccshare` with these arguments; `out`, `err` and `raw` hold what it printed."""
        environment = self.environment()
        code = run([str(argument) for argument in arguments], environment)
        self.raw, self.err = self._out.getvalue(), self._err.getvalue()
        self.out = self.raw.decode()
        return int(code)

    def write(self, *lines: dict[str, Any], name: str = f"{SESSION_ID}.jsonl") -> Path:
        path = self.folder / name
        path.write_bytes(ndjson(*(lines or small_session())))
        return path


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def prepare(machine):
    """Prepare a file; gives the lines of the document and the prepared object's plain facts."""

    def go(path, title=None, expires=None, stdin=b""):
        machine.stdin = stdin
        found = Found(path, "test")
        with prepared(machine.environment(), found, Wishes(title, expires), quiet=True) as made:
            data = gzip.decompress(made.head.getvalue() + made.body.read())
            assert made.size_after == len(data)
            assert made.packed_size < len(data) + 200
            list(DocumentReader(io.BytesIO(data)))  # the server takes it
            return [json.loads(line) for line in data.splitlines()], made

    return go


@dataclass(frozen=True)
class Seen:
    """A request the server got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def lines(self) -> list[dict[str, Any]]:
        """The shared document in the body; fails if it is no whole gzip."""
        return [json.loads(line) for line in gzip.decompress(self.body).splitlines()]


Reply = tuple[int, dict[str, str], bytes] | str


class FakeServer(ThreadingHTTPServer):
    """Records every request; answers what `script` says first, then what a server would.

    A reply in the script is (status, headers, body), or "cut": the connection ends without one,
    or "cut early": it ends in the middle of the body.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.seen: list[Seen] = []
        self.script: list[Reply] = []
        self.shares: list[dict[str, Any]] = []
        self.revision = 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that cuts the connection is nothing to print about."""

    def problem(self, status: int, title: str, detail: str = "", **more: Any) -> Reply:
        body = {"title": title, "status": status, "detail": detail, **more}
        return status, {"Content-Type": "application/problem+json"}, json.dumps(body).encode()

    def reply(self, request: Seen) -> Reply:
        if self.script:
            return self.script.pop(0)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return self.problem(401, "A key is needed", "This key is not known here.")
        if request.method == "POST":
            self.revision += 1
            share = {"id": "AbCdEf123456", "url": f"{self.url}/s/AbCdEf123456"}
            share |= {"revision": self.revision, "expires_at": "2026-12-21T10:00:00Z"}
            return 201, {}, json.dumps(share).encode()
        if request.path.startswith("/api/sessions?") or request.path == "/api/sessions":
            return self.listing(request.path)
        if request.method == "DELETE":
            return 204, {}, b""
        return 200, {}, json.dumps({"id": "AbCdEf123456", "expires_at": None}).encode()

    def listing(self, path: str) -> Reply:
        start = int(path.partition("cursor=")[2] or 0)
        page = self.shares[start : start + 2]
        more = start + 2 < len(self.shares)
        body = {"sessions": page, "next_cursor": str(start + 2) if more else None}
        return 200, {}, json.dumps(body).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.server.script and self.server.script[0] == "cut early":
            self.server.script.pop(0)
            self.rfile.read(length // 2)
            self.close_connection = True
            return
        body = self.rfile.read(length)
        request = Seen(self.command, self.path, dict(self.headers), body)
        self.server.seen.append(request)
        reply = self.server.reply(request)
        if isinstance(reply, str):
            self.close_connection = True
            return
        status, headers, content = reply
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_DELETE = answer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield fake
        fake.shutdown()
        thread.join()


@pytest.fixture
def known(machine: Machine, server: FakeServer) -> Machine:
    """A machine that has a key of the server."""
    machine.variables |= {"SHARE_SERVER_URL": server.url, "SHARE_API_KEY": KEY}
    return machine


class Make:
    """What tests build sessions with."""

    id = SESSION_ID
    key = KEY
    secret = SECRET
    chain = staticmethod(chain)
    ndjson = staticmethod(ndjson)
    session = staticmethod(small_session)


@pytest.fixture
def make() -> type[Make]:
    return Make
