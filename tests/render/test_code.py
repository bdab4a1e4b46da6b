"""Colours for code: few nodes, the right lexer, and an end to patience."""

import re
import time

import pytest
from ccshare.render import code, sanitize


def text_of(html: str) -> str:
    plain = re.sub(r"<[^>]*>", "", html)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_language_comes_from_the_fence_or_the_file() -> None:
    assert code.language("Python") == "python"
    assert code.language(file="a/b.TSX") == "typescript"
    assert code.language(file="C:\\x\\Dockerfile") == "docker"
    assert code.language("no such thing") == ""
    assert code.language(file="notes") == ""
    assert code.language(file="x" * 100_000) == ""


def test_spans_are_merged_and_names_have_none() -> None:
    html = code.highlight("def f(x):\n    return x  # why\n", "python")
    assert html == (
        '<span class="k">def </span><span class="f">f</span>(x):\n    '
        '<span class="k">return </span>x  <span class="c"># why\n</span>'
    )


@pytest.mark.parametrize("alias", sorted(set(code.LANGUAGES.values())))
def test_every_lexer_keeps_the_text_and_our_classes(alias: str) -> None:
    source = '<a b="c">& \'d\' {"e": [1, 2.5]} # f\n// g\n/* h */ def i(): \\n `j`\n\ttab\n\n'
    html = code.highlight(source, alias)
    assert text_of(html) == source
    assert set(re.findall(r'class="(\w+)"', html)) <= sanitize.CLASSES["span"]


@pytest.mark.parametrize("alias", sorted(set(code.LANGUAGES.values())))
def test_hostile_sources_end_in_time(alias: str) -> None:
    start = time.process_time()
    for piece in ("[", '"', "<", "=", "a ", "${", "\\"):
        lines = (piece * (1_900 // len(piece)) + "\n") * 3
        assert text_of(code.highlight(lines, alias)) == lines
    assert time.process_time() - start < 4


def test_big_and_wide_texts_stay_plain() -> None:
    assert code.highlight("x = 1\n" * 20_000, "python").count("<span") == 0
    assert code.highlight("x = '<" + "y" * 3_000, "python") == "x = '&lt;" + "y" * 3_000


def test_every_class_has_a_colour_and_passes_the_sanitizer() -> None:
    for kind in set(code.KINDS.values()):
        assert f".{kind}{{" in code.stylesheet()
    assert set(code.KINDS.values()) <= sanitize.CLASSES["span"]


def test_a_lexer_that_takes_long_to_load_still_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = code._lexer("python")

    def slow(_: str) -> object:
        until = time.thread_time() + 2 * code.MOST_SECONDS
        while time.thread_time() < until:
            pass
        return loaded

    monkeypatch.setattr(code, "_lexer", slow)
    assert '<span class="k">' in code.spans("import os\n", "python")
