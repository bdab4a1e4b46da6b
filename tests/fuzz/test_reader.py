"""Properties of the reader, whatever the bytes: it goes on, loses nothing sound, stays small."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from ccshare.bench import hostile_uploads
from ccshare.transcript import reader
from ccshare.transcript.document import DocumentReader, Limits, LineEvent, encode
from ccshare.transcript.header import DocumentError, DocumentTooLarge, Header
from ccshare.transcript.reader import parse, read_lines
from hypothesis import example, given, settings
from hypothesis import strategies as st

SAME_EVERYWHERE = settings(derandomize=True, database=None, deadline=None, max_examples=100)
PIECES = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b"\\", b"\\ud83d", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b" ",
     b"\r", b"\t", b'{"a":1}', b"NaN", b"1e999", b"9" * 400, b"[" * 2_000, b",", b":", b"null"]
)  # fmt: skip
GARBAGE = (
    st.lists(PIECES | st.binary(max_size=20), max_size=12)
    .map(b"".join)
    .map(lambda raw: raw.replace(b"\n", b""))
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@SAME_EVERYWHERE
@given(st.lists(GARBAGE, max_size=8).map(b"\n".join))
def test_it_never_raises(data: bytes) -> None:
    last = 0
    for line in read_lines(io.BytesIO(data), max_line_bytes=5_000):
        assert (line.value is None) != (line.problem is None)
        assert line.number > last
        last = line.number
        if line.value is not None:
            encode(line.value)


@SAME_EVERYWHERE
@given(st.lists(GARBAGE, min_size=1, max_size=8))
@example([b"{", b" "])
@example([b"{", b"}", b"{"])
def test_a_sound_line_is_never_lost_among_bad_ones(garbage: list[bytes]) -> None:
    sound = [{"type": "user", "n": n} for n in range(len(garbage))]
    data = b"".join(
        bad + b"\n" + json.dumps(good).encode() + b"\n"
        for bad, good in zip(garbage, sound, strict=True)
    )
    values = [line.value for line in read_lines(io.BytesIO(data))]
    assert [value for value in values if value in sound] == sound


@SAME_EVERYWHERE
@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_what_python_writes_is_read_or_refused(value: dict[str, object]) -> None:
    raw = json.dumps(value).encode()
    found, problem = parse(raw)
    if problem is None:
        assert found is not None
        assert parse(encode(found))[0] == found
    else:
        assert found is None


@SAME_EVERYWHERE
@given(st.dictionaries(st.sampled_from([*Header("x").as_json(), "y"]), VALUES), st.integers(1, 9))
def test_a_header_is_taken_or_refused(changes: dict[str, object], number: int) -> None:
    try:
        Header.from_json({**hostile_uploads.HEADER, **changes}, number)
    except DocumentError as error:
        assert str(error).startswith(f"line {number}: ")
        assert error.todo


@SAME_EVERYWHERE
@given(st.randoms(use_true_random=False))
def test_a_document_is_taken_or_refused(source: object) -> None:
    make = source.choice(hostile_uploads.PLAIN)  # type: ignore[attr-defined]
    limits = Limits(line_bytes=1 << 16, total_bytes=1 << 20, lines=100, files=4)
    try:
        for event in DocumentReader(io.BytesIO(make(source)), limits):
            if isinstance(event, LineEvent):
                encode(event.line)
    except DocumentError as error:
        assert error.what
        assert error.todo


class Endless:
    """A stream that repeats `piece` until `size` bytes were given."""

    def __init__(self, piece: bytes, size: int) -> None:
        self._piece, self._left = piece, size

    def readline(self, size: int = -1, /) -> bytes:
        if self._left <= 0:
            return b""
        times = 1 if self._piece.endswith(b"\n") else size // len(self._piece) + 1
        line = (self._piece * times)[:size]
        self._left -= len(line)
        return line


def peak(lines: Iterator[object]) -> int:
    """The most bytes that were held while iterating."""
    tracemalloc.start()
    try:
        for _ in lines:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


ENDLESS = (b"a" * 999, b"\0", b"{ ", b" " * 500 + b"\n", b'{"a":[]}'.ljust(999) + b"\n")


@pytest.mark.parametrize("piece", ENDLESS)
def test_memory_is_a_few_lines(piece: bytes) -> None:
    line = 1 << 18
    assert peak(read_lines(Endless(piece, 20 * line), max_line_bytes=line)) < 8 * line


@pytest.mark.parametrize("item", [b"[]", b"{}", b"0.1", b'""', b'"\\n"', b'{"a":0}'])
def test_many_small_values_are_refused_before_they_are_made(item: bytes) -> None:
    raw = b'{"a":[' + b",".join([item] * (reader.MAX_VALUES + 1)) + b"]}"
    tracemalloc.start()
    try:
        assert parse(raw) == (None, "holds more than 500,000 values")
        assert tracemalloc.get_traced_memory()[1] < 4 * len(raw)
    finally:
        tracemalloc.stop()


def test_commas_and_brackets_in_a_text_are_no_values() -> None:
    text = ',[{\\"' * reader.MAX_VALUES
    value, problem = parse(json.dumps({"a": text}).encode())
    assert problem is None
    assert value == {"a": text}


def test_blank_lines_without_end_are_refused() -> None:
    limits = Limits(lines=1_000, files=0)
    with pytest.raises(DocumentTooLarge, match="too many lines"):
        list(DocumentReader(io.BytesIO(b"\n" * 3_000), limits))


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_other_encodings_are_named(coding: str) -> None:
    line = '{"type":"ccshare","version":1,"session_id":"a","title":"café"}\n'
    with pytest.raises(DocumentError, match="line 1: it is not UTF-8"):
        list(DocumentReader(io.BytesIO(line.encode(coding))))
