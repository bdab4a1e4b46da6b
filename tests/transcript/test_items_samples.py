"""Items over real sessions of other people, from Claude Code 1.0.51 to 2.1.236."""

import gzip
import json
import re
import time
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from ccshare.render import page
from ccshare.transcript.assemble import assemble
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Item, Json, Part
from ccshare.transcript.pager import PAGE_ITEMS
from ccshare.transcript.prompts import content_blocks, plain_prompt

pytestmark = pytest.mark.samples


def read(path: Path) -> dict[int, Json]:
    lines: dict[int, Json] = {}
    for number, raw in enumerate(path.read_bytes().splitlines(), 1):
        try:
            lines[number] = json.loads(raw)
        except ValueError:
            continue
    return lines


def parts_of(lines: dict[int, Json]) -> list[Part]:
    builder = ItemBuilder()
    return [part for number, line in lines.items() for part in builder.line(number, line)]


@pytest.fixture(scope="module")
def sessions(samples: list[Path]) -> dict[str, tuple[dict[int, Json], list[Part], list[Item]]]:
    found = {}
    for path in samples:
        lines = read(path)
        parts = parts_of(lines)
        found[path.stem] = (lines, parts, assemble(parts, lines))
    return found


def blocks(lines: dict[int, Json], kind: str) -> dict[tuple[int, int], Json]:
    return {
        (number, index): block
        for number, line in lines.items()
        if line.get("type") in ("user", "assistant")
        for index, block in enumerate(content_blocks(line))
        if isinstance(block, dict) and block.get("type") == kind
    }


def test_every_real_prompt_is_one_item(sessions) -> None:
    for name, (lines, _, items) in sessions.items():
        expected = [n for n, line in lines.items() if plain_prompt(line) is not None]
        prompts = [item for item in items if item.kind == "prompt" and not item.thread]
        assert [item.blocks[0].sequence for item in prompts] == expected, name


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("davila7__claude-code-templates__0c-8692e2359c-0", 11),
        ("entireio__cli__25-730c662552-0", 18),
        ("entireio__cli__30-e81e82f6ba-0", 5),
        ("jimmc414__cctrace__phase0-main", 18),
        ("obra__episodic-memory__long-conversation", 15),
        ("slopus__happy__permission-prompt-aborted-with-interrupt", 1),
        ("davila7__claude-code-templates__8e-725ab9345b-0", 0),
    ],
)
def test_prompts_as_counted_by_eye(sessions, name: str, prompts: int) -> None:
    """A guard against both readings of the test above being wrong in the same way."""
    items = sessions[name][2]
    assert sum(item.kind == "prompt" and not item.thread for item in items) == prompts


def test_every_tool_call_is_one_item(sessions) -> None:
    for name, (lines, _, items) in sessions.items():
        opened = Counter(
            (item.blocks[0].sequence, item.blocks[0].index) for item in items if item.kind == "tool"
        )
        assert opened == Counter(blocks(lines, "tool_use").keys()), name


def test_every_result_is_joined_to_the_item_of_its_call(sessions) -> None:
    for name, (lines, parts, items) in sessions.items():
        joined = 0
        for item in items:
            for block in item.blocks:
                if block.role == "result":
                    joined += 1
                    assert block.content["tool_use_id"] == item.blocks[0].content["id"], name
        assert joined == len(blocks(lines, "tool_result")), name
        assert not [part for part in parts if part.name == "orphan-result"], name


def test_every_answer_is_one_item(sessions) -> None:
    for name, (lines, _, items) in sessions.items():
        said = [
            at for at, block in blocks(lines, "text").items()
            if lines[at[0]]["type"] == "assistant" and block["text"].strip()
            and not lines[at[0]].get("isApiErrorMessage")
            and block["text"].strip() not in ("(no content)", "No response requested.")
        ]  # fmt: skip
        answers = [(i.blocks[0].sequence, i.blocks[0].index) for i in items if i.kind == "answer"]
        assert sorted(answers) == said, name


def test_numbers_run_from_one_and_pages_only_rise(sessions) -> None:
    for name, (_, parts, items) in sessions.items():
        for thread, group in groupby(items, key=lambda item: item.thread):
            rows = list(group)
            assert [row.n for row in rows] == list(range(1, len(rows) + 1)), (name, thread)
            pages = [row.page for row in rows]
            assert pages == sorted(pages), (name, thread)
            assert set(pages) == set(range(1, pages[-1] + 1)), (name, thread)
            assert max(Counter(pages).values()) <= PAGE_ITEMS
        owner = {(p.thread, p.n): p for p in parts if p.role == "open"}
        assert len(owner) == len(items)
        assert all(owner[p.thread, p.n].page == p.page for p in parts), name


def test_each_block_is_used_once(sessions) -> None:
    for name, (_, parts, _) in sessions.items():
        used = Counter((p.sequence, p.block) for p in parts if p.block >= 0)
        assert max(used.values()) == 1, name


def test_a_longer_session_keeps_the_numbers_of_its_beginning(sessions) -> None:
    for name, (lines, parts, _) in sessions.items():
        numbers = list(lines)
        for k in {len(numbers) // 3, len(numbers) // 2, len(numbers) - 1}:
            begun = parts_of({number: lines[number] for number in numbers[:k]})
            assert begun == parts[: len(begun)], (name, k)
            assert all(part.sequence >= numbers[k] for part in parts[len(begun) :]), (name, k)


def test_old_sidechains_find_their_calls(sessions) -> None:
    """Five parallel agents of 1.0.98, all inline and without ids."""
    items = next(v for k, v in sessions.items() if "fe5e1c67" in k)[2]
    agents = {item.number: item for item in items if item.name == "Task"}
    threads = {item.thread for item in items if item.thread}
    assert threads == set(agents) and len(threads) == 5
    for number, item in agents.items():
        first = next(i for i in items if i.thread == number)
        assert first.kind == "prompt"
        assert first.blocks[0].content["text"] == item.blocks[0].content["input"]["prompt"]


def test_compactions_have_their_summaries(sessions) -> None:
    found = [
        [block.role for block in item.blocks]
        for _, _, items in sessions.values()
        for item in items
        if item.kind == "compaction"
    ]
    assert found == [["open", "summary"]] * 2


class _Links:
    """Addresses as long as the real ones."""

    def item(self, number: str) -> str:
        return f"/s/aB3dE6gH9jK2?m={number}#m-{number}"

    def body(self, number: str) -> str:
        return f"/s/aB3dE6gH9jK2/items/{number}"

    def image(self, sha256: str, ext: str) -> str:
        return f"/s/aB3dE6gH9jK2/images/{sha256}.{ext}"


def test_pages_as_drawn_stay_in_their_budget(sessions) -> None:
    """The estimates against the real renderer: half of the view's elements and bytes."""
    for name, (_, _, items) in sessions.items():
        main = [item for item in items if not item.thread]
        for number, rows in groupby(main, key=lambda item: item.page):
            html = str(page.items(list(rows), _Links()))
            assert len(re.findall(r"<[a-z]", html)) < 1_000, (name, number)
            assert len(gzip.compress(html.encode())) < 30_000, (name, number)


def test_fast_enough(sessions) -> None:
    lines = max((v[0] for v in sessions.values()), key=len)
    start = time.process_time()
    for _ in range(5):
        parts_of(lines)
    spent = time.process_time() - start
    assert spent / (5 * len(lines)) < 120e-6, "50,000 lines should take about a second"
