"""More sentences that tell a secret, mostly with the value before its name.

"X is the password of …", "X — that's the webhook secret", "is X still the right password?", "I
rotated the key, the new one is X", "The Stripe key, X, is …", and a name on a line of its own with
the value below. The words are found first; the value beside them has to look random.
"""

import re
from collections.abc import Iterator

from .engines import may_match
from .forms import compiled
from .span import Span
from .values import is_made_up, is_mixed_up, is_plain, is_random, is_worded

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
_BEFORE = (
    rf"(?:[ ](?:one|value|key|secret|token|password)(?:[ ](?:is|now is|is now)|:)|(?:\b[nN]ow it|\b[iI]t){_S}(?:[ ]now)?"  # noqa: E501
    r"|[kK]ey for (?:the |our |my )?(?:[\w.-]{2,24} ){0,2}[\w.-]{2,24}(?: is|:)"
    r"|(?:[wW]i-?[fF]i|WIFI|WLAN|wlan|[hH]otspot)[ -](?:security[ -])?(?:key|code|passkey|pass|pw|psk)(?: is| was|[ ]?[:=])"  # noqa: E501
    rf"|(?:assword|assphrase|asscode|ecret|oken|[kK]ey|KEY|pwd)(?:,|[ ]\(|[ ]{_DASH}))[ ]{{1,3}}"
)
"""Before a value, but not right behind its name."""
_BEFORE_VALUE = (
    rf"{_BEFORE}{_OPEN}(?P<value>{_VALUE})|(?:assword|oken|ecret|[kK]ey) \((?P<inside>{_VALUE})\)"
)
_NEW = re.compile(r"(?i)(?:new|current|correct|right|latest|real|actual|fresh)$")
_CHANGED = rf"(?i)(?:{_NAME}|(?:rotat|chang|re-?set|regenerat|renew|replac|updat|roll)[a-z]{{0,4}}[ ](?:[a-z]{{1,12}}[ ]){{0,2}}?keys?)[^\n]{{0,60}}$"  # noqa: E501
_THE_NAME = rf"(?i)\b(?:the|my|our|your|this|that)[ ](?:[\w-]{{1,20}}[ ]){{0,2}}?{_NAME}$"
_BELOW = rf"(?P<name>assword|assphrase|asscode|oken|ecret|[kK]ey|KEY|TOKEN|SECRET|PASSWORD)\*{{0,2}}[ \t]{{0,4}}\r?\n(?:[ \t]{{0,4}}\r?\n)?[ \t]{{0,8}}`?(?P<value>{_VALUE})`?(?=[ \t]{{0,4}}(?:\r?\n|$))"  # noqa: E501
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
    rf"{_BEFORE}[\"'`*(]{{0,3}}{_TELLING}",
    rf"(?:assword|assphrase|asscode|oken|ecret|[kK]ey|KEY|TOKEN|SECRET|PASSWORD)\*{{0,2}}[ \t]{{0,4}}\r?\n(?:[ \t]{{0,4}}\r?\n)?[ \t]{{0,8}}`?{_TELLING}",  # noqa: E501
    rf"(?:assword|oken|ecret|[kK]ey) \({_TELLING}",
)
"""Where none of these matches, `sentences` finds nothing."""
_quick = may_match(LOOKS)

_THERE = re.compile(r"(?i)pass(?:word|phrase|code)|token|secret|pwd|key|wi-?fi|wlan|hotspot")
_DIGIT = re.compile(r"\d")
_VALUE_END = re.compile(r"\d[\w!#$%^&*+./=@~-]{0,200}[\"'`*,)]{0,3}(?=[ ])")
_HEX = re.compile(r"[0-9a-fA-F]+$")
_SIGN = re.compile(r"[!#$%^&*+=@~]")
_HASHES = (40,)
"""The lengths of what is rather the hash of a commit."""
_ALGORITHM = re.compile(
    r"(?i)^(?:pbkdf|hmac|aes|rsa|sha|ecdsa|ed25519|argon|bcrypt|scrypt|hs\d|rs\d|es\d|utf|md5|base64)"
)


def sentences(text: str) -> Iterator[Span]:
    """The secrets that are told in `text` in one of these ways."""
    if not _DIGIT.search(text) or not _quick(text) or not _THERE.search(text):
        return
    for end in _VALUE_END.finditer(text):
        found = compiled(_AFTER_VALUE).match(text, end.end())
        word = found and compiled(_LAST_WORD).search(
            text, max(0, found.start() - 208), found.start()
        )
        if found and word and _is_value(word["value"]) and _belongs(text, found, word):
            yield Span(*word.span("value"), "secret", False)
    for found in compiled(_BEFORE_VALUE).finditer(text):
        which = "inside" if found["inside"] else "value"
        value = found[which].rstrip(".,:;*)!" if found["open"] else ".,:;*)")
        if _is_value(value) and _is_named(text, found):
            yield Span(found.start(which), found.start(which) + len(value), "secret", False)
    for found in compiled(_BELOW).finditer(text):
        line = text.rfind("\n", max(0, found.start() - 120), found.start()) + 1
        named = compiled(_OWN_NAME).fullmatch(text, line, found.end("name"))
        if named and _is_value(found["value"]):
            yield Span(*found.span("value"), "secret", False)


def _is_named(text: str, found: re.Match[str]) -> bool:
    """True if the words before a value say that it is one."""
    start, said = found.start(), found[0].lower()
    if said.startswith(("key for", "wi", "wlan", "hotspot")):
        return True
    if said.startswith(" "):
        return _NEW.search(text, max(0, start - 8), start) is not None and (
            compiled(_CHANGED).search(text, max(0, start - 110), start) is not None
        )
    if said.startswith(("now it", "it")):
        return compiled(_CHANGED).search(text, max(0, start - 110), start) is not None
    name = re.match(r"\w+", text[start : start + 12])
    end = start + (name.end() if name else 0)
    return compiled(_THE_NAME).search(text, max(0, start - 90), end) is not None


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
    if _HEX.match(value):
        return len(value) >= 24 and len(value) not in _HASHES and is_random(value)
    if is_worded(value) and not _SIGN.search(value):
        return False
    return is_mixed_up(value) or is_made_up(value)
