"""How often: uploads per owner, wrong keys and unknown ids per address.

Counting is Flask-Limiter's; viewing a page that exists costs nothing here but one look into a
dictionary that is empty as a rule.
"""

import ipaddress
import logging
import time

from flask import Flask, request
from flask_limiter import Limiter
from limits import RateLimitItem, parse, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from .problems import too_many
from .settings import Settings

FAILED_KEYS = "20/minute"
UNKNOWN_IDS = "60/minute"
_MOST_BLOCKED = 10_000

log = logging.getLogger(__name__)


def client() -> str:
    """Who asks: the address, or its /64 network for IPv6, where one guest has many addresses."""
    text = request.remote_addr or "unknown"
    if ":" not in text:
        return text
    try:
        return str(ipaddress.ip_network((text.split("%")[0], 64), strict=False))
    except ValueError:
        return text


class Limits:
    """The three limits. Raises the 429 problem; counts nothing on the way to a known share."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._limiter = Limiter(
            client,
            storage_uri=settings.redis_url or "memory://",
            strategy="fixed-window",
            key_prefix="ccshare",
        )
        # Registered beforehand, so that init_app adds no hooks to every request: nothing is
        # limited by decoration, the views say themselves what they count.
        app.extensions["limiter"] = {self._limiter}
        self._limiter.init_app(app)
        # Without Redis for a while, each worker counts for itself rather than not at all.
        self._fallback: RateLimiter = FixedWindowRateLimiter(MemoryStorage())
        self._uploads = parse_many(settings.upload_rate)
        self._failed_keys = parse(FAILED_KEYS)
        self._unknown_ids = parse(UNKNOWN_IDS)
        self._blocked: dict[str, float] = {}

    def upload(self, owner: str) -> None:
        """Count an upload of `owner`."""
        for item in self._uploads:
            wait = self._hit(item, "upload", owner)
            if wait:
                raise too_many("uploads with this key", wait)

    def failed_key(self) -> None:
        """Count a wrong key from this address."""
        who = client()
        wait = self._hit(self._failed_keys, "key", who)
        if wait:
            self._block("key " + who, wait)
            raise too_many("wrong keys from your address", wait)

    def check_keys(self) -> None:
        """Refuse to look at any key of an address that guesses."""
        if self._blocked:
            self._refuse("key " + client(), "wrong keys from your address")

    def unknown_id(self) -> None:
        """Count a link that leads nowhere."""
        who = client()
        wait = self._hit(self._unknown_ids, "id", who)
        if wait:
            self._block("id " + who, wait)
            raise too_many("unknown links from your address", wait)

    def check_ids(self) -> None:
        """Refuse an address that guesses ids, before it learns whether this one is right."""
        if self._blocked:
            self._refuse("id " + client(), "unknown links from your address")

    def _hit(self, item: RateLimitItem, *key: str) -> int:
        """Count one; 0 if it is allowed, else the seconds until the window opens again."""
        try:
            return _count(self._limiter.limiter, item, key)
        except Exception as error:
            log.warning("limits: storage away (%s), counting in this worker", type(error).__name__)
            return _count(self._fallback, item, key)

    def _block(self, key: str, seconds: int) -> None:
        now = time.monotonic()
        if len(self._blocked) >= _MOST_BLOCKED:
            self._blocked = {k: t for k, t in self._blocked.items() if t > now}
        if len(self._blocked) < _MOST_BLOCKED:
            self._blocked[key] = now + seconds

    def _refuse(self, key: str, what: str) -> None:
        until = self._blocked.get(key)
        if until is None:
            return
        left = until - time.monotonic()
        if left > 0:
            raise too_many(what, int(left) + 1)
        self._blocked.pop(key, None)


def _count(limiter: RateLimiter, item: RateLimitItem, key: tuple[str, ...]) -> int:
    if limiter.hit(item, *key):
        return 0
    return max(1, int(limiter.get_window_stats(item, *key).reset_time - time.time()) + 1)
