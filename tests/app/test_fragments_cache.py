"""Rendered fragments: made once, revalidated always, never older than the share."""

import gzip
import random
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import session_page
from ccshare.app.fragments import Fragment, FragmentCache, takes_gzip
from flask import Flask
from flask.testing import FlaskClient

Document = Callable[..., bytes]
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each time rows were rendered."""
    made: list[object] = []
    original = session_page.page_rows

    def counting(*args: Any, **more: Any) -> Any:
        made.append(args)
        return original(*args, **more)

    monkeypatch.setattr(session_page, "page_rows", counting)
    return made


def test_it_works(
    alice: Any, client: FlaskClient, document: Document, renders: list[object]
) -> None:
    path = f"/s/{alice.share(document())}/messages?page=1"
    first = client.get(path, headers=GZIP)
    again = client.get(path, headers=GZIP)
    assert len(renders) == 1
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.data == again.data
    for answer in (first, again):
        answer.headers.pop("X-Request-Id")
    assert first.headers == again.headers
    assert b"What is in this folder?" in gzip.decompress(first.data)
    assert int(first.headers["Content-Length"]) == len(first.data)


def test_without_gzip_it_is_plain(alice: Any, client: FlaskClient, document: Document) -> None:
    path = f"/s/{alice.share(document())}/messages?page=1"
    packed = client.get(path, headers=GZIP)
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.data == gzip.decompress(packed.data)
    assert int(plain.headers["Content-Length"]) == len(plain.data)


@pytest.mark.parametrize("path", ["/s/{}", "/s/{}/messages?page=1", "/s/{}/items/1", "/s/{}.jsonl"])
def test_unchanged_is_304(alice: Any, client: FlaskClient, document: Document, path: str) -> None:
    address = path.format(alice.share(document()))
    etag = client.get(address).headers["ETag"]
    for known in [etag, f'"other", {etag}', f"W/{etag}"]:
        answer = client.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/s/{}", "/s/{}/messages?page=1", "/s/{}/items/1", "/s/{}.jsonl"])
def test_a_new_upload_is_seen_at_once(
    alice: Any, client: FlaskClient, document: Document, lines: Any, path: str
) -> None:
    address = path.format(alice.share(document(lines.user("First words"))))
    first = client.get(address)
    assert b"First words" in first.data
    alice.share(document(lines.user("Second words")))
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert b"Second words" in second.data
    assert b"First words" not in second.data


def test_an_unshare_is_seen_at_once_even_with_an_etag(
    alice: Any, client: FlaskClient, document: Document
) -> None:
    share_id = alice.share(document())
    path = f"/s/{share_id}/messages?page=1"
    etag = client.get(path).headers["ETag"]
    alice.delete(share_id)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 410


def test_pages_differ_by_host(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document())
    client.get(f"/s/{share_id}", headers={"Host": "evil.example"})
    assert "evil.example" not in client.get(f"/s/{share_id}").text


def test_etags_differ(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    paths = ["", "?page=2", "?m=3", "?m=3&all=1", "/messages?page=1", "/messages?page=2",
             "/messages?page=2&up=1", "/items/1", "/items/2", "/items/2?all=1"]  # fmt: skip
    etags = [client.get(f"/s/{share_id}{path}").headers["ETag"] for path in paths]
    assert len(set(etags)) == len(paths)


def test_head_has_the_headers_alone(alice: Any, client: FlaskClient, document: Document) -> None:
    path = f"/s/{alice.share(document())}"
    got, head = client.get(path), client.head(path)
    assert head.data == b""
    for answer in (got, head):
        answer.headers.pop("X-Request-Id")
    assert head.headers == got.headers


def test_errors_are_not_cached(
    alice: Any, client: FlaskClient, document: Document, renders: list[object]
) -> None:
    path = f"/s/{alice.share(document())}/messages?page=9"
    for _ in range(2):
        assert client.get(path).status_code == 404
    assert len(renders) == 2


def test_memory_is_bounded() -> None:
    cache = FragmentCache(100_000)
    noise = random.Random(1).randbytes(3000).hex()
    for n in range(100):
        cache.get_or_make((n,), lambda n=n: noise[n:] + noise[:n])
    assert cache.size <= 100_000
    assert cache.get((99,)) is not None
    assert cache.get((0,)) is None


def test_the_least_used_goes_first() -> None:
    cache = FragmentCache(5000)
    for n in range(4):
        cache.get_or_make((n,), lambda: "x")
    cache.get((0,))
    for n in range(4, 7):
        cache.get_or_make((n,), lambda: "x")
    assert cache.get((0,)) is not None
    assert cache.get((1,)) is None


def test_a_large_page_does_not_push_out_all_others() -> None:
    cache = FragmentCache(5000)
    cache.get_or_make(("small",), lambda: "x")
    noise = random.Random(1).randbytes(3000).hex()
    assert len(cache.get_or_make(("large",), lambda: noise).body) > 1250
    assert cache.get(("small",)) is not None
    assert cache.get(("large",)) is None


def test_it_can_be_switched_off(
    make_app: Callable[..., Flask], person: Any, document: Document, renders: list[object]
) -> None:
    app = make_app(FRAGMENT_CACHE_MB=0)
    path = f"/s/{person(app, 'alice').share(document())}/messages?page=1"
    for _ in range(2):
        assert app.test_client().get(path).status_code == 200
    assert len(renders) == 2


def test_lone_surrogates_do_not_break_it() -> None:
    assert gzip.decompress(Fragment("a\ud800b", "x").body) == b"a?b"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("GZIP;q=1", False),  # nobody writes it so; plain is always right
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("", False),
        ("x-gzip", True),
        ("notgzip", False),
    ],
)
def test_accept_encoding(accepted: str, expected: bool) -> None:
    assert takes_gzip(accepted) is expected


def test_an_old_edition_takes_no_memory() -> None:
    """Each upload of a share makes another one; only the newest is worth keeping."""
    cache = FragmentCache(1 << 20)
    for edition in range(50):
        for kind in ("page", "rows"):
            cache.get_or_add(("abc", edition, kind), lambda: Fragment("x" * 5_000, "name"))
        if edition == 0:
            cache.get_or_add(("other", 1), lambda: Fragment("y" * 5_000, "name"))
            most = cache.size
        cache.forget("abc")
        assert cache.size < most
        assert cache.get(("abc", edition, "page")) is None
    assert cache.get(("other", 1)) is not None
    cache.forget("other")
    assert cache.size == 0
