"""Every setting of the server, in one table. They come from the environment and nowhere else."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from limits import parse_many


class SettingError(ValueError):
    """A setting that cannot be understood; the text names it and says what is expected."""


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text[:12]) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError("one of " + ", ".join(allowed))
        return text

    return parse


def _database_path(text: str) -> Path:
    if not text or text.startswith(":"):
        raise ValueError("a file's path; a database in memory cannot be shared by threads")
    return Path(text)


def _database_url(text: str) -> str:
    if text and urlsplit(text).scheme not in {"postgres", "postgresql"}:
        raise ValueError("a postgres:// or postgresql:// address; SQLite is DATABASE_PATH")
    return text


def _redis_url(text: str) -> str:
    if text and urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("a redis://, rediss:// or unix:// address")
    return text.replace("unix://", "redis+unix://", 1) if text.startswith("unix://") else text


def _public_url(text: str) -> str:
    if not text:
        return text
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("an address like https://share.example.org")
    if parts.path.strip("/"):
        raise ValueError("an address without a path: the server lives at the root of its host")
    return text.rstrip("/")


def _secret(text: str) -> str:
    if text and (len(text) < 20 or len(text) > 200 or not text.isascii() or " " in text):
        raise ValueError("20 to 200 ASCII characters without spaces, chosen at random")
    return text


def _rate(text: str) -> str:
    try:
        parse_many(text)
    except ValueError:
        raise ValueError("a rate like 120/hour or 10/minute;120/hour") from None
    return text


class Setting(NamedTuple):
    """One row of the table. `parse` raises ValueError with what it expects."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("PORT", "3000", _number(1, 65535), "Port to listen on."),
    Setting("DATABASE_PATH", "./data/sessions.db", _database_path, "The SQLite file."),
    Setting("DATABASE_URL", "", _database_url, "PostgreSQL's address; wins over DATABASE_PATH."),
    Setting("REDIS_URL", "", _redis_url, "Rate limits shared by all workers."),
    Setting("PUBLIC_URL", "", _public_url, "The server's address; default: as requested."),
    Setting("PROXY_HOPS", "0", _number(0, 10), "Trusted X-Forwarded-For entries."),
    Setting("SHARE_API_KEY", "", _secret, 'A key that is accepted as owner "admin".'),
    Setting("SESSION_EXPIRY_DAYS", "30", _number(0, 3650), "Days a share lives; 0 = for ever."),
    Setting("MAX_UPLOAD_MB", "256", _number(1, 4096), "Largest upload, uncompressed."),
    Setting("MAX_LINE_MB", "64", _number(1, 1024), "Longest line of an upload."),
    Setting("UPLOAD_RATE", "120/hour", _rate, "Uploads allowed per owner."),
    Setting("QUOTA_SHARES", "0", _number(0, 10**9), "Living shares per owner; 0 = no limit."),
    Setting("QUOTA_MB", "0", _number(0, 10**9), "MB stored per owner, compressed; 0 = no limit."),
    Setting(
        "SCAN",
        "refuse",
        _choice("refuse", "strict", "off"),
        "Second look for secrets: refuse, strict (ignores the uploader's allowances), off.",
    ),
    Setting("PRUNE_MINUTES", "60", _number(0, 10_080), "Expired shares go this often; 0 = never."),
    Setting("LOG_FORMAT", "text", _choice("text", "json"), "Log lines: text, or JSON objects."),
    Setting("METRICS_TOKEN", "", _secret, "Opens /metrics to who sends it."),
    Setting("FRAGMENT_CACHE_MB", "32", _number(0, 4096), "Memory for rendered pages, per worker."),
    Setting(
        "FRAGMENT_DISK_MB",
        "64",
        _number(0, 4096),
        "Disk for rendered pages, shared by all workers; 0 = off.",
    ),
    Setting("WEB_CONCURRENCY", "1", _number(1, 64), "Worker processes."),
    Setting("GUNICORN_THREADS", "40", _number(1, 256), "Threads per worker process."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, parsed; a field per row of SETTINGS, its name in lower case."""

    port: int
    database_path: Path
    database_url: str
    redis_url: str
    public_url: str
    proxy_hops: int
    share_api_key: str
    session_expiry_days: int
    max_upload_mb: int
    max_line_mb: int
    upload_rate: str
    quota_shares: int
    quota_mb: int
    scan: Literal["refuse", "strict", "off"]
    prune_minutes: int
    log_format: Literal["text", "json"]
    metrics_token: str
    fragment_cache_mb: int
    fragment_disk_mb: int
    web_concurrency: int
    gunicorn_threads: int

    @classmethod
    def load(cls, environment: Mapping[str, Any] | None = None) -> "Settings":
        """Read the environment, or what stands in for it. Raises SettingError.

        A variable that is set but empty counts as unset, as compose files write it so.
        """
        given = os.environ if environment is None else environment
        return cls(**{row.name.lower(): _value(row, given) for row in SETTINGS})

    @property
    def data_dir(self) -> Path:
        """The folder of DATABASE_PATH. The spool folder lives in it, on PostgreSQL too."""
        return self.database_path.parent


def _value(row: Setting, given: Mapping[str, Any]) -> Any:
    text = str(given.get(row.name, "")).strip() or row.default
    try:
        return row.parse(text)
    except ValueError as error:
        # The value itself is not repeated: SHARE_API_KEY and REDIS_URL hold secrets.
        raise SettingError(f"{row.name} must be {error}") from None
