"""Every row of the rule table, by its own example and counter-example."""

import random
import re

import pytest
from ccshare.transcript.detect import find
from ccshare.transcript.rules import RULES, Rule, fill

IDS = [rule.id for rule in RULES]


def values(rule: Rule, recipe: str, seed: int) -> list[str]:
    text = fill(recipe, random.Random(seed))
    return [text[s.start : s.end] for s in find(text) if s.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_example_is_found(rule: Rule) -> None:
    for seed in range(20):
        assert values(rule, rule.example, seed), fill(rule.example, random.Random(seed))


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_example_is_found_inside_other_text(rule: Rule) -> None:
    text = fill(rule.example, random.Random(7))
    for around in (
        '{{"x": "{}"}}',
        "say `{}` now",
        "\\n{}\\n",
        "\x1b[32m{}\x1b[0m",
        "a\n  12→{}\n",
    ):
        whole = around.format(text)
        assert any(span.rule == rule.id for span in find(whole)), whole


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_counter_example_is_left(rule: Rule) -> None:
    for seed in range(20):
        assert not values(rule, rule.counter, seed)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_row_is_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9-]{2,40}", rule.id)
    assert rule.what and rule.source
    assert all(len(word) >= 2 for word in rule.keywords)
    text = fill(rule.example, random.Random(1))
    assert not rule.keywords or any(word in text for word in rule.keywords)


def test_ids_are_unique_and_many() -> None:
    assert len(set(IDS)) == len(IDS)
    assert len(IDS) >= 60


def test_no_pattern_repeats_a_repetition() -> None:
    for rule in RULES:
        inside = re.search(r"\((?:[^()]*[+*}])\)(?:[+*]|\{\d+,\})", rule.pattern)
        assert inside is None, rule.id
