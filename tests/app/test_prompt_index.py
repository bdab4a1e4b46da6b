"""The prompt index: what was asked, what followed, in pages."""

import re
from collections.abc import Callable
from typing import Any

from ccshare.app.storage import database
from flask.testing import FlaskClient

Document = Callable[..., bytes]


def index_of(html: str) -> list[str]:
    """The words of the index's entries."""
    nav = re.search(r'<nav class="index".*?</nav>', html, re.DOTALL)
    found = re.findall(r"<li[^>]*>(.*?)</li>", nav[0] if nav else html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in found]


def test_an_entry_says_what_followed(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    commit = "[main 4f1c2ab] Round half up\n 1 file changed"
    edit = {
        "filePath": "./shop/cart.py",
        "structuredPatch": [
            {
                "oldStart": 1,
                "oldLines": 1,
                "newStart": 1,
                "newLines": 2,
                "lines": ["-a", "+b", "+c"],
            }
        ],
    }
    html = client.get("/s/" + alice.share(document(
        lines.user("Fix the rounding\n\nPlease.\nThird line."),
        lines.call("c1", "pytest"),
        lines.result("c1", "boom", error=True),
        lines.call("c2", "edit"),
        {**lines.result("c2", "done"), "toolUseResult": edit},
        lines.call("c3", "git commit"),
        lines.result("c3", commit),
        lines.user("<command-name>/review</command-name><command-args>cart.py</command-args>"),
        lines.user("<bash-input>git status -s</bash-input>"),
        lines.user("Thanks"),
    ))).text  # fmt: skip
    assert "Prompts (2)" in html
    assert index_of(html) == [
        "1 Fix the rounding Please. 3\xa0tools · +2 −1 · 1\xa0error · commit 4f1c2ab".replace(
            "\xa0", " "
        ),
        "/review cart.py",
        "! git status -s",
        "2 Thanks",
    ]
    assert html.index('data-item="1"') < html.index('id="m-1"')


def test_a_compaction_divides_it(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    boundary = {
        "type": "system", "subtype": "compact_boundary", "timestamp": "2026-11-20T09:00:00Z",
        "compactMetadata": {"trigger": "auto", "preTokens": 155_000}, "uuid": "b",
    }  # fmt: skip
    html = client.get(
        "/s/" + alice.share(document(lines.user("One"), boundary, lines.user("Two")))
    ).text
    assert index_of(html)[1] == "Conversation compacted automatically · 155 k tokens"
    assert index_of(html)[2] == "2 Two"


def test_many_prompts_come_in_pages(alice: Any, client: FlaskClient, long_document: bytes) -> None:
    share_id = alice.share(long_document)
    first = client.get(f"/s/{share_id}").text
    assert len(index_of(first)) == 61
    assert f'href="/s/{share_id}?prompts=2" hx-get="/s/{share_id}/prompts?page=2"' in first
    second = client.get(f"/s/{share_id}/prompts?page=2").text
    assert "<html" not in second
    assert "Prompt number 119 of many" in index_of(second)[-1]
    assert client.get(f"/s/{share_id}/prompts?page=3").status_code == 404
    assert index_of(client.get(f"/s/{share_id}?prompts=2").text)[1:] == index_of(second)
    # Where the reader is, the index is too.
    assert "Prompt number 100 of many" in str(index_of(client.get(f"/s/{share_id}?m=301").text))


def test_hostile_prompts_are_text(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    share_id = alice.share(document(lines.user("<script>alert(1)</script>\x00\u202e" + "x" * 5000)))
    html = client.get(f"/s/{share_id}").text
    assert "<script>alert" not in html
    assert "x" * 300 not in index_of(html)[0]


def test_a_share_from_before_is_indexed_when_it_is_looked_at(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    expected = client.get(f"/s/{share_id}").text
    api = client.get(f"/api/sessions/{share_id}").text
    kept = [list(database.fetch_all(f"SELECT * FROM {t} ORDER BY 1, 2, 3", ())) for t in TABLES]
    for table in TABLES:
        database.database.execute_sql(f"DELETE FROM {table}")
    database.database.execute_sql("UPDATE sessions SET counts = '', edition = edition + 1")
    again = client.get(f"/s/{share_id}").text
    assert index_of(again) == index_of(expected)
    made = [list(database.fetch_all(f"SELECT * FROM {t} ORDER BY 1, 2, 3", ())) for t in TABLES]
    assert made == kept
    assert kept[0] and kept[2]
    assert client.get(f"/api/sessions/{share_id}").text == api


TABLES = ("turns", "changes", "word_lists")
