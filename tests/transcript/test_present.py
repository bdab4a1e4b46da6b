"""What stands in a text is told as `in` tells it."""

import random
import string

from ccshare.transcript import present
from ccshare.transcript.present import Present

LETTERS = "abAB01 -_=(:"


def test_as_one_by_one() -> None:
    source = random.Random(4)
    literals = {"".join(source.choices(LETTERS, k=source.randint(1, 7))) for _ in range(300)}
    some = Present(literals)
    for _ in range(400):
        text = "".join(source.choices(LETTERS + "é\u2192\n", k=source.randint(0, 120)))
        assert some.of(text) == {literal for literal in literals if literal in text}


def test_of_a_long_text_and_of_long_words() -> None:
    source = random.Random(5)
    some = Present(["token(", "oken=", "keytool ", " -p", "|"])
    word = "".join(source.choices(string.hexdigits, k=5_000))
    assert some.of(f"{word}token({word}") == {"token("}
    text = "word " * 60_000 + "keytool -p"
    assert len(text) > present._LONG_TEXT
    assert some.of(text) == {"keytool ", " -p"}


def test_memory_is_bounded() -> None:
    some = Present(["token", "|"])
    for start in range(0, present._MOST_WORDS * 2, 5_000):
        some.of(" ".join(f"token{n}" if n % 2 else f"n{n}" for n in range(start, start + 5_000)))
        assert len(some._known) + len(some._dull) <= present._MOST_WORDS
    assert some.of("a token7 of ours") == {"token"}
