"""The file of rendered pages that workers share: a cache that never lies, never fails, forgets."""

import gzip
import random
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import fragment_file, held_folder, session_page
from ccshare.app.fragment_file import Edition, FragmentFile, Packed, Sweeper
from ccshare.app.fragments import FragmentCache
from ccshare.app.storage import shares, writer
from flask import Flask

Document = Callable[..., bytes]
MOST = 1 << 20
SECRET = b"s" * 32
BODY = Packed(b"what was drawn, compressed", 60)


OPENED: list[FragmentFile] = []


def a_file(folder: Path, secret: bytes = SECRET, most: int = MOST) -> FragmentFile:
    OPENED.append(FragmentFile(folder / "fragments.db", most, secret))
    return OPENED[-1]


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


def on_disk(folder: Path) -> bytes:
    """All bytes that lie in the folder, the journal's too."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def noise(seed: int, size: int) -> Packed:
    return Packed(random.Random(seed).randbytes(size), size)


@pytest.fixture
def workers(
    make_app: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Flask]:
    """Two of one server: each with a memory of its own, one file for both."""
    folder = tmp_path / "shared"
    folder.mkdir()
    made = []
    for _ in range(2):
        monkeypatch.setattr(fragment_file, "_file", a_file(folder))
        made.append(make_app())
    return made


def test_it_works(tmp_path: Path) -> None:
    one, other = a_file(tmp_path), a_file(tmp_path)
    assert one.get("a") is None
    one.put("a", ("share", 1), BODY)
    assert other.get("a") == BODY
    assert other.get("b") is None
    assert stat.S_IMODE((tmp_path / "fragments.db").stat().st_mode) == 0o600


def test_what_one_worker_drew_the_other_sends(
    workers: list[Flask], person: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/s/{person(workers[0], 'alice').share(document())}/messages?page=1"
    first = workers[0].test_client().get(path, headers={"Accept-Encoding": "gzip"})
    monkeypatch.setattr(session_page, "page_rows", pytest.fail)
    for headers in ({"Accept-Encoding": "gzip"}, {}, {"If-None-Match": first.headers["ETag"]}):
        here, there = (app.test_client().get(path, headers=headers) for app in workers)
        for answer in (here, there):
            answer.headers.pop("X-Request-Id")
        assert (there.status, there.headers, there.data) == (here.status, here.headers, here.data)
    assert b"What is in this folder?" in gzip.decompress(first.data)


@pytest.mark.parametrize("how", ["unshare", "new upload", "new title"])
def test_nothing_stays_of_what_was_taken_back(
    workers: list[Flask], person: Any, lines: Any, document: Document, tmp_path: Path, how: str
) -> None:
    alice = person(workers[0], "alice")
    share_id = alice.share(document(lines.user("First words"), title="First title"))
    path = f"/s/{share_id}"
    for app in workers:
        assert b"First words" in app.test_client().get(path).data
    body = next(iter(workers[0].extensions["ccshare"].cache._entries.values())).body
    assert body in joined_overflow(tmp_path / "shared")
    if how == "unshare":
        alice.delete(share_id)
    elif how == "new title":
        alice.patch(share_id, title="Second title")
    else:
        alice.share(document(lines.user("Second words"), title="Second title"))
    left = on_disk(tmp_path / "shared")
    assert share_id.encode() not in left
    assert body[20:60] not in left
    found = workers[1].test_client().get(path)
    assert found.status_code == 410 if how == "unshare" else b"First title" not in found.data


def joined_overflow(folder: Path) -> bytes:
    """The bodies as SQLite reads them: on the disk a long one lies in several pieces."""
    with closing(sqlite3.connect(folder / "fragments.db")) as connection:
        return b"".join(row[0] for row in connection.execute("SELECT body FROM fragments"))


def test_forgetting_overwrites(tmp_path: Path) -> None:
    file, kept, gone = a_file(tmp_path), noise(1, 30_000), noise(2, 30_000)
    file.put("kept", ("a", 1), kept)
    file.put("gone", ("b", 1), gone)
    file.put("gone too", ("b", 2), gone)
    assert gone.body[5000:5100] in on_disk(tmp_path)
    file.forget("b")
    assert (file.get("kept"), file.get("gone"), file.get("gone too")) == (kept, None, None)
    left = on_disk(tmp_path)
    assert not [at for at in range(0, 29_900, 50) if gone.body[at : at + 50] in left]


def test_the_sweep_takes_what_others_removed(
    workers: list[Flask], person: Any, document: Document, tmp_path: Path
) -> None:
    alice = person(workers[0], "alice")
    ids = [alice.share(document(session_id=f"s{n}")) for n in range(3)]
    for share_id in ids:
        assert workers[0].test_client().get(f"/s/{share_id}").status_code == 200
    assert writer.take_down(ids[0])  # as the operator's command does, in a process of its own
    file = a_file(tmp_path / "shared")
    Sweeper(file, shares.living).once()
    left = on_disk(tmp_path / "shared")
    assert [share_id.encode() in left for share_id in ids] == [False, True, True]
    assert file.sweep(shares.living) == 0


def test_expired_shares_do_not_live(alice: Any, document: Document) -> None:
    share_id = alice.share(document(expires_in="1h"))
    asked = [(share_id, 1), (share_id, 2), ("AAAAAAAAAAAA", 1)]
    assert shares.living(asked) == {(share_id, 1)}
    found = shares.alive(share_id)
    assert found is not None
    assert found.expires_at is not None
    shares.Session.update(expires_at=int(time.time())).execute()
    assert shares.living(asked) == set()


def test_a_sweep_that_fails_takes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_asked: Iterable[Edition]) -> set[Edition]:
        raise RuntimeError("no database")

    file = a_file(tmp_path)
    file.put("a", ("share", 1), BODY)
    Sweeper(file, fail).once()
    assert file.get("a") == BODY
    assert "sweeping the rendered pages failed" in caplog.text


def test_the_disk_is_bounded_and_the_oldest_goes_first(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    for n in range(300):
        file.put(f"n{n}", (f"s{n}", 1), noise(n, 10_000))
    assert (tmp_path / "fragments.db").stat().st_size <= MOST
    assert file.get("n0") is None
    assert [n for n in range(290, 300) if file.get(f"n{n}") != noise(n, 10_000)] == []


def test_a_large_page_does_not_push_out_all_others(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    file.put("small", ("a", 1), BODY)
    file.put("large", ("b", 1), noise(1, MOST // 2))
    assert (file.get("small"), file.get("large")) == (BODY, None)


def test_entries_of_another_server_do_not_count(tmp_path: Path) -> None:
    a_file(tmp_path, b"x" * 32).put("a", ("share", 1), BODY)
    assert a_file(tmp_path).get("a") is None


@pytest.mark.parametrize(
    "change",
    [
        "body = (SELECT body FROM fragments WHERE share = 'b')",
        "name = randomblob(8) || name",
        "size = size + 1",
        "body = 'text'",
        "size = 'many'",
        "seal = 7",
    ],
)
def test_entries_that_were_tampered_with_do_not_count(tmp_path: Path, change: str) -> None:
    file = a_file(tmp_path)
    file.put("a", ("a", 1), BODY)
    file.put("b", ("b", 1), noise(1, 100))
    with closing(sqlite3.connect(tmp_path / "fragments.db")) as connection, connection:
        connection.execute(f"UPDATE fragments SET {change} WHERE share = 'a'")
    assert file.get("a") is None
    assert file.get("b") == noise(1, 100)


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("rubbish", [b"no database " * 2000, b"SQLite format 3\0" * 999, b"x", b""])
def test_a_damaged_file_is_emptied(tmp_path: Path, rubbish: bytes, opened: bool) -> None:
    file, other = a_file(tmp_path), a_file(tmp_path)
    for n in range(20):
        file.put(f"n{n}", (f"s{n}", 1), noise(n, 9000))
    assert other.get("n1")
    if not opened:
        file.close()
        other.close()
    (tmp_path / "fragments.db").write_bytes(rubbish)
    for n in range(40):  # some of these find out, all of them go on
        assert file.get(f"n{n}") in (None, noise(n, 9000))
        file.put(f"n{n}", (f"s{n}", 1), noise(n, 9000))
    file.put("new", ("share", 1), BODY)
    assert file.get("new") == BODY
    other.get("new")
    assert other.get("new") == BODY


@pytest.mark.parametrize("hurdle", ["folder", "link", "no folder"])
def test_what_cannot_be_opened_is_a_miss(tmp_path: Path, hurdle: str) -> None:
    place = tmp_path / "place"
    if hurdle != "no folder":
        place.mkdir()
    if hurdle == "folder":
        (place / "fragments.db").mkdir()
    if hurdle == "link":
        (tmp_path / "victim").write_bytes(b"precious")
        (place / "fragments.db").symlink_to(tmp_path / "victim")
    file = a_file(place)
    file.put("a", ("share", 1), BODY)
    assert file.get("a") is None
    file.forget("share")
    assert file.sweep(lambda _: set()) == 0
    if hurdle == "link":
        assert (tmp_path / "victim").read_bytes() == b"precious"


def test_nobody_waits_long_for_a_busy_file(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    file.put("a", ("share", 1), BODY)
    with closing(sqlite3.connect(tmp_path / "fragments.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        assert file.get("a") is None
        file.put("b", ("share", 1), BODY)
        assert time.monotonic() - started < 5
        other.execute("ROLLBACK")
    assert (file.get("a"), file.get("b")) == (BODY, None)


def test_many_threads_and_files(tmp_path: Path) -> None:
    files = [a_file(tmp_path, most=200_000) for _ in range(3)]
    wrong: list[int] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(60):
            n, file = chance.randrange(30), chance.choice(files)
            file.put(f"n{n}", (f"s{n}", 1), noise(n, 3000))
            if file.get(f"n{n}") not in (None, noise(n, 3000)):
                wrong.append(n)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_page_is_drawn_once_however_many_ask() -> None:
    cache, drawn, go_on = FragmentCache(MOST), [], threading.Event()

    def draw() -> str:
        drawn.append(1)
        go_on.wait(10)
        return "drawn"

    got: list[Any] = []
    threads = [
        threading.Thread(target=lambda: got.append(cache.get_or_make(("key",), draw)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1
    assert len(got) == 8
    assert len(set(map(id, got))) == 1


def test_a_failure_is_everybodys_own() -> None:
    cache, go_on, met = FragmentCache(MOST), threading.Event(), []

    def fail() -> str:
        go_on.wait(10)
        raise ValueError(threading.get_ident())

    def ask() -> None:
        try:
            cache.get_or_make(("key",), fail)
        except ValueError as error:
            met.append(error.args[0] == threading.get_ident())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    go_on.set()
    for thread in threads:
        thread.join()
    assert met == [True] * 4
    assert cache.get_or_make(("key",), lambda: "well again") is cache.get(("key",))


def test_a_folder_is_held_as_long_as_its_server_runs(tmp_path: Path) -> None:
    left = tmp_path / "fragments-left"
    left.mkdir()
    (left / "fragments.db").write_bytes(b"old")
    one = held_folder.made(tmp_path, "fragments-")
    other = held_folder.made(tmp_path, "fragments-")
    assert {path.name for path in tmp_path.iterdir()} == {one.name, other.name}
    assert stat.S_IMODE(one.stat().st_mode) == 0o700
    held_folder.removed(one)
    held_folder.removed(None)
    assert not one.exists()


def test_without_a_folder_there_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(fragment_file, "_file", None)
    (tmp_path / "file").write_bytes(b"")
    fragment_file.prepare(tmp_path / "file", MOST)
    assert fragment_file.prepared() is None
    assert "not shared by the workers" in caplog.text
