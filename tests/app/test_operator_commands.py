"""`ccshare-server sessions` and `key rotate`, as an operator types them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import keys
from ccshare.app.ids import share_id_in
from ccshare.app.storage import database, models, shares
from flask.testing import FlaskClient

Document = Callable[..., bytes]
ID = "abcdEFGH1234"


def many(number: int) -> None:
    """Copies of the one share there is, without its messages."""
    values = {k: v for k, v in models.Session.get().__data__.items() if k != "id"}
    made = [values | {"share_id": f"{n:012}", "session_id": f"x{n}"} for n in range(number)]
    with database.transaction():
        for start in range(0, number, 30):
            models.Session.insert_many(made[start : start + 30]).execute()


def test_list(
    server: Callable[..., int], alice: Any, charlie: Any, document: Document, capsys: Any
) -> None:
    first = alice.share(document(title="Tab\tand \x1b[31m red"))
    second = charlie.share(document(expires_in="never"))
    assert server("sessions", "list") == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == [second, first]
    assert {len(row) for row in rows} == {6}
    assert server("sessions", "list", "--owner", "alice") == 0
    assert capsys.readouterr().out.startswith(f"{first}\talice\t")
    assert server("sessions", "list", "--owner", "nobody") == 0
    assert capsys.readouterr().out == ""
    assert server("sessions", "list", "--json", "--limit", "1") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["id"], found["owner"], found["expires_at"]) == (second, "charlie", None)
    assert found["messages"] == 2
    assert found["stored_bytes"] > 0


def test_a_long_list_is_streamed(
    alice: Any, document: Document, database_settings: dict[str, str]
) -> None:
    alice.share(document())
    many(1500)
    assert len({row.id for row in shares.everything()}) == 1501
    assert len(list(shares.everything(limit=1001))) == 1001
    environment = {**os.environ, **database_settings}
    command = f"{sys.executable} -m ccshare.app sessions list | head -n 2"
    found = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True)
    assert found.stdout.count("\n") == 2
    assert found.stderr == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ID, ID),
        (f"https://x.example/s/{ID}", ID),
        (f"https://x.example/s/{ID}/", ID),
        (f"https://x.example/s/{ID}?page=2#m-3", ID),
        (f"https://x.example/s/{ID}/items/3.1", ID),
        (f"https://x.example/s/{ID}.jsonl", ID),
        (f"https://x.example/api/sessions/{ID}/messages", ID),
        (f" {ID}\n", ID),
        (ID + "x", None),
        (ID[:-1], None),
        ("https://x.example/", None),
        (f"https://x.example/q/{ID}", None),
    ],
)
def test_a_link_is_understood_however_it_was_copied(text: str, found: str | None) -> None:
    assert share_id_in(text) == found


def test_remove(
    server: Callable[..., int], alice: Any, client: FlaskClient, document: Document, capsys: Any
) -> None:
    ids = [alice.share(document(session_id=f"s{n}", title=f"T{n}")) for n in range(4)]
    models.Session.update(expires_at=1000).where(models.Session.share_id == ids[2]).execute()
    links = [f"http://localhost:3000/s/{ids[0]}?m=1", ids[1], ids[2]]
    assert server("sessions", "remove", *links) == 0
    assert capsys.readouterr().err.count("answers 410") == 3
    database.database.connect(reuse_if_open=True)
    for share_id in ids[:3]:
        for path in (f"/s/{share_id}", f"/s/{share_id}.jsonl", f"/api/sessions/{share_id}"):
            assert client.get(path).status_code == 410
    assert {r[0] for r in database.rows(models.Gone.select(models.Gone.share_id))} == set(ids[:3])
    assert client.get(f"/s/{ids[3]}").status_code == 200
    # The link stays dead when its owner uploads again.
    assert alice.share(document(session_id="s0")) != ids[0]
    assert server("sessions", "remove", ids[0]) == 1
    assert "is gone already" in capsys.readouterr().err
    assert server("sessions", "remove", "A" * 12) == 1
    assert "was never here" in capsys.readouterr().err
    assert server("sessions", "remove", "https://x.example/about") == 2


def test_two_keys_of_an_owner_are_both_valid(alice: Any) -> None:
    second = keys.create("alice")
    assert [keys.owner_of(key, "") for key in (alice.key, second)] == ["alice", "alice"]


def test_rotate(
    server: Callable[..., int], alice: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server("key", "rotate", "alice", "--grace", "2h") == 0
    printed = capsys.readouterr()
    new = printed.out.strip()
    assert keys.well_formed(new)
    assert "(1) work until" in printed.err
    database.database.connect(reuse_if_open=True)
    assert [keys.owner_of(key, "") for key in (alice.key, new)] == ["alice", "alice"]
    server("key", "list")
    assert "valid until" in capsys.readouterr().out
    database.database.connect(reuse_if_open=True)
    now = time.time()
    monkeypatch.setattr(keys.time, "time", lambda: now + 7201)
    assert [keys.owner_of(key, "") for key in (alice.key, new)] == [None, "alice"]


def test_rotate_never_lengthens_a_life(alice: Any) -> None:
    keys.rotate("alice", 3600)
    keys.rotate("alice", 86_400)
    ends = [row.revoked_at for row in keys.listed()]
    assert ends[0] < ends[1]
    assert ends[2] is None
    assert keys.revoke("alice") == 3  # those that end later too, at once
    assert keys.owner_of(alice.key, "") is None


def test_rotate_at_once_and_wrong_usage(
    server: Callable[..., int], alice: Any, capsys: Any
) -> None:
    assert server("key", "rotate", "alice", "--grace", "soon") == 2
    assert server("key", "rotate", "nobody") == 1
    assert server("key", "rotate", "alice", "--grace", "0") == 0
    database.database.connect(reuse_if_open=True)
    assert keys.owner_of(alice.key, "") is None
