"""gunicorn's configuration: `gunicorn -c python:ccshare.app.gunicorn_conf ccshare.app.wsgi:app`.

One process with threads: SQLite has one writer anyway, and limits in memory are then exact. More
workers need REDIS_URL to share them.
"""

from typing import Any

from gunicorn.glogging import Logger

from .ids import mask
from .settings import Settings

_settings = Settings.load()


class MaskedLogger(Logger):
    """An access log that never holds a whole share id: the id is the key to the share."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        """The log's fields, ids masked."""
        found = super().atoms(resp, req, environ, request_time)
        return {k: mask(v) if isinstance(v, str) else v for k, v in found.items()}


bind = f"0.0.0.0:{_settings.port}"
worker_class = "gthread"
workers = _settings.web_concurrency
threads = _settings.gunicorn_threads
timeout = 120
graceful_timeout = 25
keepalive = 75
accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(B)s %(M)sms'
logger_class = MaskedLogger
control_socket_disable = True
