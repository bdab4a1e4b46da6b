"""Where limits are counted: in Redis if there is one, in this process while it is away."""

import logging
import threading
import time
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from limits import RateLimitItem
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from . import logs, metrics
from .settings import SettingError

TIMEOUT = 0.3
"""Seconds Redis has for an answer: a request waits for it."""
RETRY_AFTER = 5.0
"""Seconds between two looks whether Redis is back; in between nobody waits for it."""

_NO_CLIENT = "REDIS_URL must be left unset, or ccshare[redis] installed"

log = logging.getLogger(__name__)


class Counter:
    """Counts hits of limits. Never raises: who cannot count with others counts alone."""

    def __init__(self, app: Flask, redis_url: str) -> None:
        limiter = Limiter(
            _nobody,
            storage_uri=redis_url or "memory://",
            storage_options=_redis_options() if redis_url else {},
            strategy="fixed-window",
        )
        # Registered beforehand, so that init_app adds no hooks to every request: nothing is
        # limited by decoration, the views say themselves what they count.
        app.extensions["limiter"] = {limiter}
        try:
            limiter.init_app(app)
        except ConfigurationError:
            raise SettingError(
                "REDIS_URL must be left unset, or ccshare[redis] installed"
            ) from None
        self._shared: RateLimiter = limiter.limiter
        self._alone: RateLimiter = FixedWindowRateLimiter(MemoryStorage())
        self._lock = threading.Lock()
        self._retry_at: float | None = None
        """None: the shared storage answers. Else when it may be asked again."""

    def hit(self, item: RateLimitItem, *key: str) -> int:
        """Count one; 0 if it is allowed, else the seconds until the window opens again."""
        if not self._may_ask():
            return _count(self._alone, item, key)
        try:
            wait = _count(self._shared, item, key)
        except Exception as error:
            self._went(error)
            return _count(self._alone, item, key)
        self._came()
        return wait

    def _may_ask(self) -> bool:
        """False while the storage is away; one request in RETRY_AFTER looks whether it still is."""
        if self._retry_at is None:
            return True
        with self._lock:
            if self._retry_at is None or time.monotonic() < self._retry_at:
                return self._retry_at is None
            self._retry_at = time.monotonic() + RETRY_AFTER
            return True

    def _went(self, error: Exception) -> None:
        with self._lock:
            first = self._retry_at is None
            self._retry_at = time.monotonic() + RETRY_AFTER
        if first:
            metrics.current().limits_alone(True)
            what = logs.describe(error)
            log.warning("Redis is away (%s): this worker counts limits for itself", what)

    def _came(self) -> None:
        if self._retry_at is None:
            return
        with self._lock:
            first, self._retry_at = self._retry_at is not None, None
        if first:
            metrics.current().limits_alone(False)
            log.warning("Redis is back: limits are shared again")


def _redis_options() -> dict[str, Any]:
    try:
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError:
        raise SettingError(_NO_CLIENT) from None
    return {
        "key_prefix": "ccshare",
        "socket_timeout": TIMEOUT,
        "socket_connect_timeout": TIMEOUT,
        # The client's own retries would make a request wait for seconds.
        "retry": Retry(NoBackoff(), 0),
    }


def _nobody() -> str:
    """Flask-Limiter wants a key function; nothing here is limited by decoration."""
    return ""


def _count(limiter: RateLimiter, item: RateLimitItem, key: tuple[str, ...]) -> int:
    if limiter.hit(item, *key):
        return 0
    return max(1, int(limiter.get_window_stats(item, *key).reset_time - time.time()) + 1)
