"""Images of a session: taken out of the lines at upload, put back in the shared document.

A line then holds a reference: `{"type": "image", "source": {"type": "ccshare", "sha256": ...,
"media_type": ..., "width": ..., "height": ...}}`.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from ..transcript.allow import image_blocks
from ..transcript.document import Event, LineEvent
from ..transcript.model import Json

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
"""The types that are stored and served. No SVG, ever: it is a document that runs scripts."""

REFERENCE = "ccshare"
_MOST_SIDE = 65_535


@dataclass(frozen=True, slots=True)
class Picture:
    """An image's bytes and what its own header says about them; sizes in pixels, 0 if unsaid."""

    sha256: str
    media_type: str
    width: int
    height: int
    content: bytes

    def reference(self) -> Json:
        """The source that stands in a stored line."""
        return {
            "type": REFERENCE,
            "sha256": self.sha256,
            "media_type": self.media_type,
            "width": self.width,
            "height": self.height,
        }


def of(event: Event) -> list[Picture]:
    """The images of the line that an event brings; they are taken out of it."""
    return take_out(event.line) if isinstance(event, LineEvent) else []


def take_out(line: Json) -> list[Picture]:
    """Replace the images of `line`, in place, by references; the images, in order.

    What is no image of an allowed type becomes a text that says so.
    """
    taken: list[Picture] = []
    for block in image_blocks(line):
        picture = _picture(block.get("source"))
        if picture is None:
            block.clear()
            block.update(type="text", text="[image removed: not a PNG, JPEG, GIF or WebP]")
        else:
            block["source"] = picture.reference()
            taken.append(picture)
    return taken


def put_back(line: Json, load: Callable[[str], tuple[str, bytes] | None]) -> None:
    """Replace references by base64 again, in place. `load(sha256)` gives type and bytes."""
    for block in image_blocks(line):
        source = block.get("source")
        if not isinstance(source, dict) or source.get("type") != REFERENCE:
            continue
        found = load(str(source.get("sha256", "")))
        if found is not None:
            data = base64.b64encode(found[1]).decode("ascii")
            block["source"] = {"type": "base64", "media_type": found[0], "data": data}


def _picture(source: object) -> Picture | None:
    if not isinstance(source, dict) or source.get("type") != "base64":
        return None
    try:
        content = base64.b64decode(source.get("data", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        return None
    return inspect(content)


def inspect(content: bytes) -> Picture | None:
    """What these bytes are, by their own first bytes and not by what they are called."""
    for media_type, measure in _KINDS:
        size = measure(content)
        if size is not None:
            width, height = size
            if max(size) > _MOST_SIDE:
                width = height = 0
            digest = hashlib.sha256(content).hexdigest()
            return Picture(digest, media_type, width, height, content)
    return None


def _png(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    if data[12:16] != b"IHDR" or len(data) < 24:
        return 0, 0
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _gif(data: bytes) -> tuple[int, int] | None:
    if not data.startswith((b"GIF87a", b"GIF89a")):
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _webp(data: bytes) -> tuple[int, int] | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(data) >= 30:
        return (
            int.from_bytes(data[26:28], "little") & 0x3FFF,
            int.from_bytes(data[28:30], "little") & 0x3FFF,
        )
    return 0, 0


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return 0, 0


_KINDS: tuple[tuple[str, Callable[[bytes], tuple[int, int] | None]], ...] = (
    ("image/png", _png),
    ("image/jpeg", _jpeg),
    ("image/gif", _gif),
    ("image/webp", _webp),
)
