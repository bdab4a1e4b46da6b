"""What stands beside a secret's name: a secret, or code, a placeholder, a word, a path?

The name says only that a secret may follow. These tests look at the value; they are linear in
its length, and callers pass at most a few hundred characters.
"""

import re
from enum import Enum
from itertools import pairwise


class Kind(Enum):
    """How much a name promises, and so how little the value has to prove."""

    PASSWORD = 1  # a person may have chosen it: short and worded values count
    KEY = 2  # a machine made it: it has to look random


_PAIRS_OF_WORDS = (
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se"
    " le sa si ar ve ra ld ur ro ri io me ne co ma li ic ce us ta ec ll om ch ca la no el so ns pe"
    " un ut ai di il ac po nc wi ho ni ot ee ss lo ge tr rs ie em oo be ad pr sh id ul ay ir mo da"
    " tu ts wa na am rt ow im ke ig ex op ol ab fo ct mp fi su pl cl sp ap pa ev ay iv ag ef ub"
    " do um os ty up ph ck ad gr mi bl ry qu ui ue oc ob od ov wo ft sc rd gi ef if ff rm rk by"
    " ey ok og ga bo bu bi ba br cr cu cy dr du fa fe fr go gu ki lu mu nu ny pu ru rn rv sk sw"
    " tt vi wh ws xt ye yp ys rl ly ls lt pi va vo au av aw ew gs gn ks ds rc rg mb my lf nf nv"
    " pp rr mm nn cc dd gg eg ep eq es ih ip"
)
_COMMON_PAIRS = frozenset(_PAIRS_OF_WORDS.split())
"""Letter pairs that words and identifiers are made of; random letters hit about a third."""

_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PLACEHOLDER = re.compile(
    r"(?i)^(?:x{3,}|\*{3,}|\.{3,}|-{3,}|_{3,}|#{3,}|n/?a|nil|null|none|true|false|undefined|empty"
    r"|string|str|text|pass|pw|password|passwd|passw0rd|secret|token|bearer|basic|default|postgres"
    r"|root|admin|user|test|guest|optional|required|hidden|masked|unset|prompt|changeit"
    r"|change_?me.*|foobar|foo|bar|baz|abc|qwerty)\d{0,3}$"
    r"|(?:^|[^a-z])(?:your|my|some|example|sample|placeholder|dummy|fake|mock|redacted|replace|insert"
    r"|change[-_ ]?me|change[-_ ]?this|todo|fixme|goes[-_]?here|not[-_]?a[-_]?real)(?:[^a-z]|$)"
    r"|your[-_ ]?[a-z]|example$|x{5}|\*{3}|\.{3}|\u2026|\u2022|12345678|abcdefgh|deadbeef|0{8}"
)
_REFERENCE = re.compile(
    r"^\$\{?[A-Za-z_]|^%\w+%|^<[^>]*>?$|\$\{|\$\(|\{\{|\}\}|%\(|<%|#\{|\$\{\{|^\[REDACTED"
    r"|^(?:os|process|sys|env|config|settings|secrets?|vault|data|var|local|module|self|this"
    r"|request|req|ctx|args|params|options|opts|props|state)(?:\.|\[|->|::)"
    r"|^(?:env|vault|ssm|op|file|arn|projects|sops|keychain|secretref|valueFrom)[:/]|^!\w"
)
_CODE = re.compile(
    r"[A-Za-z0-9_\])]\(|\(\)|=>|->|::|&&|\|\||[<>=!]=|\w\[[\w'\"]|^[\[{(<]|^\\|^lambda\b"
    r"|^[A-Za-z_]\w*\??\.[A-Za-z_][\w.]*$"
)
_ROOTED = re.compile(
    r"^(?:[A-Za-z]:[\\/]|/(?:home|Users|tmp|var|usr|opt|etc|root|mnt|app|srv|dev|private)(?:/|$))"
)
_PATHS = re.compile(
    r"^(?:\.{0,2}|~)/[A-Za-z0-9_.@/-]{1,128}$|^[a-z][a-z0-9+.-]{1,12}://"
    r"|\.(?:py|js|ts|tsx|go|rs|java|json|ya?ml|toml|txt|md|pem|key|crt|env|sh|html|css|c|h|rb|php)$"
)
_UUID = re.compile(r"(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_HEX = re.compile(r"^(?:0x)?[0-9a-fA-F]+$")
_PLAIN_NUMBER = re.compile(r"^[-+]?[\d.,:_/%eE+-]+[a-zA-Z%]{0,3}$")
_IDENTIFIER = re.compile(r"^[A-Za-z_$][\w$-]*$")
_LOOKED_AT = 128
"""Characters that the tests look at; more would not change the verdict, only take longer."""
_BLANK = re.compile(r"\s")
_DIGIT_RUN = re.compile(r"\d+")
_HASH_NAME = re.compile(
    r"(?i)^(?:sha\d{1,3}|md5|hs\d{3}|rs\d{3}|es\d{3}|aes\d*|utf-?8|base64|oauth2?)\b"
)


def word_share(text: str) -> float:
    """Share of the letter pairs of `text` (inside words and camel humps) that words are made of.

    About 0.9 for words and identifiers, 0.35 for random letters; 0 without a pair.
    """
    pairs = common = 0
    for hump in _HUMP.findall(text):
        low = hump.lower()
        for index in range(len(low) - 1):
            pairs += 1
            common += low[index : index + 2] in _COMMON_PAIRS
    return common / pairs if pairs else 0.0


def _classes(value: str) -> tuple[int, int, int, int]:
    """Counts of lower case, upper case, digits and everything else."""
    lower = sum(map(str.islower, value))
    upper = sum(map(str.isupper, value))
    digits = sum(map(str.isdigit, value))
    return lower, upper, digits, len(value) - lower - upper - digits


def _changes(value: str) -> int:
    """How often the character class changes from one character to the next."""
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else c.islower() for c in value]
    return sum(a != b for a, b in pairwise(kinds))


def is_random(text: str) -> bool:
    """True if `text` looks made by a machine: hex, base64, base62 (12 or more), a UUID."""
    value = text[:_LOOKED_AT]
    length = len(value)
    if length < 12 or len(set(value)) < 6:
        return False
    if _UUID.match(value):
        return True
    lower, upper, digits, _ = _classes(value)
    if _HEX.match(value):
        return length >= 16 and digits >= 2 and lower + upper >= 2
    if not lower + upper:
        return False
    changes, worded = _changes(value), word_share(value)
    if min(lower, upper) >= 3 and changes >= length * (0.4 if digits else 0.45) and length >= 16:
        return worded < 0.8
    if length >= 16 and len(_DIGIT_RUN.findall(value)) >= 3 and changes >= length / 4:
        return worded < 0.85
    if not digits:
        return length >= 16 and bool(lower and upper) and worded < 0.5 and changes >= length / 4
    limit = 0.68 if length >= 20 and digits >= 3 else 0.55
    return worded < limit and changes >= length / 5


def _is_chosen(value: str) -> bool:
    """True for what a person makes up as a password: letters with digits or signs mixed in."""
    lower, upper, digits, signs = _classes(value)
    if len(value) < 6 or not lower + upper or len(set(value)) < 4:
        return False
    return bool(digits or (signs and not re.fullmatch(r"[A-Za-z_.:/-]+", value)))


def is_plain(value: str) -> bool:
    """True for what is no secret whatever stands before it: code, placeholder, path, reference."""
    value = value[:_LOOKED_AT]
    return bool(
        _REFERENCE.search(value)
        or _PLACEHOLDER.search(value)
        or _CODE.search(value)
        or _PLAIN_NUMBER.match(value)
        or _HASH_NAME.match(value)
        or _ROOTED.match(value)
        or (_PATHS.search(value) and word_share(value) > 0.5)
    )


def is_secret(value: str, kind: Kind, *, literal: bool) -> bool:
    """True if `value`, found beside a secret's name, is a secret.

    `literal` says that the place holds data, not code: a quoted string, a line of a dotenv file,
    a flag's argument. Elsewhere a bare word with a digit is taken for a variable.
    """
    if not 6 <= len(value) <= 4096 or _BLANK.search(value) or is_plain(value):
        return False
    if is_random(value):
        return True
    if kind is Kind.PASSWORD:
        return _is_chosen(value) and (literal or not _IDENTIFIER.match(value))
    return False
