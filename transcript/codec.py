"""JSON, faster where msgspec is installed (extra `[fast]`), with the same values either way.

What msgspec cannot say for sure, the standard library decides: its errors, its refusals.
"""

import json
from collections.abc import Callable
from typing import Any

try:
    import msgspec
except ImportError:
    msgspec = None

MAX_DIGITS = 300
"""Longer integers are refused: they would not even fit a float."""
_ZEROS = b"0" * (MAX_DIGITS + 1)
_DIGITS_TO_ZERO = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x20 for byte in range(256))

_strict = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).encode
_LINE_BREAKS = (
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
    ("\x85".encode(), b"\\u0085"),
)
_decode: Callable[[bytes], Any] | None = None if msgspec is None else msgspec.json.Decoder().decode
_encode: Callable[[Any], bytes] | None = None if msgspec is None else msgspec.json.Encoder().encode


def quick_decode(raw: bytes) -> Any:
    """The value of sound, ordinary JSON; None if it takes the standard library to tell."""
    if _decode is None or _ZEROS in raw.translate(_DIGITS_TO_ZERO):
        return None
    try:
        return _decode(raw)
    except (ValueError, RecursionError):
        return None


def encode(value: Any) -> bytes:
    """Compact JSON in UTF-8, without a line end in it or behind it.

    Characters that some readers take for a line end are escaped; half surrogates become "?".
    NaN and infinities, which no reader of ours lets in, raise ValueError or become null.
    """
    data = _quick_encode(value)
    if data is None:
        data = _strict(value).encode("utf-8", "replace")
    for character, escaped in _LINE_BREAKS:
        if character in data:
            data = data.replace(character, escaped)
    return data


def _quick_encode(value: Any) -> bytes | None:
    if _encode is None:
        return None
    try:
        return _encode(value)
    except (ValueError, TypeError, RecursionError):
        return None
