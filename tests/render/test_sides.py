"""Lines of a diff as HTML: numbers, colours, marks on words, and how many elements they cost."""

import re

from ccshare.render import diff, sides
from ccshare.render.sides import DrawnHunk


def drawn(lines: list[str], alias: str = "") -> DrawnHunk:
    patch = [{"oldStart": 3, "newStart": 5, "lines": lines}]
    return sides.drawn(diff.from_patch(patch), alias)[0]


def test_lines_have_the_numbers_of_their_sides() -> None:
    hunk = drawn([" a", "-b", "+c", "+d", " e"])
    rows = [(line.tag, line.old, line.new) for block in hunk.blocks for line in block.lines]
    assert rows == [
        ("span", "3", "5"),
        ("del", "4", ""),
        ("ins", "", "6"),
        ("ins", "", "7"),
        ("span", "5", "8"),
    ]
    assert [block.changed for block in hunk.blocks] == [False, True, False]
    assert not sides.drawn(diff.from_texts([("a", "b")]), "")[0].numbered


def test_words_are_marked_on_lines_that_are_alike_only() -> None:
    alike = drawn(["-return sum(prices)", "+return sum(rounded)"]).blocks[0].lines
    assert alike[0].html == 'return sum(<span class="w">prices</span>)'
    assert alike[1].html == 'return sum(<span class="w">rounded</span>)'
    other = drawn(["-one two three", "+four five six"]).blocks[0].lines
    assert "<span" not in other[0].html + other[1].html


def test_both_sides_are_coloured_as_the_texts_they_are() -> None:
    hunk = drawn([' x = """', "-old", "+import new", ' """', "+import os"], "python")
    html = [str(line.html) for block in hunk.blocks for line in block.lines]
    assert html[2] == '<span class="s">import new</span>'
    assert '<span class="k">import </span>os' in html[4]


def test_hostile_lines_stay_text_on_their_own_line() -> None:
    nasty = "<script>alert(1)</script>\r</ins>\u202egpj.exe\x1b[31m\x00"
    for alias in ("", "python", "html"):
        hunk = drawn(["-" + nasty, "+" + nasty + "\n<img src=x>", " ok"], alias)
        html = [str(line.html) for block in hunk.blocks for line in block.lines]
        assert len(html) == 3
        assert not re.search(r"<(?!/?span\b)", "".join(html)) and "\u202e" not in "".join(html)
        assert "‹U+202E›" in re.sub(r"<[^>]*>", "", html[0])


def test_two_hundred_lines_stay_a_small_page() -> None:
    lines = [f"{sign}x{n} = f({n}, 'a', {{'b': {n}}})  # c" for n in range(100) for sign in "-+"]
    hunk = drawn(lines, "python")
    html = [str(line.html) for block in hunk.blocks for line in block.lines]
    assert len(html) + len(hunk.blocks) + sum(row.count("<span") for row in html) < 3_000
