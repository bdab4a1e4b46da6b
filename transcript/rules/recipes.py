"""Made-up values: what a rule's example and counter-example are turned into by a test.

A recipe is literal text with fields in it. `<an:36>` becomes 36 random characters of the
alphabet `an`, `<uuid:1>` a random UUID, and `<crc:6>` the six characters that GitHub and others
append to a token: the CRC32, in base62, of what the field before it became. So no file holds
anything that looks like a key, and examples are of the true form all the same.
"""

import random
import re
import uuid
import zlib

ALPHABETS = {
    "an": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "alpha": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "url": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    "b64": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "b58": "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789",
    "up": "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
    "b32": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "low": "abcdefghijklmnopqrstuvwxyz0123456789",
    "low32": "abcdefghijklmnopqrstuvwxyz234567",
    "bech": "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
    "hex": "0123456789abcdef",
    "uphex": "0123456789ABCDEF",
    "dig": "123456789",
}
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FIELD = re.compile(r"<([a-z0-9]+):(\d+)>")


def checksum(body: str) -> str:
    """CRC32 of `body` as six base62 digits."""
    value, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        digits = _DIGITS[digit] + digits
    return digits


def fill(recipe: str, source: random.Random) -> str:
    """A made-up value after `recipe`, the same for the same state of `source`."""
    last = ""

    def characters(field: re.Match[str]) -> str:
        nonlocal last
        name, count = field[1], int(field[2])
        if name == "crc":
            return checksum(last)
        if name == "uuid":
            return str(uuid.UUID(int=source.getrandbits(128), version=4))
        last = "".join(source.choice(ALPHABETS[name]) for _ in range(count))
        return last

    return _FIELD.sub(characters, recipe)
