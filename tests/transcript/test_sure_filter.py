"""The quick look at whole lines: it may waste a walk, it must never miss a shape."""

import random

import pytest
from ccshare.transcript import detect
from ccshare.transcript.detect import SureFilter, find_sure
from ccshare.transcript.document import encode
from ccshare.transcript.rules import RULES, Rule, fill

SURE = [rule for rule in RULES if rule.sure]
UUID = "44a1cd76-3f1b-45d3-acaa-6678caf3c9d2"


def line_with(text: str) -> bytes:
    return encode({"type": "user", "uuid": UUID, "message": {"content": f'see "{text}"\nhere'}})


@pytest.mark.parametrize("rule", SURE, ids=lambda rule: rule.id)
def test_every_sure_example_is_possible_again_and_again(rule: Rule) -> None:
    text = fill(rule.example, random.Random(5))
    assert find_sure(text)
    look = SureFilter()
    assert [look.possible(line_with(text)) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("rule", SURE, ids=lambda rule: rule.id)
def test_a_shape_is_found_after_words_that_are_known(rule: Rule) -> None:
    text = fill(rule.example, random.Random(6))
    look = SureFilter()
    for plain in ("a-long-word-that-is-harmless", UUID, "0" * 40):
        assert not look.possible(line_with(plain))
    together = encode({"a": f"a-long-word-that-is-harmless {UUID} {text}"})
    assert look.possible(together)


def test_no_rule_fits_in_what_is_skipped() -> None:
    alphabet = set("0123456789abcdef-")
    for rule in RULES:
        assert all(set(word) - alphabet for word in rule.keywords), rule.id
        for seed in range(20):
            example = fill(rule.example, random.Random(seed))
            assert set(example) - alphabet, rule.id
    source = random.Random(1)
    for _ in range(2_000):
        digits = f"{source.getrandbits(128):032x}"
        uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        assert detect._SHAPES.in_bytes.search(uuid.encode()) is None


def test_a_private_key_is_possible() -> None:
    assert SureFilter().possible(line_with("-----BEGIN PRIVATE KEY-----"))


def test_what_is_remembered_is_bounded() -> None:
    look = SureFilter()
    for start in range(0, 60_000, 6_000):
        words = " ".join(f"plain-words-number-{n:07}" for n in range(start, start + 6_000))
        assert not look.possible(encode({"text": words}))
        assert len(look._clean) <= detect._MOST_CLEAN
    assert not look.possible(encode({"text": "x" * 100_000}))
    assert max(map(len, look._clean)) <= detect._LONGEST_CLEAN
