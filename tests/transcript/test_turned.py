"""Secrets that are written backwards, packed, or as a list of numbers."""

import base64
import gzip
from collections.abc import Callable

import pytest
from ccshare.tests.transcript.test_structures import made_up
from ccshare.transcript.detect import find
from ccshare.transcript.turned import turned_runs

TOKEN = "ghp_" + made_up(36)


def _od(text: str) -> str:
    rows = [text[at : at + 16] for at in range(0, len(text), 16)]
    lines = [f"{at * 16:07o}   " + "   ".join(row) for at, row in enumerate(rows)]
    return "\n".join([*lines, f"{len(text):07o}"])


WAYS: list[Callable[[str], str]] = [
    lambda text: f"echo {text[::-1]} | rev",
    lambda text: f"token = '{text[::-1]}'[::-1]",
    lambda text: "H: " + base64.b64encode(gzip.compress(text.encode())).decode(),
    lambda text: "key := []byte{" + ", ".join(str(ord(letter)) for letter in text) + "}",
    lambda text: "new Uint8Array([" + ",".join(hex(ord(letter)) for letter in text) + "])",
    lambda text: '{"type":"Buffer","data":[' + ",".join(map(str, text.encode())) + "]}",
    _od,
]


@pytest.mark.parametrize("way", WAYS)
def test_secret_is_found(way: Callable[[str], str]) -> None:
    text = f"before\n{way(TOKEN)}\nafter 1"
    spans = find(text)
    assert [span.value for span in spans] == [TOKEN]
    left = text[: spans[0].start] + text[spans[0].end :]
    assert left.startswith("before\n")
    assert left.endswith("\nafter 1")
    assert len(left) < 60


@pytest.mark.parametrize("way", WAYS)
def test_harmless_text_is_left(way: Callable[[str], str]) -> None:
    assert find(way("nothing of that kind in here")) == []


def test_a_bomb_is_not_unpacked_whole() -> None:
    bomb = base64.b64encode(gzip.compress(bytes(20_000_000))).decode()
    assert all(len(plain) <= 65_536 for _, _, plain in turned_runs(bomb))


def test_what_is_no_gzip_is_left() -> None:
    assert list(turned_runs("H4sI" + made_up(60))) == []
