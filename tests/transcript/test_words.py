"""The words of a text, and those of many texts."""

import random

import pytest
from ccshare.transcript import words as module
from ccshare.transcript.words import Words, words


def texts(many: int) -> list[str]:
    source = random.Random(3)
    some = ["parser", "parserThing", "HTTPServer", "Stra\u00dfe", "\u65e5\u672c\u8a9e", "x1", "a_b"]
    made = ["".join(source.choices("abcdefgh", k=6)) for _ in range(300)]
    return [" ".join(source.choices([*some, *made], k=40)) for _ in range(many)]


def test_parts_of_a_name_are_words_too() -> None:
    assert words("parserThing of HTTPServer2") >= {
        "parserthing",
        "parser",
        "thing",
        "of",
        "server2",
    }


def test_who_remembers_gives_the_same() -> None:
    remembering = Words()
    for text in texts(200):
        assert remembering.of(text) == Words().of(text) == words(text)


def test_it_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 20)
    remembering = Words()
    for text in texts(50):
        assert remembering.of(text) == words(text)
        assert len(remembering._known) + len(remembering._several) <= 20
