"""Talking to the server: one place for keys, retries, and what its errors mean."""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from ipaddress import ip_address
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

import requests
from requests.auth import AuthBase

from .config import Access
from .environment import Environment
from .exits import ExitStatus, Failure
from .progress import Advance
from .wording import duration, one_line

TRIES = 5
FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
"""Seconds. A server that asks for more is not waited for."""
CONNECT_TIMEOUT, READ_TIMEOUT = 20.0, 300.0
RETRIED = frozenset({429, 500, 502, 503, 504})
GONE = 410
LONGEST_ANSWER = 8 << 20

KEY = re.compile(r"[!-~]{1,512}")


class Bearer(AuthBase):
    """The key as a header. As `auth`, so that a .netrc entry cannot take its place."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        r.headers["Authorization"] = f"Bearer {self._key}"
        return r


class Body:
    """Several byte streams sent as one, without ever being held in memory."""

    def __init__(self, parts: Sequence[BinaryIO], length: int, advance: Advance) -> None:
        self._parts = list(parts)
        self._length = length
        self._advance = advance
        for part in self._parts:
            part.seek(0)

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        """The next bytes; b"" at the end."""
        while self._parts:
            chunk = self._parts[0].read(size)
            if chunk:
                self._advance(len(chunk))
                return chunk
            self._parts.pop(0)
        return b""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def document(self) -> dict[str, Any]:
        """The JSON object in the body, or {}."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


class Server:
    """The server's API, as one owner of shares sees it."""

    def __init__(self, access: Access, environment: Environment, *, quiet: bool = False) -> None:
        self.url = access.server
        self._access = access
        self._environment = environment
        self._quiet = quiet
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"ccshare/{version('ccshare')}"
        self._session.headers["Accept"] = "application/json"
        if is_loopback(self.url):
            self._session.trust_env = False  # a proxy cannot reach our own machine
        elif self.url.startswith("http:") and not quiet:
            environment.say(
                f"Warning: {self.url} is not https: others on the way can read the session "
                "and your key."
            )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def upload(
        self, parts: Sequence[BinaryIO], length: int, advance: Callable[[], Advance]
    ) -> dict[str, Any]:
        """Send the shared document (gzip, `length` bytes); the server's answer about the share.

        `advance` makes a fresh progress callback for each try.
        """
        answer = self._ask(
            "POST",
            "/api/sessions",
            lambda: Body(parts, length, advance()),
            {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"},
        )
        share = answer.document()
        if not is_link(share.get("url")) or not isinstance(share.get("id"), str):
            raise strange(self.url)
        return share

    def sessions(self) -> Iterator[dict[str, Any]]:
        """The owner's shares, as the server orders them, page after page."""
        path: str | None = "/api/sessions"
        seen: set[str] = set()
        while path and path not in seen:
            seen.add(path)
            answer = self._ask("GET", path)
            page = answer.document()
            rows = page.get("sessions")
            if not isinstance(rows, list):
                raise strange(self.url)
            yield from (row for row in rows if isinstance(row, dict))
            cursor = page.get("next_cursor") or page.get("next")
            path = f"/api/sessions?cursor={quoted(cursor)}" if cursor else None

    def check_key(self) -> None:
        """Failure if the server does not take the key."""
        self._ask("GET", "/api/sessions")

    def share(self, share: str) -> dict[str, Any]:
        """What the server says about a share."""
        return self._ask("GET", f"/api/sessions/{quoted(share)}").document()

    def change(self, share: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Change title or expiry of a share."""
        body = json.dumps(dict(changes)).encode()
        return self._ask(
            "PATCH",
            f"/api/sessions/{quoted(share)}",
            lambda: body,
            {"Content-Type": "application/json"},
        ).document()

    def remove(self, share: str) -> bool:
        """Take a share back, for ever; False if it was gone already."""
        try:
            self._ask("DELETE", f"/api/sessions/{quoted(share)}")
        except Refusal as refused:
            if refused.code != GONE:
                raise
            return False
        return True

    def _ask(
        self,
        method: str,
        path: str,
        body: Callable[[], Any] = lambda: None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, tried again while that makes sense. Failure for every other answer."""
        key = self._access.need_key()
        if not KEY.fullmatch(key):
            raise Failure(
                ExitStatus.NOT_ALLOWED,
                "The key holds characters that no key has.",
                "Copy it again: `ccshare login`.",
            )
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._once(method, path, body(), dict(headers or {}), key)
            except requests.RequestException as problem:
                failure, wait = broken(self.url, problem), backoff(attempt)
            else:
                if answer.status < 300:
                    return answer
                failure = refusal(self.url, answer)
                if answer.status not in RETRIED:
                    raise failure
                wait = max(backoff(attempt), retry_after(answer, self._environment.now()))
            if attempt == TRIES or wait > LONGEST_WAIT or not failure.again:
                raise failure
            if not self._quiet:
                self._environment.say(f"{failure.message} Trying again in {duration(wait)}.")
            self._environment.sleep(wait)
        raise AssertionError("the loop returns or raises")

    def _once(self, method: str, path: str, body: Any, headers: dict[str, str], key: str) -> Answer:
        response = self._session.request(
            method,
            self.url + path,
            data=body,
            headers=headers,
            auth=Bearer(key),
            timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
            allow_redirects=False,  # the key is for this server and no other
            stream=True,
        )
        with response:
            content = bytearray()
            for chunk in response.iter_content(1 << 16):
                content += chunk
                if len(content) > LONGEST_ANSWER:
                    raise strange(self.url)
            return Answer(response.status_code, response.headers, bytes(content))


class Refusal(Failure):
    """A failed request; `code` is its HTTP status, 0 if there was no answer.

    `again` is True if the same request may well succeed later.
    """

    def __init__(
        self,
        status: ExitStatus,
        message: str,
        todo: str = "",
        *,
        again: bool = False,
        code: int = 0,
    ) -> None:
        super().__init__(status, message, todo)
        self.again = again
        self.code = code


def broken(server: str, problem: requests.RequestException) -> Refusal:
    """No answer came: why, in words."""
    if isinstance(problem, requests.exceptions.SSLError):
        why = f"{server} cannot prove who it is (TLS: {one_line(str(problem), 200)})."
        return Refusal(ExitStatus.NETWORK, why, "Check the address and the server's certificate.")
    if isinstance(problem, requests.ConnectTimeout):
        what = f"{server} does not answer."
    elif isinstance(problem, requests.Timeout):
        what = f"{server} took too long to answer."
    elif "refused" in str(problem) or "resolve" in str(problem).lower():
        what = f"{server} cannot be reached."
    elif isinstance(problem, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        what = f"The connection to {server} was cut."
    else:
        return Refusal(ExitStatus.NETWORK, f"{server} cannot be asked: {problem}.", "")
    todo = "Check that the server runs, and its address: --server, SHARE_SERVER_URL."
    return Refusal(ExitStatus.NETWORK, what, todo, again=True)


REFUSALS: Mapping[int, tuple[ExitStatus, str]] = {
    401: (ExitStatus.NOT_ALLOWED, "Run `ccshare login` with a key of this server."),
    403: (ExitStatus.NOT_ALLOWED, ""),
    404: (ExitStatus.NOT_ALLOWED, ""),
    409: (ExitStatus.USAGE, ""),
    410: (ExitStatus.NOT_ALLOWED, ""),
    413: (ExitStatus.NO_SESSION, ""),
    422: (ExitStatus.NO_SESSION, ""),
}


GAP = (
    "What is no secret may stay with --allow RULE; what is one goes with --redact REGEX. "
    "Please report either, without the value."
)


def refusal(server: str, answer: Answer) -> Refusal:
    """What a status other than success means, in the server's own words if it has some."""
    if 300 <= answer.status < 400:
        target = urlsplit(answer.headers.get("Location", ""))
        where = f"{target.scheme}://{target.netloc}" if target.netloc else "another address"
        return Refusal(
            ExitStatus.NETWORK,
            f"{server} sends on to {one_line(where)}; the key is not sent there.",
            "If that is right, name that address with --server or `ccshare login`.",
        )
    status, todo = REFUSALS.get(answer.status, (ExitStatus.NETWORK, ""))
    problem = answer.document()
    title = problem.get("title") or f"The server answered {answer.status}"
    detail = problem.get("detail")
    lines = findings(problem.get("findings"))
    if str(problem.get("type")).endswith(":invalid-document"):
        status = ExitStatus.NO_SESSION
    if lines:
        status = ExitStatus.PRIVACY
    message = one_line(f"{str(title).rstrip('.')}.", 200)
    advice = " ".join(filter(None, (one_line(str(detail or ""), 600), todo if not detail else "")))
    todo = "\n".join([advice, *lines, *([GAP] if lines else [])]).strip()
    return Refusal(status, message, todo, again=answer.status in RETRIED, code=answer.status)


def findings(found: object) -> list[str]:
    """The server's second look: rule and place of each hit, at most ten."""
    if not isinstance(found, list):
        return []
    lines = []
    for finding in found[:10]:
        if isinstance(finding, dict):
            rule, place = finding.get("rule", "?"), finding.get("place", "?")
            lines.append(one_line(f"  {rule} in {place}", 120))
    return lines


def strange(server: str) -> Refusal:
    """An answer that no ccshare server gives."""
    return Refusal(
        ExitStatus.NETWORK,
        f"{server} does not answer like a ccshare server.",
        "Check its address: --server, SHARE_SERVER_URL.",
    )


def backoff(attempt: int) -> float:
    """Seconds to wait after the given try (from 1): doubled each time, a random half of it."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311


def retry_after(answer: Answer, now: datetime) -> float:
    """Seconds the server asks to wait; 0 if it does not say."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    with suppress(ValueError, TypeError):
        when = parsedate_to_datetime(value)
        return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
    return 0.0


def is_loopback(url: str) -> bool:
    """True if the address is on this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def is_link(value: object) -> bool:
    """True for a web address that can be printed and opened as it is."""
    return isinstance(value, str) and bool(re.fullmatch(r"https?://[!-~]{1,2000}", value))


def quoted(value: object) -> str:
    """A value inside a URL."""
    return quote(str(value), safe="")
