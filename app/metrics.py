"""Figures for Prometheus, counted only if METRICS_TOKEN is set. No label names a share or owner.

Several workers count into files of one folder, which gunicorn's master makes and removes
(see hooks); whoever is asked adds them up.
"""

from collections.abc import Iterator
from typing import Any

from .storage import quotas

_METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"})
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)


class Metrics:
    """What is counted. This one counts nothing."""

    def request(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """An answer was sent in full, or broke off."""

    def upload(self, created: bool, size: int) -> None:
        """An upload of `size` bytes, uncompressed, was stored."""

    def refusal(self, kind: str) -> None:
        """A problem was answered, of this kind."""

    def limits_alone(self, alone: bool) -> None:
        """This worker counts limits for itself, as Redis is away; or with the others again."""

    def spooled(self, size: int) -> None:
        """The spool files of this worker grew by `size` bytes, or shrank."""

    def render(self) -> bytes | None:
        """All figures in the text format; None if nothing is counted."""
        return None


class Prometheus(Metrics):
    """Counts with prometheus_client, in files if PROMETHEUS_MULTIPROC_DIR is set."""

    def __init__(self) -> None:
        # Imported here: at import it decides by the environment whether workers share.
        import prometheus_client as p

        own: Any = p.CollectorRegistry()
        self._registry = own
        self._requests = p.Counter(
            "ccshare_requests",
            "Answers sent.",
            ("endpoint", "method", "status"),
            registry=own,
        )
        self._seconds = p.Histogram(
            "ccshare_request_seconds",
            "Time from a request's head to the end of its answer.",
            ("endpoint",),
            buckets=_SECONDS,
            registry=own,
        )
        self._uploads = p.Counter("ccshare_uploads", "Uploads stored.", ("result",), registry=own)
        self._upload_bytes = p.Counter(
            "ccshare_upload_bytes", "Their bytes, uncompressed.", registry=own
        )
        self._refusals = p.Counter(
            "ccshare_refusals", "Problems answered.", ("kind",), registry=own
        )
        self._alone = p.Gauge(
            "ccshare_limits_fallback",
            "1 while a worker counts limits for itself because Redis is away.",
            registry=own,
            multiprocess_mode="livemax",
        )
        self._spool = p.Gauge(
            "ccshare_spool_bytes",
            "Bytes of uploads in temporary files.",
            registry=own,
            multiprocess_mode="livesum",
        )

    def request(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        method = method if method in _METHODS else "other"
        self._requests.labels(endpoint, method, f"{status // 100}xx").inc()
        self._seconds.labels(endpoint).observe(seconds)

    def upload(self, created: bool, size: int) -> None:
        self._uploads.labels("created" if created else "updated").inc()
        self._upload_bytes.inc(size)

    def refusal(self, kind: str) -> None:
        self._refusals.labels(kind).inc()

    def limits_alone(self, alone: bool) -> None:
        self._alone.set(int(alone))

    def spooled(self, size: int) -> None:
        self._spool.inc(size)

    def render(self) -> bytes:
        import prometheus_client as p
        from prometheus_client import multiprocess, values

        counted: Any = self._registry
        if getattr(values.ValueClass, "_multiprocess", False):
            counted = p.CollectorRegistry()
            multiprocess.MultiProcessCollector(counted)
        return p.generate_latest(counted) + p.generate_latest(_Stored())


class _Stored:
    """What the database holds now: read when asked, the same for all workers.

    Not gauges of the library: in several workers they would end up in its files.
    """

    def collect(self) -> Iterator[Any]:
        """The three figures; one look into one index."""
        from prometheus_client.core import GaugeMetricFamily as Family

        shares, messages, stored = quotas.totals()
        yield Family("ccshare_shares", "Shares kept.", shares)
        yield Family("ccshare_messages", "Messages in them.", messages)
        yield Family("ccshare_stored_bytes", "Bytes of their bodies, compressed.", stored)


_current = Metrics()


def start(token: str) -> None:
    """Begin to count in this process; without a token, stop."""
    global _current
    _current = Prometheus() if token else Metrics()


def current() -> Metrics:
    """The metrics of this process."""
    return _current
