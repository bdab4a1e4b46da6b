"""Alice owns; Charlie has a key of his own; the reader has only the link."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]
READING = [
    "/s/{}",
    "/s/{}/messages?page=1",
    "/s/{}/items/1",
    "/s/{}.jsonl",
    "/api/sessions/{}",
    "/api/sessions/{}/messages",
]


@pytest.mark.parametrize("path", READING)
def test_whoever_has_the_link_reads(
    alice: Any, charlie: Any, client: FlaskClient, document: Document, path: str
) -> None:
    share_id = alice.share(document())
    assert client.get(path.format(share_id)).status_code == 200
    assert charlie.get(path.format(share_id)).status_code == 200


@pytest.mark.parametrize("path", READING)
def test_nobody_reads_an_unknown_id(alice: Any, path: str) -> None:
    answer = alice.get(path.format("A" * 12))
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stranger_changes_nothing(alice: Any, charlie: Any, document: Document) -> None:
    share_id = alice.share(document(title="Hers"))
    unknown = charlie.patch("A" * 12, title="His")
    answer = charlie.patch(share_id, title="His")
    assert answer.status_code == 404
    assert answer.json == unknown.json  # he cannot tell whether it is there
    assert charlie.delete(share_id).status_code == 404
    assert alice.get(f"/api/sessions/{share_id}").json["title"] == "Hers"


def test_without_a_key_nothing_is_changed(
    alice: Any, client: FlaskClient, document: Document
) -> None:
    share_id = alice.share(document())
    assert client.delete(f"/api/sessions/{share_id}").status_code == 401
    assert client.patch(f"/api/sessions/{share_id}", json={"title": "x"}).status_code == 401
    assert client.post("/api/sessions", data=document()).status_code == 401
    assert client.get("/api/sessions").status_code == 401
    assert client.get(f"/s/{share_id}").status_code == 200


@pytest.mark.parametrize("wrong", ["A" * 11, "A" * 13, "A" * 11 + "-", "a/b", "%00" * 12, "ä" * 12])
def test_what_is_no_id_is_no_address(client: FlaskClient, wrong: str) -> None:
    assert client.get(f"/s/{wrong}").status_code == 404
    assert client.get(f"/api/sessions/{wrong}").status_code == 404


def test_images_are_reached_through_their_share_only(
    alice: Any, client: FlaskClient, document: Document, lines: Any, png: bytes
) -> None:
    import base64
    import hashlib

    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}
    with_image = alice.share(document(lines.user([{"type": "image", "source": source}])))
    without = alice.share(document(session_id="other"))
    name = hashlib.sha256(png).hexdigest() + ".png"
    assert client.get(f"/s/{with_image}/images/{name}").status_code == 200
    assert client.get(f"/s/{without}/images/{name}").status_code == 404
    alice.delete(with_image)
    assert client.get(f"/s/{with_image}/images/{name}").status_code == 410
