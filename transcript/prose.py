"""Secrets that somebody tells: "the password should be …", "密码是 …", "login with admin / …".

Nothing but words joins the name and the value, so the value has to look like one: mixed as no word
is. A window of a few words after the name is looked at, up to the end of the sentence.
"""

import re
from collections.abc import Iterator

from .engines import any_of, holds
from .mixture import is_made_up, is_mixed_up, is_random, is_tangled
from .span import Span
from .values import Kind, is_dotted, is_plain
from .wordlike import NUMBERED_WORD, is_unlike_names

WINDOW = 110
"""Characters after a name in which its value must stand."""
_FIELD = re.compile(r"[a-z][a-z_.-]{1,20}=(?!=|$)")
"""What has a name of its own: `job=…`."""
_MOST_TOKENS = 9
_LEAST_NAME = 6
"""Letters of a name after which something may be called: `DbSecret DbSecret6SI2VMFX`."""
_STOP = re.compile(r"[\n{}|;]|[\"'],[ ]?[\"']|(?<![=+/\w])=|[.!?][ ]|\. |=[ ]")
_TOKEN = re.compile(r"[\x21\x23-\x26\x2a\x2b\x2d-\x3b\x3d\x3f-\x5f\x61-\x7e\xe8\xe9]{1,256}")
_ASSIGNS = re.compile(
    r"(?:[A-Z][A-Z0-9]*_)+(?:ID|IDS|URL|URI|HOST|NAME|REGION|EMAIL|PORT)(?:=|$)|NEXT_PUBLIC_"
)  # noqa: E501, RUF100
"""A name in its own right, of something that is no secret: `GOOGLE_CLIENT_ID=...`."""
_AT_HOST = re.compile(
    r"[\w.+-]{1,64}@(?:\d{1,3}(?:\.\d{1,3}){3}|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?::[~/\w.-]*)?$"
)
"""Where to log in: `deploy@10.0.0.8:/srv`."""
_BOLD = re.compile(r"(?:\*{1,2}|_|`)(.+?)(?:\*{1,2}|_|`)[.,:;?]?$")
_DIGIT = re.compile(r"\d")
_HEX = re.compile(r"[0-9a-fA-F-]+$")
_SIGNS = re.compile(r"[A-Za-z0-9][!^*%@#~?&$+]{1,3}[A-Za-z0-9]")
_SAYS = frozenset(
    "is are was be to as with using and enter type try use value est es e ist jetzt lautet now ahora maintenant teraz als om to jest on er \u00e8 \u00e9 := = : -> / \u2192".split()  # noqa: E501, SIM905
)
"""What stands right before the value if the sentence says what it is."""

_FOREIGN_ASCII = (
    *(
        "senha",
        "clave",
        "contrasena",
        "wachtwoord",
        "heslo",
        "mdp",
        "parola",
        "haslo",
        "jeton",
        "zugangsdaten",
    ),
    *(
        "salasana",
        "passord",
        "adgangskode",
        "access code",
        "mot de passe",
        "schluessel",
        "login with",
    ),
    *(
        "log in with",
        "sign in with",
        "sandinya",
        "kata sandi",
        "chiave api",
        "klucz api",
        "chave de api",
    ),
    *(
        "adgangskoden",
        "passordet",
        "clave de api",
        "api-nyckel",
        "api-sleutel",
        "my key",
        "our key",
        "key is",
        "login is",
        "logins are",
    ),
)
_FOREIGN = (
    *(
        "contrase\u00f1a",
        "has\u0142o",
        "l\u00f6senord",
        "\u015fifre",
        "cl\u00e9",
        "schl\u00fcssel",
        "jelsz\u00f3",
    ),
    *(
        "\u043f\u0430\u0440\u043e\u043b",
        "\u0442\u043e\u043a\u0435\u043d",
        "\u043a\u043b\u044e\u0447",
    ),
    *("\u30d1\u30b9\u30ef\u30fc\u30c9", "\u30c8\u30fc\u30af\u30f3", "\u30ad\u30fc", "\u6697\u8a3c"),
    *(
        "\u5bc6\u7801",
        "\u5bc6\u78bc",
        "\u53e3\u4ee4",
        "\u5bc6\u94a5",
        "\u5bc6\u9470",
        "\u4ee4\u724c",
    ),
    *("\ube44\ubc00\ubc88\ud638", "\uc554\ud638", "\ud1a0\ud070"),
    *(
        "m\u1eadt kh\u1ea9u",
        "\u092a\u093e\u0938\u0935\u0930\u094d\u0921",
        "\u043f\u0430\u0440\u043e\u043b\u044c",
    ),
    *("\u03ba\u03c9\u03b4\u03b9\u03ba", "\u05e1\u05d9\u05e1\u05de", "\u0643\u0644\u0645\u0629"),
)
"""Password, token and key in the languages that sessions are held in; in lower case."""
FOREIGN = (*_FOREIGN_ASCII, *_FOREIGN)
_USERS = ("root/", "admin/", "user/", "postgres/", "sa/")
_ANY_FOREIGN = re.compile(
    "|".join(map(re.escape, _FOREIGN))
    # Base64 has any five letters in it: these must be words of their own.
    + rf"|(?<![a-z0-9+/_-])(?:{'|'.join(map(re.escape, _FOREIGN_ASCII))})(?![a-z0-9+/_])"
)


_QUICK = any_of(map(re.escape, FOREIGN))


def _is_foreign(low: str) -> bool:
    return holds(low, _FOREIGN_ASCII if low.isascii() else FOREIGN)


_PHRASE = re.compile(r"[ ]?[:=][ ]{1,2}[\"'`]?([a-z]{4,12}(?:-[a-z]{4,12}){3,6})(?=[\s.,;\"'`]|$)")
"""A pass phrase of four words or more."""


def foreign(text: str, low: str) -> Iterator[Span]:
    """What is told in other languages than English."""
    if not (_is_foreign(low) if _QUICK is None else _QUICK(low.encode("utf-8", "surrogatepass"))):
        return
    end = 0
    for found in _ANY_FOREIGN.finditer(low):
        if found.start() >= end:
            phrase = _PHRASE.match(text, found.end())
            alone = not found[0].endswith("with")  # rather an account: `sign in with GitHub2`
            span = (
                phrase.span(1)
                if phrase
                else told(text, found.end(), Kind.PASSWORD, surely=True, alone=alone)
            )
            if span:
                end = span[1]
                yield Span(*span, "password", False)


def told(
    text: str, at: int, kind: Kind, *, surely: bool = False, alone: bool = False
) -> tuple[int, int] | None:
    """Where the value stands that is told after `at`; None if none is.

    `surely` says that the word before it speaks of nothing else, `alone` that no user or service
    stands between.
    """
    stop = _STOP.search(text, at, at + WINDOW)
    end = stop.start() if stop else min(len(text), at + WINDOW)
    if end - at < 6 or not _DIGIT.search(text, at, end):
        return None
    says, count, before = surely, 0, ""
    # A value that the window cuts is still read whole.
    for token in _TOKEN.finditer(text, at, min(len(text), max(end, at) + 256)):
        count += 1
        if token.start() >= end or count > _MOST_TOKENS or token[0].startswith("--"):
            return None
        bold = _BOLD.match(token[0])
        word = bold[1] if bold else token[0].rstrip(".,:;?]")
        if token[0] == word + "?" and word[-1:].isdigit() and not is_made_up(word):
            word += "?"
        start = token.start() + token[0].find(word)
        if _ASSIGNS.match(word):
            return None
        named_so = len(before) >= _LEAST_NAME and word.startswith(before)
        before = word
        if named_so or _AT_HOST.match(word) or _FIELD.match(word):
            continue
        user, colon, rest = word.partition(":")
        if (
            colon
            and not is_plain(word)
            and user.isalnum()
            and len(rest) >= 6
            and not rest.startswith("//")
        ):  # noqa: E501, RUF100
            word, start = rest, start + len(user) + 1
        elif word.startswith(_USERS):
            start, word = start + word.index("/") + 1, word.partition("/")[2]
        first = (
            count == 1
            and start == token.start()
            and text[start - 1 : start] not in ("(", "`", '"', "'")
        )
        telling = alone and (says or count == 1) and _is_mixed(word)
        if len(word) >= 6 and (telling or _is_told(word, kind, says or count == 1, first)):
            return start, start + len(word)
        says = token[0].lower() in _SAYS or token[0].endswith(":") or (surely and count < 3)
    return None


def _is_mixed(word: str) -> bool:
    """True for letters and two digits or more, and no name of an algorithm."""
    digits = sum(map(str.isdigit, word))
    return 2 <= digits < len(word) - 1 and len(word) >= 8 and not is_plain(word)


def is_speech(text: str, at: int) -> bool:
    """True if a word stands before, and only a blank between, or nothing at all on the line."""
    if at == 0 or text[at - 1 : at] == "\n":
        return True
    return text[at - 1 : at] == " " and text[max(0, at - 4) : at - 1].isalpha()


_NAME_OF_ONE = re.compile(
    r"[a-z]{1,24}(?:[A-Z][a-z]{0,16}){0,3}(?:Token|Key|Secret|Auth|Password)(?:[A-Z][a-z]{0,16}){0,3}\d{0,2}$"
)
"""`csrfTokenV2`: a variable or a field."""


def _is_told(value: str, kind: Kind, says: bool, first: bool) -> bool:
    if says and (NUMBERED_WORD.match(value) or (kind is Kind.PASSWORD and is_dotted(value))):
        return True
    if is_plain(value) or _NAME_OF_ONE.match(value):
        return False
    if is_random(value):
        return bool(says and _HEX.match(value)) or is_mixed_up(value)
    if says and first and _SIGNS.search(value) and "\\" not in value and is_tangled(value):
        return True
    if not says or (kind is not Kind.PASSWORD and first):
        return False
    return is_made_up(value) or (kind is Kind.PASSWORD and is_unlike_names(value))


AS_NAME = (
    r"(?:[ ](?:as|is)[ ](?:the|my|our|its|an?|your)[ ](?:[\w-]{1,20}[ ]){0,2}?|[ ](?:as|als|comme|como|come)[ ])"  # noqa: E501
    r"(?P<name>password|passphrase|api[ -]?key|secret(?:[ -]key)?|token|access[ -]key|passwor[dt]|kennwort"  # noqa: E501
    r"|mot de passe|contrase\u00f1a|clave|senha|wachtwoord)\b"
)
"""Without case. Where it does not stand, `before` finds nothing."""
_BEFORE_NAME = re.compile(
    rf"(?i)[ \"'`*](?P<value>[\w!#$%^&*+./=@~-]{{8,200}}?)[\"'`*,)]{{0,3}}{AS_NAME}"
)
_IS_NAME = re.compile(
    r"[ ](?:as|is)[ ](?:the|my|our|its|an?|your)[ ]"
    r"|[ ](?:as|als|comme|como|come)[ ](?:[pP]ass|[kK]ennwort|mot |contras|clave|senha|wachtw|api|secret|token|access)"  # noqa: E501
)
_KEYS = ("api", "secret", "token", "access")


def before(text: str) -> Iterator[Span]:
    """The value that stands before its name: `try X as the password`."""
    if not _IS_NAME.search(text):
        return
    for found in _BEFORE_NAME.finditer(text):
        kind = Kind.KEY if found["name"].lower().startswith(_KEYS) else Kind.PASSWORD
        value = found["value"]
        mixed = kind is Kind.PASSWORD and _is_mixed(value)
        if mixed or _is_told(value, kind, says=True, first=False):
            rule = "password" if kind is Kind.PASSWORD else "secret"
            yield Span(*found.span("value"), rule, False)
