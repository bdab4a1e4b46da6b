"""POST /api/sessions: same session same link, whole or nothing, secrets refused."""

import gzip
import io
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app.storage import database, models, writer
from flask import Flask

Document = Callable[..., bytes]
GITHUB = "ghp_" + "x7Kq2mZ9pL4vT1nW8bR3cY6dF0hJ5sAeGuQi"


def test_it_works(alice: Any, document: Document) -> None:
    answer = alice.upload(document(title="Two files"))
    assert answer.status_code == 201
    assert set(answer.json) == {"url", "id", "revision", "expires_at"}
    assert answer.json["revision"] == 1
    assert answer.json["url"] == f"http://localhost/s/{answer.json['id']}"
    assert len(answer.json["id"]) == 12
    assert "Two files" in alice.client.get(answer.json["url"]).text


def test_gzip_in_two_members(alice: Any, document: Document) -> None:
    first, _, rest = document().partition(b"\n")
    body = gzip.compress(first + b"\n") + gzip.compress(rest)
    assert alice.upload(body, Content_Encoding="gzip").status_code == 201


def test_the_same_session_keeps_its_link(alice: Any, document: Document, lines: Any) -> None:
    first = alice.upload(document(title="Old")).json
    made = alice.get(f"/api/sessions/{first['id']}").json["created_at"]
    longer = document(lines.user("One"), lines.answer("Two"), lines.user("Three"), title="New")
    answer = alice.upload(longer)
    assert answer.status_code == 200
    assert (answer.json["id"], answer.json["revision"]) == (first["id"], 2)
    shown = alice.get(f"/api/sessions/{first['id']}").json
    assert (shown["title"], shown["message_count"], shown["created_at"]) == ("New", 3, made)
    assert models.Message.select().count() == 3
    assert "Old" not in alice.client.get(f"/s/{first['id']}").text


def test_another_owner_gets_another_link(alice: Any, charlie: Any, document: Document) -> None:
    assert alice.share(document()) != charlie.share(document())


def test_public_url_is_used(make_app: Callable[..., Flask], person: Any, document: Any) -> None:
    owner = person(make_app(PUBLIC_URL="https://share.example.org"), "alice")
    assert owner.upload(document()).json["url"].startswith("https://share.example.org/s/")


def test_a_part_never_replaces_the_whole(alice: Any, document: Document) -> None:
    whole = alice.share(document())
    part = {"first": 1, "last": 1, "of": 2}
    answer = alice.upload(document(part=part, title="Part"))
    assert answer.status_code == 409
    assert "unshare" in answer.json["detail"]
    assert alice.get(f"/api/sessions/{whole}").json["part"] is None


def test_a_whole_replaces_a_part(alice: Any, document: Document) -> None:
    part = alice.share(document(part={"first": 1, "last": 1, "of": 2}))
    again = alice.share(document(part={"first": 1, "last": 2, "of": 2}))
    assert part == again == alice.share(document())


def test_a_secret_is_refused_without_being_repeated(
    alice: Any, document: Document, lines: Any, spool: Callable[[], list[Path]]
) -> None:
    body = document(lines.user(f"my token is {GITHUB}"))
    answer = alice.upload(body)
    assert answer.status_code == 422
    assert [f["rule"] for f in answer.json["findings"]] == ["github-token"]
    assert "message 0" in answer.json["findings"][0]["place"]
    assert GITHUB not in answer.text
    assert models.Session.select().count() == 0
    assert spool() == []


def test_a_secret_among_many_lines_is_told_with_its_place(
    alice: Any, document: Document, lines: Any
) -> None:
    """Lines are looked at together, and again alone."""
    many = [lines.user(f"line {n} of many") for n in range(40)]
    many[23] = lines.user(f"my token is {GITHUB}")
    answer = alice.upload(document(*many))
    assert [f["place"].partition(",")[0] for f in answer.json["findings"]] == ["message 23"]


def test_a_secret_in_header_or_spilled_text_is_found(
    alice: Any, document: Document, encode: Any, lines: Any
) -> None:
    assert alice.upload(document(title=f"about {GITHUB}")).status_code == 422
    spilled = encode(
        {"type": "ccshare-file", "path": "tool-results/x.txt"},
        {"type": "ccshare-text", "text": f"token={GITHUB}"},
    )
    assert alice.upload(document() + spilled).status_code == 422


def test_an_allowed_value_passes_unless_strict(
    make_app: Callable[..., Flask], person: Any, document: Document, lines: Any
) -> None:
    import hashlib

    digest = hashlib.sha256(GITHUB.encode()).hexdigest()
    body = document(lines.user(f"my token is {GITHUB}"), allowed=[digest])
    assert person(make_app(), "alice").upload(body).status_code == 201
    assert person(make_app(SCAN="strict"), "alice").upload(body).status_code == 422
    plain = document(lines.user(f"my token is {GITHUB}"))
    assert person(make_app(SCAN="off"), "alice").upload(plain).status_code == 200


def test_limits_of_the_settings(
    make_app: Callable[..., Flask], person: Any, document: Document, lines: Any
) -> None:
    owner = person(make_app(MAX_UPLOAD_MB=1, MAX_LINE_MB=1), "alice")
    small = document(*(lines.user("x" * 100_000) for _ in range(5)))
    assert owner.upload(small).status_code == 201
    large = document(*(lines.user("x" * 100_000) for _ in range(12)))
    answer = owner.upload(large)
    assert answer.status_code == 413
    assert "1 MB" in answer.json["detail"]
    packed = owner.upload(gzip.compress(large), Content_Encoding="gzip")
    assert packed.status_code == 413


def test_only_allowed_keys_are_kept(alice: Any, document: Document, lines: Any) -> None:
    line = lines.user("Hello")
    line["internal"] = "secret thing"
    line["message"]["hidden"] = "secret thing"
    share_id = alice.share(document(line))
    assert b"secret thing" not in alice.get(f"/s/{share_id}.jsonl").data
    assert "secret thing" not in alice.get(f"/api/sessions/{share_id}/messages").text


def test_a_failure_while_writing_keeps_the_old_revision(
    alice: Any, document: Document, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document(title="Old"))
    before = alice.get(f"/s/{share_id}.jsonl").data

    def fail(*_: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_insert_frames", fail)
        alice.client.application.testing = False
        assert alice.upload(document(lines.user("New"), title="New")).status_code == 500
    assert alice.get(f"/s/{share_id}.jsonl").data == before
    assert alice.get(f"/api/sessions/{share_id}").json["revision"] == 1


def test_first_uploads_at_once_are_one_share(app: Flask, alice: Any, document: Document) -> None:
    body, answers = document(), []
    barrier = threading.Barrier(6)

    def run() -> None:
        client = app.test_client()
        barrier.wait()
        answers.append(client.post("/api/sessions", data=body, headers=alice.headers))
        if not database.pooled():
            database.close_database()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status_code for a in answers) == [200] * 5 + [201]
    assert len({a.json["id"] for a in answers}) == 1
    assert sorted(a.json["revision"] for a in answers) == [1, 2, 3, 4, 5, 6]
    assert models.Session.select().count() == 1
    assert models.Message.select().count() == 2


def test_subagents_and_spilled_files_are_given_back(
    alice: Any, document: Document, encode: Any, lines: Any
) -> None:
    body = document(lines.user("Look"), lines.answer("Yes")) + encode(
        {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {}},
        lines.user("Sub prompt", isSidechain=True, agentId="a1"),
        {"type": "ccshare-file", "path": "tool-results/x.txt"},
        {"type": "ccshare-text", "text": "long output"},
    )
    share_id = alice.share(body)
    back = alice.get(f"/s/{share_id}.jsonl").data.splitlines()
    assert [json.loads(line)["type"] for line in back] == [
        "ccshare",
        "user",
        "assistant",
        "ccshare-file",
        "user",
        "ccshare-file",
        "ccshare-text",
    ]
    assert alice.upload(b"\n".join(back) + b"\n").status_code == 200
    assert alice.get(f"/s/{share_id}.jsonl").data.splitlines() == back


def test_expiry_is_checked(alice: Any, document: Document) -> None:
    for wrong in ["0d", "99999w", "soon", "30"]:
        assert alice.upload(document(expires_in=wrong)).status_code == 400
    assert alice.upload(document(expires_in="never")).json["expires_at"] is None


def test_a_slow_client_keeps_nobody_waiting(alice: Any, charlie: Any, document: Document) -> None:
    sent = io.BytesIO(document())
    others: list[int] = []

    class Slow(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any, /) -> int:
            # In the middle of her upload he uploads, and she is not in his way.
            if not others:
                others.append(charlie.upload(document()).status_code)
            return sent.readinto(buffer)

    wire = {"CONTENT_LENGTH": str(len(sent.getvalue())), "wsgi.input": Slow()}
    answer = alice.client.post("/api/sessions", headers=alice.headers, environ_overrides=wire)
    assert (answer.status_code, others) == (201, [201])


def test_a_locked_database_is_503_and_recovers(
    alice: Any, document: Document, lock_database: Any, spool: Callable[[], list[Path]]
) -> None:
    alice.get("/api/sessions")
    with lock_database():
        answer = alice.upload(document())
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.content_type == "application/problem+json"
    assert spool() == []
    assert alice.upload(document()).status_code == 201
