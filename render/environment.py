"""Jinja over the package's `templates/` folder, the same for the app and the exports."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from . import ansi, bidi
from .words import FILTERS, seconds_between


def readable(value: Any) -> Any:
    """A text as it may be shown anywhere: without escapes and without what turns its direction.

    Templates print all their values through this; what is HTML already was cleaned on its way.
    """
    if type(value) is not str or (value.isascii() and value.isprintable()):
        return value
    return bidi.without(ansi.plain(value))


def install(environment: Environment) -> None:
    """Give an environment (the app's as well as ours) what the templates count on."""
    environment.undefined = StrictUndefined
    environment.autoescape = True
    environment.finalize = readable
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    environment.globals["elapsed"] = seconds_between


@cache
def environment() -> Environment:
    """Our own environment; templates are compiled once per process."""
    made = Environment(
        loader=PackageLoader("ccshare", "templates"), autoescape=True, auto_reload=False
    )
    install(made)
    return made


def draw(template: str, **context: object) -> Markup:
    """Fill a template. Autoescape is on, so what comes back is HTML by construction."""
    html = environment().get_template(template).render(context)
    return Markup(html)  # noqa: S704 (autoescaped)
