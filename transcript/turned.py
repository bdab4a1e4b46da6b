"""Text that is written backwards, packed, as a list of numbers, or letter by letter.

Each run says where it stands and what it says; `detect` covers the whole of it if a secret is in
there. Nothing is read where no literal shows a reason to.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from itertools import islice

Run = tuple[int, int, str]

_MOST_UNPACKED = 64 << 10
_MOST_RUNS = 64
_SHOWN = bytes(c if 32 <= c < 127 or c in b"\t\r\n" else 32 for c in range(256))

_TURNS = ("| rev", "[::-1]", "reverse", "strrev", "StrReverse")
_WORD = re.compile(r"(?<![\w+/=.:-])(?=[^\s\d]{0,399}\d)[\w+/=.:-]{18,400}")
"""With a digit: what is written backwards is seldom a word."""
_MOST_WORDS = 2_000
_PACKED = re.compile(r"H4sI[\w+/-]{20,60000}={0,2}")
_LISTS = (
    "byte{",
    "ytes([",
    "Array(",
    "Array([",
    "Array.",
    "CharCode(",
    "from([",
    'data":[',
    "u8; ",
)
_NUMBERS = re.compile(
    r"(?<![\d.,])(?:\d{2,3}(?:,\s{0,20}\d{1,3}){17,4000}|0x[0-9a-fA-F]{2}(?:,\s{0,20}0x[0-9a-fA-F]{2}){17,4000})"  # noqa: E501, RUF100
)
_OD = re.compile(
    r"(?m)^0000000(?:[ ]{2,3}\S{1,3}){1,16}(?:\n[0-7]{7}(?:[ ]{2,3}\S{1,3}){0,16}){0,400}"
)
_OF_OD = {r"\n": "\n", r"\t": "\t", "sp": " ", "nl": "\n"}

SIGNS = (
    *map(re.escape, _TURNS),
    "H4sI",
    *(rf"{re.escape(sign)}[\s\[\dxa-fA-F,]{{20}}" for sign in _LISTS),
    "0000000  ",
)
"""Where none of these matches, `turned_runs` finds nothing."""


def turned_runs(text: str) -> Iterator[Run]:
    """Each such run in `text`: start, end and what it says. Linear in the length of `text`."""
    if any(sign in text for sign in _TURNS):
        for found in islice(_WORD.finditer(text), _MOST_WORDS):
            yield *found.span(), found[0][::-1]
    if "H4sI" in text:
        yield from _packed(text)
    if any(sign in text for sign in _LISTS):
        yield from _numbers(text)
    if "0000000  " in text:
        for found in _OD.finditer(text):
            letters = (letter for line in found[0].split("\n") for letter in line.split()[1:])
            yield *found.span(), "".join(_OF_OD.get(letter, letter[0]) for letter in letters)


def _packed(text: str) -> Iterator[Run]:
    """What gzip has packed, in base64; its first bytes are always the same."""
    for count, found in enumerate(_PACKED.finditer(text)):
        if count == _MOST_RUNS:
            return
        data = found[0].rstrip("=").replace("-", "+").replace("_", "/")
        data = data[: len(data) - (len(data) % 4 == 1)]
        try:
            packed = base64.b64decode(data + "=" * (-len(data) % 4))
            plain = zlib.decompressobj(31).decompress(packed, _MOST_UNPACKED)
        except (binascii.Error, zlib.error):
            continue
        yield *found.span(), plain.translate(_SHOWN).decode("ascii")


def _numbers(text: str) -> Iterator[Run]:
    """The characters whose codes stand in a list."""
    for found in _NUMBERS.finditer(text):
        codes = [int(code, 0) for code in re.findall(r"0x\w{2}|[1-9]\d{0,2}", found[0])]
        if all(code < 128 for code in codes):
            yield *found.span(), bytes(codes).translate(_SHOWN).decode("ascii")
