"""The pages of a share: every item once, real links, permalinks, fragments."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app.storage import shares
from flask.testing import FlaskClient

Document = Callable[..., bytes]
IDS = re.compile(r'id="m-([0-9.]+)"')
SCRIPT = "<script>alert(1)</script>"


def walk(client: FlaskClient, share_id: str) -> list[str]:
    """The HTML of all pages, by their rel="next" links."""
    found, path = [], f"/s/{share_id}"
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        found.append(answer.text)
        link = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = link[1] if link else ""
    return found


def test_it_works(alice: Any, client: FlaskClient, document: Document) -> None:
    html = client.get(f"/s/{alice.share(document(title='Two files'))}").text
    assert html.startswith("<!doctype html>")
    assert "<h1>Two files</h1>" in html
    assert "What is in this folder?" in html
    assert "Two files." in html


def test_every_item_is_on_exactly_one_page(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    pages = walk(client, alice.share(long_document))
    assert len(pages) > 3
    numbers = [number for html in pages for number in IDS.findall(html)]
    assert numbers == [str(n) for n in range(1, 361)]
    whole = "".join(pages)
    for n in (0, 60, 119):
        assert whole.count(f"<p>Prompt number {n} of many</p>") == 1


def test_fragments_are_the_rows_of_the_pages(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    for number, html in enumerate(walk(client, share_id), 1):
        rows = client.get(f"/s/{share_id}/messages?page={number}").text
        assert IDS.findall(rows) == IDS.findall(html)
        assert "<html" not in rows


def test_downwards_leads_down_and_upwards_up(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    page = client.get(f"/s/{share_id}?page=2").text
    assert f'href="/s/{share_id}"' in page
    assert f'hx-get="/s/{share_id}/messages?page=1&amp;up=1"' in page
    assert f'hx-get="/s/{share_id}/messages?page=3"' in page
    down = client.get(f"/s/{share_id}/messages?page=2").text
    assert 'rel="next"' in down
    assert 'rel="prev"' not in down
    up = client.get(f"/s/{share_id}/messages?page=2&up=1").text
    assert 'rel="prev"' in up
    assert 'rel="next"' not in up


def test_a_permalink_shows_the_page_that_holds_it(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    html = client.get(f"/s/{share_id}?m=200").text
    assert 'id="m-200"' in html
    assert "<p>Prompt number 0 of many</p>" not in html
    assert "echo 66" in html or "Prompt number 66" in html


def test_the_target_is_open(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    body = document(
        lines.user("Run it"), lines.call("c", "make it"), lines.result("c", "inner text")
    )
    share_id = alice.share(body)
    assert "inner text" not in client.get(f"/s/{share_id}").text
    assert "inner text" in client.get(f"/s/{share_id}?m=2").text
    assert "inner text" in client.get(f"/s/{share_id}/items/2").text


def test_a_row_as_it_was_shared(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    body = document(lines.user("Run it"), lines.call("c", "make it"), lines.result("c", "done <b>"))
    path = f"/s/{alice.share(body)}/items/"
    html = client.get(f"{path}2/raw").text
    assert "tool_use" in html and "tool_result" in html and "done &lt;b&gt;" in html
    assert f'hx-get="{path}2/raw"' in client.get(f"{path}2").text
    for number in ("99", "x", "1.1"):
        assert client.get(f"{path}{number}/raw").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["m=40-52", "m=999999", "m=x", "m=", "m=2.1", "q=rounding", "print=1", "x=" + "y" * 5000],
)
def test_what_comes_later_does_not_fail(
    alice: Any, client: FlaskClient, long_document: bytes, query: str
) -> None:
    assert client.get(f"/s/{alice.share(long_document)}?{query}").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e3", "9" * 30, "١"])
def test_no_such_page(alice: Any, client: FlaskClient, document: Document, page: str) -> None:
    share_id = alice.share(document())
    whole = client.get(f"/s/{share_id}?page={page}")
    assert whole.status_code == 404
    assert "<h1>" in whole.text
    rows = client.get(f"/s/{share_id}/messages?page={page}")
    assert rows.status_code == 404
    assert rows.text.startswith('<p class="problem"')
    assert len(rows.data) < 300


@pytest.mark.parametrize(
    "number", ["0", "99", "x", "1.", "1.1", ".1", "1-2", "9" * 30, "1" + ".1" * 50]
)
def test_no_such_item(alice: Any, client: FlaskClient, document: Document, number: str) -> None:
    share_id = alice.share(document())
    assert client.get(f"/s/{share_id}/items/{number}").status_code == 404


def test_a_subagents_thread(
    alice: Any, client: FlaskClient, document: Document, lines: Any, encode: Any
) -> None:
    call = lines.assistant(
        {"type": "tool_use", "id": "t1", "name": "Agent", "input": {"prompt": "Look around"}}
    )
    sub = [lines.user("Look around", isSidechain=True, agentId="a1")]
    for n in range(130):
        line = lines.answer(f"Sub answer {n} here")
        line.update(isSidechain=True, agentId="a1")
        sub.append(line)
    body = document(lines.user("Ask"), call, lines.result("t1", "All seen"))
    file = {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {"toolUseId": "t1"}}
    share_id = alice.share(body + encode(file, *sub))
    assert "Sub answer" not in client.get(f"/s/{share_id}").text
    path, html = f"/s/{share_id}/items/2", ""
    while path:
        piece = client.get(path).text
        html += piece
        link = re.search(rf'hx-get="(/s/{share_id}/items/2\?page=\d+)"', piece)
        path = link[1] if link else ""
    for n in range(130):
        assert html.count(f"Sub answer {n} here") == 1
    numbers = [number for number in IDS.findall(html) if "." in number]
    assert numbers == [f"2.{n}" for n in range(1, 132)]
    assert client.get(f"/s/{share_id}/items/2?page=99").status_code == 404
    assert "Sub answer 68 here" in client.get(f"/s/{share_id}?m=2.70").text


def test_a_subagents_thread_is_read_without_scripts(
    alice: Any, client: FlaskClient, document: Document, lines: Any, encode: Any
) -> None:
    call = lines.assistant(
        {"type": "tool_use", "id": "t1", "name": "Agent", "input": {"prompt": "Look around"}}
    )
    answers = [lines.answer(f"Sub answer {n} here") for n in range(130)]
    sub = [lines.user("Look around"), *answers]
    for line in sub:
        line.update(isSidechain=True, agentId="a1")
    file = {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {"toolUseId": "t1"}}
    body = document(lines.user("Ask"), call, lines.result("t1", "All seen"))
    share_id = alice.share(body + encode(file, *sub))
    path, html = f"/s/{share_id}?m=2", ""
    for _ in range(10):
        page = client.get(path).text
        assert '<details class="item tool" id="m-2" open>' in page
        html += page.partition("<main")[2]  # the tags above quote the first one
        link = re.search(r'<a class="more" href="([^"]+)" hx-get="[^"]+" hx-trigger="click"', page)
        if not link:
            break
        path = link[1].partition("#")[0]
    for n in range(130):
        assert html.count(f"Sub answer {n} here") == 1


def test_hostile_text_stays_text(
    alice: Any, client: FlaskClient, document: Document, lines: Any
) -> None:
    body = document(
        lines.user(SCRIPT),
        lines.call("c", SCRIPT),
        lines.result("c", SCRIPT, error=True),
        lines.answer(SCRIPT + "\n\n[x](javascript:alert(1))"),
        title=SCRIPT,
        project=SCRIPT,
        branch=SCRIPT,
    )
    share_id = alice.share(body)
    for path in ["", "?m=2", "/messages?page=1", "/items/2", "/items/3"]:
        html = client.get(f"/s/{share_id}{path}").text
        assert "<script>alert" not in html
        assert 'href="javascript:' not in html


def test_cost_of_a_page_does_not_grow_with_the_session(
    alice: Any, client: FlaskClient, lines: Any, document: Document, cost: Any
) -> None:
    def get(path: str) -> None:
        assert client.get(path).status_code == 200

    def costs(size: int) -> list[int]:
        body = document(*(lines.answer(f"Answer {n}") for n in range(size)), session_id=f"s{size}")
        share_id = alice.share(body)
        paths = ["/messages?page=2", "/items/120", "?m=120"]
        return [cost(lambda path=path: get(f"/s/{share_id}{path}")) for path in paths]

    small, large = costs(1500), costs(4500)
    assert small[0] > 0
    most = [max(a + 2, a * 1.3) for a in small]
    assert all(b <= m for b, m in zip(large, most, strict=True)), (small, large)


def test_health_and_robots(client: FlaskClient) -> None:
    assert client.get("/healthz").data == b"ok\n"
    robots = client.get("/robots.txt")
    assert robots.content_type.startswith("text/plain")
    assert re.search(r"^Disallow:$", robots.text, re.MULTILINE)
    assert "Disallow: /" not in robots.text


def test_unknown_addresses_get_a_page(client: FlaskClient) -> None:
    answer = client.get("/nothing/here")
    assert answer.status_code == 404
    assert answer.text.startswith("<!doctype html>")


def test_trailing_slashes_are_not_redirected_to(client: FlaskClient) -> None:
    assert client.get("/healthz/").status_code == 404


def test_a_mistake_of_ours_is_a_page_too(
    alice: Any,
    client: FlaskClient,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    caplog: Any,
) -> None:
    share_id = alice.share(document())

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(shares, "parts_of_page", fail)
    client.application.testing = False
    answer = client.get(f"/s/{share_id}")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.text
    assert share_id not in caplog.text
    assert f"/s/{share_id[:4]}****" in caplog.text


def test_an_agent_that_nobody_called_has_a_number_of_its_own(
    alice: Any, client: FlaskClient, document: Document, lines: Any, encode: Callable[..., bytes]
) -> None:
    """So that its permalink, and those of the main thread, hold when the session grows."""
    side = {**lines.answer("Found it"), "isSidechain": True, "agentId": "e"}
    file = encode({"type": "ccshare-file", "path": "subagents/agent-e.jsonl", "meta": {}}, side)
    share_id = alice.share(document(lines.user("One"), lines.answer("Two")) + file)
    opened = client.get(f"/s/{share_id}?m=900000001.1").text
    assert 'id="m-900000001"' in opened
    assert "Found it" in opened
    grown = document(lines.user("One"), lines.answer("Two"), lines.user("Three")) + file
    assert alice.share(grown) == share_id
    assert "Found it" in client.get(f"/s/{share_id}?m=900000001.1").text
    assert "of 3: open the whole" in client.get(f"/embed/s/{share_id}?m=1-2").text
    assert "Open the session" in client.get(f"/embed/s/{share_id}?m=900000001").text


def test_a_task_is_named_however_far_before_it_was_made(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    def task(number: int, name: str, **given: Any) -> list[dict[str, Any]]:
        block = {"type": "tool_use", "id": f"t{number}", "name": name, "input": given}
        details = {"task": {"id": "4", "subject": given.get("subject")}}
        answer = lines.result(f"t{number}", "ok")
        return [lines.assistant(block), {**answer, "toolUseResult": details if number == 1 else {}}]

    between = [line for n in range(120) for line in (lines.user(f"P {n}"), lines.answer("A"))]
    made = [*task(1, "TaskCreate", subject="Round <prices>"), *between]
    made += task(2, "TaskUpdate", taskId="4", status="completed")
    share_id = alice.share(document(lines.user("Go"), *made))
    pages = [client.get(f"/s/{share_id}/messages?page={n}").text for n in range(1, 6)]
    assert "#4 Round &lt;prices&gt;" in pages[-1]
    assert "#4 Round &lt;prices&gt;" in client.get(f"/s/{share_id}?show=tools").text
    assert "* TaskUpdate  #4 Round <prices>  …" in client.get(f"/s/{share_id}.txt").text


@pytest.mark.parametrize(
    ("path", "starts"),
    [
        ("/items/1/raw", '<p class="problem"'),
        ("/items/1/raw?page=1", "<!doctype html>"),
        ("/items/1.txt", "This session"),
    ],
)
def test_what_is_gone_answers_in_the_form_that_was_asked_for(
    alice: Any, client: FlaskClient, document: Document, path: str, starts: str
) -> None:
    share_id = alice.share(document())
    alice.delete(share_id)
    answer = client.get(f"/s/{share_id}{path}")
    assert answer.status_code == 410
    assert answer.text.startswith(starts)
