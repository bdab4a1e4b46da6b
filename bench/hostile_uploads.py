"""Upload bodies that no client of ours would send; every value in them is made up."""

import base64
import copy
import gzip
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

HEADER: dict[str, Any] = {"type": "ccshare", "version": 1, "session_id": "made-up"}
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**299, 0.5, -0.0, 1e308, "", "0",
    "never", "\0", "\ud800", "\udfff\ud800", "\u202e\u2066", "\x1b]0;x\x07", "%s%n{}{{7*7}}",
    "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "a" * 5_000, "é" * 301, [], {},
    [[]], {"": ""}, [None] * 50, {"a": {"b": {"c": []}}}, "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59", "2026-02-30T25:61:61Z", "99999w", "0d", "1e999",
)  # fmt: skip
LITERALS = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 5_000, b"-", b"0x10", b"01", b"'a'")
PATHS = (
    "../x", "/etc/passwd", "tool-results/../../x", "tool-results/..", "tool-results/.x",
    "subagents/agent-a.jsonl/../b", "subagents/agent-\0.jsonl", "C:\\x", "tool-results/a\nb",
    "tool-results/" + "a" * 300, "subagents/" + "a/" * 50 + "agent-a.jsonl", "", "tool-results/",
    "subagents/agent-é.jsonl", "file:///etc/passwd", "tool-results/x.txt",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\xff" * 40
Make = Callable[[random.Random], bytes]


def dumps(value: Any) -> bytes:
    """A line of JSON; surrogates stay escaped, as a hostile writer would leave them."""
    return json.dumps(value).encode() + b"\n"


def user(content: Any, **more: Any) -> dict[str, Any]:
    """A line of a person."""
    message = {"role": "user", "content": content}
    return {"type": "user", "uuid": "u1", "timestamp": "2026-11-20T09:00:00Z", "cwd": ".",
            "message": message, **more}  # fmt: skip


def assistant(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A line of the model."""
    usage = {"input_tokens": 1, "output_tokens": 2}
    message: dict[str, Any] = {
        "id": "msg_1",
        "role": "assistant",
        "model": "claude-opus-4-5",
        "usage": usage,
    }
    message["content"] = list(blocks)
    return {"type": "assistant", "uuid": "a1", "parentUuid": "u1", "message": message, **more}


def image(data: bytes = PNG) -> dict[str, Any]:
    """An image block."""
    source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(data).decode()}
    return {"type": "image", "source": source}


def session() -> list[dict[str, Any]]:
    """The lines of a small sound document, of every kind that a session has."""
    call = {"type": "tool_use", "id": "t1", "name": "Edit", "input": {"file_path": "a.py",
            "old_string": "a", "new_string": "b"}}  # fmt: skip
    result = {"type": "tool_result", "tool_use_id": "t1", "content": "done"}
    patch = [{"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1, "lines": ["-a", "+b"]}]
    return [
        dict(HEADER, title="Made up", redacted={"github-token": 1}, expires_in="1d"),
        user("What is **in** this folder?"),
        assistant({"type": "thinking", "thinking": "Look."}, call),
        user([result, image()], toolUseResult={"filePath": "a.py", "structuredPatch": patch}),
        assistant({"type": "text", "text": "```py\nx = 1\n```\n| a | b |\n|--|--|\n| 1 | 2 |"}),
        {"type": "system", "subtype": "compact_boundary", "content": "Compacted"},
        {"type": "ccshare-file", "path": "subagents/agent-a1.jsonl", "meta": {"agentType": "x"}},
        user("Sub prompt", isSidechain=True, agentId="a1"),
        {"type": "ccshare-file", "path": "tool-results/x.txt"},
        {"type": "ccshare-text", "text": "long output"},
    ]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    found: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in list(pairs):
        found.append((value, key))
        if isinstance(child, dict | list):
            found += _places(child)
    return found


def mutated(source: random.Random) -> bytes:
    """A sound document with a few values exchanged, dropped, doubled or swapped."""
    lines = session()
    for _ in range(source.choice((1, 1, 1, 2, 4))):
        container, key = source.choice(_places(lines)[1:] or [(lines, 0)])
        act = source.random()
        if act < 0.6:
            container[key] = copy.deepcopy(source.choice(ODD))
        elif act < 0.75:
            del container[key]
        elif isinstance(container, list):
            extra = copy.deepcopy(source.choice((*lines, *ODD)))
            container.insert(source.randint(0, len(container)), extra)
        else:
            container[source.choice(("type", "content", "id", "message", "x"))] = copy.deepcopy(
                container[key]
            )
        if len(lines) < 2:
            break
    return b"".join(map(dumps, lines))


def damaged(source: random.Random) -> bytes:
    """A sound document with bytes of it exchanged, cut out or cut off."""
    data = bytearray(b"".join(map(dumps, session())))
    for _ in range(source.randint(1, 8)):
        at, act = source.randrange(len(data)), source.random()
        if act < 0.4:
            data[at] = source.randrange(256)
        elif act < 0.6:
            data[at:at] = source.choice((b"\n", b"\0" * 9, b"{", b"]", b"\\ud800", b"\xff", b"\r"))
        elif act < 0.8:
            del data[at : at + source.randint(1, 60)]
        else:
            data[at:at] = source.choice(LITERALS)
    return bytes(data[: source.randrange(len(data))] if source.random() < 0.2 else data)


def _with_literal(source: random.Random) -> bytes:
    field = source.choice((b"version", b"redacted", b"part", b"x", b"session_id"))
    head = dumps(HEADER)[:-2] + b',"%b":%b}\n' % (field, source.choice(LITERALS))
    return head + dumps(user("Hello"))


def _with_odd_header(source: random.Random) -> bytes:
    names = ("type", "version", "session_id", "title", "project", "branch", "redacted", "allowed",
             "part", "expires_in")  # fmt: skip
    return dumps({**HEADER, source.choice(names): source.choice(ODD)}) + dumps(user("Hello"))


def _with_part(source: random.Random) -> bytes:
    part = {name: source.choice(ODD) for name in ("first", "last", "of")}
    return dumps(dict(HEADER, part=part)) + dumps(user("Hello"))


def _with_path(source: random.Random) -> bytes:
    file = {"type": "ccshare-file", "path": source.choice(PATHS), "meta": source.choice(ODD)}
    text = {"type": "ccshare-text", "text": source.choice(ODD)}
    return dumps(HEADER) + dumps(user("Hello")) + dumps(file) + dumps(text) + dumps(file)


def _doubled_keys(source: random.Random) -> bytes:
    name = source.choice(("version", "session_id", "type", "title"))
    head = dumps(HEADER)[:-2] + b"," + dumps({name: source.choice(ODD)})[1:]
    return head + dumps(user("Hello")).replace(b'"role"', b'"role":1,"role"')


def _deep(source: random.Random) -> bytes:
    levels = source.choice((99, 101, 500, 990, 1_100, 100_000))
    opening, closing = source.choice(((b"[", b"]"), (b'{"a":', b"}")))
    line = b'{"type":"user","message":{"role":"user","content":%b0%b}}\n'
    return dumps(HEADER) + line % (opening * levels, closing * levels)


def _many(source: random.Random) -> bytes:
    """Small to send, large as objects."""
    item = source.choice((b"[]", b"{}", b"0.1", b'""', b'{"type":"text"}', b'"\\ud800"'))
    count = source.choice((1_000, 50_000, 300_000))
    line = b'{"type":"user","message":{"role":"user","content":[%b]}}\n'
    return dumps(HEADER) + line % b",".join([item] * count)


def _blank(source: random.Random) -> bytes:
    return source.choice((b"\n", b"\0", b" \n", b"{\n", b"{}\n", b"\r", b'"')) * 200_000


def _encoded(source: random.Random) -> bytes:
    text = (dumps(HEADER) + dumps(user("x")).replace(b'"x"', b'"caf\xc3\xa9"')).decode()
    return text.encode(source.choice(("utf-16", "utf-16-be", "utf-32", "latin-1", "utf-8-sig")))


def _images(source: random.Random) -> bytes:
    data = source.choice((PNG, b"GIF89a", b"\xff\xd8\xff" * 20, b"RIFF\0\0\0\0WEBPVP8 ", b"<svg/>"))
    block = image(data + source.randbytes(source.choice((0, 10, 200_000))))
    if source.random() < 0.4:
        block["source"][source.choice(("type", "media_type", "data"))] = source.choice(ODD)
    return dumps(HEADER) + dumps(user([block, block]))


def _words(source: random.Random) -> bytes:
    word = source.choice(("a" * 40, "-" * 30, "ghp_" * 9, "eyJ." * 10, "BEGIN PRIVATE KEY", "=:"))
    return dumps(HEADER) + dumps(user(f"{word} " * 20_000))


def _markdown(source: random.Random) -> bytes:
    piece = source.choice(
        ("> ", "[", "*_", "`", "- \n", "![](", "<a ", "| ", "# ", "&#x", "\x1b[3")
    )
    text = {"type": "text", "text": piece * 3_000}
    return dumps(HEADER) + dumps(user(piece * 3_000)) + dumps(assistant(text))


PLAIN: tuple[Make, ...] = (
    mutated, mutated, mutated, damaged, damaged, _with_literal, _with_odd_header, _with_odd_header,
    _with_part, _with_path, _doubled_keys, _encoded,
)  # fmt: skip
HEAVY: tuple[Make, ...] = (_deep, _many, _blank, _images, _words, _markdown)


def body(source: random.Random) -> tuple[bytes, bytes]:
    """A hostile body and its Content-Encoding, b"" for none."""
    plain = source.choice(HEAVY if source.random() < 0.04 else PLAIN)(source)
    act = source.random()
    if act < 0.6:
        return plain, b""
    if act < 0.8:
        return gzip.compress(plain, 1), b"gzip"
    packed = gzip.compress(plain, 1)
    broken = (
        packed[: source.randrange(len(packed))],
        packed + source.randbytes(30),
        packed[:10] + source.randbytes(40),
        packed[:-8] + b"\0" * 8,
        zlib.compress(plain),
        gzip.compress(b"") * 1_200,
        plain,
        b"",
    )
    return source.choice(broken), source.choice((b"gzip", b"x-gzip", b"GZIP", b"br", b"gzip, gzip"))


def bomb(megabytes: int, filling: bytes = b"a") -> bytes:
    """gzip that is a thousandth of what comes out of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = filling * (1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])
