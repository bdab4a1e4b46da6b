"""JSON with and without msgspec: the same values, the same refusals."""

import random
from typing import Any

import pytest
from ccshare.transcript import codec
from ccshare.transcript.reader import parse

CASES = [
    b'{"a":1}\n',
    b'{"a":1,"a":2}\r\n',
    b'{"a":123456789012345678901234567890,"b":-0,"c":-9223372036854775809}\n',
    b'{"a":0.1,"b":1e22,"c":5e-324,"d":1.7976931348623157e308,"e":12345678.12345678901234567}\n',
    b'{"a":1e999}\n',
    b'{"a":NaN}\n',
    b'{"a":-Infinity}\n',
    b'{"a":' + b"9" * 300 + b"}\n",
    b'{"a":' + b"9" * 301 + b"}\n",
    b'{"a":' + b"9" * 5000 + b"}\n",
    b'{"a":"\\ud800 \\ud83d\\ude00"}\n',
    b'{"a":"\xff\xfe"}\n',
    b'{"a":"\x01"}\n',
    b'{"a":"\\u0000"}\n',
    b'{"a":' + b"[" * 101 + b"]" * 101 + b"}\n",
    b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}\n",
    b'{"a":[1,]}\n',
    b'{"a":"cut of',
    b'{"a":1}\x00\n',
    b"[1]\n",
    b"null\n",
    b'"text"\n',
    b"7\n",
]


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> Any:
    def switch() -> None:
        monkeypatch.setattr(codec, "_decode", None)
        monkeypatch.setattr(codec, "_encode", None)

    return switch


def test_msgspec_is_there_to_compare_with() -> None:
    assert codec.msgspec is not None


@pytest.mark.parametrize("raw", CASES, ids=lambda raw: repr(raw[:24]))
def test_reading(raw: bytes, pure: Any) -> None:
    quick = parse(raw)
    pure()
    assert repr(quick) == repr(parse(raw))


def test_cut_and_changed_lines_read_the_same(pure: Any) -> None:
    rng = random.Random(11)
    line = b'{"n":[1,2.5,-3e4,true,null],"text":"a \\u00e9 \\n \xc3\xa9 \xf0\x9f\x98\x80"}'
    changed = []
    for _ in range(3000):
        data = bytearray(line)
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        changed.append(bytes(data[: rng.randint(1, len(data))]))
    quick = [repr(parse(data)) for data in changed]
    pure()
    assert quick == [repr(parse(data)) for data in changed]


def test_writing(pure: Any) -> None:
    values: list[Any] = [
        {"a": 'é 😀 \u2028 \u2029 \x85 \x00 \x1f \x7f / < \\ "', "b": [1, 2.5, True, None, {}]},
        {"n": 10**40, "m": -1, "f": 0.1},
        {"lone": "\ud800", "\udfff": 1},
    ]
    quick = [codec.encode(value) for value in values]
    pure()
    assert quick == [codec.encode(value) for value in values]


def test_nan_is_no_json(pure: Any) -> None:
    pure()
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.encode({"a": float("nan")})
