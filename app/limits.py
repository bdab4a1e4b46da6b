"""How often: uploads per owner, wrong keys and unknown ids per address.

Counting is Flask-Limiter's (see counting), shared by all workers with REDIS_URL. Viewing a page
that exists costs nothing here but one look into a dictionary that is empty as a rule: who is
blocked each worker notes for itself, at the first wrong key or unknown id it sees.
"""

import ipaddress
import time

from flask import Flask, request
from limits import parse, parse_many

from .counting import Counter
from .problems import too_many
from .settings import Settings

FAILED_KEYS = "20/minute"
UNKNOWN_IDS = "60/minute"
_MOST_BLOCKED = 10_000


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
        self._counter = Counter(app, settings.redis_url)
        self._uploads = parse_many(settings.upload_rate)
        self._failed_keys = parse(FAILED_KEYS)
        self._unknown_ids = parse(UNKNOWN_IDS)
        self._blocked: dict[str, float] = {}

    def upload(self, owner: str) -> None:
        """Count an upload of `owner`."""
        for item in self._uploads:
            wait = self._counter.hit(item, "upload", owner)
            if wait:
                raise too_many("uploads with this key", wait)

    def failed_key(self) -> None:
        """Count a wrong key from this address."""
        who = client()
        wait = self._counter.hit(self._failed_keys, "key", who)
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
        wait = self._counter.hit(self._unknown_ids, "id", who)
        if wait:
            self._block("id " + who, wait)
            raise too_many("unknown links from your address", wait)

    def check_ids(self) -> None:
        """Refuse an address that guesses ids, before it learns whether this one is right."""
        if self._blocked:
            self._refuse("id " + client(), "unknown links from your address")

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
