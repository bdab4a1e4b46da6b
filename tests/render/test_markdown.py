"""Markdown as models write it; hostile texts end as plain text, in time."""

import time

import pytest
from ccshare.render import markdown


def test_lists_as_models_write_them() -> None:
    html = markdown.render("Here:\n- a\n  - b\n- c\n\n1. one\n   ```py\n   x = 1\n   ```\n2. two")
    assert html.count("<ul>") == 2
    assert html.count("<ol>") == 1
    assert html.index("<pre") < html.index("two")
    assert "```" not in html
    assert "<p>Here:</p>" in html


def test_text_after_a_block_in_an_item_does_not_swallow_the_next_item() -> None:
    html = markdown.render("1. one\n   ```\n   x\n   ```\n   after\n2. two")
    assert html.count("<li>") == 2
    assert "<ol>" in html and html.count("<ol") == 1


def test_a_change_of_the_sort_of_list_starts_another() -> None:
    html = markdown.render("- a\n- b\n1. c\n2. d")
    assert html.index("</ul>") < html.index("<ol>")


def test_headings_fit_below_the_pages_own_without_gaps() -> None:
    html = markdown.render("#### deep\n# top\n### skips\n## two", level=3)
    assert [html[at + 1 : at + 3] for at in range(len(html)) if html.startswith("<h", at)] == [
        "h3",
        "h3",
        "h4",
        "h4",
    ]


def test_raw_html_is_shown_as_typed() -> None:
    html = markdown.render("a <b>bold</b> <div>\n\n<script>x</script>\n\n&lt; & <!-- c -->")
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "&lt;!-- c --&gt;" in html


def test_pictures_become_links_and_bare_addresses_too() -> None:
    html = markdown.render("![alt](https://a.example/x.png) see https://b.example/a_b_c).")
    assert "<img" not in html
    assert 'href="https://a.example/x.png"' in html
    assert 'href="https://b.example/a_b_c"' in html
    assert html.count("<a ") == 2


def test_tables_single_newlines_and_unclosed_fences() -> None:
    html = markdown.render("one\ntwo\n| a | b |\n|---|--:|\n| 1 | 2 |\nafter\n```\n<i>")
    assert "one<br>" in html
    assert '<td align="right">2</td>' in html
    assert "<p>after</p>" in html
    assert "<code>&lt;i&gt;\n</code>" in html


def test_fenced_code_is_coloured_within_the_budget() -> None:
    text = "```python\n" + "def f(x): return 'a'\n" * 100 + "```"
    assert '<span class="k">def' in markdown.render(text)
    clipped = markdown.beginning(text, characters=8_000, nodes=100)
    assert markdown.count_elements(clipped.html) <= 100
    assert clipped.hidden == 0


def test_the_beginning_keeps_both_limits() -> None:
    text = "**a** " * 5_000
    found = markdown.beginning(text, characters=8_000, nodes=100)
    assert markdown.count_elements(found.html) <= 100
    assert 0 < found.hidden < len(text)
    assert markdown.beginning("short", characters=8_000, nodes=100).hidden == 0


HOSTILE = {
    "quotes": ">" * 5_000,
    "brackets": "[" * 5_000,
    "links": "[a](" * 5_000,
    "one line": "x " * 500_000,
    "emphasis": "***a *b_ " * 600,
    "bullets": "- " * 5_000,
    "nested list": "\n".join("  " * depth + "- x" for depth in range(500)),
    "nested quotes": "\n".join("> " * depth + "x" for depth in range(200)),
    "ticks": "`" * 9_999,
    "tags": "<" * 9_000,
    "fences": "```a\n" * 9_000,
    "open links": ("[" * 480 + "\n\n") * 100,
    "tables": "|a|b|\n|-|-|\n" * 3_000,
    "underlines": "a\n---\n" * 3_000,
    "addresses": "http://" * 2_000,
    "paragraphs": "a\n\n" * 30_000,
    "backslashes": "\\" * 9_000,
    "stash marks": "\x02wzxhzdk:0\x03" * 500,
    "tildes": "~~a" * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_drawn_in_time(text: str) -> None:
    start = time.process_time()
    whole = markdown.render(text)
    clipped = markdown.beginning(text, characters=8_000, nodes=250)
    assert time.process_time() - start < 3
    assert markdown.count_elements(clipped.html) <= 250
    assert whole


def test_what_is_too_much_is_shown_as_typed() -> None:
    assert markdown.render(">" * 5_000) == '<div class="plain">' + "&gt;" * 5_000 + "</div>"
    assert markdown.render("<b>" + "x" * 1_000_000).startswith('<div class="plain">&lt;b&gt;xxx')


def test_a_broken_text_does_not_spoil_the_next() -> None:
    for _ in range(3):
        markdown.render("[" * 400 + "\n\n> " * 8 + "```")
        assert markdown.render("fine").strip() == "<p>fine</p>"
