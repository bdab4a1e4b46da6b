"""The numbers of a session, from raw lines and from shared ones."""

from pathlib import Path
from typing import Any

import pytest
from ccshare.transcript.allow import shared
from ccshare.transcript.facts import Facts, FactsBuilder, project_of
from ccshare.transcript.model import Json
from ccshare.transcript.reader import read_lines
from ccshare.transcript.usage import HashSet

from .made_up import facts, user

SESSIONS = Path(__file__).resolve().parents[1] / "fixtures" / "sessions"
NEWEST = "b8a1abcd-1a69-46c7-ada4-f9fc3c6da5d7"


def lines_of(path: Path) -> list[Json]:
    with path.open("rb") as stream:
        return [line.value for line in read_lines(stream) if line.value]


def assistant(blocks: list[Json], output: int = 0, name: str = "m1", **more: Any) -> Json:
    usage = {"input_tokens": 2, "output_tokens": output}
    message = {"id": name, "model": "claude-x", "content": blocks, "usage": usage}
    return {"type": "assistant", "message": message, **more}


def numbers(found: Facts) -> tuple[int, ...]:
    return (found.prompts, found.answers, found.tool_calls, found.errors, found.thoughts,
            found.agents, found.messages)  # fmt: skip


# Counted by hand from the fixtures: prompts, answers, calls, errors, thoughts, agents, messages;
# input and output tokens; lines added and removed, files.
BY_HAND = {
    "v1.0": ((2, 2, 4, 1, 0, 1, 17), (39, 440), (1, 1, 1)),
    "v2.0": ((1, 2, 5, 0, 1, 1, 17), (67, 621), (6, 1, 1)),
    "v2.1-early": ((2, 2, 3, 0, 2, 0, 15), (26, 396), (2, 1, 1)),
    NEWEST: ((2, 2, 4, 0, 0, 1, 13), (18, 680), (6, 1, 2)),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_every_generation_counts_as_by_hand(name: str) -> None:
    found = facts(lines_of(SESSIONS / f"{name}.jsonl"))
    counts, tokens, changes = BY_HAND[name]
    assert numbers(found) == counts
    assert (found.input_tokens, found.output_tokens) == tokens
    assert (found.lines_added, found.lines_removed, found.files_changed) == changes


@pytest.mark.parametrize("name", BY_HAND)
def test_shared_lines_give_the_same_facts(name: str) -> None:
    lines = lines_of(SESSIONS / f"{name}.jsonl")
    assert facts([kept for line in lines if (kept := shared(line))]) == facts(lines)


# prompts, answers, calls, errors, output tokens: counted by hand from the samples.
SAMPLES = {
    "entireio__cli__30-e81e82f6ba-0": (5, 9, 14, 1, 4185),
    "davila7__claude-code-templates__13-2be3805b3d-0": (7, 16, 21, 2, 10633),
    "davila7__claude-code-templates__0c-8692e2359c-0": (11, 86, 227, 13, 121432),
    "slopus__happy__task_sdk": (2, 3, 2, 0, 377),
}


def test_samples_count_as_by_hand(samples: list[Path]) -> None:
    seen = 0
    for sample in samples:
        lines = lines_of(sample)
        found = facts(lines)
        assert facts([kept for line in lines if (kept := shared(line))]) == found
        if sample.stem in SAMPLES:
            seen += 1
            assert (found.prompts, found.answers, found.tool_calls, found.errors,
                    found.output_tokens) == SAMPLES[sample.stem]  # fmt: skip
    assert seen == len(SAMPLES)


def test_the_newest_generation_in_full() -> None:
    found = facts(lines_of(SESSIONS / f"{NEWEST}.jsonl"))
    assert (found.title, found.title_source) == ("Fix cart rounding", "ai")
    assert (found.session_id, found.project, found.branch) == (NEWEST, "shop", "fix/rounding")
    assert (found.cwd, found.version) == ("/home/dana/src/shop", "2.1.328")
    assert (found.first_at, found.last_at) == (
        "2026-11-20T09:14:00.783Z", "2026-11-20T09:15:11.442Z",
    )  # fmt: skip
    assert (found.active_seconds, found.cost_usd) == (71, 0.4312)
    assert found.as_json()["pull_requests"] == [
        {"number": 7, "url": "https://github.com/acme/shop/pull/7", "repository": "acme/shop"}
    ]


def test_a_subagents_file_adds_tokens_and_no_prompts() -> None:
    main = lines_of(SESSIONS / f"{NEWEST}.jsonl")
    side = lines_of(SESSIONS / NEWEST / "subagents" / "agent-a7d3f21b9c.jsonl")
    alone, both = facts(main), facts([*main, *side])
    assert both.output_tokens == alone.output_tokens + 60
    assert both.prompts == alone.prompts
    assert both.tool_calls == alone.tool_calls
    assert both.messages == alone.messages + 4
    assert set(both.models) == {"claude-opus-4-8", "claude-haiku-4-5"}
    assert both.active_seconds == alone.active_seconds


# Tokens


def test_usage_counts_once_per_message_by_its_largest_entry() -> None:
    lines = [assistant([], output) for output in (1, 40, 3)]
    lines += [assistant([], 7, "m2"), assistant([], 41)]
    found = facts(lines)
    assert (found.input_tokens, found.output_tokens) == (4, 48)


def test_a_message_that_comes_back_late_is_not_counted_again() -> None:
    lines = [assistant([], 5, f"m{number}") for number in range(3_000)]
    assert facts([*lines, *lines]).output_tokens == 15_000


def test_models_stand_in_the_order_of_their_output() -> None:
    lines = [assistant([], 5, "a"), assistant([], 9, "b"), assistant([], 1, "c")]
    lines[1]["message"]["model"] = "claude-y"
    lines[2]["message"]["model"] = "<synthetic>"
    assert facts(lines).models == ("claude-y", "claude-x")


@pytest.mark.parametrize("bad", [None, -5, True, "7", 2.5, [1]])
def test_numbers_that_are_none_count_as_nothing(bad: object) -> None:
    line = assistant([], 3)
    line["message"]["usage"]["input_tokens"] = bad
    assert (facts([line]).input_tokens, facts([line]).output_tokens) == (0, 3)


def test_a_number_without_end_stays_small() -> None:
    line = assistant([])
    line["message"]["usage"]["output_tokens"] = 10**300
    assert facts([line]).output_tokens < 2**53


def test_the_hash_set_is_a_set() -> None:
    values = [hash(f"m{number}") for number in range(5_000)]
    hashes = HashSet()
    assert all(hashes.add(value) for value in values)
    assert not any(hashes.add(value) for value in values)
    assert len(hashes) == 5_000
    assert hashes.add(0)
    assert not hashes.add(0)


# Title


def title(*lines: Json) -> tuple[str, str]:
    found = facts(list(lines))
    return found.title, found.title_source


def test_titles_in_their_order() -> None:
    prompt = user("Fix the `total`", uuid="u1")
    summary = {"type": "summary", "summary": "Totals fixed", "leafUuid": "u1"}
    stray = {"type": "summary", "summary": "Another day", "leafUuid": "elsewhere"}
    ai = {"type": "ai-title", "aiTitle": "Totals"}
    custom = {"type": "custom-title", "customTitle": "My totals"}
    renamed = {"type": "custom-title", "customTitle": "Our totals"}
    assert title(custom, renamed, ai, summary, prompt) == ("Our totals", "custom")
    assert title(summary, prompt, ai) == ("Totals", "ai")
    assert title(stray, summary, prompt) == ("Totals fixed", "summary")
    assert title(prompt, summary) == ("Totals fixed", "summary")
    assert title(stray, prompt) == ("Fix the total", "prompt")
    assert title(stray) == ("", ""), "another session is none of ours"
    assert title() == ("", "")


def test_a_command_is_the_title_of_a_session_without_a_prompt() -> None:
    command = user("<command-name>/review</command-name><command-args>cart.py</command-args>")
    assert title(command) == ("/review cart.py", "command")
    assert title(command, user("And now?")) == ("And now?", "prompt")


def test_a_title_is_one_clean_line() -> None:
    text = "# Fix\x00 the\u202e **cart**\n\n" + "word " * 200_000
    (found, _) = title(user(text))
    assert found.startswith("Fix the cart word word")
    assert len(found) <= 90
    assert found.endswith("word…")


def test_injected_text_is_no_title() -> None:
    assert title(user("Skill body", isMeta=True), user("Real")) == ("Real", "prompt")
    assert title(user("Agent prompt", isSidechain=True)) == ("", "")


# Prompts, time, changes


def test_a_queued_prompt_that_is_written_again_counts_once() -> None:
    queued = {"type": "attachment", "attachment": {"type": "queued_command", "prompt": "Also this",
              "commandMode": "prompt"}}  # fmt: skip
    again = user("Also this", promptSource="queued")
    assert facts([queued]).prompts == 1
    assert facts([queued, again]).prompts == 1
    assert facts([queued, again, again]).prompts == 2
    assert facts([again]).prompts == 1


def test_pauses_are_not_work_and_clocks_may_run_backwards() -> None:
    times = ["10:00:00", "10:01:00", "09:59:00", "10:02:00", "11:00:00", "11:00:30"]
    lines = [user("x", timestamp=f"2026-01-01T{time}.000Z") for time in times]
    found = facts([*lines, user("x", timestamp="soon"), user("x", timestamp=5)])
    assert found.first_at == "2026-01-01T09:59:00.000Z"
    assert found.last_at == "2026-01-01T11:00:30.000Z"
    assert found.active_seconds == 150


@pytest.mark.parametrize(
    "odd", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x" * 99]
)
def test_odd_times_are_left_out(odd: str) -> None:
    assert facts([user("x", timestamp=odd)]).first_at is None


def test_the_project_is_the_last_part_of_the_path() -> None:
    paths = ("/home/dana/src/shop/", r"C:\work\shop", "shop", ".", "~", "/")
    assert [project_of(path) for path in paths] == ["shop", "shop", "shop", "", "", ""]


def test_any_json_object_will_do() -> None:
    odd: list[Any] = [None, 1, "x", [], [1], {}, {"x": []}]
    keys = ("message", "timestamp", "uuid", "cwd", "toolUseResult", "attachment", "totalCostUSD",
            "prUrl", "summary", "leafUuid", "customTitle", "origin", "isSidechain")  # fmt: skip
    builder = FactsBuilder()
    for kind in ("user", "assistant", "attachment", "cost-state", "pr-link", "summary", [], None):
        for value in odd:
            builder.line({"type": kind, **dict.fromkeys(keys, value)})
            builder.line({"type": kind, "message": {"content": value, "usage": value, "id": value,
                          "model": value}})  # fmt: skip
            block = {"type": value, "name": value, "id": value, "input": value, "text": value}
            builder.line({"type": kind, "message": {"content": [block, value]},
                          "toolUseResult": {"filePath": "/a", "structuredPatch": [value],
                                            "type": "create"}})  # fmt: skip
    assert builder.result().output_tokens == 0
