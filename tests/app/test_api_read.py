"""Reading and changing through the API."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app.storage import shares
from flask.testing import FlaskClient

Document = Callable[..., bytes]


def test_it_works(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(title="T", project="shop", branch="main"))
    shown = client.get(f"/api/sessions/{share_id}").json
    assert shown["title"] == "T"
    assert shown["project_name"] == "shop"
    assert shown["branch"] == "main"
    assert shown["model"] == "claude-opus-4-5-20251101"
    assert shown["message_count"] == 2
    assert shown["total_output_tokens"] == 7
    assert shown["visibility"] == "unlisted"
    assert shown["session_date"] == "2026-11-20T09:00:01Z"
    assert "owner" not in shown
    assert "session_id" not in shown


def test_messages_are_read_by_sequence(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    path, seen = f"/api/sessions/{share_id}/messages?limit=100", []
    while path:
        answer = client.get(path)
        seen += [message["sequence"] for message in answer.json["messages"]]
        link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("Link", ""))
        path = link[1] if link else ""
    assert seen == list(range(480))


def test_a_message_row(alice: Any, document: Document, lines: Any) -> None:
    thought = {"type": "thinking", "thinking": "Hm"}
    call = {"type": "tool_use", "id": "c", "name": "Bash", "input": {"command": "ls"}}
    share_id = alice.share(document(lines.user("Hi"), lines.assistant(thought, call)))
    first, second = alice.get(f"/api/sessions/{share_id}/messages").json["messages"]
    assert (first["type"], first["role"], first["has_thinking"]) == ("user", "user", False)
    assert (second["has_thinking"], second["has_tool_use"], second["tokens"]) == (True, True, 7)
    assert second["timestamp"] == "2026-11-20T09:00:02.000Z"
    assert second["content"]["message"]["content"][1]["input"] == {"command": "ls"}


def test_limit_is_capped_and_large_answers_are_short(
    alice: Any, document: Document, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document(*(lines.user("x" * 3000) for _ in range(250))))
    path = f"/api/sessions/{share_id}/messages"
    assert len(alice.get(path + "?limit=100000").json["messages"]) == 200
    share = shares.load(1)
    assert share is not None
    assert len(shares.messages(share, 0, 100, 10_000)) == 3
    assert len(shares.messages(share, 0, 100, 1)) == 1


@pytest.mark.parametrize(
    "query", ["offset=-1", "limit=0", "limit=x", "offset=1e9", "limit=" + "9" * 20]
)
def test_bad_numbers_are_refused(alice: Any, document: Document, query: str) -> None:
    share_id = alice.share(document())
    answer = alice.get(f"/api/sessions/{share_id}/messages?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_past_the_end_is_empty(alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    answer = alice.get(f"/api/sessions/{share_id}/messages?offset=99")
    assert answer.json == {"messages": []}
    assert "Link" not in answer.headers


def test_the_list_is_the_owners_own(alice: Any, charlie: Any, document: Document) -> None:
    ids = [alice.share(document(session_id=f"s{n}")) for n in range(53)]
    charlie.share(document())
    first = alice.get("/api/sessions").json
    assert [s["id"] for s in first["sessions"]] == ids[:2:-1]
    second = alice.get(f"/api/sessions?cursor={first['next_cursor']}").json
    assert [s["id"] for s in second["sessions"]] == ids[2::-1]
    assert second["next_cursor"] is None
    assert second["sessions"][0]["session_id"] == "s2"


def test_patch(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(title="Old"))
    assert "Old" in client.get(f"/s/{share_id}").text
    answer = alice.patch(share_id, title="New <b>title</b>", expires_in="never")
    assert answer.status_code == 200
    assert (answer.json["title"], answer.json["expires_at"]) == ("New <b>title</b>", None)
    assert answer.json["revision"] == 1
    page = client.get(f"/s/{share_id}").text
    assert "Old" not in page
    assert "New &lt;b&gt;title" in page


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"owner": "charlie"},
        {"title": ""},
        {"title": 5},
        {"title": "x" * 301},
        {"expires_in": "soon"},
        {"expires_in": 30},
    ],
)
def test_wrong_changes_are_refused(alice: Any, document: Document, changes: dict[str, Any]) -> None:
    share_id = alice.share(document(title="Old"))
    assert alice.patch(share_id, **changes).status_code == 400
    assert alice.get(f"/api/sessions/{share_id}").json["title"] == "Old"


def test_a_body_that_is_no_object(alice: Any, document: Document) -> None:
    path = f"/api/sessions/{alice.share(document())}"
    for body in [b"", b"[]", b"{", b"[" * 10_000]:
        assert alice.client.patch(path, data=body, headers=alice.headers).status_code == 400
    big = alice.client.patch(path, data=b"x" * 100_000, headers=alice.headers)
    assert big.status_code == 413


def test_delete(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(title="Gone title"))
    client.get(f"/s/{share_id}")  # now cached
    assert alice.delete(share_id).status_code == 204
    for path in ["/s/{}", "/s/{}/messages?page=1", "/s/{}/items/1", "/s/{}.jsonl"]:
        answer = client.get(path.format(share_id))
        assert answer.status_code == 410
        assert "Gone title" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/api/sessions/{share_id}").status_code == 410
    assert alice.delete(share_id).status_code == 410


def test_after_an_unshare_a_new_upload_gets_a_new_id(alice: Any, document: Document) -> None:
    share_id = alice.share(document())
    alice.delete(share_id)
    answer = alice.upload(document())
    assert answer.status_code == 201
    assert answer.json["id"] != share_id
    assert alice.get(f"/s/{share_id}").status_code == 410


def test_the_document_is_given_back_as_it_came(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    back = client.get(f"/s/{share_id}.jsonl")
    assert back.content_type.startswith("application/x-ndjson")
    sent = [json.loads(line) for line in long_document.splitlines()]
    got = [json.loads(line) for line in back.data.splitlines()]
    assert got[1:] == sent[1:]
    assert got[0]["session_id"] == "long"


def test_unknown_addresses(client: FlaskClient) -> None:
    answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    wrong = client.put("/api/sessions")
    assert wrong.status_code == 405
    assert "POST" in wrong.headers["Allow"]
