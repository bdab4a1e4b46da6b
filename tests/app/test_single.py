"""What scripts ask about one item: its Markdown, and the next error or prompt."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]


@pytest.fixture
def shared(alice: Any, lines: Any, document: Document) -> str:
    made = [lines.user("First **prompt**")]
    for n in range(4):
        made += [lines.call(f"c{n}", f"run {n}"), lines.result(f"c{n}", f"out {n}", n % 2 == 1)]
    made += [lines.answer("An *answer*"), lines.user("Second prompt")]
    return alice.share(document(*made))


def test_items_are_markdown(client: FlaskClient, shared: str) -> None:
    def text(number: int) -> str:
        answer = client.get(f"/s/{shared}/items/{number}.md")
        assert answer.content_type == "text/markdown; charset=utf-8"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        return answer.text

    assert text(1) == "First **prompt**\n"
    assert text(2) == "**Bash**\n\n```sh\nrun 0\n```\n\n```\nout 0\n```\n"
    assert text(6) == "An *answer*\n"
    assert client.get(f"/s/{shared}/items/99.md").status_code == 404
    assert client.get(f"/s/{shared}/items/x.md").status_code == 404


def test_a_fence_is_longer_than_any_inside(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    nasty = "```\n</pre><script>\n`````\n\x1b[31mred\x1b[0m"
    made = [lines.user("x"), lines.call("c"), lines.result("c", nasty)]
    share = alice.share(document(*made))
    text = client.get(f"/s/{share}/items/2.md").text
    assert "\n``````\n```\n</pre><script>\n`````\nred\n``````\n" in text


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("kind=error&after=0", 3),
        ("kind=error&after=3", 5),
        ("kind=error&after=5", None),
        ("kind=error&before=5", 3),
        ("kind=error&before=3", None),
        ("kind=prompt&after=1", 7),
        ("kind=prompt&before=7", 1),
    ],
)
def test_the_next_one(client: FlaskClient, shared: str, query: str, number: int | None) -> None:
    answer = client.get(f"/s/{shared}/next?{query}")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    wanted = None if number is None else f"/s/{shared}?m={number}#m-{number}"
    assert answer.json == {"path": wanted}


@pytest.mark.parametrize("query", ["", "kind=error", "kind=x&after=1", "kind=error&after=-1"])
def test_other_questions_are_no_page(client: FlaskClient, shared: str, query: str) -> None:
    assert client.get(f"/s/{shared}/next?{query}").status_code == 404


# All that an item printed, as a file


def test_all_of_an_output_is_a_file_of_its_own(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    long = "\n".join(f"\x1b[32mline {n}\x1b[0m of a log" for n in range(20_000))
    share = alice.share(document(lines.user("Go"), lines.call("c"), lines.result("c", long)))
    path = f"/s/{share}/items/2.txt"
    whole = client.get(f"/s/{share}/items/2?all=1").text
    assert f'<a href="{path}" download>Download all of it</a>' in whole
    answer = client.get(path)
    assert answer.text == "".join(f"line {n} of a log\n" for n in range(20_000))
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = answer.headers
    assert fields["Content-Disposition"] == f'attachment; filename="{share}-2.txt"'
    assert fields["X-Content-Type-Options"] == "nosniff"
    assert fields["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert fields["Cache-Control"] == "private, no-cache"
    assert fields["Referrer-Policy"] == "no-referrer"
    again = client.get(path, headers={"If-None-Match": fields["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(path).data == b""
    for nothing in ("1", "9", "x", "2.1", "0"):
        assert client.get(f"/s/{share}/items/{nothing}.txt").status_code == 404
    assert client.get("/s/000000000000/items/2.txt").status_code == 404
    alice.delete(share)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    "named", ["~/.claude/x/tool-results/b7.txt", "C:\\x\\tool-results\\b7.txt"]
)
def test_an_output_that_lies_beside_the_session_is_given_whole(
    alice: Any, client: FlaskClient, lines: Any, document: Document, named: str
) -> None:
    said = f"<persisted-output>\nOutput too large. Full output saved to: {named}\n\nrow 0\n..."
    calls = [lines.user("Go"), lines.call("c"), lines.result("c", said)]
    rows = "".join(f"row {n}\x07\n" for n in range(50))
    beside = [
        {"type": "ccshare-file", "path": "tool-results/b7.txt"},
        {"type": "ccshare-text", "text": rows},
    ]
    link = 'items/2.txt" download>Download the output</a>'
    share = alice.share(document(*calls, *beside))
    assert link in client.get(f"/s/{share}/items/2").text
    assert link in client.get(f"/s/{share}?m=2").text
    assert client.get(f"/s/{share}/items/2.txt").text == rows.replace("\x07", "")
    # Who did not share it has only what the session says.
    alone = alice.share(document(*calls, session_id="alone"))
    assert link not in client.get(f"/s/{alone}/items/2").text
    assert "row 0" in client.get(f"/s/{alone}/items/2.txt").text
