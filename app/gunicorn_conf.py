"""gunicorn's configuration: `gunicorn -c python:ccshare.app.gunicorn_conf ccshare.app.wsgi:app`.

One process with threads: SQLite has one writer anyway, and limits in memory are then exact. More
workers need REDIS_URL to share them. Nothing is preloaded: a connection to a database must not be
opened before the fork, and one worker starts no faster with it.
"""

import os
import resource
from typing import Any

from . import hooks
from .logs import Logger
from .settings import Settings

_settings = Settings.load()
_MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes its files there with names of chance


def when_ready(server: Any) -> None:
    """Say what the number of workers means; gunicorn calls this once, in the master."""
    for line in warnings(_settings):
        server.log.warning(line)


def warnings(settings: Settings) -> list[str]:
    """What an operator should know of these settings, a line each."""
    workers = settings.web_concurrency
    if workers == 1:
        return []
    found = []
    if not settings.redis_url:
        found.append(
            f"{workers} workers without REDIS_URL: each counts the rate limits for itself, so"
            f" up to {workers} times as much passes. Set REDIS_URL, or WEB_CONCURRENCY=1."
        )
    if not settings.database_url:
        found.append(
            f"{workers} workers on one SQLite file: they take turns at writing, so more"
            " workers help reading only. DATABASE_URL (PostgreSQL) has no such queue."
        )
    return found


bind = f"0.0.0.0:{_settings.port}"
worker_class = "ccshare.app.worker.DrainingWorker"
workers = _settings.web_concurrency
threads = _settings.gunicorn_threads
# Readers' browsers keep theirs open between two requests; each costs a file, not a thread.
worker_connections = 4096
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
_files = (
    2 * worker_connections
    if _hard == resource.RLIM_INFINITY
    else min(_hard, 2 * worker_connections)
)
if _soft != resource.RLIM_INFINITY and _soft < _files:
    resource.setrlimit(resource.RLIMIT_NOFILE, (_files, _hard))

# `timeout` is for a worker whose loop hangs, not for a slow upload: threads do not stop the loop.
timeout = 120
# Below the 30 s after which Fly, Heroku and compose kill: what is being uploaded ends first.
graceful_timeout = 25
# Longer than the 90 s of Heroku's router: who closes first must be the proxy, or it meets a
# connection that has just gone and answers its visitor with an error.
keepalive = 95

# A worker shows that it lives by touching a file; on a disk that can block it, in memory not.
worker_tmp_dir = _MEMORY if os.access(_MEMORY, os.W_OK) else None

limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190

# Proxies are trusted by PROXY_HOPS alone. Heroku sets FORWARDED_ALLOW_IPS=*, with which gunicorn
# would take scheme and script name from whoever sends the headers.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

accesslog = "-"
logger_class = Logger
control_socket_disable = True
on_starting = hooks.on_starting
post_worker_init = hooks.post_worker_init
child_exit = hooks.child_exit
on_exit = hooks.on_exit
raw_env = hooks.environment(_settings)
