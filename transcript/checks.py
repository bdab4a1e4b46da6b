"""Last looks at a matched value: what a pattern alone cannot say."""

import base64
import binascii
import re

from .wordlike import word_share

_FILLER = re.compile(
    r"(?i)example|x{6}|your[-_]|_your|0{12}|placeholder|redacted|replace|change_?me|goes_?here"
    r"|insert_|dummy_|fake_|sample_|1234567890|0123456789|abcdefgh|deadbeef"
)
_LAST = 24
"""Characters at the end of a value that tell a placeholder: what comes first is a prefix."""
_FEWEST = 5
"""Different characters among them; sixteen random hex digits have fewer once in 10^6."""


def is_real(value: str) -> bool:
    """False for a placeholder: `xxxx…`, `your-key-here`, a row of letters or digits."""
    return len(set(value[-_LAST:])) >= _FEWEST and not _FILLER.search(value)


def is_mixed(value: str) -> bool:
    """True if the value is real and no word: digits or both cases stand mixed."""
    digits = sum(map(str.isdigit, value))
    upper, lower = sum(map(str.isupper, value)), sum(map(str.islower, value))
    if digits < 2 and (min(upper, lower) < 3 or digits + upper < len(value) / 5):
        return False
    return upper + lower > 0 and is_real(value)


def is_scrambled(value: str) -> bool:
    """True if the value is real, of both cases, and reads like no name in code.

    For shapes with so little of their own that `s.getNameOfSomething` could look like one.
    """
    digits = sum(map(str.isdigit, value))
    upper, lower = sum(map(str.isupper, value)), sum(map(str.islower, value))
    return min(upper, lower) >= 2 and (digits >= 3 or word_share(value) < 0.7) and is_real(value)


def is_jwt(value: str) -> bool:
    """True if the value is real and its first part the base64 of a header with an algorithm."""
    header = value.partition(".")[0][:4096]
    try:
        decoded = base64.urlsafe_b64decode(header + "=" * (-len(header) % 4))
    except (binascii.Error, ValueError):
        return False
    return (b'"alg"' in decoded or b'"typ"' in decoded) and is_real(value)


def basic_credentials(value: str) -> bool:
    """True if `value` is what follows `Authorization: Basic`: the base64 of `user:password`."""
    try:
        decoded = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return b":" in decoded and decoded.isascii()
