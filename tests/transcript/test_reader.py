"""Reading session files in every state they are found in."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from ccshare.transcript.reader import MAX_DEPTH, RawLine, read_lines


def read(data: bytes, limit: int = 1 << 20) -> list[RawLine]:
    return list(read_lines(io.BytesIO(data), max_line_bytes=limit))


def values(data: bytes) -> list[object]:
    return [line.value for line in read(data)]


def problem(data: bytes) -> str:
    (line,) = read(data)
    assert line.value is None
    assert line.problem
    return line.problem


def test_lines_keep_their_numbers_and_sizes_over_blank_ones() -> None:
    first, second = read(b'{"a":1}\n\n  \r\n{"b":2}\r\n')
    assert first == RawLine(1, {"a": 1}, None, 8)
    assert second == RawLine(4, {"b": 2}, None, 9)


@pytest.mark.parametrize("head", [b"\0\0\0", b"\xef\xbb\xbf", b"\0\xef\xbb\xbf", b"  \t", b"\0 "])
def test_what_stands_before_the_object_is_dropped(head: bytes) -> None:
    assert values(head + b'{"a":1}\n') == [{"a": 1}]


def test_a_line_of_nuls_is_blank() -> None:
    assert read(b"\0" * 500 + b"\n") == []


@pytest.mark.parametrize("other", [b"[1]", b'"text"', b"1", b"null", b"true"])
def test_json_that_is_no_object_is_a_problem(other: bytes) -> None:
    assert problem(other + b"\n") == "is not a JSON object"


def test_a_cut_last_line_is_told_from_a_foreign_one() -> None:
    assert problem(b'{"type":"user","mess') == "is cut off"
    assert problem(b"hello\n") == "is not JSON"
    assert values(b'{"a":1}\n{"b":') == [{"a": 1}, None]


@pytest.mark.parametrize("name", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999"])
def test_numbers_that_json_does_not_know_are_problems(name: bytes) -> None:
    assert "holds" in problem(b'{"a":' + name + b"}\n")


def test_an_integer_that_fits_nothing_is_a_problem() -> None:
    assert "digits" in problem(b'{"a":' + b"9" * 5000 + b"}\n")
    assert values(b'{"a":' + b"9" * 300 + b"}\n") == [{"a": int("9" * 300)}]


def test_deep_nesting_is_a_problem_at_any_depth() -> None:
    for depth in (MAX_DEPTH + 1, 5_000, 200_000):
        line = b'{"a":' + b"[" * depth + b"]" * depth + b"}\n"
        assert problem(line) == "is nested too deeply"


def test_many_brackets_are_not_depth() -> None:
    wide = {"a": [[] for _ in range(500)], "b": "[" * 500}
    deep: list[object] = []
    for _ in range(MAX_DEPTH - 2):
        deep = [deep]
    for value in (wide, {"a": deep}):
        assert values(json.dumps(value).encode() + b"\n") == [value]


def test_half_surrogates_become_replacement_characters() -> None:
    (value,) = values(rb'{"a\ud800":["\udfff x","\ud83d\ude00","\\ud800"]}' + b"\n")
    assert value == {"a\ufffd": ["\ufffd x", "\U0001f600", "\\ud800"]}
    json.dumps(value, ensure_ascii=False).encode()


def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert values(b'{"a":"x\xff\xfey"}\n') == [{"a": "x\ufffd\ufffdy"}]


def test_an_overlong_line_is_skipped_and_named() -> None:
    long = b'{"a":"' + b"x" * 5_000_000 + b'"}\n'
    first, second = read(long + b'{"b":2}\n', limit=1 << 20)
    assert first == RawLine(1, None, "is longer than 1 MB", len(long))
    assert second == RawLine(2, {"b": 2}, None, 8)
    assert read(long.rstrip(b"\n"), limit=1 << 20)[0].size == len(long) - 1


def test_a_line_of_exactly_the_limit_is_read() -> None:
    line = b'{"a":"' + b"x" * 100 + b'"}\n'
    assert read(line, limit=len(line))[0].value
    assert read(line, limit=len(line) - 1)[0].value is None


class Endless(io.RawIOBase):
    """One line without end; counts what is asked for."""

    def __init__(self, total: int) -> None:
        self.left = total

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= (1 << 20) + 1
        taken = min(size, self.left)
        self.left -= taken
        return b"x" * taken


def test_an_overlong_line_is_never_held() -> None:
    tracemalloc.start()
    (line,) = read_lines(Endless(300 << 20), max_line_bytes=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert line.size == 300 << 20
    assert peak < 4 << 20


def test_a_pretty_printed_file_reads_like_the_plain_one() -> None:
    wanted = [{"type": "user", "message": {"content": ["}", "{"]}}, {"n": 2}]
    pretty = "\n".join(json.dumps(value, indent=2) for value in wanted).encode()
    lines = read(pretty + b'\n{"n":3}\n')
    assert [line.value for line in lines] == [*wanted, {"n": 3}]
    assert [line.number for line in lines] == [1, 10, 13]
    assert sum(line.size for line in lines) == len(pretty) + 9


def test_an_object_that_never_closes_costs_itself_only() -> None:
    lines = read(b'{\n  "a": 1\n{"b":2}\n{\n')
    assert [(line.number, line.value) for line in lines] == [(1, None), (3, {"b": 2}), (4, None)]


def test_a_second_opening_brace_starts_again() -> None:
    assert values(b'{\n{\n "a": 1\n}\n') == [None, {"a": 1}]


def test_many_opening_braces_stay_linear_and_small() -> None:
    def hostile() -> Iterator[bytes]:
        yield b"{\n"
        yield from (b" \n" for _ in range(100_000))

    parts = hostile()

    class Source:
        def readline(self, size: int = -1, /) -> bytes:
            return next(parts, b"")

    lines = list(read_lines(Source()))
    assert lines
    assert all(line.value is None for line in lines)
    assert len(read(b"{\n" * 50_000)) == 50_000
