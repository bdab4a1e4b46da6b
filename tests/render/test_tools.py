"""What the closed row of each tool says, and what opens in it."""

from collections.abc import Callable
from typing import Any

import pytest
from ccshare.render import item_text, page, tools
from ccshare.render.links import Links
from ccshare.render.tools import Call, Closed
from ccshare.transcript.model import Item, Json

MakeCall = Callable[..., Item]


def closed(item: Item) -> Closed:
    call = Call.of(item)
    return tools.family(call.name).closed(call)


def facts(item: Item) -> str:
    return " · ".join(fact.text.replace("\xa0", " ") for fact in closed(item).facts)


PATCH = [{"oldStart": 1, "newStart": 1, "lines": [" a", "-b", "+c", "+d"]}]
READ = {
    "type": "text",
    "file": {"content": "x\ny\n", "numLines": 2, "startLine": 40, "totalLines": 800},
}
ROWS: list[tuple[str, Json, Any, Any, str, str]] = [
    (
        "Bash",
        {"command": "ls -l\necho"},
        "a\nb",
        {"stdout": "a\nb", "stderr": ""},
        "$ ls -l",
        "2.5 s · 2 lines",
    ),
    (
        "Bash",
        {"command": "sleep 9"},
        "",
        {"stdout": "", "backgroundTaskId": "b1"},
        "$ sleep 9",
        "in background · 2.5 s",
    ),
    ("Read", {"file_path": "a.py"}, "", READ, "a.py", "lines 40-41 of 800"),
    ("Read", {"file_path": "a.py"}, "     1→x\n     2→y", None, "a.py", "2 lines"),
    (
        "Read",
        {"file_path": "a.png"},
        [{"type": "image", "source": {"media_type": "image/png", "width": 640, "height": 360}}],
        {"type": "image"},
        "a.png",
        "PNG 640×360",
    ),
    ("Edit", {"file_path": "m.py"}, "ok", {"structuredPatch": PATCH}, "m.py", "+2 · −1"),
    (
        "Edit",
        {"file_path": "m.py", "old_string": "a\nb", "new_string": "a\nc"},
        "ok",
        None,
        "m.py",
        "+1 · −1",
    ),
    (
        "MultiEdit",
        {"file_path": "m.py", "edits": [{"old_string": "a", "new_string": "b"}] * 2},
        "ok",
        None,
        "m.py",
        "2 edits · +2 · −2",
    ),
    (
        "Write",
        {"file_path": "n.py", "content": "1\n2\n"},
        "ok",
        {"type": "create", "structuredPatch": []},
        "n.py",
        "new · +2",
    ),
    (
        "Write",
        {"file_path": "n.py", "content": "1"},
        "ok",
        {"type": "update", "structuredPatch": PATCH},
        "n.py",
        "rewritten · +2 · −1",
    ),
    (
        "Grep",
        {"pattern": "x|y", "path": "shop"},
        "a",
        {"mode": "content", "numLines": 4, "numFiles": 0},
        "x|y  in shop",
        "4 lines",
    ),
    ("Grep", {"pattern": "x"}, "a", {"mode": "files_with_matches", "numFiles": 1}, "x", "1 file"),
    (
        "Glob",
        {"pattern": "**/*.md"},
        "No files found",
        {"filenames": [], "numFiles": 0},
        "**/*.md",
        "none",
    ),
    (
        "TodoWrite",
        {
            "todos": [
                {"content": "a", "status": "completed"},
                {"content": "b", "status": "in_progress"},
            ]
        },
        "ok",
        {},
        "b",
        "1 of 2 done",
    ),
    ("TaskUpdate", {"taskId": "3", "status": "in_progress"}, "ok", {}, "#3", "in progress"),
    (
        "Task",
        {"description": "Review", "subagent_type": "reviewer"},
        "done",
        {"totalToolUseCount": 2, "totalTokens": 14_900, "totalDurationMs": 22_000},
        "Review",
        "2 tools · 14.9 k tokens · 22 s",
    ),
    (
        "Agent",
        {"description": "Review"},
        "launched",
        {"isAsync": True, "status": "async_launched"},
        "Review",
        "in background",
    ),
    ("mcp__github__create_issue", {"n": 1, "title": "T"}, "ok", [], "T", "ok · 2.5 s"),
    ("SomethingNew", {}, "", None, "", "ok · 2.5 s"),
]


@pytest.mark.parametrize(("name", "given", "content", "details", "target", "said"), ROWS)
def test_the_closed_row(
    make_call: MakeCall, links: Links, name: str, given: Json, content: Any, details: Any,
    target: str, said: str,
) -> None:  # fmt: skip
    item = make_call(name, given, content, details)
    assert closed(item).target == target
    assert facts(item) == said
    assert page.one(item, links, open=True).count("<details") == 1


def test_names_are_read_as_people_say_them(make_call: MakeCall) -> None:
    assert closed(make_call("mcp__github__create_issue", {})).name == "github › create_issue"
    assert closed(make_call("mcp__plugin_a_b__c", {})).name == "a_b › c"
    assert (
        closed(make_call("Task", {"subagent_type": "code-reviewer"})).name == "Agent code-reviewer"
    )


def test_a_failed_call_says_how(make_call: MakeCall, links: Links) -> None:
    item = make_call("Bash", {"command": "x"}, "Exit code 3\nboom", "Error: ...", error=True)
    assert facts(item) == "exit 3 · 2.5 s · 1 line"
    html = page.items([item], links)
    assert '<details class="item tool failed" id="m-1" open>' in html
    assert ">boom</pre>" in html and "Exit code" not in html
    refused = make_call(
        "Edit", {}, "The user doesn't want to proceed with this tool use.", "x", error=True
    )
    assert facts(refused) == "rejected"
    wrong = make_call("Read", {}, "<tool_use_error>No such file</tool_use_error>", "x", error=True)
    assert facts(wrong) == "error"
    assert ">No such file</pre>" in page.body(wrong, links)


def test_only_the_last_of_a_run_of_failures_is_open(make_call: MakeCall, links: Links) -> None:
    calls = [make_call("Bash", {}, "x", "x", error=error) for error in (True, True, False, True)]
    for n, call in enumerate(calls, 1):
        call.n = n
    html = page.items(calls, links)
    assert [f'id="m-{n}" open' in html for n in (1, 2, 3, 4)] == [False, True, False, True]


def test_a_call_without_a_result(
    make_message: Callable[..., Json], make_items: Callable[..., list[Item]], links: Links
) -> None:
    block = {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": "sleep"}}
    item = make_items([make_message("assistant", [block])])[0]
    assert facts(item) == "no result"
    assert "$ sleep" in page.one(item, links, open=False)
    assert page.body(item, links)


def test_long_output_shows_its_ends(make_call: MakeCall, links: Links) -> None:
    item = make_call("Bash", {"command": "x"}, "", {"stdout": "\n".join(map(str, range(600)))})
    html = page.body(item, links)
    assert "\n11</pre>" in html and ">592\n" in html and "300" not in html
    assert 'href="/s/ID?m=1&amp;all=1#m-1"' in html
    assert 'hx-get="/s/ID/items/1?all=1"' in html
    whole = page.body(item, links, clip=False)
    assert "\n300\n" in whole and "Show all" not in whole


@pytest.mark.parametrize("colour", ["", "\x1b[31m"])
def test_long_lines_can_be_shown_whole(make_call: MakeCall, links: Links, colour: str) -> None:
    call = make_call("Bash", {"command": "curl x"}, colour + "y" * 2_500 + " end", {})
    html = str(page.body(call, links))
    assert "(504 more characters)" in html
    assert "Show long lines whole" in html
    assert ", the end" not in html
    whole = str(page.body(call, links, clip=False))
    assert "y end" in whole
    assert "Show long" not in whole


NAMES: list[tuple[str, Json, Any, Any]] = [
    ("Bash", {"command": "x"}, "", {"stdout": "{}", "stderr": "slow"}),
    ("Read", {"file_path": "a"}, "", {"type": "text", "file": {"content": "{}", "startLine": 1}}),
    ("Write", {"file_path": "a.py", "content": "{}"}, "ok", {"type": "create"}),
    ("mcp__db__query", {"sql": "x"}, "{}", None),
    ("Grep", {"pattern": "x"}, "{}", None),
]


@pytest.mark.parametrize(("name", "given", "content", "details"), NAMES)
def test_what_is_too_long_for_a_page_is_a_file(
    make_call: MakeCall, links: Links, name: str, given: Json, content: Any, details: Any
) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(inner) for key, inner in value.items()}
        return "z" * 250_000 if value == "{}" else value

    call = make_call(name, filled(given), filled(content), filled(details))
    html = str(page.body(call, links, clip=False))
    assert '… parts of lines left out … <a href="/s/ID/items/1.txt" download>' in html
    assert item_text.output(call).startswith("z" * 250_000)
    assert "download>" not in str(page.body(call, links))


def test_a_file_of_both_streams(make_call: MakeCall) -> None:
    streams = {"stdout": "\x1b[1mout\x1b[0m\n", "stderr": "err\u202e\n"}
    assert item_text.output(make_call("Bash", {"command": "x"}, "", streams)) == "out\nerr\n"
    assert item_text.output(make_call("Bash", {"command": "x"}, "", {"stdout": ""})) == ""


def test_output_has_its_colours_and_no_reminders(make_call: MakeCall, links: Links) -> None:
    text = "\x1b[31mred\x1b[0m\n<system-reminder>secret</system-reminder>"
    html = page.body(make_call("Bash", {"command": "x"}, text), links)
    assert '<span class="sgr-31">red</span></pre>' in html and "secret" not in html


def test_read_has_true_line_numbers_and_colours(make_call: MakeCall, links: Links) -> None:
    html = page.body(make_call("Read", {"file_path": "a.py"}, "", READ), links)
    assert '<pre class="gutter" aria-hidden="true">40\n41</pre>' in html
    old = page.body(make_call("Read", {"file_path": "a.py"}, "    12→import os\n    13→x"), links)
    assert ">12\n13</pre>" in old and '<span class="k">import </span>' in old and "→" not in old


def test_diffs_mark_lines_by_more_than_colour(make_call: MakeCall, links: Links) -> None:
    html = page.body(
        make_call("Edit", {"file_path": "m.py"}, "ok", {"structuredPatch": PATCH}), links
    )
    assert '<span data-old="1" data-new="1">a\n</span>' in html
    assert '<del data-old="2">b\n</del><ins data-new="2">c\n</ins><ins data-new="3">d' in html


def test_todo_marks_what_changed(make_call: MakeCall, links: Links) -> None:
    new = [{"content": "a", "status": "completed"}, {"content": "b", "status": "pending"}]
    old = [{"content": "a", "status": "in_progress"}, {"content": "b", "status": "pending"}]
    html = page.body(make_call("TodoWrite", {"todos": new}, "ok", {"oldTodos": old}), links)
    assert '<li class="done changed">a ' in html and '<li class="open ">b ' in html


def test_todo_marks_what_changed_since_the_list_before(
    make_items: Callable[[list[Json]], list[Item]], make_message: Callable[..., Json], links: Links
) -> None:
    def write(name: str, state: str) -> list[Json]:
        todos = [{"content": "A", "status": state}, {"content": "B", "status": "pending"}]
        call = {"type": "tool_use", "id": name, "name": "TodoWrite", "input": {"todos": todos}}
        result = {"type": "tool_result", "tool_use_id": name, "content": "ok"}
        details = {"oldTodos": [], "newTodos": todos}
        answer = make_message("user", [result], toolUseResult=details)
        return [make_message("assistant", [call]), answer]

    first, second = make_items([*write("a", "pending"), *write("b", "completed")])
    assert "changed" not in page.body(first, links)
    assert "(open, changed)" not in page.body(second, links)
    assert page.body(second, links).count("(done, changed)") == 1


def test_an_agents_thread_is_drawn_once(
    make_call: MakeCall, make_text: Callable[..., Item], links: Links
) -> None:
    agent = make_call(
        "Task", {"prompt": "Look **well**"}, [{"type": "text", "text": "Found it."}], {}
    )
    alone = page.body(agent, links)
    assert "<strong>well</strong>" in alone and "Found it." in alone
    row = make_text("Found it.")
    row.thread = "1"
    within = page.body(agent, links, thread=[row], more="/s/ID/items/1?page=2")
    assert within.count("Found it.") == 1 and "<strong>well</strong>" not in within
    assert 'id="m-1.1"' in within and 'hx-get="/s/ID/items/1?page=2"' in within
    row.blocks[0].line["message"]["content"][0]["text"] = "Something else."
    assert page.body(agent, links, thread=[row]).count("Found it.") == 1


def test_json_results_and_arguments_are_spread(make_call: MakeCall, links: Links) -> None:
    html = page.body(
        make_call("mcp__a__b", {"q": {"deep": [1]}, "s": "text"}, '{"k":[1,2]}'), links
    )
    assert "&#34;deep&#34;: [\n" in html and "<dt>s</dt>" in html and "&#34;k&#34;: [\n" in html
    assert "{[}" in page.body(make_call("mcp__a__b", {}, "{[}"), links)
    assert "[[[[" in page.body(make_call("mcp__a__b", {}, "[" * 100_000), links)


def test_pictures_have_their_size_and_only_addresses_of_this_session(
    make_call: MakeCall, links: Links
) -> None:
    source = {
        "type": "ccshare",
        "sha256": "a" * 64,
        "media_type": "image/png",
        "width": 1440,
        "height": 720,
    }
    html = page.body(make_call("Read", {}, [{"type": "image", "source": source}]), links)
    assert f'src="/s/ID/images/{"a" * 64}.png" width="720" height="360"' in html
    source["sha256"] = "../" + "a" * 61
    assert "<img" not in page.body(
        make_call("Read", {}, [{"type": "image", "source": source}]), links
    )
