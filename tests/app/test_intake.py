"""The wire: whatever comes, memory stays flat, the answer is clear and nothing is left."""

import gzip
import io
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app.intake import Caps, receive
from ccshare.app.problems import Problem
from ccshare.app.spool import Spool

CAPS = Caps(upload=4 << 20, line=1 << 20)


class Endless:
    """A client that never stops sending."""

    def __init__(self, chunk: bytes) -> None:
        self.chunk = chunk
        self.sent = 0

    def read(self, size: int = -1, /) -> bytes:
        self.sent += len(self.chunk)
        return self.chunk


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., bytes]:
    folder = Spool(tmp_path / "spool")

    def run(body: Any, coding: str = "", declared: int | None = None) -> bytes:
        source = io.BytesIO(body) if isinstance(body, bytes) else body
        with receive(source, coding, folder, CAPS, declared) as file:
            return file.read()

    return run


def refusal(take: Callable[..., bytes], *args: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        take(*args)
    assert caught.value.todo
    return caught.value


@pytest.mark.parametrize("coding", ["", "identity", "Identity"])
def test_it_works(take: Callable[..., bytes], coding: str) -> None:
    assert take(b"a\nb\n", coding) == b"a\nb\n"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZIP "])
def test_gzip(take: Callable[..., bytes], coding: str) -> None:
    assert take(gzip.compress(b"a\nb\n"), coding) == b"a\nb\n"


def test_several_members_are_one_body(take: Callable[..., bytes]) -> None:
    body = b"".join(gzip.compress(b"line %d\n" % n) for n in range(300))
    assert take(body, "gzip") == b"".join(b"line %d\n" % n for n in range(300))


def test_an_empty_member_and_padding_are_fine(take: Callable[..., bytes]) -> None:
    body = gzip.compress(b"") + gzip.compress(b"a\n") + b"\0" * 512
    assert take(body, "gzip") == b"a\n"


def test_random_cuts_of_the_wire_change_nothing(take: Callable[..., bytes]) -> None:
    rng = random.Random(7)
    plain = b"".join(b'{"n":%d}\n' % rng.getrandbits(40) for _ in range(20_000))
    half = len(plain) // 2
    wire = gzip.compress(plain[:half]) + gzip.compress(plain[half:])

    class Dribble(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(rng.randint(1, 700))

    assert take(Dribble(wire), "gzip") == plain


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "x" * 500])
def test_other_codings_are_415(take: Callable[..., bytes], coding: str) -> None:
    problem = refusal(take, b"abc", coding)
    assert problem.status == 415
    assert problem.headers["Accept-Encoding"] == "gzip, identity"
    assert len(problem.detail) < 200


def test_a_bomb_is_413_and_costs_little(take: Callable[..., bytes]) -> None:
    bomb = gzip.compress(b"\n" * (200 << 20), 9)
    assert len(bomb) < 300_000
    assert refusal(take, bomb, "gzip").status == 413


def test_a_bomb_without_line_ends(take: Callable[..., bytes]) -> None:
    assert refusal(take, gzip.compress(b"\0" * (100 << 20), 9), "gzip").kind == "line-too-long"


def test_many_tiny_members_are_refused(take: Callable[..., bytes]) -> None:
    assert refusal(take, gzip.compress(b"") * 20_000, "gzip").status == 400


def test_an_endless_body_ends(take: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    source = Endless(b"x\n" * 30_000)
    assert refusal(take, source).kind == "too-large"
    assert source.sent < 3 * CAPS.upload


def test_an_endless_line_ends(take: Callable[..., bytes]) -> None:
    assert refusal(take, Endless(b"x" * 60_000)).kind == "line-too-long"


def test_a_line_of_exactly_the_cap_passes(take: Callable[..., bytes]) -> None:
    body = b"a\n" + b"x" * CAPS.line + b"\nb\n"
    assert take(body) == body
    assert refusal(take, b"a\n" + b"x" * (CAPS.line + 1) + b"\n").kind == "line-too-long"


def test_a_declared_size_over_the_cap_is_not_stored(take: Callable[..., bytes]) -> None:
    assert refusal(take, b"a\n", "", CAPS.upload + 1).status == 413


@pytest.mark.parametrize("cut", [1, 5, 9, 10, 30, -1, -8])
def test_a_cut_body_is_400(take: Callable[..., bytes], cut: int) -> None:
    assert refusal(take, gzip.compress(bytes(range(256)) * 9)[:cut], "gzip").status == 400


def test_a_corrupt_body_is_400(take: Callable[..., bytes]) -> None:
    body = bytearray(gzip.compress(b"some text that is long enough" * 10))
    body[-6] ^= 0xFF
    assert refusal(take, bytes(body), "gzip").kind == "damaged-gzip"
    assert refusal(take, b"not gzip at all", "gzip").kind == "damaged-gzip"
    assert refusal(take, zlib.compress(b"zlib, not gzip"), "gzip").kind == "damaged-gzip"
    assert refusal(take, gzip.compress(b"a") + b"rubbish", "gzip").kind == "damaged-gzip"


def test_an_empty_body_is_400(take: Callable[..., bytes]) -> None:
    assert refusal(take, b"").status == 400
    assert refusal(take, b"", "gzip").status == 400


def test_a_cut_connection_is_400(take: Callable[..., bytes]) -> None:
    class Cut:
        def read(self, size: int = -1, /) -> bytes:
            raise ConnectionResetError

    assert refusal(take, Cut()).kind == "incomplete"


def test_a_full_disk_is_503(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError(28, "No space left on device")

    folder = Spool(tmp_path / "spool")
    folder.file = Full  # type: ignore[method-assign]
    with pytest.raises(Problem) as caught:
        receive(io.BytesIO(b"a\n"), "", folder, CAPS)
    assert caught.value.status == 503
    assert "Retry-After" in caught.value.headers


def test_leftovers_of_a_crash_are_swept_but_not_live_files(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()
    import os

    (folder / "old").write_bytes(b"x")
    os.utime(folder / "old", (1, 1))
    (folder / "new").write_bytes(b"x")
    Spool(folder)
    assert [path.name for path in folder.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"\x1f\x8b\x08", {"Content-Encoding": "gzip"}, 400),
        (b"abc", {"Content-Encoding": "br"}, 415),
        (b"not json\n", {}, 400),
        (b'{"type":"ccshare","version":9,"session_id":"x"}\n', {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"\0" * 5000, {}, 400),
        (b'{"type":"ccshare","version":1,"session_id":"x"}\n{"type":"progress"}\n', {}, 400),
        (b'{"type":"ccshare","version":1,"session_id":"x"}\n', {}, 400),
    ],
)
def test_a_failed_upload_leaves_nothing(
    alice: Any,
    spool: Callable[[], list[Path]],
    body: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = alice.upload(body, **{k.replace("-", "_"): v for k, v in headers.items()})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["todo"]
    assert spool() == []
    assert alice.get("/api/sessions").json["sessions"] == []
