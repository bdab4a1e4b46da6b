"""Images: by their bytes, once per share, never SVG."""

import base64
import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import images
from ccshare.app.storage import models
from flask.testing import FlaskClient

Document = Callable[..., bytes]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def block(content: bytes, media_type: str = "image/png") -> dict[str, Any]:
    data = base64.b64encode(content).decode()
    return {"type": "image", "source": {"type": "base64", "media_type": media_type, "data": data}}


def test_it_works(
    alice: Any, client: FlaskClient, document: Document, lines: Any, png: bytes
) -> None:
    share_id = alice.share(document(lines.user([{"type": "text", "text": "See"}, block(png)])))
    digest = hashlib.sha256(png).hexdigest()
    path = f"/s/{share_id}/images/{digest}.png"
    assert path in client.get(f"/s/{share_id}").text
    answer = client.get(path)
    assert answer.data == png
    assert answer.content_type == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_line_holds_a_reference(alice: Any, document: Document, lines: Any, png: bytes) -> None:
    share_id = alice.share(document(lines.user([block(png)])))
    row = alice.get(f"/api/sessions/{share_id}/messages").json["messages"][0]
    assert row["content"]["message"]["content"][0]["source"] == {
        "type": "ccshare",
        "sha256": hashlib.sha256(png).hexdigest(),
        "media_type": "image/png",
        "width": 3,
        "height": 2,
    }


def test_stored_once_and_given_back_everywhere(
    alice: Any, document: Document, lines: Any, png: bytes
) -> None:
    call, seen = lines.call("c"), lines.result("c", [block(png), {"type": "text", "text": "ok"}])
    share_id = alice.share(document(lines.user([block(png), block(png)]), call, seen))
    assert models.Image.select().count() == 1
    back = [json.loads(line) for line in alice.get(f"/s/{share_id}.jsonl").data.splitlines()]
    assert back[1]["message"]["content"] == [block(png), block(png)]
    assert back[3]["message"]["content"][0]["content"][0] == block(png)


def test_a_new_revision_takes_the_old_images_away(
    alice: Any, client: FlaskClient, document: Document, lines: Any, png: bytes
) -> None:
    share_id = alice.share(document(lines.user([block(png)])))
    alice.share(document(lines.user("No image")))
    path = f"/s/{share_id}/images/{hashlib.sha256(png).hexdigest()}.png"
    assert client.get(path).status_code == 404
    assert models.Image.select().count() == 0


@pytest.mark.parametrize("claimed", ["image/png", "image/svg+xml", "text/html"])
def test_svg_never_passes(alice: Any, document: Document, lines: Any, claimed: str) -> None:
    share_id = alice.share(document(lines.user([block(SVG, claimed)])))
    assert models.Image.select().count() == 0
    document_back = alice.get(f"/s/{share_id}.jsonl").text
    assert base64.b64encode(SVG).decode() not in document_back
    assert "image removed" in document_back


@pytest.mark.parametrize("source", [None, "x", {}, {"type": "url", "url": "https://example.org/x"}])
def test_other_sources_become_text(alice: Any, document: Document, lines: Any, source: Any) -> None:
    share_id = alice.share(document(lines.user([{"type": "image", "source": source}])))
    assert "example.org" not in alice.get(f"/s/{share_id}.jsonl").text
    assert alice.get(f"/s/{share_id}").status_code == 200


@pytest.mark.parametrize(
    "name", ["{}.svg", "{}.jpg", "{}", "{}.png.html", "../{}.png", "A{}.png", "0" * 64 + ".png"]
)
def test_other_names_are_404(
    alice: Any, client: FlaskClient, document: Document, lines: Any, png: bytes, name: str
) -> None:
    share_id = alice.share(document(lines.user([block(png)])))
    digest = hashlib.sha256(png).hexdigest()
    assert client.get(f"/s/{share_id}/images/{name.format(digest)}").status_code == 404


def webp(kind: bytes, payload: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(payload)) + payload


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"GIF89a" + struct.pack("<HH", 640, 360) + b"\0" * 5, ("image/gif", 640, 360)),
        (
            b"\xff\xd8\xff\xe0\0\x10"
            + b"J" * 14
            + b"\xff\xc2\0\x11\x08"
            + struct.pack(">HH", 20, 30)
            + b"\0" * 9,
            ("image/jpeg", 30, 20),
        ),
        (b"\xff\xd8\xff\xe0\0\x10", ("image/jpeg", 0, 0)),
        (b"\xff\xd8\xff" + b"\xff" * 100_000, ("image/jpeg", 0, 0)),
        (webp(b"VP8X", b"\0" * 4 + b"\x7f\x02\0\x67\x01\0"), ("image/webp", 640, 360)),
        (webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 359 << 14)), ("image/webp", 640, 360)),
        (webp(b"VP8 ", b"\0" * 6 + struct.pack("<HH", 640, 360)), ("image/webp", 640, 360)),
        (webp(b"XXXX", b""), ("image/webp", 0, 0)),
        (b"\x89PNG\r\n\x1a\n", ("image/png", 0, 0)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff" * 8, ("image/png", 0, 0)),
    ],
)
def test_sizes_are_read_from_headers(content: bytes, expected: tuple[str, int, int]) -> None:
    found = images.inspect(content)
    assert found is not None
    assert (found.media_type, found.width, found.height) == expected


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", SVG, b"<html>", zlib.compress(b"x"), b"BM" * 9]
)
def test_anything_else_is_no_image(content: bytes) -> None:
    assert images.inspect(content) is None
