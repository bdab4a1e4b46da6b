"""How mixed the letters of a value are: made by a machine, made up by a person, or a word?

These tests are linear in the length of the value, and callers pass at most a few hundred
characters.
"""

import re
from itertools import pairwise

from .wordlike import LEETED, MADE_OF_WORDS, word_share

_UUID = re.compile(r"(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
HEX = re.compile(r"^(?:0x)?[0-9a-fA-F]+$")
DIGIT_RUN = re.compile(r"\d+")
_HEX_OR_UUID = re.compile(r"[0-9a-fA-F-]+$")
_NUMBERED = re.compile(
    r"^[A-Za-z]{1,40}(?:[-_.][A-Za-z]{1,40}){0,8}[-_.]?\d{1,4}(?:[-_.]\d{1,4}){0,4}$|^\d{1,20}[-_.a-zA-Z]{0,8}$"
)
_JOINTS = ".:,-_/@ "
"""Signs that also join words, hosts and numbers."""
_CONSONANTS = re.compile(r"(?i)[bcdfghjklmnpqrstvwxz]{4}")
SOME_RUN = re.compile(r"[A-Za-z0-9]{4}")
"""Names of shortened code are shorter."""
_ADDRESS = re.compile(r"^(?:[a-z][a-z+.-]{1,12}:)?//?[a-z]")
_RARE_SIGN = re.compile(r"[!^*%@#~?&$+]")
"""Not in names, and seldom in code with no blank beside it."""
LOOKED_AT = 128
"""Characters that the tests look at; more would not change the verdict, only take longer."""


def classes(value: str) -> tuple[int, int, int, int]:
    """Counts of lower case, upper case, digits and everything else."""
    lower = sum(map(str.islower, value))
    upper = sum(map(str.isupper, value))
    digits = sum(map(str.isdigit, value))
    return lower, upper, digits, len(value) - lower - upper - digits


def turns_in(value: str) -> int:
    """How often the character class changes from one character to the next."""
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else c.islower() for c in value]
    return sum(a != b for a, b in pairwise(kinds))


def _is_shuffled(digits: int, changing: float) -> bool:
    """True for more changes of class than names have: a few lucky letter pairs do not count."""
    return (digits >= 2 and changing >= 0.55) or (digits >= 4 and changing >= 0.5)


def is_random(text: str) -> bool:
    """True if `text` looks made by a machine: hex, base64, base62 (12 or more), a UUID."""
    value = text[:LOOKED_AT]
    length = len(value)
    if length < 12 or len(set(value)) < 6:
        return False
    if _UUID.match(value):
        return True
    lower, upper, digits, _ = classes(value)
    if HEX.match(value):
        return length >= 16 and digits >= 2 and lower + upper >= 2
    if not lower + upper:
        return False
    changes, worded = turns_in(value), word_share(value)
    letters = lower + upper + digits >= length - 2 and min(lower, upper) >= 3
    if length >= 16 and letters and _is_shuffled(digits, changes / length):
        return worded < 0.95
    if min(lower, upper) >= 3 and changes >= length * (0.4 if digits else 0.45) and length >= 16:
        return worded < 0.8
    if length >= 16 and len(DIGIT_RUN.findall(value)) >= 3 and changes >= length / 4:
        return worded < 0.85
    if not digits:
        return length >= 16 and bool(lower and upper) and worded < 0.5 and changes >= length / 4
    limit = 0.68 if length >= 20 and digits >= 3 else 0.55
    return worded < limit and changes >= length / 5


def is_tangled(value: str) -> bool:
    """True where letters, digits and signs change as in no code: `x7Q.vR2`, `a(K3)w9`.

    Names change at their humps, and have their digits at the end of a word.
    """
    value = value[:LOOKED_AT]
    length = len(value)
    if length < 8 or not SOME_RUN.search(value) or _ADDRESS.search(value):
        return False
    lower, upper, digits, signs = classes(value)
    if lower + upper < 2:
        return False
    changes, worded = turns_in(value) / length, word_share(value)
    if not digits:
        return bool(lower and upper) and length >= 12 and changes >= 0.42 and worded < 0.5
    if changes >= 0.5 and worded < 0.8:
        return True
    if length >= 10 and lower and upper and signs and _RARE_SIGN.search(value):
        return changes >= 0.6 or (changes >= 0.3 and worded < 0.75)
    return worded < (0.72 if changes >= 0.42 else 0.62) and changes >= 0.36


def is_worded(value: str) -> bool:
    """True for identifiers, file names and words joined by dashes, with or without a number."""
    return word_share(value[:LOOKED_AT]) >= 0.7


def is_wordless(value: str) -> bool:
    """True for hex and for UUIDs, in whose letters words stand by chance, and for what has none."""
    return _HEX_OR_UUID.match(value) is not None or not is_worded(value)


def is_mixed_up(value: str) -> bool:
    """True for a random value, rather than an identifier with a number, in the middle of words."""
    if not is_random(value) or HEX.match(value):
        return False
    start = value[:LOOKED_AT]
    lower, upper, digits, _ = classes(start)
    if min(lower, upper) >= 2 and digits >= 2 and turns_in(start) >= len(start) / 2.2:
        return word_share(start) < 0.85
    return not is_worded(start)


def is_made(value: str) -> bool:
    """True for a short key: eight characters or more, letters and digits mixed, no word in it."""
    lower, upper, digits, _ = classes(value[:LOOKED_AT])
    if len(value) < 8 or not digits or lower + upper < 2 or _NUMBERED.match(value):
        return False
    share = word_share(value[:LOOKED_AT])
    if len(value) < 12 or not value.isalnum():
        return digits >= 2 and share < 0.62
    # Some pairs of letters are those of words by chance, but no word has digits here and there.
    strewn = len(DIGIT_RUN.findall(value)) >= 2
    return share < (0.74 if strewn else 0.62 if digits >= 2 else 0.5)


def is_made_up(value: str) -> bool:
    """True for a chosen password that no word of a sentence looks like: `Dahlia!copper81`."""
    lower, upper, digits, _ = classes(value[:LOOKED_AT])
    signs = sum(not c.isalnum() and c not in _JOINTS for c in value)
    if len(value) < 8 or not lower + upper:
        return False
    if not digits:
        return len(value) >= 10 and value.isalpha() and turns_in(value) >= 5 and is_jumble(value)
    if (upper and lower and signs) or MADE_OF_WORDS.match(value) or LEETED.match(value):
        return True
    return bool((upper and lower) or signs) and turns_in(value) >= 4 and word_share(value) < 0.62


def is_jumble(value: str) -> bool:
    """True for letters alone that make no word: twelve or more, or fewer in mixed case."""
    limit = 0.56 if _CONSONANTS.search(value) else 0.5
    if len(value) >= 12 and word_share(value) < limit:
        return True
    changes = turns_in(value)
    return len(value) >= 8 and changes >= 4 and word_share(value) < (0.6 if changes < 5 else 0.75)
