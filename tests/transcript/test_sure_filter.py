"""The quick look at whole lines: it may waste a walk, it must never miss a shape."""

import random
import re
import tracemalloc

import pytest
from ccshare.transcript import shapes
from ccshare.transcript.detect import find_sure
from ccshare.transcript.document import encode
from ccshare.transcript.rules import RULES, Rule
from ccshare.transcript.rules.recipes import fill
from ccshare.transcript.shapes import SureFilter

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
    uuid_form = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for rule in RULES:
        for seed in range(20):
            example = fill(rule.example, random.Random(seed))
            assert not uuid_form.fullmatch(example), rule.id
    source = random.Random(1)
    for _ in range(2_000):
        digits = f"{source.getrandbits(128):032x}"
        uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        assert not shapes.SHAPES.in_words(uuid)  # the whole rules, not only their beginnings


def test_a_private_key_is_possible() -> None:
    assert SureFilter().possible(line_with("-----BEGIN PRIVATE KEY-----"))


def test_what_is_remembered_is_bounded() -> None:
    look = SureFilter()
    for start in range(0, 60_000, 6_000):
        words = " ".join(f"plain-words-used-{n:07}" for n in range(start, start + 6_000))
        assert not look.possible(encode({"text": words}))
        assert len(look._clean) <= shapes._MOST_CLEAN
    assert not look.possible(encode({"text": "x" * 100_000}))
    assert max(map(len, look._clean)) <= shapes._LONGEST_CLEAN


def test_a_huge_line_of_long_words_takes_little_memory() -> None:
    words = " ".join(f"plain-words-used-{n:07}" for n in range(300_000))
    line, secret = words.encode(), fill(SURE[0].example, random.Random(7)).encode()
    tracemalloc.start()
    try:
        assert not SureFilter().possible(line)
        # Without batches it is seven times the line.
        assert tracemalloc.get_traced_memory()[1] < len(line)
    finally:
        tracemalloc.stop()
    for place in (0, len(line) // 2, len(line)):
        assert SureFilter().possible(line[:place] + b" " + secret + b" " + line[place:])


@pytest.mark.parametrize("tokens", [3, 40], ids=["few", "many"])
def test_a_long_text_gives_what_its_parts_give(tokens: int) -> None:
    source = random.Random(9)
    filler = " ".join(f"{source.getrandbits(160):040x}" for _ in range(10_000))
    shape = next(rule for rule in SURE if rule.id == "github-token")
    made = [fill(shape.example, source) for _ in range(tokens)]
    text = "".join(f'{filler} "{token}" {token}.' for token in made)
    found = find_sure(text)
    assert [span.value for span in found] == [token for token in made for _ in range(2)]
    assert all(text[span.start : span.end] == span.value for span in found)
