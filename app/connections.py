"""A pooled connection goes back when an answer ends, not when Flask has done with it."""

from collections.abc import Iterable
from typing import Any

from werkzeug.wsgi import ClosingIterator

from .storage import database


class ReleasingConnections:
    """WSGI: a streamed answer still reads the database after the view has returned."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer; the thread's connection is free before and after."""
        database.release()
        try:
            body = self._app(environ, start_response)
        except BaseException:
            database.release()
            raise
        return ClosingIterator(body, database.release)
