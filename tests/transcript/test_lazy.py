"""A pattern with several beginnings finds what the pattern as a whole finds."""

import re

import pytest
from ccshare.transcript.lazy import Headed, compiled


def test_each_beginning_is_found() -> None:
    headed = Headed(("assword", r"oken(?<=\b[tT]oken)", " key"), r"[:=] ?(?P<value>\w+)")
    text = "password=a1 and token: b2, a key: c3, but mytoken=d4"
    assert [found["value"] for found in headed.finditer(text)] == ["a1", "b2", "c3"]
    whole = [found["value"] for found in re.finditer(headed.pattern, text)]
    assert whole == ["a1", "b2", "c3"]
    assert re.search(headed.head, "no such name: here") is None


def test_a_beginning_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin with a literal"):
        Headed([r"\w+key"], "=")


def test_a_pattern_is_compiled_once() -> None:
    assert compiled("abc") is compiled("abc")
