"""What every view may need, made once per application."""

from dataclasses import dataclass

from flask import current_app

from .assets import Assets
from .fragments import FragmentCache
from .limits import Limits
from .places import UploadPlaces
from .settings import Settings
from .spool import Spool


@dataclass(frozen=True, slots=True)
class Services:
    """The application's own objects; `here()` finds them in a request."""

    settings: Settings
    cache: FragmentCache
    limits: Limits
    assets: Assets
    spool: Spool
    places: UploadPlaces
    renderer: str
    """Changes with every change of templates or renderers, so that caches never lie."""


def here() -> Services:
    """The services of the application that handles this request."""
    return current_app.extensions["ccshare"]
