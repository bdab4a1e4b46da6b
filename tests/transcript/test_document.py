"""The shared document, written and read."""

import io
import json
import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from ccshare.transcript.document import (
    DocumentReader,
    Event,
    FileEvent,
    HeaderEvent,
    Limits,
    LineEvent,
    TextEvent,
    encode,
    file_line,
    header_line,
    place_of,
    text_line,
)
from ccshare.transcript.header import DocumentError, DocumentTooLarge, Header, PartOf
from ccshare.transcript.model import Json

HEADER = Header(
    session_id="b8a1abcd-1a69-46c7-ada4-f9fc3c6da5d7",
    title="Fix cart rounding",
    project="shop",
    branch="fix/rounding",
    redacted={"github-token": 2},
    allowed=("a" * 64,),
    part=PartOf(40, 52, 812),
    expires_in="30d",
)
USER: Json = {"type": "user", "uuid": "u", "message": {"role": "user", "content": "Hello"}}
AGENT = "subagents/agent-x.jsonl"


def events(*parts: bytes, limits: Limits | None = None) -> list[Event]:
    return list(DocumentReader(io.BytesIO(b"".join(parts)), limits))


def refusal(*parts: bytes, limits: Limits | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        events(*parts, limits=limits)
    return caught.value


def test_a_whole_document_reads_back() -> None:
    found = events(
        header_line(HEADER),
        encode(USER),
        encode({"type": "ai-title", "aiTitle": "T"}),
        file_line(AGENT, {"agentType": "Explore", "worktreePath": "/home/dana"}),
        encode({**USER, "isSidechain": True}),
        file_line("tool-results/b7.txt"),
        text_line("out\nput"),
    )
    assert found == [
        HeaderEvent(HEADER),
        LineEvent(0, USER, len(encode(USER))),
        LineEvent(1, {"type": "ai-title", "aiTitle": "T"}, 34),
        FileEvent(AGENT, {"agentType": "Explore"}),
        LineEvent(2, {**USER, "isSidechain": True}, len(encode(USER)) + 19),
        FileEvent("tool-results/b7.txt", {}),
        TextEvent("tool-results/b7.txt", "out\nput"),
    ]


def test_what_may_not_be_shared_is_dropped_on_arrival() -> None:
    line = {**USER, "slug": "s", "toolUseResult": {"originalFile": "x", "stdout": "y"}}
    hidden = {"type": "attachment", "attachment": {"type": "prompt_snapshot"}}
    _, event = events(header_line(HEADER), encode(hidden), encode(line))
    assert event == LineEvent(0, {**USER, "toolUseResult": {"stdout": "y"}}, len(encode(line)))


@pytest.mark.parametrize(
    "line",
    [
        b'{"type":"progress"}\n',
        b'{"type":["user"]}\n',
        b"{}\n",
        b"[]\n",
        b"nonsense\n",
        b'{"type":"user","mess',
        header_line(HEADER),
        text_line("no file"),
    ],
)
def test_a_foreign_line_is_refused_by_its_number(line: bytes) -> None:
    error = refusal(header_line(HEADER), b"\n", encode(USER), line)
    assert error.line_number == 4
    assert str(error).startswith("line 4: ")
    assert error.todo


@pytest.mark.parametrize("lines", [(), (encode({"type": "ai-title", "aiTitle": "T"}),)])
def test_a_document_without_a_session_is_refused(lines: tuple[bytes, ...]) -> None:
    error = refusal(header_line(HEADER), *lines)
    assert "no session" in str(error)
    only_agent = (file_line(AGENT), encode({**USER, "isSidechain": True}))
    assert "no session" in str(refusal(header_line(HEADER), *lines, *only_agent))


def test_an_empty_document_is_refused() -> None:
    assert "empty" in str(refusal(b"\n\n"))


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/passwd",
        "subagents/../../agent-x.jsonl",
        "subagents/agent-..jsonl/agent-x.jsonl\n",
        "subagents/agent-x.jsonl/",
        "subagents/.x/agent-x.jsonl",
        "subagents//agent-x.jsonl",
        "subagents/journal.jsonl",
        "subagents\\agent-x.jsonl",
        "subagents/agent-é.jsonl",
        "subagents/" + "a/" * 7 + "agent-x.jsonl",
        "tool-results/a/b.txt",
        "tool-results/.txt",
        "tool-results/",
        "tool-results/" + "x" * 200,
        "else/x.txt",
        "",
        None,
        5,
    ],
)
def test_unsafe_paths_are_refused(path: Any) -> None:
    assert place_of(path) is None
    assert "path" in str(refusal(header_line(HEADER), encode(USER), file_line(path)))


def test_safe_paths_have_a_place() -> None:
    assert place_of("subagents/workflows/run-1/agent-a.b_C.jsonl") == "subagent"
    assert place_of("tool-results/mcp-x.y_1.txt") == "spilled"


def test_a_file_comes_once_and_holds_what_belongs_in_it() -> None:
    start = (header_line(HEADER), encode(USER))
    spilled = file_line("tool-results/a.txt")
    assert "path" in str(refusal(*start, file_line(AGENT), file_line(AGENT)))
    assert "output" in str(refusal(*start, spilled, encode(USER)))
    assert "wrong place" in str(refusal(*start, file_line(AGENT), text_line("x")))
    assert "wrong place" in str(refusal(*start, spilled, encode({"type": "ccshare-text"})))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(total_bytes=900),
        Limits(line_bytes=500),
        Limits(lines=0),
        Limits(files=0),
    ],
)
def test_every_limit_holds(limits: Limits) -> None:
    big = encode({**USER, "message": {"role": "user", "content": "x" * 500}})
    parts = (header_line(HEADER), big, file_line(AGENT), encode(USER))
    assert len(events(*parts)) == 4
    assert isinstance(refusal(*parts, limits=limits), DocumentTooLarge)


def test_blank_lines_count_towards_the_total() -> None:
    error = refusal(header_line(HEADER), b"\n" * 10_000, limits=Limits(total_bytes=5_000))
    assert isinstance(error, DocumentTooLarge)


def test_memory_does_not_grow_with_the_document() -> None:
    class Stream:
        def __init__(self) -> None:
            self.left = 5_000

        def readline(self, size: int = -1, /) -> bytes:
            self.left -= 1
            if self.left == 4_999:
                return header_line(HEADER)
            line = {**USER, "uuid": str(self.left), "toolUseResult": "x" * 2_000}
            return encode(line) if self.left >= 0 else b""

    tracemalloc.start()
    count = sum(1 for _ in DocumentReader(Stream()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1 << 20


# Encoding


def test_a_line_stays_one_line_for_every_reader() -> None:
    value = {"a": "x\u2028y\u2029z\x85\u001e\v\f\n é 😀", "b\u2028": 1}
    line = encode(value)
    assert line.decode().splitlines() == [line.decode().rstrip("\n")]
    assert json.loads(line) == value
    assert "é 😀".encode() in line


def test_what_cannot_be_written_is_replaced() -> None:
    assert encode({"a": "\ud800"}) == b'{"a":"?"}\n'


# The header


def test_a_header_with_the_least() -> None:
    least = b'{"type":"ccshare","version":1,"session_id":"abc","of tomorrow":1}\n'
    (event, _) = events(least, encode(USER))
    assert event == HeaderEvent(Header("abc"))
    nulls = {**Header("abc").as_json(), "title": None, "redacted": None, "allowed": None}
    assert Header.from_json(nulls) == Header("abc")


def test_a_long_title_is_cut_by_the_writer() -> None:
    long = replace(HEADER, title="x" * 5_000)
    assert len(Header.from_json(long.as_json()).title) == 300


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("type", "user"),
        ("version", 2),
        ("version", True),
        ("session_id", None),
        ("session_id", "../x"),
        ("session_id", "x" * 200),
        ("title", 5),
        ("title", "x" * 301),
        ("project", ["x"]),
        ("branch", "x" * 301),
        ("redacted", []),
        ("redacted", {"a secret value!": 1}),
        ("redacted", {"rule": -1}),
        ("redacted", {"rule": True}),
        ("redacted", {f"rule-{n}": 1 for n in range(501)}),
        ("allowed", {"a": 1}),
        ("allowed", ["secret"]),
        ("allowed", [["x"]]),
        ("allowed", ["a" * 64] * 2_001),
        ("part", []),
        ("part", {"first": 1, "last": 2}),
        ("part", {"first": 3, "last": 2, "of": 9}),
        ("part", {"first": 0, "last": 2, "of": 9}),
        ("part", {"first": 1, "last": 10, "of": 9}),
        ("expires_in", 30),
        ("expires_in", "soon"),
    ],
)
def test_a_bad_header_is_refused(field: str, bad: object) -> None:
    error = refusal(encode({**HEADER.as_json(), field: bad}), encode(USER))
    assert error.line_number == 1
    if field not in ("type", "version"):
        assert f"`{field}`" in error.what
    assert "secret" not in str(error)
