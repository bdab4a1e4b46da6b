"""What goes wrong, said so that the reader knows what to do next.

Raise `Problem` anywhere. Under /api it becomes problem+json (RFC 9457), on a page a page, in a
fragment a line. None of them ever holds anything of a session.
"""

import errno
from typing import Any

import peewee
from flask import Flask, Response, current_app, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from . import headers, logs, metrics
from .problem import Problem

TERMINALS = ("curl/", "Wget/", "HTTPie/")
"""How programs call themselves whose user reads the answer in a terminal."""


def not_found() -> Problem:
    """No such share, or not yours: the two look alike."""
    return Problem(
        404,
        "unknown-session",
        "No session here",
        "The link may be mistyped.",
        "Check the link, or ask whoever sent it to you.",
    )


def gone() -> Problem:
    """The share was there once."""
    return Problem(
        410,
        "session-gone",
        "This session is gone",
        "This session was unshared or has expired.",
        "Ask whoever sent you the link to share it again.",
    )


def no_such_page() -> Problem:
    """The share is there, but not this page, item or image of it."""
    return Problem(
        404,
        "unknown-page",
        "No such page",
        "This session has no such page.",
        "Go back to its first page.",
    )


def too_many(what: str, seconds: int) -> Problem:
    """A limit was reached; it opens again in `seconds`."""
    wait = max(1, seconds)
    return Problem(
        429,
        "too-many-requests",
        "Too many requests",
        f"There were too many {what}.",
        f"Wait {wait} seconds and try again.",
        headers={"Retry-After": str(wait)},
    )


def busy() -> Problem:
    """The database cannot be written or read just now."""
    return Problem(
        503,
        "busy",
        "The server is busy",
        "The database did not answer in time; nothing was changed.",
        "Try again in a moment.",
        headers={"Retry-After": "5"},
    )


def unwritable() -> Problem:
    """Nothing can be written: the disk is full, broken, or may only be read."""
    return Problem(
        503,
        "no-space",
        "The server cannot store anything now",
        "The disk or the database could not be written; nothing was changed.",
        "Try again later; the operator must make room.",
        headers={"Retry-After": "60"},
    )


_UNWRITABLE = {
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "25006",  # PostgreSQL: a transaction that may only read
    "53100",  # PostgreSQL: the disk is full
}


_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}

_PLAIN: dict[int, tuple[str, str, str]] = {
    400: ("Bad request", "The request could not be understood.", "Check it and send it again."),
    404: ("No page here", "The address may be mistyped.", "Start again at the first page."),
    405: ("Method not allowed", "This address does not do that.", "See the API's description."),
    413: ("Too large", "The upload is larger than this server takes.", "Share a part of it."),
    500: ("Something broke", "The server made a mistake; it is logged.", "Try again later."),
}


def register(app: Flask) -> None:
    """Answer every error of the application from here."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OSError, _disk_error)
    # InternalError: PostgreSQL's name for a transaction that it has ended itself.
    for kind in (peewee.OperationalError, peewee.InterfaceError, peewee.InternalError):
        app.register_error_handler(kind, _database_error)


def answer(problem: Problem) -> Response:
    """The problem in the form that suits the address that was asked."""
    metrics.current().refusal(problem.kind)
    if request.path.startswith("/api/") or request.endpoint == "oembed":
        response = _document(problem)
    elif _wants_line(request.endpoint or ""):
        response = _line(problem)
    elif _wants_text(request.endpoint or ""):
        response = _text(problem)
    elif request.endpoint == "embed":
        response = _framed(problem)
    else:
        response = _page(problem)
    response.status_code = problem.status
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = headers.NO_ROBOTS
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or (error.code or 500) < 400:
        return error  # a redirect of the router's
    status = error.code or 500
    title, detail, todo = _PLAIN.get(status, (error.name, error.description or "", ""))
    kept = {k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}}
    return answer(Problem(status, f"http-{status}", title, detail, todo, headers=kept))


def _database_error(error: peewee.DatabaseError) -> Response:
    current_app.logger.warning("database: %s", logs.describe(error))
    return answer(unwritable() if _code(error) in _UNWRITABLE else busy())


def _disk_error(error: OSError) -> Response:
    if error.errno not in _DISK:
        raise error
    current_app.logger.warning("disk: %s", errno.errorcode[error.errno])
    return answer(unwritable())


def _code(error: peewee.DatabaseError) -> str:
    """The engine's own name of an error, without SQLite's finer distinctions."""
    found: Any = error
    while found is not None:
        name = getattr(found, "sqlite_errorname", None) or getattr(found, "sqlstate", None) or ""
        name = "_".join(name.split("_")[:2])
        if name in _UNWRITABLE:
            return name
        # SQLite may have rolled back already: then peewee's own rollback is the last error.
        found = found.__context__
    return ""


def _document(problem: Problem) -> Response:
    document = {
        "type": f"urn:ccshare:problem:{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": " ".join(filter(None, (problem.detail, problem.todo))),
        "todo": problem.todo,
        **problem.extra,
    }
    response = jsonify(document)
    response.content_type = "application/problem+json"
    return response


def _wants_line(endpoint: str) -> bool:
    """True for what a script puts into a page that is open."""
    if endpoint in {"item_raw", "sample_raw"}:
        return "page" not in request.args
    return endpoint in {"messages", "item", "image", "prompts", "sample_item"}


def _wants_text(endpoint: str) -> bool:
    """True for programs: at an export's address, or in a terminal."""
    accepted, agent = request.headers.get("Accept", ""), request.headers.get("User-Agent", "")
    return endpoint in {"export", "item_output"} or (
        agent.startswith(TERMINALS) and "html" not in accepted
    )


def _line(problem: Problem) -> Response:
    # htmx 4 swaps errors in like any answer, so this stands where the rows would have been.
    text = Markup('<p class="problem" role="alert">{} {}</p>\n')
    return Response(text.format(problem.title + ".", problem.todo), mimetype="text/html")


def _text(problem: Problem) -> Response:
    words = (problem.title + ".", problem.detail, problem.todo)
    return Response(" ".join(filter(None, words)) + "\n", mimetype="text/plain")


def _framed(problem: Problem) -> Response:
    """The page inside another site: a frame must say why it is empty."""
    response = _page(problem, "embed_error.html")
    for name, value in headers.EMBED:
        response.headers[name] = value
    return response


def _page(problem: Problem, template: str = "error.html") -> Response:
    text = render_template(
        template,
        status=problem.status,
        title=problem.title,
        text=problem.detail,
        next_step=problem.todo,
        href=_way_on(problem),
    )
    return Response(text, mimetype="text/html")


def _way_on(problem: Problem) -> str:
    """Where the next step leads; "" if it is nothing that a link can do."""
    if problem.kind == "http-404":
        return "/"
    share_id = (request.view_args or {}).get("share_id")
    return f"/s/{share_id}" if share_id and problem.kind == "unknown-page" else ""
