"""Secrets behind hex dumps, quoted-printable and invisible letters."""

import base64
import quopri
from collections.abc import Callable

import pytest
from ccshare.tests.transcript.test_structures import made_up
from ccshare.transcript.detect import find


def xxd(data: bytes) -> str:
    lines = []
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        groups = " ".join(row[i : i + 2].hex() for i in range(0, len(row), 2))
        lines.append(f"{at:08x}: {groups:<39}  {'.' * len(row)}")
    return "\n".join(lines)


def hexdump(data: bytes) -> str:
    lines = []
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        left, right = (" ".join(f"{byte:02x}" for byte in half) for half in (row[:8], row[8:]))
        lines.append(f"{at:08x}  {left:<23}  {right:<23}  |{'.' * len(row)}|")
    return "\n".join(lines)


def plain_hex(data: bytes) -> str:
    digits = data.hex()
    return "\n".join(digits[at : at + 60] for at in range(0, len(digits), 60))


def quoted(data: bytes) -> str:
    return quopri.encodestring(
        b"Here is what you asked for, as told on the phone: " + data
    ).decode()


def wrapped_base64(data: bytes) -> str:
    digits = base64.b64encode(data * 3).decode()
    return "$ base64 .env\n" + "\n".join(digits[at : at + 76] for at in range(0, len(digits), 76))


DUMPS = [xxd, hexdump, plain_hex, quoted, wrapped_base64, lambda data: "\0".join(data.decode())]


@pytest.mark.parametrize("dump", DUMPS)
def test_a_dumped_secret(dump: Callable[[bytes], str]) -> None:
    value = made_up(40)
    text = dump(f"mode=prod\nAPI_KEY={value}\nport=1\n".encode())
    assert any(found.value.endswith(value) for found in find(text))


@pytest.mark.parametrize("dump", DUMPS)
def test_a_dump_of_something_else(dump: Callable[[bytes], str]) -> None:
    assert find(dump(b"mode=prod\nTOKEN_TTL=3600\nname=alpha beta gamma\n")) == []


def test_letters_that_nobody_sees() -> None:
    value = made_up(40)
    spans = find(f"API_KEY={value[:15]}\u200b{value[15:]}")
    assert spans[0].value.endswith(value[15:])
