"""With google-re2 and without it: the same answers, the same findings."""

import importlib
import random
import string

import pytest
from ccshare.transcript import engines
from ccshare.transcript.detect import find
from ccshare.transcript.propagate import Echoes
from ccshare.transcript.rules import RULES
from ccshare.transcript.rules.recipes import fill
from ccshare.transcript.shapes import Shapes, long_words

LETTERS = string.ascii_letters + string.digits + "+/-_ =\n"


def corpus() -> list[str]:
    source = random.Random(1)
    texts = [fill(rule.example, source) for rule in RULES for _ in range(5)]
    texts += [fill(rule.counter, source) for rule in RULES]
    texts += ["".join(source.choices(LETTERS, k=4_000)) for _ in range(100)]
    filler = "nothing-to-be-found-in-here " * 50
    return [*texts, *(f"{a} {filler} {b}" for a, b in zip(texts, reversed(texts), strict=True))]


def test_re2_is_there_to_compare_with() -> None:
    assert importlib.import_module("re2")
    assert engines.re2 is not None


def test_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = corpus()
    with_re2, values = Shapes(RULES), dict.fromkeys(texts[:400], "x")
    echoes = Echoes(values)
    monkeypatch.setattr(engines, "re2", None)
    plain, plain_echoes = Shapes(RULES), Echoes(values)
    found = 0
    for text in texts:
        words = long_words(text)
        assert with_re2.possible(words) == plain.possible(words)
        spans = list(with_re2.find(text, words))
        assert spans == list(plain.find(text, words))
        assert echoes.possible(text.encode()) == plain_echoes.possible(text.encode())
        found += len(spans)
    assert found > len(RULES)


def test_what_re2_cannot_do_is_done_without(capfd: pytest.CaptureFixture[str]) -> None:
    look = engines.quick_look("(?<!a)b")
    assert look("cb") and not look("ab")
    assert capfd.readouterr().err == ""


def test_a_long_text_is_searched_whole() -> None:
    token = "gh" + "p_" + "a1B2c3D4e5F6" * 3
    assert find("so it is " * 30_000 + token)


def test_what_was_let_go_is_compiled_again() -> None:
    token = "gh" + "p_" + "a1B2c3D4e5F6" * 3
    texts = [f"{'so it is ' * 200}{said}" for said in (token, f'JWT_SECRET="{token[4:]}"', "no")]
    before = [find(text) for text in texts]
    assert [len(found) for found in before] == [1, 1, 0]
    for _ in range(2):
        engines.let_go()
        assert [find(text) for text in texts] == before


def test_automata_are_made_when_they_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WARM_UP", 1_000)
    monkeypatch.setattr(engines, "_read", 0)
    made: list[str] = []

    def compiled(patterns: tuple[str, ...]) -> list[engines.Search]:
        made.extend(patterns)
        return [engines.search_once(patterns)]

    may = engines.may_match(["secret"], compiled)
    assert may("nothing") and not made
    assert not may("nothing" * 200) and made == ["secret"]
    assert may("a secret")
