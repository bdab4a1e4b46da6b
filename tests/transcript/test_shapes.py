"""Known shapes in a long text: read at the words that tell of a rule, with the same findings."""

import random
import string

import pytest
from ccshare.transcript import shapes
from ccshare.transcript.detect import find_sure
from ccshare.transcript.rules import RULES
from ccshare.transcript.rules.recipes import fill

SIZE = 20_000


def random_words(chance: random.Random, size: int) -> list[str]:
    """Words of 40 letters, which rules with short keywords suspect all the time."""
    return ["".join(chance.choices(string.ascii_letters, k=40)) for _ in range(size // 41)]


def long_text(seed: int, between: tuple[str, ...] = (" ",)) -> str:
    """Examples of 80 rules among words; some come again, and some inside longer words."""
    chance = random.Random(seed)
    words = random_words(chance, SIZE)
    secrets = [fill(rule.example, chance) for rule in chance.sample(RULES, 80)]
    for secret in (*secrets, *chance.sample(secrets, 20)):
        words.insert(chance.randrange(len(words)), secret)
    for secret in chance.sample(secrets, 20):
        inside = "".join(chance.choices(string.ascii_letters, k=20)) + secret + "Zz0_" * 5
        words.insert(chance.randrange(len(words)), inside)
    words[0], words[-1] = secrets[0], secrets[1]
    return "".join(word + chance.choice(between) for word in words)[:-1]


@pytest.mark.parametrize(
    "between", [(" ",), ("\n", '" "', " \N{EM DASH} ", "\ud800", "\\n")], ids=["plain", "mixed"]
)
@pytest.mark.parametrize(("few", "places"), [(2_000, 2_000), (3, 1), (1, 0)])
def test_a_long_text_has_the_findings_of_a_short_one(
    monkeypatch: pytest.MonkeyPatch, between: tuple[str, ...], few: int, places: int
) -> None:
    text = long_text(few + places, between)
    monkeypatch.setattr(shapes, "_LONG_TEXT", len(text))
    sure = find_sure(text)
    monkeypatch.setattr(shapes, "_LONG_TEXT", 0)
    monkeypatch.setattr(shapes, "_FEW_WORDS", few)
    monkeypatch.setattr(shapes, "_MOST_PLACES", places)
    assert find_sure(text) == sure
    assert len(sure) > 60
