"""What goes wrong, said so that the reader knows what to do next.

Raise `Problem` anywhere. Under /api it becomes problem+json (RFC 9457), on a page a page, in a
fragment a line. None of them ever holds anything of a session.
"""

from collections.abc import Mapping
from typing import Any

import peewee
from flask import Flask, Response, current_app, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from . import headers


class Problem(Exception):
    """An answer that is not the one that was asked for.

    `kind` is the stable short name clients may test; `detail` says what happened, `todo` what
    to do next; `extra` are further members of the JSON document.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str = "",
        todo: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail
        self.todo = todo
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


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
    app.register_error_handler(peewee.OperationalError, _database_error)


def answer(problem: Problem) -> Response:
    """The problem in the form that suits the address that was asked."""
    if request.path.startswith("/api/"):
        response = _document(problem)
    elif _wants_line(request.endpoint or ""):
        response = _line(problem)
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


def _database_error(error: peewee.OperationalError) -> Response:
    current_app.logger.warning("database: %s", error)
    return answer(busy())


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
    return endpoint in {"messages", "item", "image", "document"}


def _line(problem: Problem) -> Response:
    # htmx 4 swaps errors in like any answer, so this stands where the rows would have been.
    text = Markup('<p class="problem" role="alert">{} {}</p>\n')
    return Response(text.format(problem.title + ".", problem.todo), mimetype="text/html")


def _page(problem: Problem) -> Response:
    text = render_template(
        "error.html",
        status=problem.status,
        title=problem.title,
        text=problem.detail,
        next_step=problem.todo,
    )
    return Response(text, mimetype="text/html")
