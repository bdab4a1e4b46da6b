"""What is relaxed finds something wherever the pattern does; only then may a "no" be trusted."""

import random
import re

import pytest
from ccshare.transcript import engines, looks, pairs, personal_shapes, prose, tables, views
from ccshare.transcript.detect import find
from ccshare.transcript.name_looks import GROUPS as NAMES
from ccshare.transcript.relax import NotRelaxed, relaxed
from ccshare.transcript.structures import GROUPS as STRUCTURES
from ccshare.transcript.structures import structures

CASES = [
    (r"\blog in\b", "to log in"),
    (r"(?i)token=(\w{4,9})", "TOKEN=grüße"),
    (r"(?<!x)a(?=b(c[)])?)", "ab"),
    (r"(?P<q>[\"'])[^\W\d_]+", "'é"),
    (r"[^\n]{0,160}?pass", "pass"),
    (r"(?m)^a$", "b\na\n"),
    (r"пароль[ :]{1,3}\S{6}", "пароль: привет"),
    (r"\u2192\d{2}", "→\u0661\u0662"),
    (r"x{30}y{300}", "x" * 30 + "y" * 300),
    (r"[\]a-z-]{2,}", "a]"),
    (re.escape("Zoë Łuk (x) \t."), "Zoë Łuk (x) \t."),
]


@pytest.mark.parametrize(("pattern", "text"), CASES, ids=[case[0] for case in CASES])
def test_it_finds_at_least_as_much(pattern: str, text: str) -> None:
    assert re.search(pattern, text)
    look = engines.any_of([pattern])
    assert look is not None
    assert look(text.encode())
    assert not look(b"0")


@pytest.mark.parametrize("pattern", [r"(?P<a>x)(?P=a)", r"(x)\1"])
def test_what_is_not_known_is_refused(pattern: str) -> None:
    with pytest.raises(NotRelaxed):
        relaxed(pattern)
    assert engines.any_of([pattern]) is None


def test_every_look_of_ours_is_taken() -> None:
    assert None not in [views.BASE64_IN_BYTES, looks._HEX, prose._QUICK]
    for look in (looks._NAMED, looks._STRUCTURED):
        assert look is not None
        assert not look(b"nothing of theirs")
    for may_match in (pairs._quick, tables._quick, personal_shapes.numbers):
        assert not may_match("nothing of theirs")  # where a look is not taken, all is "perhaps"


@pytest.mark.parametrize("groups", [NAMES, STRUCTURES], ids=["names", "structures"])
def test_each_pattern_can_be_said(groups: tuple[tuple[str, ...], ...]) -> None:
    for pattern in (pattern for group in groups for pattern in group):
        assert engines.any_of([pattern]) is not None, pattern


def test_letters_of_any_case_are_found() -> None:
    value = "".join(random.Random(1).choices("0123456789abcdef", k=32))
    text = f'Authorization: Dige\u017ft username="x", response="{value}"'
    assert list(structures(text))
    assert find(text)
