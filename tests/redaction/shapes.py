"""Random values from templates: `"ghp_{crc:36}"` -> a token of that shape, its checksum right.

A field is `{maker:length}` or `{maker:least-most}`; no template is a token itself, so that none
stands in the repository.
"""

import base64
import json
import re
import string
import zlib
from collections.abc import Callable
from random import Random

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
B62 = DIGITS + UPPER + LOWER
ALPHABETS = {
    "b62": B62,
    "b64": B62 + "+/",
    "b64u": B62 + "-_",
    "hex": DIGITS + "abcdef",
    "HEX": DIGITS + "ABCDEF",
    "d": DIGITS,
    "up": UPPER + DIGITS,
    "low": LOWER + DIGITS,
    "a": LOWER,
    "A": UPPER,
    "b32": UPPER + "234567",
    "b32l": LOWER + "234567",
    "b58": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "bech": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    "x": "x",
    "django": LOWER + DIGITS + "!@#$%^&*(-_=+)",
}
_FIELD = re.compile(r"\{(\w+)(?::(\d+)(?:-(\d+))?)?\}")
_MIXED_FROM = 12
"""From this length on a value holds at least one digit and two letters, as tokens do."""

_WORDS = [
    "amber",
    "anvil",
    "badger",
    "birch",
    "cedar",
    "cobalt",
    "comet",
    "copper",
    "coral",
    "dahlia",
    "delta",
    "ember",
    "falcon",
    "fjord",
    "garnet",
    "glacier",
    "harbor",
    "hazel",
    "indigo",
    "jasper",
    "kestrel",
    "lagoon",
    "linden",
    "maple",
    "meteor",
    "nectar",
    "nickel",
    "onyx",
    "orchid",
    "otter",
    "pebble",
    "pepper",
    "quartz",
    "raven",
    "saffron",
    "sierra",
    "tundra",
    "velvet",
    "walnut",
    "willow",
    "zinc",
]
_WALLET = [
    "abandon",
    "ability",
    "able",
    "about",
    "absorb",
    "abstract",
    "absurd",
    "accident",
    "acoustic",
    "acquire",
    "across",
    "actress",
    "adapt",
    "addict",
    "adjust",
    "aerobic",
    "airport",
    "aisle",
    "alarm",
    "album",
    "alcohol",
    "bamboo",
    "banana",
    "blossom",
    "bonus",
    "cabin",
    "cactus",
    "camera",
    "canvas",
    "carbon",
    "casino",
    "castle",
    "catalog",
    "cereal",
    "cinnamon",
    "clinic",
    "coconut",
    "coral",
]
_SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ven",
    "tul",
    "bas",
    "jor",
    "ik",
    "nel",
    "pra",
    "dos",
    "lum",
    "ret",
    "hal",
    "vik",
    "som",
    "ter",
    "gan",
    "yel",
    "fro",
]


def chars(rng: Random, alphabet: str, length: int) -> str:
    """`length` characters of the alphabet, mixed as a machine mixes them."""
    while True:
        text = "".join(rng.choices(alphabet, k=length))
        mixed = sum(map(str.isdigit, text)) >= 1 and sum(map(str.isalpha, text)) >= 2
        one_kind = alphabet in (DIGITS, LOWER, UPPER, "x")
        if (
            length < _MIXED_FROM
            or one_kind
            or (mixed and text[0] not in "-_" and text[-1] not in "-_")
        ):
            return text


def make(rng: Random, template: str) -> str:
    """A value of the template's shape."""

    def field(found: re.Match[str]) -> str:
        name, least, most = found[1], int(found[2] or 0), int(found[3] or found[2] or 0)
        length = rng.randint(least, most) if most else 0
        if name in ALPHABETS:
            return chars(rng, ALPHABETS[name], length)
        return _MAKERS[name](rng, length) if name in _MAKERS else found[0]

    return _FIELD.sub(field, template)


def word(rng: Random) -> str:
    """A short common noun."""
    return rng.choice(_WORDS)


def name(rng: Random) -> str:
    """A made-up family name that is no word of any text around it."""
    return "".join(rng.sample(_SYLLABLES, 3))


def crc(rng: Random, length: int) -> str:
    """Random base62 and six characters of its CRC32 in base62: GitHub's and npm's way."""
    body = chars(rng, B62, length - 6)
    left, check = zlib.crc32(body.encode()), ""
    while left:
        left, digit = divmod(left, 62)
        check = B62[digit] + check
    return body + check.rjust(6, "0")


def b64u(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(rng: Random, _length: int = 0) -> str:
    """A JSON Web Token with a plausible payload."""
    head = {"alg": rng.choice(["HS256", "RS256", "ES256"]), "typ": "JWT"}
    body = {
        "sub": chars(rng, DIGITS, 10),
        "iss": f"https://{word(rng)}.example.com/",
        "iat": rng.randint(1_700_000_000, 1_790_000_000),
        "scope": "read write",
    }
    parts = (b64u(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body))
    return f"{'.'.join(parts)}.{b64u(rng.randbytes(32))}"


def uuid(rng: Random, _length: int = 0) -> str:
    """A version 4 UUID."""
    digits = f"{rng.getrandbits(128):032x}"
    variant = rng.choice("89ab")
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def password(rng: Random, _length: int = 0) -> str:
    """What a person or a password manager makes up: 8 to 20 characters."""
    kind = rng.randrange(8)
    if kind < 2:
        return chars(rng, B62, rng.randint(14, 20))
    if kind == 2:
        return f"{word(rng).title()}{rng.choice('!#%*+')}{word(rng)}{rng.randint(10, 9999)}"
    if kind == 3:
        return f"{name(rng).title()}{rng.randint(1960, 2026)}{rng.choice('!?*')}"
    if kind < 6:
        return chars(rng, B62 + "!*-_+~", rng.randint(12, 18))
    return worded_password(rng)


def worded_password(rng: Random) -> str:
    """Two or three words and a number: what hardly looks like a password."""
    one, two, number = name(rng), name(rng), rng.randint(10, 99)
    sign = rng.choice("-_=+!")
    forms = (
        f"{one}{number}{sign}{two}",
        f"{one}{number}.{two}",
        f"{one.title()}{rng.choice('-_')}{two.title()}{number}",
        f"{one}{two.title()}{number}",
        f"{one.title()}-{two.title()}-{name(rng).title()}-{number}",
        f"{one.title().translate(_LEET)}{sign}{number}{two.upper()[:3]}",
    )
    return rng.choice(forms)


_LEET = str.maketrans("aeio", "4310")


def phrase(rng: Random, _length: int = 0) -> str:
    """A password of words with one digit, the kind that looks least like one."""
    return "-".join([word(rng), word(rng), name(rng), str(rng.randint(2, 99))])


def mnemonic(rng: Random, _length: int = 0) -> str:
    """A wallet's twelve words."""
    return " ".join(rng.sample(_WALLET, 12))


def ecr(rng: Random, _length: int = 0) -> str:
    """A registry password of AWS: base64 of JSON."""
    payload = {
        "payload": base64.b64encode(rng.randbytes(240)).decode(),
        "datakey": base64.b64encode(rng.randbytes(120)).decode(),
        "version": "2",
        "type": "DATA_KEY",
        "expiration": 1_790_000_000,
    }
    return base64.b64encode(json.dumps(payload).encode()).decode()


def _base64_of(template: str) -> Callable[[Random, int], str]:
    return lambda rng, _length: base64.b64encode(make(rng, template).encode()).decode()


_MAKERS: dict[str, Callable[[Random, int], str]] = {
    "crc": crc,
    "mnemonic": mnemonic,
    "ecr": ecr,
    "jwt": jwt,
    "uuid": uuid,
    "password": password,
    "phrase": phrase,
    "word": lambda rng, _length: word(rng),
    "name": lambda rng, _length: name(rng),
    "intercom": _base64_of("tok:{hex:8}_{hex:4}_{hex:4}_{hex:4}_{hex:12}:1:0"),
    "reftkn": _base64_of("reftkn:01:{d:10}:{b62:27}"),
    "convex": _base64_of('{"v2":"{hex:64}"}'),
}
