"""Names and values that something stands between: a call, a list, an answer, another element.

`1) "requirepass"` and `2) "…"`, `"--api-key", "…"`, `<key>API_SECRET</key><string>…</string>`,
`setValue("…", forHTTPHeaderField: "X-Api-Key")`, `auth=("bot", "…")`. Each row has literals of
which one must stand in the text before its pattern is tried; all repeats are bounded. Asked only
of texts in which some name of a secret stands.
"""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from .engines import may_match, search_many
from .lazy import compiled
from .mixture import is_made_up, is_random, is_worded, is_wordless
from .present import Present
from .span import Span
from .stems import COMMON, RARE, kind_of, rule_of, secret_stem
from .values import Kind, is_plain, is_secret


class Pair(NamedTuple):
    """Literals of which one must be there; a pattern with the groups `name` and `value`."""

    there: tuple[str, ...]
    pattern: str


def _pair(there: str, pattern: str) -> Pair:
    return Pair(tuple(there.split("\0")), pattern)


_N = r"(?P<name>[A-Za-z][\w.:-]{1,60})"
_V = r"(?P<value>[^\"'\s\\]{4,512})"
_QUOTED = rf"\\{{0,3}}[\"']{_V}\\{{0,3}}[\"']"
_AT_END = r"(?=\r?$|\r?\n)"
_STEM = r"(?P<name>(?:[pP]ass|PASS|[pP]wd|PWD|[kK]ey|KEY|[tT]oken|TOKEN|[sS]ecret|SECRET|[cC]red|CRED|[aA]uth|AUTH|[cC]ertificate|CERTIFICATE|salt|SALT|[pP]hrase|PHRASE)[\w-]{0,24})"  # noqa: E501
"""The end of a name; what stands left of it is looked for behind."""
_IS = r"[\"']?(?:[ ]?:[ ]?\w{1,20})?[ ]{0,2}[:=][ ]{0,2}"
_CONDITION = r"[^\n\"'`;,?{}]{1,60}(?:[!=]={1,2}[ ]?[\"'][\w.-]{1,24}[\"'])?"
"""`isProd`, `env === "production"`."""
_GAP = r"[ \t]{0,40}\r?\n?[ \t]{0,40}"

_PAIRS: tuple[Pair, ...] = (
    # -- answers of redis
    _pair(') "', rf"\d\) \"{_N}\"\r?\n[ \t]{{0,8}}\d{{1,4}}\) \"{_V}\""),
    # -- a form as a browser sends it
    _pair(
        "form-data; name=",
        rf"form-data; name=\"{_N}\"(?:\r?\n[^\r\n]{{1,100}})?\r?\n\r?\n(?P<value>[^\s\"']{{4,512}})\r?\n",  # noqa: E501
    ),
    # -- what PHP dumps
    _pair("]=>", rf"\[\"{_N}\"(?::[\w\"\\:]{{1,60}})?\]=>\s{{1,20}}string\(\d{{1,4}}\) \"{_V}\""),
    # -- property lists
    _pair("</key>", rf"<key>{_N}</key>\s{{0,40}}<string>(?P<value>[^\s<>]{{4,512}})</string>"),
    _pair("</name>", rf"<name>{_N}</name>\s{{0,40}}<value>\s{{0,40}}<string>(?P<value>[^\s<>]{{4,512}})</"),  # noqa: E501
    _pair(
        "</td>\0</th>",
        rf"<t[dh]>{_N}</t[dh]>\s{{0,40}}<td>(?:<code>)?(?P<value>[^\s<]{{4,512}}(?:<[^\s</]{{1,512}})?)</",
    ),
    _pair("<Value>\0<value>", rf"<{_N}>\s{{0,40}}<[vV]alue>(?P<value>[^\s<>]{{4,512}})</"),
    _pair("\">\0'>", rf"<{_N}[ ][^<>\n]{{1,160}}>(?P<value>[^\s<>]{{4,512}})</"),
    # -- an object that holds the value, as in the state of Terraform
    _pair(
        "\": {\0\":{",
        rf"\"{_N}\\{{0,3}}\":[ ]?\{{\s{{0,40}}(?:\\{{0,3}}\"\w{{1,20}}\\{{0,3}}\":[ ]?[^,{{}}\n]{{1,60}},\s{{0,40}}){{0,3}}"  # noqa: E501
        rf"\\{{0,3}}\"(?:[vV]alue|default|plaintext|secure)\\{{0,3}}\":[ ]?{_QUOTED}",
    ),
    # -- a command that stores a value under a name
    _pair(
        "--value\0--secret-string\0--plaintext",
        rf"[ ]--(?:name|secret-id|key)[ =][\"']?(?:[\w.-]{{0,40}}/){{0,6}}{_N}[\"']?[^\n]{{0,160}}?"
        r"[ ]--(?:value|secret-string|plaintext(?:-value)?)[ =][\"']?(?P<value>[^\s\"']{4,512})",
    ),
    # -- a parameter of an API as OpenAPI describes it
    _pair(
        "schema",
        rf"\bname\\{{0,3}}[\"']?:[ ]?\\{{0,3}}[\"']?{_N}[\"'\\]{{0,4}},?\s{{1,40}}"
        r"(?:[\"'\\]{0,4}\w{1,20}[\"'\\]{0,4}:[ ][^\n{}]{1,120}\n\s{0,40}){0,4}[\"'\\]{0,4}schema[\"'\\]{0,4}:"  # noqa: E501
        rf"\s{{0,40}}\{{?[^{{}}]{{0,160}}?\bdefault[\"'\\]{{0,4}}:[ ]?\\{{0,3}}[\"']?{_V}",
    ),
    # -- a here-string of PowerShell
    _pair(
        "@'\n\0@'\r\n\0@\"\n\0@\"\r\n",
        rf"\${_N}[ ]{{0,8}}=[ ]{{0,8}}@[\"']\r?\n(?P<value>[^\s]{{4,512}})\r?\n[\"']@",
    ),
    # -- PHP's serialize
    _pair('";s:', rf"s:\d{{1,4}}:\"{_N}\";s:\d{{1,4}}:\"{_V}\";"),
    # -- arguments as a list: JSON, YAML, strace
    _pair('"--\0\'--', rf"--(?<=[\"']--){_N}[\"'],{_GAP}[\"']{_V}[\"']"),
    _pair("- --\0- \"--\0- '--", rf"- [\"']?--?{_N}[\"']?{_GAP}- [\"']?{_V}[\"']?"),
    # -- the value before its name
    _pair(
        "forHTTPHeaderField",
        rf"\"{_V}\",[ ]{{0,4}}forHTTPHeaderField:[ ]{{0,4}}\"{_N}\"",
    ),
    _pair(
        '"value',
        rf"\"value\\{{0,3}}\"[ ]{{0,2}}:[ ]{{0,2}}{_QUOTED}{_GAP},{_GAP}\\{{0,3}}\"(?:name|key)\\{{0,3}}\"[ ]{{0,2}}:"  # noqa: E501
        rf"[ ]{{0,2}}\\{{0,3}}\"{_N}\\{{0,3}}\"",
    ),
    # -- an option whose argument stands on the next line
    _pair(
        "\\\n\0\\\r\n\0`\n\0`\r\n\0^\n\0^\r\n",
        rf"[ ]--?(?<=-){_N}[ =](?:\\|`|\^)\r?\n[ \t]{{0,40}}[\"']?(?P<value>[^\s\"'\\`^-][^\s\"'\\]{{3,511}})",  # noqa: E501
    ),
    # -- a row of settings
    _pair(
        "SET \0set \0Set ",
        rf"(?i:set)[ \n]{{1,4}}[\"`\[]?\w{{0,30}}(?i:val(?:ue)?)[\"`\]]?[ ]{{0,2}}=[ ]{{0,2}}[EN]?'(?P<value>[^'\s]{{4,512}})'[^;']{{0,200}}?(?i:where)[^;']{{0,80}}?=[ ]{{0,2}}N?'{_N}'",  # noqa: E501
    ),
)  # fmt: skip

_IN_CODE: tuple[Pair, ...] = (
    # -- what a variable is if the environment has none
    _pair("fetch(", rf"fetch\([\"']{_N}[\"']\)[ ]{{0,2}}(?:\{{|do)\s{{0,20}}{_QUOTED}"),
    _pair(
        "rElse(\0unwrap_or",
        rf"[\"']{_N}[\"']\){{1,2}}[ \n]{{0,20}}\.(?:orElse|getOrElse|unwrap_or|unwrap_or_else)\((?:\|_?\|[ ]?|\(\)[ ]?->[ ]?)?(?:String::from\()?{_QUOTED}",  # noqa: E501
    ),
    _pair("unset = \"\0unset=\"\0fallback=\0fallback = ", rf"[\"']{_N}[\"'],[ ](?:unset|fallback)[ ]?=[ ]?{_QUOTED}"),  # noqa: E501
    _pair("DECLARE @\0declare @\0Declare @", rf"@{_N}[ ](?:(?i:as)[ ])?\w{{1,20}}(?:\(\w{{1,5}}\))?[ ]?=[ ]?N?{_QUOTED}"),  # noqa: E501
    _pair("} // ", rf"\{{{_N}\}} // {_QUOTED}"),
    _pair('{"\0{u8"\0{L"\0{ "', rf"{_STEM}[ ]?\{{[ ]?(?:u8|L)?\"{_V}\"[ ]?\}}"),
)  # fmt: skip
"""Code that gives a value to a name only under some condition: it has to look like one."""

_CONDITIONAL: tuple[Pair, ...] = (
    _pair(
        "? \0?'\0?\"\0&& '\0&& \"\0&& `",
        rf"{_STEM}{_IS}(?:{_CONDITION}?[ ]?\?[ ]?(?:[^\n\"'`;,?{{}}]{{1,60}}[ ]:[ ]?)?|{_CONDITION}?&&[ ])[\"'`]{_V}[\"'`]",  # noqa: E501
    ),
    _pair("' : '\0\" : \"\0` : `\0' : \"", rf"{_STEM}{_IS}{_CONDITION}?[ ]?\?[ ]?[\"'`][^\"'`\s]{{0,200}}[\"'`][ ]:[ ][\"'`]{_V}[\"'`]"),  # noqa: E501
    _pair(
        " else '\0 else \"",
        rf"{_STEM}{_IS}[^\n]{{1,80}}?[ ]if[ ][^\n]{{1,60}}?[ ]else[ ][\"']{_V}[\"']",
    ),
)  # fmt: skip
"""The same with `? … :`, `&&` and `… if … else …`."""
CONDITIONAL = (
    rf"{_STEM}{_IS}[^\n\"'`;,?{{}}]*(?:[!=]=[ ]?[\"'][\w.-]+[\"'])?[ ]?"
    r"(?:\?[ ]?(?:[^\n\"'`;,?{}]*[ ]:[ ]?|[\"'`][^\"'`\s]*[\"'`][ ]:[ ])?|&&[ ])[\"'`][^\s\"'`]*\d"
)
CHOICE = r"[ ]if[ ][^\n]*[ ]else[ ][\"'][^\s\"']*\d"
"""One of the two stands in every text in which `conditional` finds something."""

_PLACES: tuple[Pair, ...] = (
    # -- the last of `(user, password)`; in Python, Go, C#, PHP, Java
    _pair("auth=(\0auth = (", rf"auth[ ]?=[ ]?\([\"'][^\"'\n]{{1,80}}[\"'],{_GAP}{_QUOTED}\)"),
    _pair("redis-cli\0 AUTH ", r"(?:^|[> ])AUTH (?:[\w-]{1,32} )?(?P<value>[^\s\"']{6,128})" + _AT_END),  # noqa: E501
    # -- what a test or a robot types into a form
    _pair(
        ".type(\0.fill(\0.send_keys(\0.sendKeys(\0.setValue(\0.set_value(\0.typeText(\0Sequentially(\0.input(",  # noqa: E501, RUF100
        r"(?:[pP]ass(?:word|wd|phrase)|PASSWORD|[pP]wd)[^\n]{0,40}?"
        rf"\.(?:type|fill|send_keys|sendKeys|set_?[vV]alue|typeText|pressSequentially|input)\([ ]?{_QUOTED}",  # noqa: E501
    ),
    _pair(
        ".type(\0.fill(\0.setValue(\0.typeText(",
        rf"\.(?:type|fill|setValue|typeText)\([^\n]{{0,60}}?(?:[pP]ass(?:word|wd)|[pP]wd)[^\n,]{{0,16}},[ ]?{_QUOTED}",  # noqa: E501
    ),
    _pair("fill_in", rf"fill_in[ (][\"'][^\"'\n]{{0,40}}assword[^\"'\n]{{0,20}}[\"'],[ ]with:[ ]{_QUOTED}"),  # noqa: E501
    _pair(
        "<<<",
        rf"(?:--password-stdin|--with-token|chpasswd|passwd --stdin|sudo -S|secrets? (?:put|set)|env add)\b[^\n]{{0,120}}?<<<[ ]?[\"']{_V}[\"']",  # noqa: E501
    ),
    _pair("ssh-keygen", rf"ssh-keygen\b[^\n]{{0,120}}? -[NP] ?{_QUOTED}"),
)  # fmt: skip
"""Where only a password can stand."""

_KEYS: tuple[Pair, ...] = (
    _pair("keyName", rf"\"keyName\":[ ]?\"\w{{1,40}}\"[^{{}}]{{0,80}}?\"value\":[ ]?\"{_V}\""),
    _pair("random_password", r"resource \"random_password\"[^{}]{0,80}\{[^{}]{0,600}?\n[ ]{0,8}result[ ]{1,20}= \"(?P<value>[^\"\n]{8,256})\""),  # noqa: E501
    _pair(
        "eterministic_key\0ETERMINISTIC_KEY",
        rf"(?i)(?:primary|deterministic)_key[ ]{{0,2}}[:=][ ]{{0,2}}[\"']?{_V}",
    ),
    _pair(
        "wt\": {\0wt\":{\0uth\": {\0oken\": {\0WT\": {",
        rf"\"(?:[jJ]wt|JWT|[aA]uth|[tT]oken)(?:Settings|Options|Config)?\":[ ]?\{{[^{{}}]{{0,300}}?\"[kK]ey\":[ ]?\"{_V}\"",  # noqa: E501
    ),
    _pair(
        "ookies\": [\0ookies\":[",
        rf"\"name\":[ ]?\"(?:[\w.-]{{0,40}}(?:sess|SESS|sid|auth|token|csrf|jwt)[\w.-]{{0,40}})\",{_GAP}\"value\":[ ]?\"{_V}\"",  # noqa: E501
    ),
    _pair("<<<", rf"(?:secret|token|password|credential)[^\n]{{0,120}}?<<<[ ]?[\"']?{_V}"),
)  # fmt: skip
"""Where only a secret that a machine made can stand."""


_PRESENT = Present(
    word for table in (_PAIRS, _IN_CODE, _PLACES, _KEYS) for pair in table for word in pair.there
)


def paired(text: str) -> Iterator[Span]:
    """The secrets in `text` that are paired in one of these ways."""
    if not _quick(text):
        return
    here = _PRESENT.of(text)
    for found in _matches(text, _PAIRS, here):
        stem = secret_stem(found["name"])
        if stem and is_secret(found["value"], kind_of(stem), literal=True, strong=True):
            yield Span(*found.span("value"), rule_of(stem), False)
    yield from _given(text, _IN_CODE, here)
    for found in _matches(text, _PLACES, here):
        if is_secret(found["value"], Kind.PASSWORD, literal=True):
            yield Span(*found.span("value"), "password", False)
    for found in _matches(text, _KEYS, here):
        if _is_key(found["value"]):
            yield Span(*found.span("value"), "secret", False)
    yield from _lists(text)


def conditional(text: str) -> Iterator[Span]:
    """The secrets that code gives to a name under some condition."""
    here = {word for pair in _CONDITIONAL for word in pair.there if word in text}
    yield from _given(text, _CONDITIONAL, here)


def _given(text: str, pairs: tuple[Pair, ...], here: Set[str]) -> Iterator[Span]:
    for found in _matches(text, pairs, here):
        left = _LEFT.search(text, max(0, found.start("name") - 40), found.start("name"))
        stem = secret_stem((left[0] if left else "") + found["name"])
        if stem and _is_given(found["value"], stem):
            yield Span(*found.span("value"), rule_of(stem), False)


def _matches(text: str, pairs: tuple[Pair, ...], here: Set[str]) -> Iterator[re.Match[str]]:
    for pair in pairs:
        if not here.isdisjoint(pair.there):
            yield from compiled(pair.pattern).finditer(text)


_LEFT = re.compile(r"[\w.-]{1,40}$")


def _is_key(value: str) -> bool:
    return len(value) >= 16 and is_random(value) and not is_plain(value) and is_wordless(value)


def _is_given(value: str, stem: str) -> bool:
    """A value in code that is no word: `type={shown ? "text" : "password"}`."""
    if is_plain(value) or not any(map(str.isdigit, value)):
        return False
    if not is_secret(value, kind_of(stem), literal=True):
        return False
    return is_made_up(value) or (is_random(value) and is_wordless(value))


# -- lists ------------------------------------------------------------------------------------

_NAME_BEFORE = re.compile(r"([A-Za-z][\w-]{2,60})[\"']?[ \t]{0,4}$")
_LIST = re.compile(
    r"[:=][ \t]{0,4}(?:['\"]{2}\.join\()?[\[(]\s{0,40}"
    r"(?P<items>(?:[\"'][^\"'\s,]{3,512}[\"'](?:,\s{0,40}|\s{1,40})?){1,64})[\])]"
)
_ITEM = re.compile(r"[\"']([^\"'\s,]{3,512})[\"']")
_MEMBER = (
    r"[\"']?[\w.-]{1,60}[\"']?[ ]{0,2}(?::|=>|=)[ ]{0,2}"
    r"(?:\"[^\"\n]{0,512}\"|'[^'\n]{0,512}'|[\w.]{1,40}(?:\[[^\n\]]{0,60}\]|\([^\n)]{0,60}\))?)"
)
_TABLE = re.compile(
    rf"[:=][ \t]{{0,4}}[{{\[]\s{{0,40}}(?P<items>{_MEMBER}(?:[ ]{{0,2}}(?:,|\r?\n)\s{{0,40}}{_MEMBER}){{0,63}})"  # noqa: E501
)
_ROW = re.compile(
    r"[\"']?([\w.-]{1,60})[\"']?[ ]{0,2}(?::|=>|=)[ ]{0,2}[\"']([^\"'\s]{8,512})[\"']"
)
_SEVERAL = re.compile(r"(?i)(?:passwords|passwds|tokens|secrets|keys)$")
_NO_SECRET_ROW = re.compile(
    r"(?i)(?:user(?:name)?|host|url|id|name|email|region|type|hash|sha\d{0,3}|public)$"
)
_BLOCK = re.compile(r":[ ][>|][+-]?[ ]{0,4}\n(?P<items>(?:[ ]{1,24}[\w+/=.~-]{4,200}\n){2,12})")
"""A folded scalar of YAML, one word to a line."""


_BELOW = re.compile(
    r":[ \t]{0,4}\r?\n(?P<items>(?:[ \t]{0,24}-[ ]{1,4}(?:[\"'][^\s\"']{0,512}[\"']|[^\s\"':#-][^\s\"':#]{0,512})"  # noqa: E501
    r"[ \t]{0,4}(?:\r?\n|$)){1,64}|[ \t]{1,24}[\"'][^\s\"'\\]{4,512}[\"'][ \t]{0,4}(?=\r?\n|$))"
)
_BELOW_ITEM = re.compile(r"^[ \t]{0,24}(?:-[ ]{1,4})?[\"']?([^\s\"']{4,512})", re.MULTILINE)
"""The items of a list of YAML, or a value in quotation marks on the line below its name."""


def _lists(text: str) -> Iterator[Span]:
    """The items of `api_keys = ["…", "…"]`, and a value that is cut into such items."""
    if ":\n" in text or ":\r\n" in text or ": \n" in text:
        yield from _below(text)
    if "[" in text or "(" in text:
        for found in _LIST.finditer(text):
            stem = _stem_before(text, found.start())
            if stem:
                yield from _items(text, found, stem)
    if ": {" in text or "= {" in text or "= [" in text:
        for found in _TABLE.finditer(text):
            yield from _rows(text, found)
    if ": >" in text or ": |" in text:
        for found in _BLOCK.finditer(text):
            stem = _stem_before(text, found.start())
            if stem and is_secret("".join(found["items"].split()), kind_of(stem), literal=True):
                at = found.start("items") + found["items"].index(found["items"].split()[0])
                yield Span(at, at + len(found["items"].strip()), rule_of(stem), False)


def _below(text: str) -> Iterator[Span]:
    """The items and values on the lines below a name."""
    for found in _BELOW.finditer(text):
        stem = _stem_before(text, found.start())
        for item in _BELOW_ITEM.finditer(text, *found.span("items")) if stem else ():
            if stem and is_secret(item[1], kind_of(stem), literal=True):
                yield Span(*item.span(1), rule_of(stem), False)


def _stem_before(text: str, at: int) -> str | None:
    name = _NAME_BEFORE.search(text, max(0, at - 68), at)
    return secret_stem(name[1]) if name else None


def _items(text: str, found: re.Match[str], stem: str) -> Iterator[Span]:
    items = list(_ITEM.finditer(text, found.start("items"), found.end("items")))
    cut = len(items) > 1 and _is_key("".join(item[1] for item in items))
    cut = cut and not any(is_plain(item[1]) or _is_word(item[1]) for item in items)
    for item in items:
        if cut or is_secret(item[1], kind_of(stem), literal=True):
            yield Span(item.start(1), item.end(1), rule_of(stem), False)


def _rows(text: str, found: re.Match[str]) -> Iterator[Span]:
    """The values of `PASSWORDS = {"prod": "…", "stage": "…"}`."""
    name = _NAME_BEFORE.search(text, max(0, found.start() - 68), found.start())
    stem = secret_stem(name[1]) if name and _SEVERAL.search(name[1]) else None
    if stem:
        for row in _ROW.finditer(text, found.start("items"), found.end("items")):
            if not _NO_SECRET_ROW.search(row[1]) and _is_given(row[2], stem):
                yield Span(*row.span(2), rule_of(stem), False)


def _is_word(value: str) -> bool:
    return value.isalpha() or is_worded(value)


_SECRET_NAME = rf"[\w.:-]*(?:{COMMON}|{RARE})[\w.:-]*"
_IN_CODE_LOOKS = (
    rf"fetch\([\"']{_N}[\"']\)[ ]{{0,2}}(?:\{{|do)",
    rf"[\"']{_N}[\"'](?:\){{1,2}}[ \n]{{0,20}}\.(?:orElse|getOrElse|unwrap_or)|,[ ](?:unset|fallback)[ ]?=)",  # noqa: E501
    rf"@{_N}[ ][\w ()]{{1,40}}=[ ]?N?[\"'\\]",
    rf"\{{{_N}\}} // ",
    rf"{_STEM}[ ]?\{{[ ]?(?:u8|L)?\"",
)
"""What stands in every text in which one of `_IN_CODE` finds something."""
PATTERNS = tuple(
    "(?i:" + pattern.removeprefix("(?i)").replace(_AT_END, r"[\r\n]") + ")"
    for pattern in (
        *(pair.pattern.replace(_N, _SECRET_NAME) for pair in _PAIRS),
        *(look.replace(_N, _SECRET_NAME) for look in _IN_CODE_LOOKS),
        *(pair.pattern for pair in (*_PLACES, *_KEYS)),
        *(
            rf"{_SECRET_NAME}[\"']?[ 	]*{items.pattern}"
            for items in (_LIST, _TABLE, _BLOCK, _BELOW)
        ),
    )
)
"""Where none of these matches the lower-cased text with a line end before and behind it, `paired`
finds nothing."""
_quick = may_match(PATTERNS, search_many)
