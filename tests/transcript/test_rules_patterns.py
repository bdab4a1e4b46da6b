"""What every pattern keeps to: one reading in all engines, and time that grows with the text."""

import random
import re
import time
from re import _constants as codes  # pyright: ignore[reportAttributeAccessIssue]
from re import _parser as parser  # pyright: ignore[reportAttributeAccessIssue]
from typing import Any

import pytest
import re2
from ccshare.transcript.rules import RULES, Rule
from ccshare.transcript.rules.recipes import fill

IDS = [rule.id for rule in RULES]
SIZE = 200_000


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_re2_reads_the_pattern_alike(rule: Rule) -> None:
    theirs, ours = re2.compile(rule.core), re.compile(rule.core)
    for seed in range(5):
        example, counter = (fill(r, random.Random(seed)) for r in (rule.example, rule.counter))
        text = f"so {example} is, {counter}"
        assert [m.span() for m in theirs.finditer(text)] == [m.span() for m in ours.finditer(text)]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_core_is_the_pattern_without_its_edges(rule: Rule) -> None:
    assert not re.search(r"\(\?[=!]|\(\?<[=!]|\(\?>|[+*}]\+|\\[1-9]|\\[bB]", rule.core)
    for seed in range(5):
        text = fill(rule.example, random.Random(seed))
        whole, core = re.search(rule.pattern, text), re.search(rule.core, text)
        assert whole and core and core.start() <= whole.start()


def repeats(tree: Any, inside: bool = False) -> list[str]:
    """What is wrong with the repeats in a parsed pattern: one without end inside another."""
    wrong = []
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            endless = value[1] is codes.MAXREPEAT
            if endless and inside:
                wrong.append("a repeat without end inside a repeat without end")
            wrong += repeats(value[2], inside or endless)
        elif code is codes.SUBPATTERN:
            wrong += repeats(value[3], inside)
        elif code is codes.BRANCH:
            wrong += [fault for branch in value[1] for fault in repeats(branch, inside)]
    return wrong


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_no_repeat_stands_inside_a_repeat(rule: Rule) -> None:
    assert repeats(parser.parse(rule.pattern)) == []


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_time_is_linear(rule: Rule) -> None:
    pattern = re.compile(rule.pattern)
    text = fill(rule.example, random.Random(3))
    for piece in (rule.keywords[0] if rule.keywords else text[:6], text[: len(text) // 2]):
        whole = piece * (SIZE // len(piece))
        large = seconds(pattern, whole)
        if large > 0.1:  # what takes less is too little to be compared, and to matter
            assert large <= 8 * seconds(pattern, whole[: SIZE // 4]) + 0.1, piece
