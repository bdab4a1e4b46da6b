"""Search: everything that stands in a session is found, and no question breaks anything."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]
HIT = re.compile(
    r'<li><a href="([^"]+)"><span class="where">(.*?)</span> <span class="text">(.*?)</span></a>',
    re.S,
)


@pytest.fixture
def ask(client: FlaskClient) -> Callable[..., list[Any]]:
    """(address, where, snippet) of each hit."""

    def asked(share_id: str, query: str) -> list[Any]:
        answer = client.get(f"/s/{share_id}?q={quote(query)}")
        assert answer.status_code == 200
        return HIT.findall(answer.text)

    return asked


@pytest.fixture
def share_id(alice: Any, lines: Any, document: Document) -> str:
    thinking = {"type": "thinking", "thinking": "The café is naïve about Übergrößen"}
    return alice.share(
        document(
            lines.user("Please find the flamingo_counter"),
            lines.assistant(thinking),
            lines.call("c1", "grep -rn zeppelin src/"),
            lines.result(
                "c1", "src/app.py:12: launch(zeppelin)\n" + "filler " * 2000 + " TAILWORD"
            ),
            lines.answer("日本語の検索も見つかるはずです。 Ещё раз: проверка"),
            lines.user("Second <b>prompt</b> about quokkas & co"),
        )
    )


@pytest.mark.parametrize(
    ("query", "number", "where", "marked"),
    [
        ("flamingo", "1", "Prompt 1 · prompt", "flamingo"),
        ("FLAMINGO_count", "1", "Prompt 1 · prompt", "flamingo"),
        ("cafe", "2", "Prompt 1 · thinking", "café"),
        ("ubergro", "2", "Prompt 1 · thinking", "Übergrö"),
        ("grep zeppelin", "3", "Prompt 1 · Bash input", "grep"),
        ("launch", "3", "Prompt 1 · Bash output", "launch"),
        ("tailword", "3", "Prompt 1 · Bash output", "TAILWORD"),
        ("検索", "4", "Prompt 1 · answer", "検索"),
        ("索", "4", "Prompt 1 · answer", "索"),
        ("ПРОВЕРК", "4", "Prompt 1 · answer", "проверк"),
        ("quokka", "5", "Prompt 2 · prompt", "quokka"),
    ],
)
def test_it_is_found(
    ask: Any, share_id: str, query: str, number: str, where: str, marked: str
) -> None:
    hits = ask(share_id, query)
    assert [hit[0] for hit in hits] == [f"/s/{share_id}?m={number}#m-{number}"]
    assert hits[0][1] == where
    assert f"<mark>{marked}</mark>" in hits[0][2]


@pytest.mark.parametrize("query", ["flam ingo", "zeppeli launch", "flamingo quokka", "检索"])
def test_only_what_is_asked_for_is_found(ask: Any, share_id: str, query: str) -> None:
    assert not ask(share_id, query)


@pytest.fixture
def hard_id(alice: Any, lines: Any, document: Document) -> str:
    """What a search by words alone would miss."""
    return alice.share(
        document(
            lines.user("Die Straße über den Fluß"),
            lines.call("c1", "fooParserThing(my_snake_case, XMLHttpRequest2)"),
            lines.result("c1", "done 🚀 ok ✅\n" + "é filler\n" * 9_000 + "then DeepWord"),
            lines.answer("The quick brown fox, the brown quick wolf"),
            lines.answer("CLAUDE.mdを更新, 검색을 한다"),
        )
    )


@pytest.mark.parametrize(
    ("query", "numbers", "marked"),
    [
        ("STRASSE", ["1"], "Straße"),
        ("fluss", ["1"], "Fluß"),
        ("parser thing", ["2"], "Parser"),
        ("ParserThing", ["2"], "ParserThing"),
        ("fooparserthing x", ["2"], "fooParserThing"),
        ("snake_case", ["2"], "snake"),
        ("httpreq", ["2"], "HttpReq"),
        ("🚀", ["2"], "🚀"),
        ("✅ done", ["2"], "✅"),
        ("deepword", ["2"], "DeepWord"),
        ("deep then", ["2"], "then"),
        ('"quick brown"', ["3"], "quick brown"),
        ("“brown quick wolf”", ["3"], "brown quick wolf"),
        ('"quick fox"', [], ""),
        ("md 更新", ["4"], "md"),
        ("검색", ["4"], "검색"),
    ],
)
def test_what_is_hard_to_find_is_found(
    ask: Any, hard_id: str, query: str, numbers: list[str], marked: str
) -> None:
    hits = ask(hard_id, query)
    assert [hit[0] for hit in hits] == [f"/s/{hard_id}?m={n}#m-{n}" for n in numbers]
    assert all(f"<mark>{marked}</mark>" in hit[2] for hit in hits)


def test_snippets_are_text(ask: Any, share_id: str) -> None:
    assert "&lt;<mark>b</mark>&gt;" in ask(share_id, "second b")[0][2]


@pytest.mark.parametrize(
    "query",
    ["", '"', "*", "a* OR", "NEAR(a b)", "' OR 1=1 --", "col:x", "\x00", "a\x00b", "(((", "^x",
     "& | !", "%", "_", "<script>", "\ud7ff\U0001f600", "x" * 10_000, "ab " * 4000, "日" * 5000,
     "\\", "{}{0}"],
)  # fmt: skip
def test_hostile_questions_are_words_like_others(
    client: FlaskClient, share_id: str, query: str
) -> None:
    answer = client.get(f"/s/{share_id}?q={quote(query)}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
    assert client.get(f"/s/{share_id}?q=%ff%fe&from=zz").status_code == 200


def test_hits_come_in_pages_and_each_once(
    alice: Any, client: FlaskClient, long_document: bytes
) -> None:
    share_id = alice.share(long_document)
    path, found = f"/s/{share_id}?q=many", []
    while path:
        html = client.get(path).text
        found += [hit[0] for hit in HIT.findall(html)]
        more = re.search(r'<a class="more next" rel="next" href="([^"]+)"', html)
        path = more[1].replace("&amp;", "&") if more else ""
    assert len(found) == len(set(found)) == 240


def test_agents_and_other_sessions(
    alice: Any, client: FlaskClient, ask: Any, lines: Any, document: Document
) -> None:
    other = alice.share(document(lines.user("an ocelot"), session_id="other"))
    call = {"type": "tool_use", "id": "a1", "name": "Agent", "input": {"prompt": "Look for it"}}
    inside = {**lines.user("Look for it"), "isSidechain": True, "agentId": "x1"}
    answer = {**lines.answer("I saw an axolotl"), "isSidechain": True, "agentId": "x1"}
    mine = alice.share(document(lines.user("Go"), lines.assistant(call), inside, answer))
    hits = ask(mine, "axolotl")
    assert [(hit[0], hit[1]) for hit in hits] == [
        (f"/s/{mine}?m=2.2#m-2.2", "Prompt 1 · agent · answer")
    ]
    assert not ask(mine, "ocelot")
    assert ask(other, "ocelot")
    assert alice.delete(other).status_code == 204
    assert client.get(f"/s/{other}?q=ocelot").status_code == 410


def test_a_new_revision_forgets_the_old_words(
    ask: Any, alice: Any, lines: Any, document: Document
) -> None:
    share_id = alice.share(document(lines.user("an old narwhal")))
    assert ask(share_id, "narwhal")
    assert alice.share(document(lines.user("something new"))) == share_id
    assert not ask(share_id, "narwhal")
    assert ask(share_id, "something")


def test_what_is_asked_costs_what_is_found(
    alice: Any, client: FlaskClient, cost: Any, lines: Any, document: Document
) -> None:
    def session(count: int, name: str) -> str:
        texts = [lines.user(f"word{n} common text") for n in range(count)]
        return alice.share(document(*texts, lines.user("needle"), session_id=name))

    short, long = session(200, "short"), session(6000, "long")
    few = cost(lambda: client.get(f"/s/{short}?q=needle"))
    many = cost(lambda: client.get(f"/s/{long}?q=needle"))
    assert many <= 3 * few + 60


def test_outputs_beside_the_session_are_searched(
    alice: Any, ask: Any, lines: Any, document: Document
) -> None:
    """Each is found at the call that printed it, in the session's order, and once."""
    told = "<persisted-output>\nOutput too large. Full output saved to: tool-results/{}.txt\n"
    session: list[Any] = []
    for number in range(60):
        kept = f"x{number}"
        session += [
            lines.user(f"Prompt {number}"),
            lines.call(kept, "make wombats"),
            lines.result(kept, told.format(kept)),
        ]
    for number in range(59, 49, -1):
        session += [
            {"type": "ccshare-file", "path": f"tool-results/x{number}.txt"},
            {"type": "ccshare-text", "text": f"\x1b[31mwombat\x1b[0m {number} saw an armadillo"},
        ]
    session += [
        {"type": "ccshare-file", "path": "tool-results/of-nobody.txt"},
        {"type": "ccshare-text", "text": "an armadillo of nobody"},
    ]
    share_id = alice.share(document(*session))
    found = ask(share_id, "armadillo")
    assert [href.partition("#")[0] for href, _, _ in found] == [
        f"/s/{share_id}?m={2 * number + 2}" for number in range(50, 60)
    ]
    assert found[0][1] == "Prompt 51 · Bash output"
    assert found[0][2].endswith("wombat 50 saw an <mark>armadillo</mark>")
    ((_, _, text),) = ask(share_id, "saved to x55")
    assert "persisted" not in text
    assert len(ask(share_id, "wombat 57")) == 1
