"""Numbers, kinds and parts of items, line by line."""

import json
import random
import string
from typing import Any

import pytest
from ccshare.transcript.assemble import assemble
from ccshare.transcript.items import UNCLAIMED, ItemBuilder
from ccshare.transcript.model import Item, Json, Part

from .made_up import user


def assistant(*blocks: object, **keys: object) -> Json:
    return {"type": "assistant", "message": {"role": "assistant", "content": [*blocks]}, **keys}


def system(subtype: str | None, **keys: object) -> Json:
    return {"type": "system", "subtype": subtype, **keys}


def text(words: str) -> Json:
    return {"type": "text", "text": words}


def call(tool_id: str, name: str = "Bash", **given: object) -> Json:
    return {"type": "tool_use", "id": tool_id, "name": name, "input": given}


def result(tool_id: str, content: object = "ok", failed: bool = False) -> Json:
    return {
        "type": "tool_result", "tool_use_id": tool_id, "content": content, "is_error": failed,
    }  # fmt: skip


def queued(prompt: object, **keys: object) -> Json:
    return {
        "type": "attachment",
        "attachment": {"type": "queued_command", "prompt": prompt, **keys},
    }


IMAGE = {"type": "image", "source": {"type": "ccshare", "sha256": "0" * 64}}


def parts_of(lines: list[Json]) -> list[Part]:
    builder = ItemBuilder()
    return [part for at, line in enumerate(lines) for part in builder.line(at, line)]


def build(*lines: Json) -> list[Item]:
    return assemble(parts_of(list(lines)), dict(enumerate(lines)))


def shape(items: list[Item]) -> list[tuple[str, str, str, str]]:
    """(number, kind, name, roles in file order) of each item."""
    return [(i.number, i.kind, i.name, " ".join(b.role for b in i.blocks)) for i in items]


def test_a_plain_turn() -> None:
    items = build(
        user("List files"),
        assistant({"type": "thinking", "thinking": "hm"}, text("Looking.")),
        assistant(call("t1", command="ls")),
        user([result("t1", "app.py")]),
        assistant(text("One file.")),
    )
    assert shape(items) == [
        ("1", "prompt", "", "open"),
        ("2", "thought", "", "open"),
        ("3", "answer", "", "open"),
        ("4", "tool", "Bash", "open result"),
        ("5", "answer", "", "open"),
    ]
    answer = items[3].first("result")
    assert answer and answer.content["content"] == "app.py" and answer.sequence == 3


def test_parallel_calls_get_their_own_results() -> None:
    items = build(
        assistant(call("a", "Read"), call("b", "Grep")),
        user([result("b", failed=True), result("a")]),
    )
    assert shape(items) == [
        ("1", "tool", "Read", "open result"),
        ("2", "tool", "Grep", "open result"),
    ]
    assert [item.error for item in items] == [False, True]
    found = items[0].first("result")
    assert found and found.index == 1


def test_nothing_for_empty_blocks() -> None:
    assert (
        build(
            assistant(
                text(" \n"), {"type": "thinking", "thinking": ""}, text("(no content)"), {}, 3
            ),
            user("<local-command-caveat>x</local-command-caveat>"),
            user("skill text", isMeta=True),
            system("turn_duration", durationMs=3),
            system("microcompact_boundary"),
            system("stop_hook_summary", hookErrors=[]),
            {"type": "progress", "data": {}},
            {"type": "ai-title", "aiTitle": "x"},
        )
        == []
    )


def test_other_blocks() -> None:
    items = build(
        assistant({"type": "redacted_thinking"}, {"type": "hologram"}),
        assistant({"type": "mcp_tool_use", "id": "m", "name": "find", "server_name": "git"}),
        assistant({"type": "mcp_tool_result", "tool_use_id": "m", "content": []}),
    )
    assert shape(items) == [
        ("1", "thought", "", "open"),
        ("2", "notice", "unknown", "open"),
        ("3", "tool", "mcp__git__find", "open result"),
    ]


def test_images_belong_to_the_prompt_of_their_line() -> None:
    items = build(user([IMAGE, text("see"), IMAGE]), user([IMAGE]))
    assert shape(items) == [("1", "prompt", "", "body open body"), ("2", "prompt", "", "open")]
    first = items[0].first("open")
    assert first and first.content == text("see")


def test_text_beside_a_result_is_a_prompt() -> None:
    items = build(assistant(call("t")), user([result("t", failed=True), text("use tabs")]))
    assert shape(items) == [("1", "tool", "Bash", "open result"), ("2", "prompt", "", "open")]


def test_a_result_without_a_call() -> None:
    items = build(user([result("gone", failed=True)]))
    assert shape(items) == [("1", "notice", "orphan-result", "open")]
    assert items[0].error


def test_a_compaction_is_one_item() -> None:
    items = build(
        system("compact_boundary", compactMetadata={"trigger": "auto", "preTokens": 155_000}),
        user("This session is being continued…", isCompactSummary=True),
        user("go on"),
    )
    assert shape(items) == [("1", "compaction", "", "open summary"), ("2", "prompt", "", "open")]


def test_a_summary_without_a_boundary_opens_one() -> None:
    items = build(user([text("all"), text("of it")], isCompactSummary=True))
    assert shape(items) == [("1", "compaction", "", "open summary summary")]


@pytest.mark.parametrize(
    "lines",
    [
        [user("<command-name>/model</command-name>"),
         user("<local-command-stdout>ok</local-command-stdout>")],
        [system("local_command", content="<command-name>/model</command-name>"),
         system("local_command", content="<local-command-stdout>ok</local-command-stdout>")],
    ],
)  # fmt: skip
def test_a_command_and_its_output(lines: list[Json]) -> None:
    assert shape(build(*lines)) == [("1", "command", "", "open output")]


def test_a_shell_command_and_its_output() -> None:
    items = build(
        user("<bash-input>ls</bash-input>"),
        user("<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>"),
        user("thanks"),
        user("<bash-stdout>late</bash-stdout>"),
    )
    assert shape(items) == [
        ("1", "shell", "", "open output"),
        ("2", "prompt", "", "open"),
        ("3", "notice", "output", "open"),
    ]


NOTIFICATION = "<task-notification><tool-use-id>{}</tool-use-id></task-notification>"


def test_a_background_job_reports_to_its_call() -> None:
    items = build(
        assistant(call("bg", run_in_background=True)),
        user([result("bg")], toolUseResult={"backgroundTaskId": "b1"}),
        user("next"),
        user(NOTIFICATION.format("bg"), origin={"kind": "task-notification"}),
        queued(NOTIFICATION.format("bg"), commandMode="task-notification"),
        user(NOTIFICATION.format("who")),
    )
    assert shape(items) == [
        ("1", "tool", "Bash", "open result notification notification"),
        ("2", "prompt", "", "open"),
        ("3", "notice", "task-notification", "open"),
    ]


def test_background_calls_outlive_thousands_of_others() -> None:
    lines = [
        assistant(call("bg")),
        user([result("bg")], toolUseResult={"isAsync": True, "status": "async_launched"}),
    ]
    for at in range(3_000):
        lines += [assistant(call(f"t{at}")), user([result(f"t{at}")])]
    lines += [user(NOTIFICATION.format("bg"))]
    last = parts_of(lines)[-1]
    assert (last.role, last.n, last.page) == ("notification", 1, 1)


def test_the_body_of_a_skill_belongs_to_its_call() -> None:
    items = build(
        assistant(call("s", "Skill", skill="pdf")),
        user([result("s")]),
        user([text("Base directory …")], isMeta=True, sourceToolUseID="s"),
    )
    assert shape(items) == [("1", "tool", "Skill", "open result body")]


@pytest.mark.parametrize(
    ("line", "name", "error"),
    [
        (user("[Request interrupted by user for tool use]"), "interrupted", False),
        (user("<scheduled-task name='x'>go</scheduled-task>"), "scheduled-task", False),
        (user("x", origin={"kind": "peer"}), "peer", False),
        (user("<ide_opened_file>a.py</ide_opened_file>"), "ide", False),
        (assistant(text("API Error: 529"), isApiErrorMessage=True), "api-error", True),
        (system("api_error", retryAttempt=1), "api-error", True),
        (system("stop_hook_summary", hookErrors=["boom"]), "hook-error", True),
        (system("away_summary", content="x"), "away-summary", False),
        (system("scheduled_task_fire"), "scheduled-task-fire", False),
        (system("informational", content="x"), "informational", False),
        (system("agents_killed"), "agents-killed", False),
        (system("model_refusal_fallback"), "model-refusal", False),
        (system("brand_new"), "unknown", False),
        (system(None, content="Hello", level="info"), "system", False),
        (system("local_command", content="plain"), "local-command", False),
        ({"type": "pr-link", "prUrl": "https://example.org/pull/1"}, "pr-link", False),
    ],
)
def test_notices(line: Json, name: str, error: bool) -> None:
    (item,) = build(line)
    assert (item.kind, item.name, item.error) == ("notice", name, error)


def test_a_pull_request_is_shown_once() -> None:
    link = {"type": "pr-link", "prUrl": "https://example.org/pull/1"}
    assert len(build(link, link, {**link, "prUrl": "https://example.org/pull/2"})) == 2


def test_a_queued_prompt_is_shown_once() -> None:
    items = build(
        assistant(call("t")),
        queued("also the docs", commandMode="prompt"),
        user([result("t")]),
        user("also the docs", promptSource="queued"),
        user("also the docs", promptSource="queued"),
        user("also the docs"),
    )
    assert [i.kind for i in items] == ["tool", "prompt", "prompt", "prompt"]


def test_counts_and_pages_of_the_main_thread() -> None:
    builder = ItemBuilder()
    assert (builder.pages(), builder.pages("7")) == (0, 0)
    for at in range(60):
        builder.line(at, user(f"prompt {at}"))
    assert builder.counts == {"prompt": 60}
    assert builder.pages() == 2


def test_assemble_any_part_of_a_session() -> None:
    lines = [user("a"), assistant(call("t")), user([result("t")]), user("b")]
    parts = parts_of(lines)
    some = assemble(reversed(parts), {1: lines[1], 2: lines[2], 3: lines[3]})
    assert shape(some) == [("2", "tool", "Bash", "open result"), ("3", "prompt", "", "open")]
    assert assemble([], {}) == []


def test_a_long_id_is_not_kept() -> None:
    tool_id = "x" * 1_000_000
    assert shape(build(assistant(call(tool_id)), user([result(tool_id)]))) == [
        ("1", "tool", "Bash", "open result")
    ]


# -- hostile lines --------------------------------------------------------------------------

GOOD: list[Json] = [
    user("List files", uuid="u1", parentUuid=None, promptSource="typed", origin={"kind": "human"}),
    assistant({"type": "thinking", "thinking": "x"}, text("a"), call("t1", "Task", prompt="do")),
    user("do", isSidechain=True, agentId="a1", uuid="s1"),
    assistant(call("t2"), isSidechain=True, agentId="a1", uuid="s2", parentUuid="s1"),
    user([result("t1"), text("x"), IMAGE], toolUseResult={"agentId": "a1", "isAsync": True}),
    user([text("x")], isMeta=True, sourceToolUseID="t1"),
    user(NOTIFICATION.format("t1")),
    user("<command-name>/x</command-name>"),
    user("s", isCompactSummary=True),
    queued("also", commandMode="prompt", origin={"kind": "human"}),
    system("compact_boundary", compactMetadata={"preTokens": 1}),
    system("local_command", content="<command-name>/x</command-name>"),
    system("stop_hook_summary", hookErrors=["x"]),
    {"type": "pr-link", "prUrl": "https://example.org/1"},
]
ODD: list[Any] = [
    None, True, 0, -1, 1e308, "", "x", "\ud800", "<", [], {}, [None], [[]], [{}], {"type": []},
    {"type": "text", "text": 3}, [{"type": "tool_use", "id": [], "name": {}, "input": []}],
    [{"type": "tool_result", "tool_use_id": {}}], "t1", "<task-notification>", "queued", 10**30,
]  # fmt: skip


def mutate(value: Any, dice: random.Random) -> Any:
    """The value with one odd thing somewhere inside it."""
    if isinstance(value, dict) and value and dice.random() < 0.8:
        name = dice.choice(list(value))
        if dice.random() < 0.1:
            return {k: v for k, v in value.items() if k != name}
        return {**value, name: mutate(value[name], dice)}
    if isinstance(value, list) and value and dice.random() < 0.8:
        at = dice.randrange(len(value))
        return [*value[:at], mutate(value[at], dice), *value[at + 1 :]]
    if isinstance(value, str) and dice.random() < 0.3:
        return value + dice.choice(string.printable)
    return dice.choice(ODD)


@pytest.mark.parametrize("seed", range(12))
def test_any_json_is_survived(seed: int) -> None:
    dice = random.Random(seed)
    builder = ItemBuilder()
    newest: dict[str, int] = {}
    for sequence in range(1_500):
        if dice.random() < 0.02:
            meta = dice.choice([None, {"toolUseId": "t1"}, {"toolUseId": []}, mutate({}, dice)])
            builder.file(dice.choice(["subagents/agent-a1.jsonl", "", "///", "x"]), meta)
            newest[""] = max(newest.get("", 0), UNCLAIMED)
        line = json.loads(json.dumps(dice.choice(GOOD)))
        for _ in range(dice.randrange(4)):
            line = mutate(line, dice)
        if not isinstance(line, dict):
            continue
        for part in builder.line(sequence, line):
            if part.role == "open":
                assert part.n == newest.get(part.thread, 0) + 1
                newest[part.thread] = part.n
            assert 1 <= part.n <= newest[part.thread]
            assert 1 <= part.page <= builder.pages(part.thread)
            assemble([part], {sequence: line})[0].blocks[0].content  # noqa: B018
