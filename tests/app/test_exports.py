"""One link, every reader: formats by address and by Accept."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import download, exports
from ccshare.app.storage import models, shares
from ccshare.render import words
from flask import Flask
from flask.testing import FlaskClient

Document = Callable[..., bytes]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.fixture
def share_id(alice: Any, document: Document, lines: Any) -> str:
    body = document(
        lines.user("Fix the rounding"),
        lines.call("c", "pytest"),
        lines.result("c", "Exit code 1\n1 failed", error=True),
        lines.answer("Done"),
        title='Cart "rounding"\r\nX: y',
        project="shop",
    )
    return alice.share(body)


@pytest.mark.parametrize(
    ("accept", "agent", "content_type"),
    [
        (BROWSER, "Mozilla/5.0", "text/html"),
        ("*/*", "Mozilla/5.0", "text/html"),
        ("*/*", "Slackbot-LinkExpanding 1.0", "text/html"),
        ("", "", "text/html"),
        ("*/*", "curl/8.5.0", "text/plain"),
        ("*/*", "Wget/1.21", "text/plain"),
        ("text/html", "curl/8.5.0", "text/html"),
        ("text/markdown", "x", "text/markdown"),
        ("text/markdown, */*;q=0.1", "x", "text/markdown"),
        ("application/json", "x", "application/json"),
        ("application/x-ndjson", "x", "application/x-ndjson"),
        ("text/plain", "x", "text/plain"),
        ("image/png", "x", "text/html"),
        ("text/*;q=nonsense, /", "x", "text/html"),
    ],
)
def test_the_bare_link_answers_what_is_accepted(
    client: FlaskClient, share_id: str, accept: str, agent: str, content_type: str
) -> None:
    answer = client.get(f"/s/{share_id}", headers={"Accept": accept, "User-Agent": agent})
    assert answer.status_code == 200
    assert answer.mimetype == content_type
    assert answer.headers["Vary"] == "Accept, Accept-Encoding, User-Agent"
    assert len(answer.headers.getlist("Vary")) == 1
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("form", ["md", "txt", "json", "jsonl"])
def test_each_format_has_an_address(client: FlaskClient, share_id: str, form: str) -> None:
    path = f"/s/{share_id}.{form}"
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == exports.TYPES[form]
    assert "Fix the rounding" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    if form != "txt":
        name = answer.headers["Content-Disposition"]
        assert name == f'attachment; filename="{share_id}.{form}"'
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == answer.data


def test_text_and_markdown_say_what_happened(client: FlaskClient, share_id: str) -> None:
    found = client.get(f"/s/{share_id}.txt").text
    assert found.startswith('Cart "rounding" X: y\n')
    assert "shop · 1 prompt · 1 tool · Opus 4.5 · 20 Nov 2026\n" in found
    assert f"http://localhost/s/{share_id}\n" in found
    assert "* Bash  $ pytest  … exit 1\n    | 1 failed\n" in found
    assert "- **Bash** `$ pytest` — exit 1" in client.get(f"/s/{share_id}.md").text


def test_json_is_the_document_of_other_tools(client: FlaskClient, share_id: str) -> None:
    found = json.loads(client.get(f"/s/{share_id}.json").text)
    assert found["version"] == "1.0.0"
    assert found["conversation"]["id"] == "session-1"
    assert found["conversation"]["model"] == "claude-opus-4-5-20251101"
    assert found["conversation"]["totalMessageCount"] == len(found["messages"]) == 4
    assert found["conversation"]["wasLimited"] is False
    assert found["metadata"]["source"] == f"http://localhost/s/{share_id}"


def test_ranges(client: FlaskClient, alice: Any, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    found = client.get(f"/s/{share_id}.txt?m=181-184").text
    assert "Prompt number 60 of many" in found
    assert "Prompt number 61 of many" in found
    assert "Prompt number 62" not in found
    assert "Prompt number 59" not in found
    assert "Only items 181-184." in found
    limited = json.loads(client.get(f"/s/{share_id}.json?m=181").text)
    assert [m["message"]["content"] for m in limited["messages"]] == ["Prompt number 60 of many"]
    assert limited["conversation"]["wasLimited"] is True
    assert limited["conversation"]["totalMessageCount"] == 480
    assert client.get(f"/s/{share_id}.md?m=9999").status_code == 404
    whole = client.get(f"/s/{share_id}.md").text
    assert whole.count("Prompt number") == 120


def test_subagents_stand_behind_their_row(client: FlaskClient, alice: Any, lines: Any) -> None:
    call = {"type": "tool_use", "id": "a", "name": "Task", "input": {"prompt": "Look", "x": 1}}
    inner = lines.user("Look", isSidechain=True, agentId="k1")
    said = {**lines.answer("I saw it"), "isSidechain": True, "agentId": "k1"}
    made = [
        {"type": "ccshare", "version": 1, "session_id": "with-agent"},
        lines.user("Go"),
        lines.assistant(call),
        lines.result("a", "I saw it"),
        {"type": "ccshare-file", "path": "subagents/agent-k1.jsonl", "meta": {"toolUseId": "a"}},
        inner,
        said,
    ]
    share_id = alice.share(b"".join(json.dumps(line).encode() + b"\n" for line in made))
    found = client.get(f"/s/{share_id}.txt").text
    assert "    #2.1 Task" in found
    assert "    I saw it\n" in found
    messages = json.loads(client.get(f"/s/{share_id}.json").text)["messages"]
    assert len(messages) == 3  # the main file's


def test_the_page_says_how_large_each_is(
    client: FlaskClient, alice: Any, long_document: bytes, lines: Any, png: bytes
) -> None:
    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}
    more = [
        lines.user([{"type": "image", "source": source}, {"type": "text", "text": "Größe 語"}]),
        {"type": "ccshare-file", "path": "tool-results/x.txt"},
        {"type": "ccshare-text", "text": "row\n" * 5_000},
    ]
    tail = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in more)
    share_id = alice.share(long_document + tail)
    page = client.get(f"/s/{share_id}").text
    said = json.loads(models.Session.get(models.Session.share_id == share_id).counts)
    for form in ("md", "txt", "json", "jsonl"):
        size = len(client.get(f"/s/{share_id}.{form}").data)
        known = said["bytes" if form == "jsonl" else form]
        assert 0.9 < known / size < 1.1, (form, known, size)
        about = "as it was shared, " if form == "jsonl" else "about "
        assert re.search(rf"\.{form}\">\w+</a> <small>{about}{words.size(known)}<", page)


@pytest.mark.parametrize("form", ["md", "txt", "json", "jsonl"])
def test_gone_shares_say_nothing(client: FlaskClient, alice: Any, share_id: str, form: str) -> None:
    alice.delete(share_id)
    answer = client.get(f"/s/{share_id}.{form}")
    assert (answer.status_code, answer.mimetype) == (410, "text/plain")
    assert "rounding" not in answer.text
    unknown = client.get("/s/" + "A" * 12, headers={"User-Agent": "curl/8"})
    assert (unknown.status_code, unknown.mimetype) == (404, "text/plain")
    assert unknown.text.startswith("No session here.")
    assert client.get(f"/s/{share_id}.exe").status_code == 404


def test_an_export_breaks_off_when_the_share_goes(
    app: Flask, alice: Any, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    with app.test_request_context():
        found = shares.alive(share_id)
        assert found is not None
        share = shares.load(found.pk)
        assert share is not None
        rows = exports.items(share)
        assert next(rows).n == 1
        alice.delete(share_id)
        with pytest.raises(download.Changed):
            list(rows)
