"""Images of a session, in the size they are shown at, so that nothing moves when they load."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..transcript.model import Json
from . import values
from .links import Links

WIDEST, HIGHEST = 780, 360
MOST = 24
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as drawn; without an address it is only mentioned."""

    url: str
    width: int
    height: int
    alt: str


def pictures(blocks: Sequence[Json], links: Links, what: str) -> list[Picture]:
    """The image blocks of one item; `what` ends the text for those who do not see them."""
    return [_picture(b, links, f"Image {k} {what}") for k, b in enumerate(blocks[:MOST], 1)]


def _picture(block: Json, links: Links, alt: str) -> Picture:
    source = values.record(block.get("source"))
    digest = values.text(source.get("sha256"))
    extension = EXTENSIONS.get(values.text(source.get("media_type")), "")
    if not _SHA256.fullmatch(digest) or not extension:
        return Picture("", 0, 0, alt)
    width, height = values.number(source.get("width")), values.number(source.get("height"))
    if not width or not height:
        return Picture(links.image(digest, extension), 0, 0, alt)
    scale = min(1.0, WIDEST / width, HIGHEST / height)
    shown = max(1, round(width * scale)), max(1, round(height * scale))
    return Picture(links.image(digest, extension), *shown, alt)
