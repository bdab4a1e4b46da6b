"""Last looks at a matched value: what a pattern alone cannot say."""

import base64
import binascii
import re

_FILLER = re.compile(r"(?i)example|x{6}|your|0{8}|placeholder|1234567890")


def is_not_documentation(value: str) -> bool:
    """False for the key that a provider's own documentation uses everywhere."""
    return not value.endswith("EXAMPLE")


def is_mixed(value: str) -> bool:
    """True if the value is no word: digits or both cases stand mixed, and it holds no filler."""
    digits = sum(map(str.isdigit, value))
    upper, lower = sum(map(str.isupper, value)), sum(map(str.islower, value))
    if digits < 2 and (min(upper, lower) < 3 or digits + upper < len(value) / 5):
        return False
    return upper + lower > 0 and not _FILLER.search(value)


def is_jwt(value: str) -> bool:
    """True if the first part is the base64 of a header that names an algorithm."""
    header = value.partition(".")[0][:4096]
    try:
        decoded = base64.urlsafe_b64decode(header + "=" * (-len(header) % 4))
    except (binascii.Error, ValueError):
        return False
    return b'"alg"' in decoded or b'"typ"' in decoded


def basic_credentials(value: str) -> bool:
    """True if `value` is what follows `Authorization: Basic`: the base64 of `user:password`."""
    try:
        decoded = base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return b":" in decoded and decoded.isascii()
