"""`?print=1`: everything on one page, open, up to a bound that is named."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import printing
from flask.testing import FlaskClient

Document = Callable[..., bytes]


def test_it_works(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    answer = client.get(f"/s/{share_id}?print=1")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    html = answer.text
    assert html.startswith("<!doctype html>")
    assert html.rstrip().endswith("</html>")
    assert html.count('class="item prompt"') == 120
    assert html.count('id="m-') == 360
    assert "result 119" in html  # the rows are open
    assert ">#1 You<" in html  # prompts are counted as they are on the page
    assert ">#120 You<" in html
    assert 'hx-trigger="toggle once"' not in html
    assert 'rel="next"' not in html
    assert "This print holds" not in html
    assert "<!--rows-->" not in html
    packed = client.get(f"/s/{share_id}?print=1", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == answer.data


def test_it_says_where_it_stops(
    alice: Any, client: FlaskClient, long_document: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_ITEMS", 70)
    share_id = alice.share(long_document)
    html = client.get(f"/s/{share_id}?print=1").text
    assert html.count('id="m-') == 70
    assert "This print holds the first 70 messages of 360." in html
    assert f'href="/s/{share_id}.md"' in html
    assert html.rstrip().endswith("</html>")


def test_threads_are_printed_in_their_row(
    alice: Any, client: FlaskClient, document: Document, lines: Any, encode: Callable[..., bytes]
) -> None:
    call = lines.assistant({"type": "tool_use", "id": "t1", "name": "Task", "input": {}})
    sub = [
        {**lines.answer(f"Sub answer {n} here"), "isSidechain": True, "agentId": "a1"}
        for n in range(130)
    ]
    file = {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {"toolUseId": "t1"}}
    body = document(lines.user("Ask"), call, lines.result("t1", "All seen"))
    share_id = alice.share(body + encode(file, *sub))
    html = client.get(f"/s/{share_id}?print=1").text
    for n in range(130):
        assert html.count(f"Sub answer {n} here") == 1


def test_an_agents_answer_is_printed_once(
    alice: Any, client: FlaskClient, document: Document, lines: Any, encode: Callable[..., bytes]
) -> None:
    given = {"prompt": "Look into it", "description": "Look"}
    call = lines.assistant({"type": "tool_use", "id": "t1", "name": "Task", "input": given})
    said = [lines.user("Look into it"), lines.answer("All is well")]
    sub = [{**line, "isSidechain": True, "agentId": "a1"} for line in said]
    file = {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {"toolUseId": "t1"}}
    body = document(lines.user("Ask"), call, lines.result("t1", "All is well"))
    html = client.get(f"/s/{alice.share(body + encode(file, *sub))}?print=1").text
    assert html.count("All is well") == 1
    assert html.count("<p>Look into it") == 1


def test_hostile_text_stays_text(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    bad = "<!--rows--><script>alert(1)</script>"
    body = document(lines.user(bad), lines.call("c", bad), lines.result("c", bad), title=bad)
    html = client.get(f"/s/{alice.share(body)}?print=1").text
    assert "<script>alert" not in html
    assert "<!--rows-->" not in html


def test_gone_shares_print_nothing(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document(title="Private matter"))
    alice.delete(share_id)
    answer = client.get(f"/s/{share_id}?print=1")
    assert answer.status_code == 410
    assert "Private" not in answer.text
