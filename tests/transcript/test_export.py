"""Exports of hostile sessions: what no terminal obeys and no Markdown renderer executes."""

import json
import random
import re
from collections.abc import Iterable
from typing import Any

import pytest
from ccshare.transcript import export_json, export_markdown, export_text
from ccshare.transcript.assemble import assemble
from ccshare.transcript.export_rows import MOST_CHARACTERS, Head
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Item
from ccshare.transcript.plain import ends, plain
from markdown_it import MarkdownIt

HEAD = Head("A title", "https://share.example/s/abc", ["shop", "3 prompts"], [])
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def items(*lines: dict[str, Any]) -> list[Item]:
    builder = ItemBuilder()
    parts = [part for n, line in enumerate(lines) for part in builder.line(n, line)]
    return assemble(parts, dict(enumerate(lines)))


def user(content: Any, **more: Any) -> dict[str, Any]:
    message = {"role": "user", "content": content}
    return {"type": "user", "timestamp": "2026-11-20T09:14:07.000Z", "message": message, **more}


def answer(text: str) -> dict[str, Any]:
    return {"type": "assistant", "message": {"content": [{"type": "text", "text": text}]}}


def call(name: str, result: str, given: dict[str, Any], error: bool = False, **details: Any) -> Any:
    use = {"type": "tool_use", "id": "c1", "name": name, "input": given}
    back = {"type": "tool_result", "tool_use_id": "c1", "content": result, "is_error": error}
    return (
        {"type": "assistant", "message": {"content": [use]}},
        user([back], toolUseResult=details or None),
    )


def text(*lines: dict[str, Any], head: Head = HEAD) -> str:
    return "".join(export_text.export(head, items(*lines)))


def markdown(*lines: dict[str, Any], head: Head = HEAD) -> str:
    return "".join(export_markdown.export(head, items(*lines)))


def raw_html(source: str) -> list[str]:
    """What a renderer that lets HTML through would let through; targets that run; pictures."""
    found: list[str] = []

    def walk(tokens: Iterable[Any]) -> None:
        for token in tokens:
            if token.type in ("html_inline", "html_block", "image"):
                found.append(token.content or token.type)
            href = str(token.attrs.get("href", ""))
            if ":" in href and not href.startswith(("http://", "https://", "mailto:", "#")):
                found.append(href)
            walk(token.children or ())

    # validateLink off: other renderers may not have it.
    RENDERER.validateLink = lambda _url: True
    walk(RENDERER.parse(source))
    return found


def test_it_works() -> None:
    patch = [{"oldStart": 3, "oldLines": 1, "newStart": 3, "newLines": 1, "lines": ["-a", "+b"]}]
    given = {"file_path": "./shop/cart.py", "old_string": "a", "new_string": "b"}
    lines = [
        user("Fix the rounding"),
        *call("Edit", "done", given, structuredPatch=patch),
        answer("It is **fixed**."),
    ]
    found = text(*lines)
    assert found.startswith("A title\n=======\nshop · 3 prompts\nhttps://share.example/s/abc\n")
    assert "#1 You · 09:14:07 UTC\n> Fix the rounding\n" in found
    assert "  * Edit  shop/cart.py  … +1 −1\n    | @@ -3,1 +3,1 @@\n    | -a\n" in found
    found = markdown(*lines)
    assert "## #1 You · 09:14:07 UTC\n\n> Fix the rounding\n" in found
    assert "- **Edit** `shop/cart.py` — +1 −1\n\n```diff\n@@ -3,1 +3,1 @@\n-a\n+b\n```" in found
    assert "It is **fixed**." in found


@pytest.mark.parametrize(
    ("name", "given", "result", "error", "outcome"),
    [
        ("Bash", {"command": "pytest -q\nls"}, "Exit code 1\nno", True, "$ pytest -q  … exit 1"),
        ("Bash", {"command": "ls"}, "a\nb", False, "$ ls  … 2 lines"),
        ("Write", {"file_path": "x.py", "content": "a\nb\n"}, "ok", False, "x.py  … new · +2"),
        (
            "TodoWrite",
            {"todos": [{"status": "completed"}, {}]},
            "",
            False,
            "* TodoWrite  … 1 of 2 done",
        ),
        ("TaskUpdate", {"taskId": "1", "status": "in_progress"}, "ok", False, "1  … in progress"),
        ("Grep", {"pattern": "a|b", "path": "./shop"}, "x", False, "a|b in shop  … 1 line"),
        ("Grep", {"pattern": "a|b", "path": "shop"}, "x", False, "a|b in shop  … 1 line"),
        ("mcp__github__make", {"title": "T"}, "", False, "github › make  T  … ok"),
        ("Task", {"subagent_type": "rev", "description": "D"}, "k", False, "Agent rev  D  … 1"),
    ],
)
def test_a_call_tells_its_outcome(
    name: str, given: dict[str, Any], result: str, error: bool, outcome: str
) -> None:
    assert outcome in text(*call(name, result, given, error))


HOSTILE = [
    "\x1b[2J\x1b[31mred\x1b]0;owned\x07 \x9b31m \x1bP+q\x1b\\ \u202eevil\u202c \x08\x00",
    "\x1b]8;;https://evil\x1b\\click\x1b]8;;\x1b\\ \x1b]52;c;ZWNobw==\x07",
    "\x1b[" + "1;" * 50_000 + "m" + "\x1b]" * 50_000,
    "\ud800 half a pair",
]


@pytest.mark.parametrize("bad", HOSTILE)
def test_no_escape_reaches_a_terminal(bad: str) -> None:
    lines = [
        user(bad),
        *call("Bash", bad, {"command": bad}),
        *call(bad, bad, {bad: bad}, True),
        answer(bad),
    ]
    head = Head(bad, "https://share.example/s/abc", [bad], [])
    for found in (text(*lines, head=head), markdown(*lines, head=head)):
        assert not STEERS.search(found)
        assert "owned" not in found
        assert "ZWNobw" not in found
        found.encode()


def test_carriage_returns_leave_what_was_seen_last() -> None:
    assert plain("10%\r50%\r100%\r\ndone\r\n") == "100%\ndone\n"


def test_long_texts_keep_both_ends() -> None:
    first, hidden, last = ends("\n".join(map(str, range(1000))), 3, 2, 80)
    assert (first, hidden, last) == (["0", "1", "2"], 995, ["998", "999"])
    assert ends("a\nb\nc", 1, 1, 80) == (["a", "b", "c"], 0, [])
    found = text(*call("Bash", "\n".join(map(str, range(1000))), {"command": "seq"}))
    assert "… 980 lines left out" in found
    found = text(user("x" * (MOST_CHARACTERS + 7)))
    assert "[7 characters left out]" in found


PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=a>", "<!-- ", "-->", "<?php", "`", "``",
    "~~~", "```", "```html", "\n", "\n\n", "    ", "- ", "> ", "1. ", "\\", "|", "\t", "[", "]",
    "| a | b |\n|---|---|\n| ", "[a](javascript:alert(1))", "[b]: javascript:x\n", "[b]:\n",
    "[a](", "java&#115;cript:x", ")", "![i](https://t.example/p.png)", "(", ":", "***", "# ",
    "===\n", " a ", "<javascript:a>", "<a href='`'>", "<b title=\"", "&lt;", "vbscript:y",
    "[x](<javascript:a b>)", "data:text/html,x",
]  # fmt: skip


def test_no_markdown_renderer_sees_html() -> None:
    chance = random.Random(7)
    for _ in range(4_000):
        source = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        found = export_markdown.safe(source)
        assert not raw_html(found), (source, found)


def test_code_and_links_stay_as_they_are() -> None:
    kept = "Use `<br>` and [docs](https://x.example/a?b=c).\n\n```html\n<b>bold</b>\n```\n\n1. one"
    assert export_markdown.safe(kept) == kept
    assert export_markdown.safe("a <b>c</b>") == "a &lt;b>c&lt;/b>"
    assert export_markdown.safe("# Forged") == "### Forged"
    assert export_markdown.safe("```\nopen") == "```\nopen\n```"


def test_hostile_sessions_make_valid_markdown() -> None:
    bad = "</details><script>alert(1)</script>\n````\n```\n~~~ ![x](https://t.example/x)"
    lines = [user(bad), *call("Bash", bad, {"command": bad}), *call(bad, bad, {"query": bad}, True)]
    lines += [answer(bad), user(bad)]
    found = markdown(*lines, head=Head(bad, "https://share.example/s/abc", [bad], [bad]))
    assert not raw_html(found)
    headings = [t for t in RENDERER.parse(found) if t.type == "heading_open" and t.tag == "h2"]
    assert len(headings) == 2  # the two prompts: no fence swallowed one


def test_json_has_the_shape_other_tools_read() -> None:
    about = export_json.Conversation(
        "id-1",
        "T",
        "shop",
        "main",
        "claude-x",
        "2026-11-20T09:00:00Z",
        None,
        10,
        5,
        "https://s",
        "1",
    )
    lines = [
        user("one", uuid="a", parentUuid=None),
        {"type": "system", "uuid": "b", "parentUuid": "a"},
        {**answer("two \ud800"), "uuid": "c", "parentUuid": "b"},
    ]
    found = json.loads(
        "".join(export_json.export(about, lines, "2026-11-21T00:00:00Z", lambda n: 9))
    )
    assert found["version"] == "1.0.0"
    assert [line["uuid"] for line in found["messages"]] == ["a", "c"]
    assert found["messages"][1]["parentUuid"] == "a"
    conversation = found["conversation"]
    assert conversation["id"] == "id-1"
    assert conversation["tokens"] == 15
    assert (conversation["messageCount"], conversation["totalMessageCount"]) == (2, 9)
    assert conversation["wasLimited"] is True
    empty = json.loads("".join(export_json.export(about, [], "", lambda n: n)))
    assert empty["messages"] == []
    assert empty["conversation"]["wasLimited"] is False
