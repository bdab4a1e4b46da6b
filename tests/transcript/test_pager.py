"""Pages: the limits, and estimates that stay honest."""

import pytest
from ccshare.render import code
from ccshare.transcript import pager as pages
from ccshare.transcript import weights
from ccshare.transcript.pager import Pager
from ccshare.transcript.weights import Weight


def place(count: int, weight: Weight) -> list[int]:
    pager = Pager()
    return [pager.place(weight) for _ in range(count)]


def test_a_page_closes_at_its_number_of_items() -> None:
    assert place(101, Weight(1, 1)) == [1] * 50 + [2] * 50 + [3]


def test_a_page_closes_at_its_elements_and_bytes() -> None:
    assert place(8, Weight(250, 10)) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert place(3, Weight(1, 30_000)) == [1, 2, 3]
    assert max(place(pages.PAGE_ITEMS, weights.TOOL_ROW)) == 1


def test_an_item_heavier_than_a_page_has_one_of_its_own() -> None:
    pager = Pager()
    assert [pager.place(w) for w in (Weight(1, 1), Weight(9_999, 1), Weight(1, 1))] == [1, 2, 3]


def test_only_the_newest_page_grows() -> None:
    pager = Pager()
    assert pager.page == 0
    assert pager.place(Weight(600, 0)) == 1
    pager.grow(1, Weight(100, 0))
    assert pager.place(Weight(1, 0)) == 2
    pager.grow(1, Weight(5_000, 0))
    assert pager.place(Weight(1, 0)) == 2


def test_texts_weigh_no_more_than_what_is_shown() -> None:
    heavy = weights.text("| a | b |\n" * 100_000)
    assert heavy.nodes == weights.TEXT_NODES
    assert heavy.size <= weights.TEXT_CHARACTERS
    assert weights.text("字" * 20_000).size == 3 * weights.TEXT_CHARACTERS
    assert weights.text("\ud800").size == 3
    assert 3 * weights.TEXT_CHARACTERS < pages.PAGE_BYTES


CODE = {
    "python": "def total(items, rate=0.2):\n    return sum(i.price * (1 + rate) for i in items)\n",
    "typescript": "export const f = (a: number, b?: string): void => { g(a, b ?? 'x'); };\n",
    "bash": 'for f in *.py; do grep -v "a" "$f" > "$f.log"; done && echo $?\n',
    "json": '{"name": "ccshare", "version": 1, "files": ["a.py", "b.py"], "ok": true}\n',
}


@pytest.mark.parametrize("language", CODE)
def test_the_estimate_of_code_is_near_what_is_drawn(language: str) -> None:
    source = CODE[language] * 8
    real = code.spans(source, code.language(language)).count("<span")
    estimate = weights.text_nodes(f"```{language}\n{source}```")
    assert 0.8 * real <= estimate <= 4 * real, (real, estimate)


def test_code_without_a_language_has_no_spans() -> None:
    assert weights.text_nodes("```\n" + "x = 1\n" * 100 + "```") < 15


@pytest.mark.parametrize(
    "piece", ["*a* ", "_a_ ", "**a** ", "`a` ", "- a\n", "| a | b |\n", "[a](b) ", "a\n\n", "> > "]
)
def test_no_mark_is_free(piece: str) -> None:
    """Whatever makes an element each must weigh, or a page could be stuffed with it."""
    assert weights.text_nodes(piece * 120) >= 80
