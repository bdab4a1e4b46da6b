"""Many literals are found where a pattern finds them, however many there are."""

import base64
import random
import string
import time
import tracemalloc

import pytest
from ccshare.transcript import engines, literals
from ccshare.transcript.literals import Pattern, Pieces
from ccshare.transcript.propagate import Echoes

SIGNS = string.ascii_letters[:8] + string.digits[:4] + "@.-/+"


def test_pyahocorasick_is_there_to_compare_with() -> None:
    assert engines.ahocorasick is not None


def sorted_words(words: set[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def made_up(source: random.Random, many: int) -> list[str]:
    """Words of few letters, so that they overlap, begin alike and stand in each other."""
    words = {"".join(source.choices(SIGNS, k=source.randint(8, 24))) for _ in range(many)}
    words |= {word[: len(word) // 2 + 5] for word in list(words)[: many // 4]}
    return sorted_words(words)


def around(source: random.Random, words: list[str]) -> str:
    """A text with some of them in it, whole, touching each other, and cut."""
    pieces: list[str] = []
    for word in source.sample(words, min(len(words), 60)):
        cut = source.randint(0, len(word))
        pieces += [word, "".join(source.choices(SIGNS + " \n", k=5)), word[:cut], word, word[cut:]]
    return "".join(pieces)


@pytest.mark.parametrize("seed", range(30))
def test_as_a_pattern_finds_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(seed)
    if seed % 2:
        monkeypatch.setattr(engines, "re2", None)
    if seed % 3:
        monkeypatch.setattr(engines, "ahocorasick", None)
    words = made_up(source, 200)
    one, other = Pattern(words), Pieces(words)
    text = around(source, words)
    found = list(other.find(text))
    assert found == list(one.find(text))
    assert len(found) > 50
    for place in found:
        assert other.may_be_in(f'"x\\n{place.literal}\\t"'.encode())
    for nothing in ("", "no such thing", "Ä" * 50):
        assert not list(other.find(nothing))


def test_those_without_a_piece_of_their_own() -> None:
    """Of the many that share their only long run, some are found by a pattern, the rest is not."""
    words = sorted_words({f"{a}{b}@company.com" for a in "abcdefgh" for b in "ijklmnop"})
    there = Pieces(words)
    text = " ".join(words)
    assert [place.literal for place in there.find(text)] == words
    assert there.may_be_in(words[40].encode())


def many(alike: str) -> set[str]:
    source = random.Random(1)
    return {f"{alike}{source.getrandbits(96):x}" for _ in range(50_000)}


@pytest.mark.parametrize("alike", ["", "AAAAAAAA", "ab"])
@pytest.mark.parametrize("fast", [True, False])
def test_fifty_thousand(alike: str, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(engines, "ahocorasick", None)
    words = many(alike)
    start = time.process_time()
    there = literals.literals(words)
    assert there is not None
    text = "what one reads all day in logs, " * 10_000 + next(iter(words)) + "A" * 300_000
    assert there.may_be_in(text.encode())
    assert len(list(there.find(text))) == 1
    assert time.process_time() - start < 6


def test_fifty_thousand_take_little_memory() -> None:
    words = many("")
    tracemalloc.start()
    there = literals.literals(words)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert there is not None
    assert most < 80 << 20


def test_an_echo_of_many() -> None:
    """Also in base64, of as many as are looked for there."""
    source = random.Random(2)
    values = {f"tok-{source.getrandbits(128):032x}": "x" for _ in range(2_000)}
    echoes = Echoes(values)
    value = list(values)[700]
    assert [found.value for found in echoes.find(f"see {value}.")] == [value]
    assert echoes.possible(value.encode())
    inside = base64.b64encode(f"user:{value}:end".encode()).decode()
    assert [found.value for found in echoes.find(inside)] == [value]
    assert echoes.possible(inside.encode())
    assert not echoes.possible(b"nothing of the kind")
    assert echoes.without_pieces(f"the {value[:30]} thing") == "the … thing"


SPELLINGS = ("eve.lee@site.org", "eve.lee%40site.org", "eve.lee&commat;site.org")
IN_JSON = (
    "eve.lee\\u0040site.org",
    "eve.lee@\\n        112\\u2192site.org",
    'eve.lee@\\" + \\"site.org',
)


@pytest.mark.parametrize("spelling", [*SPELLINGS, *IN_JSON])
def test_a_literal_of_short_words_is_seen_however_its_signs_are_written(spelling: str) -> None:
    line = f'{{"text":"write to {spelling} today"}}'.encode()
    echoes = Echoes({"eve.lee@site.org": "email"}, ["eve.lee@site.org"])
    assert echoes.possible(line)
    assert Echoes({}, ["eve.lee@site.org"]).possible(line)


def test_one_of_its_words_alone_is_nothing() -> None:
    echoes = Echoes({"eve.lee@site.org": "email"}, ["eve lee"])
    assert not echoes.possible(b'{"text":"the whole site is up; eve said so."}')
    assert echoes.without_pieces("a site of their own") == "a site of their own"
