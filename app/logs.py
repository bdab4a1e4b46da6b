"""Log lines, as text or as one JSON object each. What they never hold, wherever it came from:

a whole share id, a key, a query string, a header, or the value in an exception: a transcript's
text may stand there. An exception is its type and the places it came through.
"""

import json
import logging
import re
import secrets
import sys
import traceback
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any

from flask import Flask, has_request_context, request
from gunicorn.glogging import Logger as GunicornLogger

from . import metrics
from .ids import mask
from .settings import Settings

REQUEST_ID = "ccshare.request_id"
ENDPOINT = "ccshare.endpoint"
"""The environ's entries that a log line is made from once the answer is sent."""

_KEY = re.compile(r"ccs_[0-9A-Za-z]+")
_QUERY = re.compile(r"(?<=[^\s?])\?[^\s\"']*")
_LONG = re.compile(r"([0-9A-Za-z]{4})[0-9A-Za-z]{8,}")
_INVALID = "Invalid request from ip="
_MOST_FRAMES = 12
_MOST_MESSAGE = 2000
_MOST_PATH = 200


def clean(text: str) -> str:
    """`text` without ids, keys and query strings, on one line."""
    text = mask(_QUERY.sub("?", _KEY.sub("ccs_", text[:_MOST_MESSAGE])))
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))


def causes(error: BaseException | None) -> list[str]:
    """The exception and what it came from: types, and a database's own code; no values."""
    found: list[str] = []
    while error is not None and len(found) < 5:
        code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
        found.append(" ".join(filter(None, (type(error).__name__, code))))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def places(trace: TracebackType | None) -> list[str]:
    """Where an exception came through, innermost last, as `file:line function`."""
    frames = traceback.extract_tb(trace)[-_MOST_FRAMES:]
    return [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames]


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").split("/")[-2:])


class Formatter(logging.Formatter):
    """One line per record, as JSON or as text."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._json = kind == "json"

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = self._fields(record)
        if self._json:
            return json.dumps(fields, ensure_ascii=False)
        if "endpoint" in fields:
            return _access_text(fields)
        rest = "".join(f" [{name} {_joined(fields[name])}]" for name in _EXTRA if name in fields)
        return f"{fields['time']} {fields['level']} {fields['message']}{rest}"

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "time": _iso(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": record.process,
        }
        access = getattr(record, "access", None)
        if access is not None:
            return fields | access
        fields["message"] = clean(record.getMessage())
        if has_request_context():
            fields["request_id"] = request.environ.get(REQUEST_ID)
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"] = causes(record.exc_info[1])
            fields["at"] = places(record.exc_info[2])
        return fields


_EXTRA = ("request_id", "error", "at")


def _joined(value: Any) -> str:
    return " < ".join(reversed(value)) if isinstance(value, list) else str(value)


def _access_text(fields: dict[str, Any]) -> str:
    return (
        f'{fields["time"]} {fields["ip"]} "{fields["method"]} {fields["path"]}" '
        f"{fields['status']} {fields['bytes']}B {fields['ms']}ms [{fields['request_id']}]"
    )


def _iso(seconds: float) -> str:
    text = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def configure(settings: Settings) -> None:
    """Send what the application and its libraries log to standard error, through `Formatter`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(settings.log_format))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.INFO)
    logging.captureWarnings(True)


def note_endpoint(app: Flask) -> None:
    """Leave the endpoint where the access log finds it after the request."""

    @app.before_request
    def _note() -> None:
        request.environ[ENDPOINT] = request.endpoint


def new_request_id() -> str:
    """16 hex digits; our own, as one from outside could hold anything."""
    return secrets.token_hex(8)


class Logger(GunicornLogger):
    """gunicorn's logger: its lines in our format, and one line and one count per request."""

    def setup(self, cfg: Any) -> None:
        """Put our formatter on gunicorn's handlers."""
        super().setup(cfg)
        formatter = Formatter(Settings.load().log_format)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter)

    def access(self, resp: Any, req: Any, environ: Any, request_time: timedelta) -> None:  # noqa: ARG002
        """A request is over, and its answer sent."""
        seconds = request_time.total_seconds()
        status = int(str(resp.status).split(None, 1)[0])
        endpoint = environ.get(ENDPOINT) or "none"
        metrics.current().request(endpoint, environ.get("REQUEST_METHOD", ""), status, seconds)
        if not self.access_log_enabled:
            return
        fields = {
            "request_id": environ.get(REQUEST_ID, "-"),
            "ip": environ.get("REMOTE_ADDR", "-"),
            "method": clean(environ.get("REQUEST_METHOD", "-"))[:20],
            "endpoint": endpoint,
            "path": _path(environ.get("PATH_INFO", "-"), endpoint != "none"),
            "status": status,
            "bytes": getattr(resp, "sent", 0) or 0,
            "ms": round(seconds * 1000, 1),
        }
        self.access_log.info("request", extra={"access": fields})

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """gunicorn quotes a bad request in its warning: only who sent it is kept."""
        text = str(msg)
        if text.startswith(_INVALID):
            address = text.removeprefix(_INVALID).partition(": ")[0]
            msg, args = "malformed request from %s", (address,)
        super().warning(msg, *args, **kwargs)


def _path(path: str, known: bool) -> str:
    """A path for the log. One that leads nowhere may be a link with a typing error in it."""
    path = path.encode("ascii", "backslashreplace").decode("ascii")[:_MOST_PATH]
    path = clean(path).replace('"', "'")
    return path if known else _LONG.sub(r"\1********", path)


def describe(error: BaseException) -> str:
    """An exception for a log line or an operator: its causes, without values."""
    return " < ".join(causes(error))
