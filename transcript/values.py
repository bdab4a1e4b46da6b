"""What stands beside a secret's name: a secret, or code, a placeholder, a word, a path?

The name says only that a secret may follow. These tests look at the value; they are linear in
its length, and callers pass at most a few hundred characters.
"""

import re
from enum import Enum

from .mixture import (
    DIGIT_RUN,
    LOOKED_AT,
    SOME_RUN,
    classes,
    is_jumble,
    is_made,
    is_made_up,
    is_random,
    is_tangled,
    turns_in,
)
from .wordlike import (
    DOTTED,
    KEY_OF_WORDS,
    LEET,
    LEETED,
    NUMBERED_WORD,
    YEARED,
    is_unlike_names,
    word_share,
)


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
    r"^\${1,2}\{?[A-Za-z_](?!\w*[#!^*%]\w*$)|^%[A-Za-z_]\w*%|^<[^>]*>?$|\$\{|\$\(|\{\{|\}\}|%\(|<%|#\{|\$\{\{|^\[REDACTED"
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
_NUMBERED_WORDS = re.compile(
    r"[A-Za-z][a-z]{3,11}(?: [A-Za-z][a-z]{3,11}){1,5} \d{2,4}(?=[ \t]{0,8}(?:[\r\n\"'`<]|$))"
)
"""`octopus purple canyon mango 48`: a pass phrase, alone or at the end of a line."""
_PLAIN_WORDS = re.compile(r"[a-z]{4,12}(?: [a-z]{4,12}){3,7}")
_WORDS = re.compile(r"[^\W\d_]{2,14}(?: [^\W\d_]{2,14}){2,7}")
_WORD = re.compile(r"(?:^|[ ])[\"'(]?(?:[A-Z]?[a-z]+|[A-Z]+)[.,:;!?)\"']*(?=[ ]|$)|[^\S ]")
"""A word among words, or a blank that no password has."""
_COUNTED = "01234567890123456789"
_TIME = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d|1[5-9]\d{8}(?:\d{3})?$")
"""A date, or the seconds since 1970."""
_OF_A_PASSWORD = re.compile(r"^[a-z]{2,16}(?:[A-Z][a-z]{1,16}){0,3}Pass(?:word|wd)?\d{0,2}$")
"""A variable: `hashedPassword`."""
_FOREIGN = re.compile("[\u0900-\uffdc]")
"""Letters of scripts in which nobody writes a key, and hardly anybody a password."""
_FOREIGN_WORD = re.compile("[\u0370-\u052f]{4,16}\\d{2,4}[!?]?$")
"""A word in Greek or Cyrillic, and a number."""
_CONSTANT = re.compile(r"^0[xX][0-9a-fA-F]{1,16}$")
_PLAIN_NUMBER = re.compile(
    r"^[-+]?[\d.,:_/%+-]+(?<![-_/](?=[A-Za-z]))(?:[eE][-+]?\d{1,4})?[a-zA-Z%]{0,3}$|^\d{1,4}\.(?:second|minute|hour|day|week|month|year)s?(?:\.\w{1,12})?$|^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.,]*(?:Z|[+-]\d\d:?\d\d)?$"
)
_IDENTIFIER = re.compile(r"^[A-Za-z_$][\w$-]*$")
_TYPE = re.compile(r"^\[?(?:String|Int|Float|Boolean|ID|DateTime|JSON|UUID)!?\]?!?[,)]*$")
"""Of GraphQL: `password: String!`."""
_BLANK = re.compile(r"\s")
_WITHOUT_SIGNS = re.compile(r"[\w+/=.:~-]+")
_HASH_NAME = re.compile(
    r"(?i)^(?:sha\d{1,3}|md5|hs\d{3}|rs\d{3}|es\d{3}|aes\d*|utf-?8|base64(?!:)|oauth2?(?!:))\b"
    r"|^(?:argon2(?:id|i|d)?|bcrypt|scrypt|pbkdf2(?:[-_]?sha\d{1,3})?|ed25519|x25519|p-?256|(?:rsa|ecdsa)[-_]?\w{0,8})$"
)
_PUBLIC = re.compile(
    r"^(?:phc_|pk_(?:live|test)_|sb_publishable_|pk\.eyJ|pub[0-9a-f]{32}$|h1:|sha(?:1|256|384|512)?[-:]|ssh-(?:rsa|ed25519)"
    r"|age1|G-[A-Z0-9]{10}$|UA-\d|pub-\d|ca-pub-)"
)
"""Made to be shown: publishable keys, checksums, public halves."""

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
_SENTENCE_WORDS = (
    "must contain contains with from this that when than your have need needs characters least"
    " more letters numbers digits days hours minutes seconds after before line lines step steps"
    " port then version attempts times within every only under over between about until should"
    " will expires expired length minimum maximum exactly each here put some something goes paste"
    " insert choose pick real own please enter generate generated random long super very docs fill"
    " the and are can has have not for into le la les el los las de du des der die das den und et"
    " mot passe bitte geben sie ihr ein votre vos su sus por favor seu sua senha wachtwoord"
    " password token key secret required invalid incorrect passwort kennwort vergessen olvidado"
    " contrase\u00f1a oubli\u00e9"
)
_OF_SENTENCES = frozenset(_SENTENCE_WORDS.split())
"""Parts of what stands after `password=` without being one."""


def _is_chosen(value: str) -> bool:
    """True for what a person makes up as a password: letters with digits or signs mixed in."""
    lower, upper, digits, signs = classes(value[:LOOKED_AT])
    if len(value) < 6 or not lower + upper or len(set(value)) < 4:
        return False
    return bool(digits or (signs and not re.fullmatch(r"[A-Za-z_.:/-]+", value)))


def is_plain(value: str) -> bool:
    """True for what is no secret whatever stands before it: code, placeholder, path, reference."""
    value = value[:LOOKED_AT]
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
    start = value[:LOOKED_AT]
    return (
        len(value) >= 32
        and (is_random(value) or is_tangled(value))
        and word_share(start) < 0.55
        and not _REFERENCE.match(start)
        and not _PUBLIC.match(start)
        and not _PLACEHOLDER.search(start)
        and not (_RANGES if is_tangled(value) else _CALLS).search(start)
    )


def _is_phrase(value: str) -> bool:
    """True for words that can be a password: `swordfish`, `correct-horse`, not `required`."""
    parts = [part.lower() for part in _PART.findall(value)]
    return len(value) >= 5 and bool(parts) and not _OTHERS.intersection(parts)


def _is_words(value: str) -> bool:
    """True for a pass phrase such as `correct-horse-battery`: words joined by one sign."""
    return bool(_JOINED_WORDS.match(value)) and _is_phrase(value)


def _is_key_of_words(value: str, *, strong: bool) -> bool:
    """True for a key that a person made up of words and a number, or typed at random."""
    if KEY_OF_WORDS.match(value) or (strong and (YEARED.match(value) or is_unlike_names(value))):
        parts = [part.lower() for part in _PART.findall(value)]
        return not _OTHERS.intersection(parts)
    lower, upper, digits, _ = classes(value)
    if not 10 <= len(value) <= 24 or not value.isalnum():
        return False
    if not digits:
        return len(value) >= 12 and word_share(value) < (0.45 if strong else 0.4)
    return min(lower, upper) >= 3 and turns_in(value) >= 4 and word_share(value) < 0.62


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
    return _MADE_OF_FOURS.fullmatch(value) is not None and is_made(value.replace(" ", ""))


def in_parts(text: str, at: int) -> int:
    """Where the password of several parts ends that begins at `at`; 0 if there is none."""
    words = _NUMBERED_WORDS.match(text, at)
    if words and is_numbered_words(words[0]):
        return words.end()
    found = _MADE_OF_FOURS.match(text, at) or _IN_FOURS.match(text, at)
    return found.end() if found and is_in_fours(found[0]) else 0


def is_numbered_words(value: str) -> bool:
    """True for three words or more and a number, none of which is of a sentence."""
    if not _NUMBERED_WORDS.fullmatch(value) or sum(map(str.isupper, value)) > 1:
        return False
    return _is_no_sentence(value)


def is_passphrase(value: str, *, strong: bool = False, told: bool = False) -> bool:
    """True for four to eight plain words that make no sentence: `correct horse battery staple`.

    Where nothing but a secret can stand, `strong`, three will do, of any letters. Where somebody
    says that it is one, `told`, the same, and four may be words that labels are made of.
    """
    words = _WORDS if strong or told else _PLAIN_WORDS
    if not words.fullmatch(value):
        return False
    return _is_no_sentence(value, frozenset() if told and value.count(" ") >= 3 else _OTHERS)


def _is_no_sentence(value: str, others: frozenset[str] = _OTHERS) -> bool:
    words = value.lower().split()
    return not others.intersection(words) and not _OF_SENTENCES.intersection(words)


def _is_spaced(value: str, kind: Kind, *, literal: bool, strong: bool) -> bool:
    """True for random parts with blanks between: a password as WordPress gives it, or its salt; and
    for a pass phrase."""
    if literal and kind is Kind.PASSWORD and is_passphrase(value, strong=strong):
        return True
    if (literal or kind is Kind.PASSWORD) and is_numbered_words(value):
        return True
    if _WORD.search(value) and not is_in_fours(value):
        return False
    whole = value.replace(" ", "")
    if kind is Kind.KEY or not literal:
        return (literal and _is_noise(whole)) or (kind is Kind.PASSWORD and is_in_fours(value))
    if is_in_fours(value) or _is_noise(whole):
        return True
    return bool(SOME_RUN.search(value)) and not is_plain(whole) and is_tangled(whole)


def _is_number(value: str, least: int) -> bool:
    """True for digits that are neither counted up nor repeated."""
    if not least <= len(value) <= 24 or len(set(value)) < 4 or value.endswith("000"):
        return False
    return value not in _COUNTED and value[::-1] not in _COUNTED and not _TIME.match(value)


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
        return _is_spaced(value, kind, literal=literal, strong=strong)
    if not value.isascii() and _FOREIGN.search(value):
        if literal and kind is Kind.PASSWORD and _FOREIGN_WORD.match(value):
            return True
        rest = _FOREIGN.sub("", value)
        return literal and (is_made(rest) or is_tangled(rest))
    if value.isdigit():
        if kind is Kind.KEY:  # `getrandbits(128)`
            return literal and 24 <= len(value) <= 64 and len(set(value)) >= 8
        return literal and kind is Kind.PASSWORD and _is_number(value, 6 if strong else 8)
    if is_plain(value):
        if kind is Kind.PASSWORD and NUMBERED_WORD.match(value):
            return True
        return literal and (_is_noise(value) or is_dotted(value))
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
            if LEET.match(value) or LEETED.match(value) or YEARED.match(value):
                return True
            if len(value) >= 10 and value.isalnum() and is_tangled(value):
                return True
            return "-" in value and is_made_up(value)
        if value.count("-") >= 3 and _is_words(value):  # code joins no words by dashes
            return True
        if value.isalpha() and is_jumble(value) and (literal or turns_in(value) >= 5):
            return True
        return (strong and _is_phrase(value)) or (literal and _is_words(value))
    return literal and (
        is_made(value)
        or (is_tangled(value) and (len(value) >= 16 or DIGIT_RUN.search(value) is not None))
        or (len(value) >= 20 and value.isalpha() and is_jumble(value))
        or _is_key_of_words(value, strong=strong)
    )
