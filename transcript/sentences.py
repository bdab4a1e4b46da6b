"""More sentences that tell a secret, mostly with the value before its name.

"X is the password of …", "X — that's the webhook secret", "is X still the right password?", "I
rotated the key, the new one is X", "The Stripe key, X, is …", and a name on a line of its own with
the value below. The words are found first; the value beside them has to look random.
"""

import re
from collections.abc import Callable, Iterator

from .engines import holds, may_match
from .lazy import Headed, compiled
from .mixture import is_made_up, is_mixed_up, is_random, is_worded
from .span import Span
from .values import is_plain
from .wordlike import KEY_OF_WORDS, LEETED, is_unlike_names

_OF_A_KEY = (
    r"(?!(?:primary|partition|cache|foreign|public|sort|row|dict\w{0,8}|map|object|index|unique|composite|lookup|hash"
    r"|idempotency|translation|message|s3|query|react|list|group|answer|other|right|the|an?|my|our|your|its|this)[ _-])"  # noqa: E501
    r"[A-Za-z][\w-]{1,20}"
)
"""A word before `key`; keys of tables and of data are none."""
_NAME = (
    rf"(?:pass(?:word|phrase|code)|pwd|token|secret|{_OF_A_KEY}[ _-]key|(?:api|access|secret)key)\b"
)
_THE = r"(?:the|my|our|its|your|his|her|their|an?|this)[ ]"
_ANY = r"(?:[\w/.-]{1,20}[ ]){0,3}?"
"""Words between the article and the name."""

_S = r"(?:(?:'|\u2019)s|[ ]is)"
_DASH = r"(?:\u2014|\u2013|-{1,2})"

_AFTER_VALUE = (
    rf"(?i:[ ](?:is|was)[ ](?:(?:still|now|really|actually)[ ])?{_THE}{_ANY}{_NAME}"
    rf"|[ ]still[ ]{_THE}{_ANY}{_NAME}"
    rf"|[ ]{_THE}(?:right|correct|current|new|old|latest|actual|real|valid)[ ]{_ANY}{_NAME}"
    rf"|[ ](?:as|for)[ ]{_THE}?{_ANY}{_NAME}"
    rf"|[ ](?:{_DASH}|<-{{1,2}}|\u2190|//|#|\()[ ]?(?:(?:that(?:{_S}|[ ]was)|this[ ]is|it{_S}|is)[ ])?(?:{_THE})?{_ANY}{_NAME})"  # noqa: E501
)
"""Behind a value: what it is."""
_LAST_WORD = r"(?:^|[\s(*])[\"'`*(]{0,3}(?P<value>[\w!#$%^&*+./=@~-]{8,200}?)[\"'`*,)]{0,3}$"
_USES = r"(?i)(?:\buse|\btry|\benter|\btype|\bpaste|\bset|\bwith|\bput|\bput in|\btake|\bgive it|\busing|\btried|\bused|\bpass|\breuse)[ ][\"'`*(]{0,3}$"  # noqa: E501
_NEEDS_VERB = re.compile(r"(?i)[ ](?:as|for)[ ]")

_VALUE = r"[\w!#$%^&*+./=@~-]{8,200}"
_OPEN = r"(?P<open>[\"'`*(]{0,3})"
_OPENED = rf"[ ]{{1,3}}{_OPEN}(?P<value>{_VALUE})"
_ENDS = ("assword", "assphrase", "asscode", "ecret", "oken", "key", "Key", "KEY", "pwd")
"""How names end."""

_IS_ONE = r"(?:[ ](?:is|now is|is now)|:)"
_ONE = Headed((" one", " value", " key", " secret", " token", " password"), _IS_ONE + _OPENED)
_IT = Headed(
    (rf"{it}(?<=\b[iI]{it})" for it in ("t's", "t\u2019s", "t is")), rf"(?:[ ]now)?{_OPENED}"
)
_FOR = r" (?:the |our |my )?(?:[\w.-]{2,24} ){0,2}[\w.-]{2,24}(?: is|:)"
_KEY_FOR = Headed(("key for", "Key for"), _FOR + _OPENED)
_CODE = (
    r"(?:(?:[ -](?:guest|security|network|home|office))?[ -](?:security[ -])?"
    r"(?:key|code|passkey|pass|pw|psk))?(?: (?:in|at|for) (?:the )?[a-z]{2,16})?"
    r"(?: is| was|[ ]?[:=])"
)
_RADIO = Headed(
    (
        *("wifi", "Wifi", "WiFi", "WIFI", "wi-fi", "Wi-fi", "Wi-Fi"),
        *("wlan", "WLAN", "hotspot", "Hotspot"),
    ),
    _CODE + _OPENED,
)
_ENCRYPTION = Headed(
    ("ncryption key", "igning key", "ecret key", "aster key", "hared key", "rivate key"),
    rf" (?:of|=|is|was){_OPENED}",
)
_APART = rf"(?:,|[ ]\(|[ ]{_DASH})"
_APPOSED = Headed(_ENDS, _APART + _OPENED)
_GAVE = r"(?:provided|gave|sent|shared|mentioned|pasted|set|use|used|have)(?: me| us| above)?"
_OF_US = ("assword", "assphrase", "oken", "ecret", "key")
_GIVEN = Headed(
    [*(f"{end} you " for end in _OF_US), *(f"{end} I " for end in _OF_US)],
    rf"{_GAVE}[,:]?{_OPENED}",
)
_IN_BRACKETS = Headed(
    ("assword", "oken", "ecret", "key", "Key"), rf"[ ](?P<open>)\((?P<value>{_VALUE})\)"
)
"""Before a value, but not right behind its name."""
_NEW = re.compile(r"(?i)(?:new|current|correct|right|latest|real|actual|fresh)$")
_CHANGED = rf"(?i)(?:{_NAME}|(?:rotat|chang|re-?set|regenerat|renew|replac|updat|roll)[a-z]{{0,4}}[ ](?:[a-z]{{1,12}}[ ]){{0,2}}?keys?)[^\n]{{0,60}}$"  # noqa: E501
_THE_NAME = rf"(?i)\b(?:the|my|our|your|this|that)[ ](?:[\w-]{{1,20}}[ ]){{0,2}}?{_NAME}$"
_LINE_END = r"\*{0,2}[ \t]{0,4}\r?\n(?:[ \t]{0,4}\r?\n)?[ \t]{0,8}`?"
_BELOW = Headed(
    (*_ENDS[:-1], "TOKEN", "SECRET", "PASSWORD"),
    rf"{_LINE_END}(?P<open>)(?P<value>{_VALUE})`?(?=[ \t]{{0,4}}(?:\r?\n|$))",
)
_OWN_NAME = (
    rf"(?i)[ \t]{{0,8}}(?:[#*>-]{{1,4}}[ ])?(?:\*\*)?(?:[a-z][\w.-]{{0,20}}[ ]){{0,3}}?{_NAME}$"
)
_LETTER = r"[\w!#$%^&*+./=@~-]"
_TELLING = (
    "(?:"
    + "|".join(rf"{_LETTER}{{{at}}}\d{_LETTER}{{{7 - at}}}" for at in range(7))
    + rf"|{_LETTER}{{7}}{_LETTER}*\d)"
)
"""Eight letters or more, and a digit."""
_SAID = r"(?:[\w/.-]{1,20}[ ]){0,5}[\w/.-]*(?:pass(?:word|phrase|code)|pwd|token|secret|key)"
LOOKS = (
    rf"\d[\w!#$%^&*+./=@~-]*[\"'`*,)]{{0,3}}(?i:[ ](?:(?:is|was)[ ](?:(?:still|now|really|actually)[ ])?|still[ ]|as[ ]|for[ ])?{_THE}{_SAID}"  # noqa: E501
    rf"|[ ](?:as|for)[ ]{_SAID}|[ ](?:{_DASH}|<-{{1,2}}|\u2190|//|#|\()[ ]?(?:(?:that|this|it|is)[^\n]{{0,6}}[ ])?{_SAID})",  # noqa: E501
    rf"(?:{_ONE.head}{_IS_ONE}|{_ENCRYPTION.head} (?:of|=|is|was)|{_IT.head}(?:[ ]now)?|{_KEY_FOR.head}{_FOR}|{_RADIO.head}{_CODE}"  # noqa: E501
    rf"|{_APPOSED.head}{_APART})[ ]{{1,3}}[\"'`*(]{{0,3}}{_TELLING}",
    rf"{_GIVEN.head}{_GAVE}[,:]?[ ]{{1,3}}[\"'`*(]{{0,3}}{_LETTER}{{8}}",
    rf"{_BELOW.head}{_LINE_END}{_TELLING}",
    rf"{_IN_BRACKETS.head}[ ]\({_TELLING}",
)
"""Where none of these matches, `sentences` finds nothing."""
_quick = may_match(LOOKS)

_THERE = (
    *("password", "passphrase", "passcode", "token", "secret", "pwd", "key"),
    *("wifi", "wi-fi", "wlan", "hotspot"),
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[A-Za-z]+")
_VALUE_END = re.compile(
    r"\d[\w!#$%^&*+./=@~-]{0,200}[\"'`*,)]{0,3}(?=[ ](?:(?i:is|was|still|as|for|the|my|our|its"
    r"|your|his|her|their|an?|this)[ ]|[\u2014\u2013\u2190#(-]|<-|//))"
)
"""The end of a word with a digit, and the beginning of what may be said of it."""
_HEX = re.compile(r"[0-9a-fA-F]+$")
_SIGN = re.compile(r"[!#$%^&*+=@~]")
_HASHES = (40,)
"""The lengths of what is rather the hash of a commit."""
_ALGORITHM = re.compile(
    r"(?i)^(?:pbkdf|hmac|aes|rsa|sha|ecdsa|ed25519|argon|bcrypt|scrypt|hs\d|rs\d|es\d|utf|md5|base64)"
)


def sentences(text: str) -> Iterator[Span]:
    """The secrets that are told in `text` in one of these ways."""
    if not _DIGIT.search(text) or not _quick(text) or not holds(text.lower(), _THERE):
        return
    yield from _before_a_name(text)
    for found in _behind_a_name(text):
        yield from _value_of(found, _is_value)
    for found in (*_GIVEN.finditer(text), *_RADIO.finditer(text)):
        yield from _value_of(found, is_made_up)


def _value_of(found: re.Match[str], check: Callable[[str], bool]) -> Iterator[Span]:
    value = found["value"].rstrip(".,:;*)!" if found["open"] else ".,:;*)")
    if check(value):
        yield Span(found.start("value"), found.start("value") + len(value), "secret", False)


def _before_a_name(text: str) -> Iterator[Span]:
    """Values of which is said behind them what they are."""
    for end in _VALUE_END.finditer(text):
        found = compiled(_AFTER_VALUE).match(text, end.end())
        word = found and compiled(_LAST_WORD).search(
            text, max(0, found.start() - 208), found.start()
        )
        if found and word and _is_value(word["value"]) and _belongs(text, found, word):
            yield Span(*word.span("value"), "secret", False)


def _behind_a_name(text: str) -> Iterator[re.Match[str]]:
    """Values before which is said what they are."""
    yield from _KEY_FOR.finditer(text)
    yield from _RADIO.finditer(text)
    yield from _ENCRYPTION.finditer(text)
    for found in _IT.finditer(text):
        if _is_changed(text, found.start() - 1):
            yield found
    for found in _ONE.finditer(text):
        start = found.start()
        if _NEW.search(text, max(0, start - 8), start) and _is_changed(text, start):
            yield found
    for found in (*_APPOSED.finditer(text), *_IN_BRACKETS.finditer(text)):
        end = _name_end(text, found)
        if compiled(_THE_NAME).search(text, max(0, found.start() - 90), end):
            yield found
    for found in _BELOW.finditer(text):
        line = text.rfind("\n", max(0, found.start() - 120), found.start()) + 1
        if compiled(_OWN_NAME).fullmatch(text, line, _name_end(text, found)):
            yield found


def _is_changed(text: str, end: int) -> bool:
    """True if a secret, or the change of one, is spoken of before."""
    return compiled(_CHANGED).search(text, max(0, end - 110), end) is not None


def _name_end(text: str, found: re.Match[str]) -> int:
    word = _WORD.match(text, found.start())
    assert word is not None
    return word.end()


def _belongs(text: str, found: re.Match[str], word: re.Match[str]) -> bool:
    """False for `X for the token` unless somebody uses X so."""
    if not _NEEDS_VERB.match(text, found.start()):
        return True
    return (
        compiled(_USES).search(text, max(0, word.start("value") - 24), word.start("value"))
        is not None
    )


def _is_value(value: str) -> bool:
    """True for what no name, no file and no commit looks like."""
    if is_plain(value) or _ALGORITHM.match(value) or not _DIGIT.search(value):
        return False
    if KEY_OF_WORDS.match(value) or LEETED.match(value):
        return True
    if "_" not in value and is_unlike_names(value):
        return True
    if _HEX.match(value):
        return len(value) >= 24 and len(value) not in _HASHES and is_random(value)
    if is_worded(value) and not _SIGN.search(value):
        return False
    return is_mixed_up(value) or is_made_up(value)
