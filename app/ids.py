"""Share ids: 12 characters of base62, about 71 bits: too many to guess at any allowed rate."""

import re
import secrets
import string

from werkzeug.routing import BaseConverter

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
LENGTH = 12

_IN_LINK = re.compile(r"(?:.*/(?:s|sessions)/)?([0-9A-Za-z]{12})(?:[.?#/].*)?", re.DOTALL)
_IN_PATH = re.compile(r"/(s|sessions)/([0-9A-Za-z]{4})[0-9A-Za-z]{8}(?![0-9A-Za-z])")


def new_share_id() -> str:
    """A fresh unguessable id."""
    return "".join(secrets.choice(BASE62) for _ in range(LENGTH))


def share_id_in(text: str) -> str | None:
    """The id in a link to a share, its pages or files, or in a bare id; None if there is none."""
    match = _IN_LINK.fullmatch(text.strip()[:2000])
    return match[1] if match else None


def mask(text: str) -> str:
    """`text` with every share id in a path cut to its first 4 characters, for logs."""
    return _IN_PATH.sub(r"/\1/\2********", text)


class ShareIdConverter(BaseConverter):
    """`<share:share_id>` in a route: anything else is no route at all."""

    regex = "[0-9A-Za-z]{12}"
