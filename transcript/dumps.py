"""Text that a program wrote as something else: hex dumps, quoted-printable, invisible letters.

Each is a `View` in which the text stands plain again. Nothing is built where a quick look shows no
reason to.
"""

import re
from collections.abc import Iterator

from .views import View

_OF_XXD = r"[0-9a-f]{8}:[ ]((?:[0-9a-f]{2,4}[ ]){1,16})[ ]{1,44}[^\n]{1,16}(?:\n|$)"
_OF_HEXDUMP = r"[0-9a-f]{8}[ ]{2}((?:[0-9a-f]{2}[ ]{1,2}){1,16})[ ]{0,60}\|[^\n]{0,16}\|(?:\n|$)"
_DUMP = re.compile(rf"(?m:^[ \t]{{0,8}}(?:{_OF_XXD}|{_OF_HEXDUMP}))")
_XXD_THERE = re.compile(r":[ ](?<=[0-9a-f]{8}:[ ])[0-9a-f]{4}[ ][0-9a-f]{2}")
_HEXDUMP_THERE = re.compile(r"[ ]{2}\|[^\n]{1,16}\|(?:\n|$)")

_HEX_BYTE = r"(?:[2-7][0-9a-fA-F]|0[9aAdD])"
_HEX = re.compile(rf"(?<![0-9a-fA-F]){_HEX_BYTE}{{12,}}(?:\r?\n{_HEX_BYTE}+)*(?![0-9a-fA-F])")
HEX = r"(?:[2-7][0-9a-f]){18}|(?:[2-7][0-9A-F]){18}"
"""ASCII in hex. Eighteen random bytes look so once in 10^7."""

_QUOTED = re.compile(r"=(?:\r?\n(?<=[^\n]{60})|[0-9A-F]{2})")
"""A line goes on only where it is a long one: `PASSWORD=` at a line's end is just empty."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_NUL = re.compile("\0")
SIGNS = (
    *(_XXD_THERE.pattern, _HEXDUMP_THERE.pattern, "=3D", "uoted-printable", r"\x00"),
    *("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"),
)
"""Where none of these matches, and HEX neither, nothing is dumped."""
_SHOWN = bytes(c if 32 <= c < 127 or c in b"\t\r\n" else 32 for c in range(256))


def undumped(text: str, in_hex: bool, parent: View | None = None) -> Iterator[View]:
    """What `text` says where it is no longer dumped; `in_hex`: HEX stands in it somewhere."""
    if _XXD_THERE.search(text) or ("  |" in text and _HEXDUMP_THERE.search(text)):
        yield View(text, _DUMP, _dumped, parent)
    if in_hex:
        yield View(text, _HEX, _decoded, parent)
    if "=3D" in text or "uoted-printable" in text:
        yield View(text, _QUOTED, _unquoted, parent)
    if not text.isascii() and _INVISIBLE.search(text):
        yield View(text, _INVISIBLE, "", parent)
    if "\0" in text:
        yield View(text, _NUL, "", parent)


def _dumped(found: re.Match[str]) -> str:
    return _text_of(found[1] or found[2] or "")


def _decoded(found: re.Match[str]) -> str:
    return _text_of(found[0])


def _text_of(digits: str) -> str:
    digits = "".join(digits.split())
    data = bytes.fromhex(digits[: len(digits) // 2 * 2])
    return data.translate(_SHOWN).decode("ascii")


def _unquoted(found: re.Match[str]) -> str:
    sign = found[0][1:]
    return "" if sign[0] in "\r\n" else bytes.fromhex(sign).translate(_SHOWN).decode("ascii")
