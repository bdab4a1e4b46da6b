"""What stands beside a secret's name: a secret, or code, a placeholder, a word, a path?

The name says only that a secret may follow. These tests look at the value; they are linear in
its length, and callers pass at most a few hundred characters.
"""

import re
from enum import Enum
from itertools import pairwise

from .wordlike import DOTTED, KEY_OF_WORDS, LEET, LEETED, MADE_OF_WORDS, YEARED, word_share


class Kind(Enum):
    """How much a name promises, and so how little the value has to prove."""

    PASSWORD = 1  # a person may have chosen it: short and worded values count
    KEY = 2  # a machine made it: it has to look random
    TOKEN = 3  # the same, without signs: the name may as well be that of a pattern


_PLACEHOLDER = re.compile(
    r"(?i)^(?:x{3,}|\*{3,}|\.{3,}|-{3,}|_{3,}|#{3,}|n/?a|nil|null|none|true|false|undefined|empty"
    r"|string|str|text|pass|pw|password|passwd|passw0rd|secret|token|bearer|basic|default|postgres"
    r"|root|admin|user|test|guest|optional|required|hidden|masked|unset|prompt|changeit"
    r"|change_?me.*|foobar|foo|bar|baz|abc|qwerty)\d{0,3}$"
    r"|(?:^|[^a-z0-9])(?:your|my|some|example|sample|placeholder|dummy|fake|mock|redacted|replace|insert"
    r"|change[-_ ]?me|change[-_ ]?this|todo|fixme|goes[-_]?here|not[-_]?a[-_]?real)(?:[^a-z0-9]|$)"
    r"|your[-_ ]?[a-z]|example(?:key|token|secret)?$|x{5}|\*{3}|\.{3}|\u2026|\u2022|12345678|abcdefgh|deadbeef|0{8}"  # noqa: E501
)
_REFERENCE = re.compile(
    r"^\${1,2}\{?[A-Za-z_]|^%[A-Za-z_]\w*%|^<[^>]*>?$|\$\{|\$\(|\{\{|\}\}|%\(|<%|#\{|\$\{\{|^\[REDACTED"
    r"|^(?:os|process|sys|env|config|settings|secrets?|vault|data|var|local|module|self|this"
    r"|request|req|ctx|args|params|options|opts|props|state)(?:\.|\[|->|::)"
    r"|^(?:env|vault|ssm|op|file|arn|projects|sops|keychain|secretref|valueFrom)[:/]"
    r"|^!{1,2}[A-Za-z_$][A-Za-z_$.]{0,60}\d{0,2}(?:\W|$)"
)
_CODE = re.compile(
    r"[A-Za-z0-9_\])]\(|\(\)|=>|->|::|&&|\|\||[<>=!]=(?!$)|\w\[[\w'\":-]|^[\[{(<]|^\\|^lambda\b|[\[({]$"
    r"|^[A-Za-z_$][\w$]*\??(?:\.[A-Za-z_]\w*)+\.?$|^[a-z]{2,12}:\\?\"|^\^?\[\^?(?:A-Z|a-z|0-9|\\[wds])"
)
_CALLS = re.compile(r"[A-Za-z_]{4}\(|\(\)|=>|->|::|[A-Za-z_]{4}\.[A-Za-z_]{4}|^[\[{(<\\/]|^https?:")
"""Code without a doubt."""
_OPENING = "([{<\\"
_SOME_RUN = re.compile(r"[A-Za-z0-9]{4}")
"""Names of shortened code are shorter."""
_ADDRESS = re.compile(r"^(?:[a-z][a-z+.-]{1,12}:)?//?[a-z]")
_RARE_SIGN = re.compile(r"[!^*%@#~?&$+]")
"""Not in names, and seldom in code with no blank beside it."""
_RANGES = re.compile(r"^\\[ux]|[aA0]-[zZ9]|[A-Za-z_]{6}\(|^https?:")
"""Of a regular expression, or of code."""
_ROOTED = re.compile(
    r"^(?://|[A-Za-z]:[\\/]|/(?:home|Users|tmp|var|usr|opt|etc|root|mnt|app|srv|dev|private)(?:/|$))"
)
_PATHS = re.compile(
    r"^(?:\.{0,2}|~)/[A-Za-z0-9_.@/-]{1,128}$|^[a-z][a-z0-9+.-]{1,12}://"
    r"|\.(?:py|js|ts|tsx|go|rs|java|json|ya?ml|toml|txt|md|pem|key|crt|env|sh|html|css|c|h|rb|php)$"
)
_IN_FOURS = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}(?![a-z ]{2})")
"""A password that Google gives to a program: four times four letters."""
_MADE_OF_FOURS = re.compile(r"(?:[A-Za-z0-9]{4} ){3,5}[A-Za-z0-9]{4}")
"""A password that WordPress gives to a program: six times four letters and digits."""
_WORD = re.compile(r"(?:^|[ ])[\"'(]?(?:[A-Z]?[a-z]+|[A-Z]+)[.,:;!?)\"']*(?=[ ]|$)|[^\S ]")
"""A word among words, or a blank that no password has."""
_COUNTED = "01234567890123456789"
_TIME = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d|1[5-9]\d{8}(?:\d{3})?$")
"""A date, or the seconds since 1970."""
_OF_A_PASSWORD = re.compile(r"^[a-z]{2,16}(?:[A-Z][a-z]{1,16}){0,3}Pass(?:word|wd)?\d{0,2}$")
"""A variable: `hashedPassword`."""
_FOREIGN = re.compile("[\u0900-\uffdc]")
"""Letters of scripts in which nobody writes a key, and hardly anybody a password."""
_CONSTANT = re.compile(r"^0[xX][0-9a-fA-F]{1,16}$")
_UUID = re.compile(r"(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_HEX = re.compile(r"^(?:0x)?[0-9a-fA-F]+$")
_PLAIN_NUMBER = re.compile(
    r"^[-+]?[\d.,:_/%+-]+(?:[eE][-+]?\d{1,4})?[a-zA-Z%]{0,3}$|^\d{1,4}\.(?:second|minute|hour|day|week|month|year)s?(?:\.\w{1,12})?$|^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.,]*(?:Z|[+-]\d\d:?\d\d)?$"
)
_IDENTIFIER = re.compile(r"^[A-Za-z_$][\w$-]*$")
_LOOKED_AT = 128
"""Characters that the tests look at; more would not change the verdict, only take longer."""
_HEX_OR_UUID = re.compile(r"[0-9a-fA-F-]+$")
_TYPE = re.compile(r"^\[?(?:String|Int|Float|Boolean|ID|DateTime|JSON|UUID)!?\]?!?[,)]*$")
"""Of GraphQL: `password: String!`."""
_BLANK = re.compile(r"\s")
_WITHOUT_SIGNS = re.compile(r"[\w+/=.:~-]+")
_DIGIT_RUN = re.compile(r"\d+")
_HASH_NAME = re.compile(
    r"(?i)^(?:sha\d{1,3}|md5|hs\d{3}|rs\d{3}|es\d{3}|aes\d*|utf-?8|base64(?!:)|oauth2?(?!:))\b"
    r"|^(?:argon2(?:id|i|d)?|bcrypt|scrypt|pbkdf2(?:[-_]?sha\d{1,3})?|ed25519|x25519|p-?256|(?:rsa|ecdsa)[-_]?\w{0,8})$"
)
_PUBLIC = re.compile(
    r"^(?:phc_|pk_(?:live|test)_|sb_publishable_|pk\.eyJ|pub[0-9a-f]{32}$|h1:|sha(?:1|256|384|512)?[-:]|ssh-(?:rsa|ed25519)"
    r"|age1|G-[A-Z0-9]{10}$|UA-\d|pub-\d|ca-pub-)"
)
"""Made to be shown: publishable keys, checksums, public halves."""

_NUMBERED = re.compile(
    r"^[A-Za-z]{1,40}(?:[-_.][A-Za-z]{1,40}){0,8}[-_.]?\d{1,4}(?:[-_.]\d{1,4}){0,4}$|^\d{1,20}[-_.a-zA-Z]{0,8}$"
)
_JOINTS = ".:,-_/@ "
"""Signs that also join words, hosts and numbers."""
_CONSONANTS = re.compile(r"(?i)[bcdfghjklmnpqrstvwxz]{4}")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[^A-Za-z]+")
_JOINED_WORDS = re.compile(
    r"^[a-z]{4,12}(?:-[a-z]{4,12}){1,5}$|^[a-z]{3,12}(?:-[a-z]{3,12}){3,6}$|^[a-z]{4,12}(?:_[a-z]{4,12}){2,5}$"
)
_OTHER_WORDS = (
    "password passwd pass pwd user users username admin root secret token key auth login required"
    " optional invalid current new old reset forgot confirm field input hidden text string str true"
    " false none null undefined off yes no default test testing example changeme sample empty value"
    " plain plaintext wrong missing incorrect expired prompt file stdin env ask bytes int bool any"
    " object type name email required never always disabled enabled file_path not set unset missing"
    " credentials credential basic bearer oauth local remote host server postgres mysql redis guest"
    " error fail failed passes passed match mismatch short long weak strong min max length change"
    " update rules policy"
    " manager hash encrypted encoded masked redacted protected based less only flow grant code"
    " verify verification strength toggle show hide label placeholder form page screen view"
)
_OTHERS = frozenset(_OTHER_WORDS.split())
"""Parts of what stands after `password=` without being one."""


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


def _is_shuffled(digits: int, changing: float) -> bool:
    """True for more changes of class than names have: a few lucky letter pairs do not count."""
    return (digits >= 2 and changing >= 0.55) or (digits >= 4 and changing >= 0.5)


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
    letters = lower + upper + digits >= length - 2 and min(lower, upper) >= 3
    if length >= 16 and letters and _is_shuffled(digits, changes / length):
        return worded < 0.95
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
    lower, upper, digits, signs = _classes(value[:_LOOKED_AT])
    if len(value) < 6 or not lower + upper or len(set(value)) < 4:
        return False
    return bool(digits or (signs and not re.fullmatch(r"[A-Za-z_.:/-]+", value)))


def is_plain(value: str) -> bool:
    """True for what is no secret whatever stands before it: code, placeholder, path, reference."""
    value = value[:_LOOKED_AT]
    return bool(
        _REFERENCE.search(value)
        or _PLACEHOLDER.search(value)
        or (_CODE.search(value) and (value[0] in _OPENING or not is_tangled(value)))
        or _PLAIN_NUMBER.match(value)
        or _CONSTANT.match(value)
        or _HASH_NAME.match(value)
        or _PUBLIC.match(value)
        or _TYPE.match(value)
        or _ROOTED.match(value)
        or (_PATHS.search(value) and word_share(value) > 0.5)
    )


def _is_noise(value: str) -> bool:
    """True for a long random value with signs in it that make it look like code: Django's keys."""
    start = value[:_LOOKED_AT]
    return (
        len(value) >= 32
        and (is_random(value) or is_tangled(value))
        and word_share(start) < 0.55
        and not _REFERENCE.match(start)
        and not _PUBLIC.match(start)
        and not _PLACEHOLDER.search(start)
        and not (_RANGES if is_tangled(value) else _CALLS).search(start)
    )


def is_tangled(value: str) -> bool:
    """True where letters, digits and signs change as in no code: `x7Q.vR2`, `a(K3)w9`.

    Names change at their humps, and have their digits at the end of a word.
    """
    value = value[:_LOOKED_AT]
    length = len(value)
    if length < 8 or not _SOME_RUN.search(value) or _ADDRESS.search(value):
        return False
    lower, upper, digits, signs = _classes(value)
    if lower + upper < 2:
        return False
    changes, worded = _changes(value) / length, word_share(value)
    if not digits:
        return bool(lower and upper) and length >= 12 and changes >= 0.42 and worded < 0.5
    if changes >= 0.5 and worded < 0.8:
        return True
    if length >= 10 and lower and upper and signs and _RARE_SIGN.search(value):
        return changes >= 0.6 or (changes >= 0.3 and worded < 0.75)
    return worded < (0.72 if changes >= 0.42 else 0.62) and changes >= 0.36


def is_worded(value: str) -> bool:
    """True for identifiers, file names and words joined by dashes, with or without a number."""
    return word_share(value[:_LOOKED_AT]) >= 0.7


def is_wordless(value: str) -> bool:
    """True for hex and for UUIDs, in whose letters words stand by chance, and for what has none."""
    return _HEX_OR_UUID.match(value) is not None or not is_worded(value)


def is_mixed_up(value: str) -> bool:
    """True for a random value, rather than an identifier with a number, in the middle of words."""
    if not is_random(value) or _HEX.match(value):
        return False
    start = value[:_LOOKED_AT]
    lower, upper, digits, _ = _classes(start)
    if min(lower, upper) >= 2 and digits >= 2 and _changes(start) >= len(start) / 2.2:
        return word_share(start) < 0.85
    return not is_worded(start)


def _is_made(value: str) -> bool:
    """True for a short key: eight characters or more, letters and digits mixed, no word in it."""
    lower, upper, digits, _ = _classes(value[:_LOOKED_AT])
    if len(value) < 8 or not digits or lower + upper < 2 or _NUMBERED.match(value):
        return False
    share = word_share(value[:_LOOKED_AT])
    if len(value) < 12 or not value.isalnum():
        return digits >= 2 and share < 0.62
    # Some pairs of letters are those of words by chance, but no word has digits here and there.
    strewn = len(_DIGIT_RUN.findall(value)) >= 2
    return share < (0.74 if strewn else 0.62 if digits >= 2 else 0.5)


def is_made_up(value: str) -> bool:
    """True for a chosen password that no word of a sentence looks like: `Dahlia!copper81`."""
    lower, upper, digits, _ = _classes(value[:_LOOKED_AT])
    signs = sum(not c.isalnum() and c not in _JOINTS for c in value)
    if len(value) < 8 or not lower + upper:
        return False
    if not digits:
        return len(value) >= 10 and value.isalpha() and _changes(value) >= 5 and _is_jumble(value)
    if (upper and lower and signs) or MADE_OF_WORDS.match(value) or LEETED.match(value):
        return True
    return bool((upper and lower) or signs) and _changes(value) >= 4 and word_share(value) < 0.62


def _is_phrase(value: str) -> bool:
    """True for words that can be a password: `swordfish`, `correct-horse`, not `required`."""
    parts = [part.lower() for part in _PART.findall(value)]
    return len(value) >= 5 and bool(parts) and not _OTHERS.intersection(parts)


def _is_words(value: str) -> bool:
    """True for a pass phrase such as `correct-horse-battery`: words joined by one sign."""
    return bool(_JOINED_WORDS.match(value)) and _is_phrase(value)


def _is_key_of_words(value: str, *, strong: bool) -> bool:
    """True for a key that a person made up of words and a number, or typed at random."""
    if KEY_OF_WORDS.match(value) or (strong and YEARED.match(value)):
        parts = [part.lower() for part in _PART.findall(value)]
        return not _OTHERS.intersection(parts)
    lower, upper, digits, _ = _classes(value)
    if not 10 <= len(value) <= 24 or not value.isalnum():
        return False
    if not digits:
        return len(value) >= 12 and word_share(value) < (0.45 if strong else 0.4)
    return min(lower, upper) >= 3 and _changes(value) >= 4 and word_share(value) < 0.62


def is_dotted(value: str) -> bool:
    """True for a password that looks like an attribute of a known name, but for its number."""
    return (
        bool(DOTTED.match(value))
        and not _REFERENCE.search(value)
        and not _PLACEHOLDER.search(value)
    )


def is_in_fours(value: str) -> bool:
    """True for `wxqz kfjt pzrm qhvd`, as Google gives it: four letters at a time and no words; and
    for WordPress's, which has digits in it and is longer."""
    if _IN_FOURS.fullmatch(value):
        return word_share(value) < 0.65
    return _MADE_OF_FOURS.fullmatch(value) is not None and _is_made(value.replace(" ", ""))


def in_fours(text: str, at: int) -> int:
    """Where the password in four parts ends that begins at `at`; 0 if there is none."""
    found = _MADE_OF_FOURS.match(text, at) or _IN_FOURS.match(text, at)
    return found.end() if found and is_in_fours(found[0]) else 0


def _is_spaced(value: str, kind: Kind, *, literal: bool) -> bool:
    """True for random parts with blanks between: a password as WordPress gives it, or its salt."""
    if _WORD.search(value) and not is_in_fours(value):
        return False
    whole = value.replace(" ", "")
    if kind is Kind.KEY or not literal:
        return (literal and _is_noise(whole)) or (kind is Kind.PASSWORD and is_in_fours(value))
    if is_in_fours(value) or _is_noise(whole):
        return True
    return bool(_SOME_RUN.search(value)) and not is_plain(whole) and is_tangled(whole)


def _is_number(value: str, least: int) -> bool:
    """True for digits that are neither counted up nor repeated."""
    if not least <= len(value) <= 24 or len(set(value)) < 4 or value.endswith("000"):
        return False
    return value not in _COUNTED and value[::-1] not in _COUNTED and not _TIME.match(value)


def _is_jumble(value: str) -> bool:
    """True for letters alone that make no word: twelve or more, or fewer in mixed case."""
    limit = 0.56 if _CONSONANTS.search(value) else 0.5
    if len(value) >= 12 and word_share(value) < limit:
        return True
    changes = _changes(value)
    return len(value) >= 8 and changes >= 4 and word_share(value) < (0.6 if changes < 5 else 0.75)


def is_secret(value: str, kind: Kind, *, literal: bool, strong: bool = False) -> bool:  # noqa: C901
    """True if `value`, found beside a secret's name, is a secret.

    `literal` says that the place holds data, not code: a quoted string, a line of a dotenv file,
    a flag's argument. Elsewhere a bare word with a digit is taken for a variable. `strong` says
    that nothing but the secret itself can stand there (`DB_PASSWORD=`, `--password`): words count.
    """
    if not 4 <= len(value) <= 4096:
        return False
    if kind is Kind.TOKEN and not _WITHOUT_SIGNS.fullmatch(value):
        return False
    if _BLANK.search(value):
        return _is_spaced(value, kind, literal=literal)
    if not value.isascii() and _FOREIGN.search(value):
        rest = _FOREIGN.sub("", value)
        return literal and (_is_made(rest) or is_tangled(rest))
    if value.isdigit():
        if kind is Kind.KEY:  # `getrandbits(128)`
            return literal and 24 <= len(value) <= 64 and len(set(value)) >= 8
        return literal and kind is Kind.PASSWORD and _is_number(value, 6 if strong else 8)
    if is_plain(value):
        return literal and (_is_noise(value) or (kind is Kind.PASSWORD and is_dotted(value)))
    if not literal and _CODE.search(value):
        return False
    if is_random(value):
        return True
    if kind is Kind.PASSWORD:
        if _is_chosen(value):
            if _OF_A_PASSWORD.match(value):
                return False
            if literal or not _IDENTIFIER.match(value):
                return True
            if LEET.match(value) or YEARED.match(value):
                return True
            if len(value) >= 10 and value.isalnum() and is_tangled(value):
                return True
            return "-" in value and is_made_up(value)
        if value.count("-") >= 3 and _is_words(value):  # code joins no words by dashes
            return True
        if value.isalpha() and _is_jumble(value) and (literal or _changes(value) >= 5):
            return True
        return (strong and _is_phrase(value)) or (literal and _is_words(value))
    return literal and (
        _is_made(value)
        or (is_tangled(value) and (len(value) >= 16 or _DIGIT_RUN.search(value) is not None))
        or (len(value) >= 20 and value.isalpha() and _is_jumble(value))
        or _is_key_of_words(value, strong=strong)
    )
