"""Every row of the rule table, by its own example and counter-example."""

import random
import re
from collections.abc import Iterator

import pytest
from ccshare.app.keys import well_formed
from ccshare.transcript import shapes
from ccshare.transcript.detect import find
from ccshare.transcript.rules import RULES, Rule
from ccshare.transcript.rules.recipes import ALPHABETS, checksum, fill

IDS = [rule.id for rule in RULES]
AROUND = (
    "{}",
    "the key is {}, said he.",
    '{{"x": "{}"}}',
    '{{\\"x\\": \\"{}\\"}}',
    "export X='{}' && run",
    "run --x={} -v",
    "https://x.test/p?x={}&y=1",
    "say `{}` now",
    "\\n{}\\n",
    "\x1b[32m{}\x1b[0m",
    "a\n  12→{}\n",
)


def values(rule: Rule, recipe: str, seed: int) -> list[str]:
    text = fill(recipe, random.Random(seed))
    return [text[s.start : s.end] for s in find(text) if s.rule == rule.id]


def examples(rule: Rule, count: int) -> Iterator[str]:
    """Made-up values that the rule's check lets pass, as nearly all do."""
    made = (fill(rule.example, random.Random(seed)) for seed in range(count))
    for text in made:
        found = re.search(rule.pattern, text)
        assert found, text
        if rule.check is None or rule.check(
            found["value" if "value" in found.re.groupindex else 0]
        ):
            yield text


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_example_is_found(rule: Rule) -> None:
    passed = list(examples(rule, 20))
    assert len(passed) >= 18  # a random value may hold a filler word
    for text in passed[:6]:
        assert rule.id in [span.rule for span in find(text)], text


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_example_is_found_inside_other_text(rule: Rule) -> None:
    text = next(examples(rule, 9))
    for around in AROUND:
        whole = around.format(text)
        assert any(span.rule == rule.id for span in find(whole)), whole


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_counter_example_is_left(rule: Rule) -> None:
    for seed in range(5):
        assert not values(rule, rule.counter, seed)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_row_is_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule.id)
    assert len(rule.id) <= 40
    assert rule.what and rule.source
    assert all(len(word) >= 2 for word in rule.keywords)
    text = fill(rule.example, random.Random(1))
    assert not rule.keywords or any(word in text for word in rule.keywords)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_shape_stands_in_the_long_words(rule: Rule) -> None:
    text = fill(rule.example, random.Random(2))
    words = shapes.long_words(f"so {text} is")
    assert re.search(rule.core, words)
    assert not rule.keywords or any(word in words for word in rule.keywords)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_placeholders_are_left(rule: Rule) -> None:
    for letter in "xX":
        text = re.sub(
            r"<([a-z0-9]+):(\d+)>", lambda field, x=letter: x * int(field[2]), rule.example
        )
        assert rule.id not in [span.rule for span in find(text)], text


@pytest.mark.parametrize(
    "text",
    [
        "sk-ant-api03-" + "x" * 93 + "AA",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "X" * 36,
        "sk-" + "1234567890abcdef" * 3,
        "sk_test_your_key_here_please_now",
        "hf_your_token_here_and_nothing_else_at_all",
        "pk_live_" + "a1B2c3D4e5F6" * 2,
        "phc_" + "a1B2c3D4e5F6" * 4,
        "sb_publishable_" + "a1B2c3D4e5F6" * 3,
        "1234567890-a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4.apps.googleusercontent.com",
        "https://a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4@o12345.ingest.sentry.io/1234567",
    ],
)
def test_what_opens_nothing_is_left(text: str) -> None:
    assert find(text) == []


def test_ids_are_unique_and_many() -> None:
    assert len(set(IDS)) == len(IDS)
    assert len(IDS) >= 300


def test_a_row_wins_over_those_it_overlaps() -> None:
    for rule in RULES:
        (text,) = list(examples(rule, 1)) or [""]
        assert not text or rule.id in [span.rule for span in find(text)], rule.id


def test_checksum_is_that_of_our_own_keys() -> None:
    own = next(rule for rule in RULES if rule.id == "ccshare-key")
    assert well_formed(fill(own.example, random.Random(1)))
    assert checksum("") == "000000"


def test_recipes_are_made_of_known_fields() -> None:
    known = {*ALPHABETS, "crc", "uuid"}
    for rule in RULES:
        for recipe in (rule.example, rule.counter):
            assert {name for name, _ in re.findall(r"<([a-z0-9]+):(\d+)>", recipe)} <= known
