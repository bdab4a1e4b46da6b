"""The server: API, pages, storage. `create_app` puts the rooms together."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from . import headers, limits, pages, problems, routes, services
from .assets import Assets
from .fragments import FragmentCache
from .ids import ShareIdConverter, mask
from .settings import Settings
from .spool import Spool
from .storage import database


class Server(Flask):
    """Flask, except that its error log never holds a whole share id."""

    def log_exception(self, exc_info: Any) -> None:
        """Log an unexpected error under the masked path."""
        self.logger.error("error on %s %s", request.method, mask(request.path), exc_info=exc_info)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """A ready application. `config` stands in for the environment, whole; None reads it.

    Opens and migrates the database. Raises SettingError on a bad setting.
    """
    settings = Settings.load(config)
    app = Server(__name__, static_folder=None, template_folder=str(pages.TEMPLATES))
    app.url_map.converters["share"] = ShareIdConverter
    app.json.sort_keys = False  # pyright: ignore[reportAttributeAccessIssue]
    database.open_database(settings)
    assets = Assets.build()
    app.extensions["ccshare"] = services.Services(
        settings=settings,
        cache=FragmentCache(settings.fragment_cache_mb << 20),
        limits=limits.Limits(app, settings),
        assets=assets,
        spool=Spool(settings.data_dir / "spool"),
        renderer=pages.renderer_version(),
    )
    pages.prepare_templates(app, assets)
    routes.register(app)
    problems.register(app)
    headers.register(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=1, x_host=1)
    return app
