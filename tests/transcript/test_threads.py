"""Subagents: inline of two ages, in files, nested and without a call."""

from itertools import pairwise

from ccshare.transcript.assemble import assemble
from ccshare.transcript.bounded import Bounded, digest, key
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Json, Part
from ccshare.transcript.threads import DEEPEST

from .made_up import user


def assistant(*blocks: object, **keys: object) -> Json:
    return {"type": "assistant", "message": {"role": "assistant", "content": [*blocks]}, **keys}


def text(words: str) -> Json:
    return {"type": "text", "text": words}


def agent(tool_id: str, prompt: str, name: str = "Task") -> Json:
    return {"type": "tool_use", "id": tool_id, "name": name, "input": {"prompt": prompt}}


def result(tool_id: str) -> Json:
    return {"type": "tool_result", "tool_use_id": tool_id, "content": "done"}


def side(line: Json, uuid: str, parent: str | None = None, agent_id: str | None = None) -> Json:
    known = {"agentId": agent_id} if agent_id else {}
    return {**line, "isSidechain": True, "uuid": uuid, "parentUuid": parent, **known}


Step = Json | tuple[str, Json | None]


def run(*steps: Step) -> list[Part]:
    """Lines, and (path, meta) where a file begins."""
    builder = ItemBuilder()
    parts: list[Part] = []
    for at, step in enumerate(steps):
        if isinstance(step, tuple):
            builder.file(*step)
        else:
            parts += builder.line(at, step)
    return parts


def opened(parts: list[Part]) -> list[str]:
    """ "number kind" of each item in the order of the lines."""
    return [
        f"{part.thread}.{part.n} {part.kind}".lstrip(".") for part in parts if part.role == "open"
    ]


def test_parallel_sidechains_without_ids_follow_their_prompts_and_parents() -> None:
    parts = run(
        assistant(agent("a", "write types"), agent("b", "write tests")),
        side(user("write tests"), "b1"),
        side(user("write types"), "a1"),
        side(assistant(text("types")), "a2", "a1"),
        side(assistant(text("tests")), "b2", "b1"),
        user([result("a")]),
        side(assistant(text("more tests")), "b3", "b2"),
        user([result("b")]),
    )
    assert opened(parts) == [
        "1 tool", "2 tool", "2.1 prompt", "1.1 prompt", "1.2 answer", "2.2 answer", "2.3 answer",
    ]  # fmt: skip


def test_twins_with_the_same_prompt_go_to_one_call_each() -> None:
    parts = run(
        assistant(agent("a", "look"), agent("b", "look")),
        side(user("look"), "x1"),
        side(user("look"), "y1"),
        side(user("look"), "z1"),
    )
    assert opened(parts)[2:] == ["1.1 prompt", "2.1 prompt", "3 notice", "3.1 prompt"]


def test_an_unknown_prompt_goes_to_the_newest_open_call() -> None:
    parts = run(
        assistant(agent("a", "one"), agent("b", "two")),
        user([result("b")]),
        side(user("rewritten by the client"), "x1"),
    )
    assert opened(parts)[2:] == ["1.1 prompt"]


def test_agent_ids_keep_agents_apart() -> None:
    parts = run(
        assistant(agent("a", "one", "Agent"), agent("b", "two", "Agent")),
        side(user("one"), "1", agent_id="A"),
        side(user("two"), "2", agent_id="B"),
        side(assistant(text("x")), "3", "?", agent_id="A"),
        side(assistant(text("y")), "4", "?", agent_id="B"),
    )
    assert opened(parts)[2:] == ["1.1 prompt", "2.1 prompt", "1.2 answer", "2.2 answer"]


def test_a_sidechain_nobody_called_has_a_row_of_its_own() -> None:
    parts = run(
        user("hi"),
        side(user("Warmup"), "w1"),
        side(assistant(text("ready")), "w2", "w1"),
        user("go"),
    )
    assert opened(parts) == ["1 prompt", "2 notice", "2.1 prompt", "2.2 answer", "3 prompt"]
    assert parts[1].name == "agent"


def test_the_first_text_of_an_agent_is_its_prompt_whatever_it_looks_like() -> None:
    parts = run(
        assistant(agent("a", "<goal>ship</goal>")),
        side(user("<goal>ship</goal>"), "1"),
    )
    assert opened(parts)[1:] == ["1.1 prompt"]


def test_results_inside_an_agent_stay_inside() -> None:
    tool = {"type": "tool_use", "id": "t", "name": "Read", "input": {}}
    parts = run(
        assistant(agent("a", "one")),
        side(user("one"), "1"),
        side(assistant(tool), "2", "1"),
        side(user([result("t")]), "3", "2"),
    )
    assert [(p.thread, p.n, p.role) for p in parts[2:]] == [("1", 2, "open"), ("1", 2, "result")]


def test_files_find_their_calls() -> None:
    parts = run(
        assistant(agent("a", "one"), agent("b", "two"), agent("c", "three"), agent("d", "four")),
        user([result("a"), result("c")]),
        user([result("b")], toolUseResult={"agentId": "B", "status": "async_launched"}),
        ("subagents/agent-A.jsonl", {"toolUseId": "a"}),
        side(user("anything"), "1", agent_id="A"),
        side(assistant(text("x")), "2", "1", agent_id="A"),
        ("subagents/agent-B.jsonl", None),
        side(user("anything"), "3", agent_id="B"),
        ("subagents/agent-C.jsonl", {"toolUseId": "no such call"}),
        side(user(" three\n"), "4", agent_id="C"),
        ("subagents/agent-E.jsonl", None),
        side(user("five"), "5", agent_id="E"),
        side(assistant(text("y")), "6", agent_id="E"),
    )
    assert opened(parts)[4:] == [
        "1.1 prompt", "1.2 answer", "2.1 prompt", "3.1 prompt", "900000001 notice",
        "900000001.1 prompt", "900000001.2 answer",
    ]  # fmt: skip


def test_no_number_changes_when_a_session_grows() -> None:
    main: list[Step] = [user("go"), assistant(agent("a", "one")), user([result("a")])]
    stray: list[Step] = [("subagents/agent-E.jsonl", None), side(user("five"), "5", agent_id="E")]
    later: list[Step] = [("subagents/agent-B.jsonl", None), side(user("six"), "6", agent_id="B")]
    before = opened(run(*main, *stray))
    after = opened(run(*main, user("more"), assistant(text("x")), *stray, *later))
    assert before[2:] == ["900000001 notice", "900000001.1 prompt"]
    assert set(after) == {*before, "3 prompt", "4 answer", "900000002 notice", "900000002.1 prompt"}


def test_a_file_is_one_thread_even_if_its_lines_say_nothing() -> None:
    parts = run(
        assistant(agent("a", "one")),
        user([result("a")]),
        ("subagents/agent-A.jsonl", {"toolUseId": "a"}),
        user("one"),
        assistant(text("x")),
    )
    assert opened(parts)[1:] == ["1.1 prompt", "1.2 answer"]


def test_agents_of_agents() -> None:
    parts = run(
        user("go"),
        assistant(agent("a", "outer")),
        ("subagents/agent-A.jsonl", {"toolUseId": "a"}),
        user("outer"),
        assistant(agent("b", "inner")),
        ("subagents/agent-B.jsonl", {"toolUseId": "b"}),
        user("inner"),
        assistant(text("deep")),
    )
    assert opened(parts)[2:] == ["2.1 prompt", "2.2 tool", "2.2.1 prompt", "2.2.2 answer"]


def test_depth_is_bounded() -> None:
    steps: list[Json | tuple[str, Json | None]] = [assistant(agent("0", "0"))]
    for depth in range(1, 40):
        steps.append((f"subagents/agent-{depth}.jsonl", {"toolUseId": str(depth - 1)}))
        steps.append(assistant(agent(str(depth), str(depth))))
    threads = [part.thread for part in run(*steps)]
    assert max(thread.count(".") for thread in threads) == DEEPEST - 1
    assert len(opened(run(*steps))) == 40


def test_agent_rows_are_not_counted_in_the_main_thread() -> None:
    builder = ItemBuilder()
    builder.line(1, assistant(agent("a", "one")))
    builder.line(2, side(user("one"), "1"))
    assert builder.counts == {"tool": 1}
    assert builder.pages("1") == 1


def test_items_of_threads_are_put_together_in_reading_order() -> None:
    lines = [
        *[user(f"p{at}") for at in range(9)],
        assistant(agent("a", "one")),
        side(user("one"), "1"),
        user("end"),
    ]
    items = assemble(reversed(run(*lines)), dict(enumerate(lines)))
    numbers = [item.number for item in items]
    assert numbers == [*map(str, range(1, 12)), "10.1"]


def test_bounded_forgets_the_oldest() -> None:
    seen: Bounded[int, int] = Bounded(3)
    for at in (1, 2, 3, 1, 4):
        seen[at] = at
    assert list(seen) == [3, 1, 4]
    assert seen.newest() == 4
    assert Bounded[int, int](1).newest() is None


def test_keys_and_hashes_are_short() -> None:
    assert [key(odd) for odd in (None, 3, "", [], {})] == [None] * 5
    assert key("toolu_1") == "toolu_1"
    assert len(key("x" * 10_000) or "") == 16
    assert digest(" a\n") == digest("a") != digest("b")
    assert all(a != b for a, b in pairwise([digest("\ud800"), digest("\ud801")]))


def test_memory_stays_flat_over_endless_agents() -> None:
    builder = ItemBuilder()
    for at in range(30_000):
        builder.line(2 * at, side(user(f"p{at}"), f"u{at}", agent_id=f"g{at}"))
    state = builder._state
    assert len(state.threads) <= 20_001
    assert len(builder._state.sidechains._by_uuid) <= 16_384
