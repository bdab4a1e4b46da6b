"""The server: API, pages, storage. Importing it costs nothing: the processes that uploads start
need only a few of its rooms.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> "Flask":
    """A ready application. `config` stands in for the environment, whole; None reads it.

    Opens and migrates the database. Raises SettingError on a bad setting.
    """
    from .factory import create_app as make

    return make(config)
