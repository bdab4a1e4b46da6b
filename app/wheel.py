"""The client, from this very server: the installed package packed as a wheel."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from flask import Response

from .headers import COMMON, OK, Prepared
from .problems import no_such_page

ROOT = Path(__file__).parent.parent
_FOLDERS = ("app", "client", "render", "transcript", "templates", "static", "examples")
_SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".png", ".jsonl", ".json"}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def name() -> str:
    """`ccshare-0.1.0-py3-none-any.whl`."""
    return f"ccshare-{distribution('ccshare').version}-py3-none-any.whl"


def wheel(file: str) -> Response:
    """GET /client/<name of the wheel>: what `pip install <this address>` takes."""
    if file != name():
        raise no_such_page()
    body = packed()
    fields = [
        *COMMON,
        ("Content-Type", "application/zip"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-cache"),
    ]
    return Prepared(body, OK, fields)


@cache
def packed() -> bytes:
    """The wheel, the same bytes each time; made at the first request."""
    found = distribution("ccshare")
    folder = f"ccshare-{found.version}.dist-info"
    files = {f"ccshare/{path.relative_to(ROOT).as_posix()}": path.read_bytes() for path in _files()}
    # In a checkout, what is found may be what building left there, under the older name.
    metadata = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    files[f"{folder}/METADATA"] = metadata.encode()
    files[f"{folder}/entry_points.txt"] = (found.read_text("entry_points.txt") or "").encode()
    files[f"{folder}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: ccshare\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = "".join(f"{path},sha256={_digest(b)},{len(b)}\n" for path, b in files.items())
    files[f"{folder}/RECORD"] = f"{record}{folder}/RECORD,,\n".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _files() -> Iterator[Path]:
    yield ROOT / "__init__.py"
    yield ROOT / "py.typed"
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                yield path


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
