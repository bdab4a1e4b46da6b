"""Filters and ranges: some of the items, each with its way back to its place."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app.storage import database, finding, shares
from flask.testing import FlaskClient

Document = Callable[..., bytes]
IDS = re.compile(r'id="m-([0-9.]+)"')


def walk(client: FlaskClient, path: str) -> list[str]:
    found: list[str] = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        found += IDS.findall(answer.text)
        more = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = more[1].replace("&amp;", "&") if more else ""
    return found


@pytest.fixture
def mixed(alice: Any, lines: Any, document: Document) -> str:
    thought = {"type": "thinking", "thinking": "Hm."}
    agent = {"type": "tool_use", "id": "a", "name": "Task", "input": {"prompt": "Go"}}
    return alice.share(
        document(
            lines.user("One"),
            lines.assistant(thought, {"type": "text", "text": "I will."}),
            lines.call("c1"),
            lines.result("c1", "no", error=True),
            lines.call("c2"),
            lines.result("c2", "yes"),
            lines.assistant(agent),
            lines.result("a", "done"),
            lines.user("Two"),
        )
    )


@pytest.mark.parametrize(
    ("show", "numbers"),
    [
        ("prompts", ["1", "7"]),
        ("answers", ["3"]),
        ("tools", ["4", "5", "6"]),
        ("errors", ["4"]),
        ("thinking", ["2"]),
        ("agents", ["6"]),
    ],
)
def test_a_filter_leaves_what_its_chip_counts(
    client: FlaskClient, mixed: str, show: str, numbers: list[str]
) -> None:
    html = client.get(f"/s/{mixed}").text
    count = re.search(rf'\?show={show}">\w+ ([0-9]+)<', html)
    assert count and int(count[1]) == len(numbers)
    assert walk(client, f"/s/{mixed}?show={show}") == numbers
    for number in numbers:
        assert (
            f'href="/s/{mixed}?m={number}#m-{number}"' in client.get(f"/s/{mixed}?show={show}").text
        )


def test_filters_go_on_page_by_page(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    assert walk(client, f"/s/{share_id}?show=tools") == [str(n) for n in range(2, 361, 3)]
    assert client.get(f"/s/{share_id}?show=errors").status_code == 200
    assert client.get(f"/s/{share_id}?show=tools&after=x").status_code == 200
    assert client.get(f"/s/{share_id}?show=nonsense").status_code == 200


def test_a_range_shows_just_that(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    html = client.get(f"/s/{share_id}?m=40-52").text
    assert IDS.findall(html) == [str(n) for n in range(40, 53)]
    assert f'href="/s/{share_id}?m=40#m-40"' in html
    assert len(IDS.findall(client.get(f"/s/{share_id}?m=1-999999999").text)) == 200
    assert IDS.findall(client.get(f"/s/{share_id}?m=900-999").text) == []
    assert 'id="m-40"' in client.get(f"/s/{share_id}?m=40-39").text


def test_a_page_is_not_sent_twice(client: FlaskClient, mixed: str) -> None:
    for query in ("show=errors", "q=one", "m=1-3"):
        first = client.get(f"/s/{mixed}?{query}")
        etag = first.headers["ETag"]
        again = client.get(f"/s/{mixed}?{query}", headers={"If-None-Match": etag})
        assert (first.status_code, again.status_code) == (200, 304)
        assert first.headers["X-Robots-Tag"].startswith("noindex")
        assert client.head(f"/s/{mixed}?{query}").data == b""


def test_every_filter_has_its_index(
    alice: Any, lines: Any, document: Document, engine: str
) -> None:
    if engine != "sqlite":
        return  # a planner with statistics of its own: bench/pages.py looks at what it costs
    alice.share(document(*(lines.user(f"Prompt {n}") for n in range(300))))
    for name, where in finding.FILTERS.items():
        plan = database.fetch_all(
            "EXPLAIN QUERY PLAN SELECT DISTINCT n FROM parts "
            f"WHERE session_id = ? AND {where} AND n > ? ORDER BY n LIMIT ?",
            (1, 0, 30),
        )
        told = " ".join(str(row[-1]) for row in plan)
        assert "USING COVERING INDEX parts_" in told, (name, told)
        assert "TEMP B-TREE" not in told, (name, told)
    assert shares.load(1)


@pytest.mark.parametrize(
    "path", ["/s/{}?m=7#m-7", "/s/{}?m=6-7", "/s/{}?show=prompts", "/embed/s/{}", "/s/{}?print=1"]
)
def test_a_prompt_has_its_number_wherever_it_stands(
    mixed: str, client: FlaskClient, path: str
) -> None:
    assert ">#2 You<" in client.get(path.format(mixed)).text


def test_a_range_leads_on_only_if_something_followed(mixed: str, client: FlaskClient) -> None:
    assert "What followed" in client.get(f"/s/{mixed}?m=5-6").text
    assert "What followed" not in client.get(f"/s/{mixed}?m=5-7").text


def test_a_page_that_is_not_there_leads_back(mixed: str, client: FlaskClient) -> None:
    answer = client.get(f"/s/{mixed}?page=99")
    assert answer.status_code == 404
    assert f'<a href="/s/{mixed}">Go back to its first page.</a>' in answer.text
    assert '<a href="/">' in client.get("/nowhere").text
    assert "/s/" not in client.get("/s/zzzzzzzzzzzz?page=2").text
