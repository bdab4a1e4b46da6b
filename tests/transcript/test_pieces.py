"""A piece of a pattern stands in every text in which the pattern finds something."""

import re

import pytest
from ccshare.transcript import engines, pairs, structures
from ccshare.transcript.pieces import ORDINARY, piece
from ccshare.transcript.relax import relaxed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

OF_US = [*dict.fromkeys((*structures.LOOKS, *pairs.PATTERNS))]


def piece_of(pattern: str, ordinary: str = "never") -> str | None:
    return piece(relaxed(pattern), re.compile(ordinary).search)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bmysqldump\b[^\n]{0,160}?[ ]-p[ ]?(\S{4,128})", "mysqldump"),
        (r"\S{1,99}[ ]--secret[ ]\w{3,9}", r"[\x80-\xff\S][ ]\-\-secret[ ][\x80-\xff\w]{3}"),
        (r"(?i)key[=:]\S{1,40}", r"(?i)key[=:][\x80-\xff\S]"),
        (r"(?:apple|banana\w{0,50}) \w{9}", r"(?:apple|banana)"),
        ("[0-9a-f]{40}x.*", "[0-9a-f]{16}x"),
        ("waits for nothing", r"waits\ for\ nothing"),
        (r"ab[^\n]*cd", None),
        (r"(?:apple|\w{9,}) \w{9}", None),
    ],
)
def test_the_piece_that_tells_most(pattern: str, expected: str | None) -> None:
    assert piece_of(pattern) == expected


def test_what_is_ordinary_is_no_piece() -> None:
    assert piece_of(r"token[^\n]{0,80}secretly", "secretly") == "token"
    assert piece_of(r"token[^\n]{0,80}secretly", "token|secretly") is None
    assert piece_of(r"(?i:token)\w*[ ]", "TOKEN") is not None
    assert piece(relaxed(r"(?i:token)\w*[ ]"), lambda text: re.search(text, "TOKEN")) is None


@pytest.mark.parametrize("pattern", OF_US)
@settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.data())
def test_where_a_pattern_matches_a_search_does(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern)).encode("utf-8", "surrogatepass")
    searches = engines.search_many((pattern,))
    assert any(search(b"\n" + text + b"\n", 0) for search in searches)


def test_most_of_ours_have_one() -> None:
    found = [piece(relaxed(pattern), engines._is_ordinary) for pattern in OF_US]
    assert sum(one is None for one in found) < len(found) / 4
    assert sum(bool(one and re.search(one.encode(), ORDINARY)) for one in found) < 10


def test_searches_are_not_many() -> None:
    assert len(engines.search_many(structures.LOOKS)) < 20
