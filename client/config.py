"""The user's own settings and receipts, in the platform's config folder.

`config.toml` holds the server and one key per server; `receipts.json` what was shared.
A setting is taken from the flag, else the environment, else `config.toml`.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomli_w

from .environment import Environment
from .exits import ExitStatus, Failure
from .files import private_folder, replacing

DEFAULT_SERVER = "http://localhost:3000"
MOST_RECEIPTS = 5_000


def server_url(given: str) -> str:
    """The server's address without a trailing slash; Failure (usage) if it is not one."""
    parts = urlsplit(given.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Failure(
            ExitStatus.USAGE,
            f"{given!r} is not the address of a server.",
            "Write it with its scheme, like https://share.example.com.",
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise Failure(
            ExitStatus.USAGE,
            "A server's address holds no user, password, query or fragment.",
            "Give the key with `ccshare login`.",
        )
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


@dataclass(slots=True)
class Settings:
    """What `config.toml` says."""

    server: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    """Server address -> key. A key is never sent to another server than its own."""
    redaction: Any = field(default_factory=dict)
    """What may stay, as it was read; see `policy`."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where to send, and with which key."""

    server: str
    key: str | None

    def need_key(self) -> str:
        """The key; Failure (not allowed) if there is none."""
        if self.key:
            return self.key
        raise Failure(
            ExitStatus.NOT_ALLOWED,
            f"There is no key for {self.server}.",
            "Ask whoever runs the server for one (`ccshare-server key create NAME`), then run "
            "`ccshare login`, or set SHARE_API_KEY.",
        )


def read_settings(environment: Environment) -> Settings:
    """The user's settings; empty ones if there are none. Failure (usage) if unreadable."""
    path = environment.config_folder / "config.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as problem:
        raise Failure(
            ExitStatus.USAGE,
            f"{path} cannot be read: {problem}.",
            "Correct or delete it, then run `ccshare login`.",
        ) from problem
    keys = raw.get("keys")
    server = raw.get("server")
    return Settings(
        server=server if isinstance(server, str) else None,
        keys={k: v for k, v in keys.items() if isinstance(v, str)}
        if isinstance(keys, dict)
        else {},
        redaction=raw.get("redaction", {}),
    )


def write_settings(environment: Environment, settings: Settings) -> Path:
    """Save the settings; returns the file."""
    path = private_folder(environment.config_folder) / "config.toml"
    content: dict[str, Any] = {"keys": settings.keys}
    if settings.server:
        content = {"server": settings.server, **content}
    if settings.redaction:
        content["redaction"] = settings.redaction
    with replacing(path) as out:
        out.write(tomli_w.dumps(content).encode())
    return path


def access(environment: Environment, flag: str | None) -> Access:
    """Server and key by precedence: flag, environment, user config."""
    settings = read_settings(environment)
    variables = environment.variables
    chosen = flag or variables.get("SHARE_SERVER_URL") or settings.server or DEFAULT_SERVER
    server = server_url(chosen)
    return Access(server, variables.get("SHARE_API_KEY") or settings.keys.get(server))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What this machine remembers of one share."""

    id: str
    url: str
    server: str
    session_id: str
    title: str
    shared_at: str
    """ISO time of the last upload."""
    expires_at: str | None


class Receipts:
    """The receipts file: shares made from this machine, newest last."""

    def __init__(self, environment: Environment) -> None:
        self._path = environment.config_folder / "receipts.json"

    def __iter__(self) -> Iterator[Receipt]:
        return iter(self._read())

    def _read(self) -> list[Receipt]:
        # A convenience only: a damaged file must never stop a share or an unshare.
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))["receipts"]
            return [Receipt(**row) for row in rows]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _write(self, receipts: list[Receipt]) -> None:
        private_folder(self._path.parent)
        with replacing(self._path) as out:
            rows = [asdict(receipt) for receipt in receipts[-MOST_RECEIPTS:]]
            out.write(json.dumps({"receipts": rows}, indent=1, ensure_ascii=False).encode())

    def find(self, share: str) -> Receipt | None:
        """The receipt of a share's id."""
        return next((receipt for receipt in self if receipt.id == share), None)

    def add(self, receipt: Receipt) -> None:
        """Keep the receipt in place of an older one of the same share."""
        kept = [r for r in self if (r.server, r.id) != (receipt.server, receipt.id)]
        self._write([*kept, receipt])

    def remove(self, server: str, share: str) -> None:
        """Forget a share."""
        before = self._read()
        kept = [r for r in before if (r.server, r.id) != (server, share)]
        if len(kept) != len(before):
            self._write(kept)
