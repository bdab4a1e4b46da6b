"""What is relaxed finds something wherever the pattern does; only then may a "no" be trusted."""

import random
import re

import pytest
from ccshare.transcript import engines, looks, pairs, personal_shapes, prose, tables, views
from ccshare.transcript.detect import find
from ccshare.transcript.name_looks import GROUPS as NAMES
from ccshare.transcript.relax import NotRelaxed, relaxed
from ccshare.transcript.structures import LOOKS, structures

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
    (r"a[\w.-]{2}b", "a\u00e9-b"),
    (r"a[\w.-]b", "a-b"),
    (r"Schl.sselwort", "Schl\u00fcsselwort"),
    (r"x.?y[^z]z", "x\u2192y\u2192z"),
    (r"x\w{0,2}y\d{3}z", "x\u00e9\u00e8y\u0661\u0662\u0663z"),
    (r"a\sb\s{1,2}c", "a\x1fb\x0b\x1cc"),
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
        assert not look(b"nothing of theirs")
    for may_match in (pairs._quick, tables._quick, personal_shapes.numbers):
        assert not may_match("nothing of theirs")  # where a look is not taken, all is "perhaps"


def test_each_pattern_can_be_said() -> None:
    for pattern in (*(one for group in NAMES for one in group), *LOOKS, *pairs.PATTERNS):
        assert engines.any_of([pattern]) is not None, pattern


def test_letters_of_any_case_are_found() -> None:
    value = "".join(random.Random(1).choices("0123456789abcdef", k=32))
    text = f'Authorization: Dige\u017ft username="x", response="{value}"'
    assert list(structures(text))
    assert find(text)
