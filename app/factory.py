"""Puts the rooms of the server together."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from . import fragment_file, headers, limits, logs, metrics, pages, problems, routes, services
from .assets import Assets
from .connections import ReleasingConnections
from .fragments import FragmentCache
from .ids import ShareIdConverter, mask
from .places import UploadPlaces
from .settings import Settings
from .spool import Spool
from .storage import database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Server(Flask):
    """Flask, except that every answer has a request id, which its log lines have too."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        """Answer as a WSGI application."""
        request_id = environ[logs.REQUEST_ID] = logs.new_request_id()

        def start(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*fields, ("X-Request-Id", request_id)], exc_info)

        return self.wsgi_app(environ, start)

    def log_exception(self, exc_info: Any) -> None:
        """Log an unexpected error under the masked path."""
        self.logger.error("error on %s %s", request.method, mask(request.path), exc_info=exc_info)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """A ready application. `config` stands in for the environment, whole; None reads it.

    Opens and migrates the database. Raises SettingError on a bad setting.
    """
    settings = Settings.load(config)
    app = Server(__package__ or __name__, static_folder=None, template_folder=str(pages.TEMPLATES))
    app.url_map.converters["share"] = ShareIdConverter
    app.json.sort_keys = False  # pyright: ignore[reportAttributeAccessIssue]
    database.open_database(settings)
    metrics.start(settings.metrics_token)
    assets = Assets.build()
    app.extensions["ccshare"] = services.Services(
        settings=settings,
        cache=FragmentCache(settings.fragment_cache_mb << 20, fragment_file.prepared()),
        limits=limits.Limits(app, settings),
        assets=assets,
        spool=Spool(settings.data_dir / "spool"),
        places=UploadPlaces(settings.gunicorn_threads),
        renderer=pages.renderer_version(),
    )
    pages.prepare_templates(app, assets)
    logs.note_endpoint(app)
    routes.register(app)
    problems.register(app)
    headers.register(app)
    if database.pooled():
        app.wsgi_app = ReleasingConnections(app.wsgi_app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=1, x_host=1)
    return app
