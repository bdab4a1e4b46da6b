"""Headers every answer carries. A transcript is hostile text: the policy allows nothing of it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NO_ROBOTS = "noindex, nofollow, noarchive"

COMMON: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
)
"""On everything. Cross-Origin-Resource-Policy is loosened for the card (see assets)."""

SHARE: tuple[tuple[str, str], ...] = (
    *COMMON,
    ("X-Robots-Tag", NO_ROBOTS),
    # Private: shared caches must not keep what an unshare has to take away at once.
    ("Cache-Control", "private, no-cache"),
)
"""On everything that is made from a session."""


_UNFRAMED = {"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"}
EMBED: tuple[tuple[str, str], ...] = (
    *(field for field in SHARE if field[0] not in _UNFRAMED),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *",
    ),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
"""On what other sites may frame: it runs no script at all."""


class Prepared(Response):
    """An answer whose header list is ready: sent as it is, checked and copied by nobody.

    Most of what a small answer costs is in handling its headers; the pages that are asked for
    all the time skip it. It has no `headers` to change later, and needs none: the hook below
    leaves it alone.
    """

    def __init__(
        self, body: bytes | Iterator[bytes], status: str, fields: list[tuple[str, str]]
    ) -> None:
        # No super().__init__(): it would build what this class is there to avoid.
        self._body = body
        self._line = status
        self._fields = fields

    def varying(self, on: str) -> "Prepared":
        """The same answer, for an address whose answer depends on these request headers too."""
        fields = [field for field in self._fields if field[0] != "Vary"]
        return Prepared(self._body, self._line, [*fields, ("Vary", on)])

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as a WSGI application."""
        start_response(self._line, self._fields)
        if environ["REQUEST_METHOD"] == "HEAD":
            return ()
        return (self._body,) if isinstance(self._body, bytes) else self._body


OK = "200 OK"
UNCHANGED = "304 NOT MODIFIED"


def register(app: Flask) -> None:
    """Add the common headers to every answer that is not `Prepared`."""

    @app.after_request
    def _common(response: Response) -> Response:
        if type(response) is not Prepared:
            framed = "frame-ancestors *" in response.headers.get("Content-Security-Policy", "")
            for name, value in COMMON:
                if not (framed and name == "X-Frame-Options"):
                    response.headers.setdefault(name, value)
        return response
