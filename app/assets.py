"""Style sheets, scripts and pictures: joined, hashed and compressed once, at start.

The hash in the name makes every URL immutable: browsers keep it for a year and never ask.
"""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Request, Response

from ..render import code
from .fragments import takes_gzip
from .headers import COMMON, OK, UNCHANGED, Prepared

STATIC = Path(__file__).parent.parent / "static"
_YEAR = "public, max-age=31536000, immutable"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "ico": "image/x-icon",
}
_COMPRESSED = {"css", "js", "svg"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    packed: bytes | None
    headers: tuple[tuple[str, str], ...]
    etag: str


class Assets:
    """All static files, by their hashed names."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._urls: dict[str, str] = {}
        self._files: dict[str, Asset] = {}
        for name, body in files.items():
            stem, _, suffix = name.rpartition(".")
            digest = hashlib.sha256(body).hexdigest()[:12]
            hashed = f"{stem}.{digest}.{suffix}"
            self._urls[name] = "/static/" + hashed
            self._files[hashed] = _asset(body, suffix, digest)

    @classmethod
    def build(cls, folder: Path = STATIC) -> "Assets":
        """Read `static/`: css joined to app.css, scripts to app.js, the rest as it is."""
        files = {
            "app.css": b"\n".join(
                [*_read(sorted(folder.glob("css/*.css"))), code.stylesheet().encode()]
            ),
            "app.js": b";\n".join(_read([folder / "vendor" / "htmx.min.js", *_scripts(folder)])),
        }
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".png", ".svg", ".ico"}:
                files[path.name] = path.read_bytes()
        theme = folder / "js" / "theme.js"
        if theme.is_file():
            files["theme.js"] = theme.read_bytes()
        return cls(files)

    def url(self, name: str) -> str:
        """The address of a file by its plain name; a missing one gets an address that is 404."""
        return self._urls.get(name, "/static/" + name)

    def content(self, name: str) -> bytes:
        """The bytes of a file by its plain name. Raises KeyError for a missing one."""
        return self._files[self._urls[name].rpartition("/")[2]].body

    def answer(self, name: str, request: Request) -> Response | None:
        """The file with this hashed name, or None."""
        asset = self._files.get(name)
        if asset is None:
            return None
        if asset.etag in request.headers.get("If-None-Match", ""):
            return Prepared(b"", UNCHANGED, list(asset.headers))
        if asset.packed and takes_gzip(request.headers.get("Accept-Encoding", "")):
            fields = [*asset.headers, ("Content-Encoding", "gzip"), _length(asset.packed)]
            return Prepared(asset.packed, OK, fields)
        return Prepared(asset.body, OK, [*asset.headers, _length(asset.body)])


def _scripts(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("js/*.js") if p.name != "theme.js")


def _read(paths: Iterable[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths if path.is_file()]


def _length(body: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(body))


def _asset(body: bytes, suffix: str, digest: str) -> Asset:
    common = dict(COMMON)
    # Cards are shown by other sites; they hold nothing of a session.
    common["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers = (
        *common.items(),
        ("Content-Type", _TYPES[suffix]),
        ("Cache-Control", _YEAR),
        ("ETag", f'"{digest}"'),
        ("Vary", "Accept-Encoding"),
    )
    packed = gzip.compress(body, 9, mtime=0) if suffix in _COMPRESSED else None
    return Asset(body, packed, headers, f'"{digest}"')
