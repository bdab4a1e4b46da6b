"""Secrets that are known by the name or the structure beside them.

`DB_PASSWORD=…`, `"api_key": "…"`, `--token …`, `Authorization: Bearer …`, cookies,
`https://user:…@host`, `curl -u user:…`, netrc. The name is found first, then the value that
follows is cut out and judged by `values`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .checks import basic_credentials
from .values import Kind, is_plain, is_random, is_secret


class Span(NamedTuple):
    """A stretch of text to take out: half-open, with the rule that found it."""

    start: int
    end: int
    rule: str
    sure: bool


_STEM = (
    r"(?:p(?:ass(?:w(?:or)?d|phrase)|wd)|secret|token|key|c(?:redential|ookie|onnection[_-]?string)"
    r"|auth(?:orization)?|bearer)"
)
"""Ordered by first letter: the search runs over everything, and this halves its time."""

_KEY_LEFT = re.compile(
    r"(?i)(?:api|access|account|private|signing|signature|encryption|master|auth|shared|storage"
    r"|service|deploy|license|admin|session|hmac|crypto|cipher|secret|client|subscription|ssh"
    r"|app)[_\-. ]?$"
)
"""What must stand before `key`: a key alone is a dictionary's."""

_ENV_KEY_LEFT = re.compile(
    r"(?<![A-Z])(?!(?:PRIMARY|FOREIGN|PUBLIC|CACHE|SORT|PARTITION)_)[A-Z0-9]{2,30}_$"
)
"""`STRIPE_KEY`: in an environment variable any other word before it will do."""
_ANSI = r"(?:\x1b\[[\d;]{0,8}m)?"
_SEPARATOR = (
    rf"{_ANSI}(?:\\{{0,3}}[\"'`])?\]?\)?[ \t]{{0,8}}"
    r"(?::=|=>|==?"
    r"|:[ \t]{0,4}[a-z\[\]|. ]{1,30}=(?=[ \t]*[\"'`])"  # an annotated variable
    r"|:(?!:)|>(?=[^\s<])|(?<=[\"'`]),|\((?=[\"'`]))"
    rf"[ \t]{{0,16}}{_ANSI}"
    r"|[ \t]{1,3}(?:is|was)[ \t]{0,2}:?[ \t]{1,3}"  # prose
)
_NAMED = re.compile(rf"(?P<stem>{_STEM})(?P<tail>[a-z0-9_\-]{{0,24}})(?:{_SEPARATOR})")
"""Runs over the lower-cased text: the name, its tail (`_file`, `s`), then what joins a value."""
_STEM_THERE = re.compile(
    r"k(?:ey|en(?<=token)|ie(?<=cookie))|w(?:d|ord)(?<=pwd|swd|ord)|cre[td]|uth(?<=auth)|bearer"
    r"|hrase(?<=passphrase)|onnec"
)
"""Found in every lower-cased text with a stem in it. The rare letters of the stems come first, so
most texts are done with in half the time that `_NAMED` would take."""
_FLAG = re.compile(
    rf"-(?<![\w-]-)-?(?P<left>(?:[a-z0-9]{{1,16}}-){{0,3}})(?P<stem>{_STEM})"
    r"(?P<tail>[a-z0-9\-]{0,12})[ \t]{1,4}"
)
_BEARER = re.compile(r"(?P<scheme>bearer|basic)[ \t]{1,4}(?=[\w+/~.\-]{16})")

_NO_SECRET_TAIL = re.compile(
    r"^(?:s?[_-]?(?:count|type|url|uri|path|file|name|field|id|ids|at|in|expir\w*|ttl|len|length|limit|size"
    r"|max|min|usage|policy|header|prefix|suffix|reset|hint|label|input|placeholder|format|regex|pattern"
    r"|manager|provider|store|ref|index|map|list|hash_?algo\w*|algorithm|alg|version|env|var|scope\w*"
    r"|budget|cost|price|per\w*|status|error|valid\w*|required|enabled|class|service|endpoint|arn)"
    r"|i[sz]\w*|ed|iz\w*|less)(?:$|[_-])"
)
_LEFT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
_NO_SECRET_LEFT = re.compile(
    r"(?i)(?:^|[_-])(?:public|max|min|num|total|n|input|output|cache|prompt|count)[_-]$"
)
_QUOTE = re.compile(r"(?:[bBrRuUfF@]{0,2})(\\{0,3}[\"'`])")
_BARE = re.compile(r"[^\s\"'`<>;,&\\\x1b|]{1,512}")
_BARE_ENV = re.compile(r"[^\s\"'`\\\x1b]{1,512}")
_SCHEME = re.compile(r"(?i)(bearer|basic|token|apikey|api-key|digest|negotiate|bot|key)[ \t]{1,4}")
_CREDENTIALS = re.compile(r"[\w+/=~.:\-]{8,4096}")
_PASSWORD_STEMS = ("passw", "passphrase", "pwd")


def kind_of(stem: str) -> Kind:
    """What a name promises: a password may be chosen by a person, all else is machine-made."""
    return Kind.PASSWORD if stem.startswith(_PASSWORD_STEMS) else Kind.KEY


def rule_of(stem: str) -> str:
    """The rule id in the mark for a value found beside this name."""
    if stem.startswith(_PASSWORD_STEMS):
        return "password"
    for word in ("token", "cookie", "authorization"):
        if stem.startswith(word):
            return word
    if stem in ("bearer", "auth"):
        return "authorization"
    return "api-key" if "key" in stem else "secret"


_KEY_NAME = re.compile(rf"(?P<stem>{_STEM})(?P<tail>[a-z0-9_\-]{{0,24}})$")


def secret_stem(key: str) -> str | None:
    """The secret word at the end of a JSON key (`db_password`, `apiKey`), or None."""
    return _secret_stem(key) if 3 <= len(key) <= 80 else None


@lru_cache(1024)
def _secret_stem(key: str) -> str | None:
    found = _KEY_NAME.search(key.lower())
    if not found or _NO_SECRET_TAIL.match(found["tail"]):
        return None
    stem, left = found["stem"], key[: found.start()]
    return stem if _is_secret_name(stem, left, key[found.start() : found.end("stem")]) else None


def named(text: str, low: str) -> Iterator[Span]:
    """Values beside a secret's name. `low` is `text` in lower case, of the same length."""
    if _STEM_THERE.search(low):
        yield from _assigned(text, low)
        yield from _flags(text, low)
    if "bearer" in low or "basic" in low:
        for found in _BEARER.finditer(low):
            yield from _credentials(text, found.end(), found["scheme"])


def _assigned(text: str, low: str) -> Iterator[Span]:
    end = 0
    for found in _NAMED.finditer(low):
        if found.start() < end or _NO_SECRET_TAIL.match(found["tail"]):
            continue
        if found["stem"] == "cookie":
            end = _line_end(text, found.end())
            yield from _cookies(text, found.end(), end)
            continue
        for span in _judge(text, found.start(), found.end(), found["stem"]):
            end = span.end
            yield span


def _flags(text: str, low: str) -> Iterator[Span]:
    for found in _FLAG.finditer(low):
        stem, left = found["stem"], found["left"]
        if stem == "key" and not _KEY_LEFT.search(left):
            continue
        if not _NO_SECRET_TAIL.match(found["tail"]):
            yield from _value(text, found.end(), rule_of(stem), kind_of(stem), literal=True)


def _judge(text: str, start: int, end: int, stem: str) -> Iterator[Span]:
    """The value at `end`, if it is a secret; `start` is where the name's secret word begins."""
    before = text[max(0, start - 40) : start]
    left = before[len(before.rstrip(_LEFT)) :]
    if not _is_secret_name(stem, left, text[start : start + len(stem)]):
        return
    scheme = _SCHEME.match(text, end + (text[end : end + 1] in "\"'"))
    if scheme:
        yield from _credentials(text, scheme.end(), scheme[1].lower())
        return
    literal = _is_data(text, start, end, left)
    yield from _value(text, end, rule_of(stem), kind_of(stem), literal=literal)


def _is_secret_name(stem: str, left: str, word: str) -> bool:
    """True if `left` + `word` names a secret; `stem` is `word` in lower case."""
    if stem == "key" and not _KEY_LEFT.search(left):
        return word == "KEY" and _ENV_KEY_LEFT.search(left) is not None
    return not (left and _NO_SECRET_LEFT.search(left))


def _is_data(text: str, start: int, end: int, left: str) -> bool:
    """True where a bare word is a value: `DB_PASSWORD=x`, `--password=x`, a line of YAML or INI."""
    joined = text[end - 2 : end]
    if joined.endswith("=") and (text[start : start + 4].isupper() or left.startswith("-")):
        return True
    line = text[max(0, start - len(left) - 12) : start - len(left)].rpartition("\n")[2]
    if joined == ": ":
        return not line.strip(" -") and _ends_line(text, end)
    return joined[1:] == "=" and joined[0] not in " =:" and not line and _ends_line(text, end)


def _ends_line(text: str, at: int) -> bool:
    bare = _BARE_ENV.match(text, at)
    return bare is not None and text[bare.end() : bare.end() + 1] in ("", "\n", "\r")


def _value(text: str, at: int, rule: str, kind: Kind, *, literal: bool) -> Iterator[Span]:
    quote = _QUOTE.match(text, at)
    if quote:
        start, end = quote.end(), _closing(text, quote.end(), quote[1])
        literal = True
    elif text[at - 1] == "," or text[max(0, at - 2) : at].startswith(","):
        return  # `"password", x`: only a literal can be the second argument
    else:
        whole = literal and (text[at - 1] == " " or text[at - 2 : at - 1].isupper())
        bare = (_BARE_ENV if whole else _BARE).match(text, at)
        if not bare:
            return
        start, end = at, at + len(bare[0].rstrip(".,:;)]}"))
        if text[at - 1] == ">" and text[end : end + 2] != "</":
            return
    if end - start >= 6 and is_secret(text[start:end], kind, literal=literal):
        yield Span(start, end, rule, False)


def _closing(text: str, start: int, quote: str) -> int:
    """Where the value that opened with `quote` ends; `start` if it does not end on its line."""
    at = start
    for _ in range(4):
        at = text.find(quote, at, start + 1024)
        if at < 0:
            cut = _BARE.match(text, start)
            return cut.end() if cut and cut.end() == len(text) else start
        if len(quote) > 1 or text[at - 1] != "\\":
            return at
        at += 1
    return start


def _credentials(text: str, at: int, scheme: str) -> Iterator[Span]:
    """What follows `Bearer ` or `Basic ` (or another scheme) in a header."""
    found = _CREDENTIALS.match(text, at)
    if not found:
        return
    value = found[0].rstrip(".,:")
    if basic_credentials(value) if scheme == "basic" else _is_random_secret(value):
        yield Span(at, at + len(value), "authorization", False)


_PAIR = re.compile(r"([\w.\-]{1,64})=([^\s;,\"'`<>\\]{8,4096})")


def _is_random_secret(value: str) -> bool:
    return is_random(value) and not is_plain(value)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + 4096)
    return end if end >= 0 else min(len(text), at + 4096)


def _cookies(text: str, at: int, end: int) -> Iterator[Span]:
    """The random values of a Cookie or Set-Cookie header that fills `at` to `end`."""
    for found in _PAIR.finditer(text, at, end):
        if _is_random_secret(found[2]):
            yield Span(found.start(2), found.end(2), "cookie", False)


# -- structures -----------------------------------------------------------------------------

_URL = re.compile(r"://([^\s/:@\"'<>`\\\[]{0,100}):([^\s/\"'<>`\\,]{1,256})@(?=[\w\[$.-])")
_URL_TOKEN = re.compile(r"://([A-Za-z0-9_\-]{20,256})@(?=\w)")
_CURL = re.compile(r"(?<!\S)(?:-u|--user)[ =]{0,2}[\"']?(\w[\w.@+-]{0,63}):([^\s\"']{1,128})")
_NETRC = re.compile(r"\blogin[ \t\n]{1,8}\S{1,128}[ \t\n]{1,8}password[ \t\n]{1,8}(\S{1,128})")
_MYSQL = re.compile(
    r"\b(?:mysql|mysqldump|mariadb|sshpass)\b[^\n|;&]{0,160}?[ \t]-p[ \t]?[\"']?"
    r"([^\s\"'|;&]{6,128})"
)


def structures(text: str) -> Iterator[Span]:
    """Passwords known by where they stand: in a URL, after `curl -u` or `mysql -p`, in netrc."""
    if "@" in text and "://" in text:
        yield from _urls(text)
    if "-" in text:
        yield from _options(text)
    if "login" in text and "password" in text:
        for found in _NETRC.finditer(text):
            yield from _chosen(found, 1)


def _options(text: str) -> Iterator[Span]:
    if " -u" in text or "--user" in text:
        for found in _CURL.finditer(text):
            yield from _chosen(found, 2)
    if " -p" in text and ("mysql" in text or "mariadb" in text or "sshpass" in text):
        for found in _MYSQL.finditer(text):
            yield from _chosen(found, 1)


def _chosen(found: re.Match[str], group: int) -> Iterator[Span]:
    if is_secret(found[group], Kind.PASSWORD, literal=True):
        yield Span(found.start(group), found.end(group), "password", False)


def _urls(text: str) -> Iterator[Span]:
    for found in _URL.finditer(text):
        password = found[2]
        if len(password) >= 4 and password != found[1] and not is_plain(password):
            yield Span(found.start(2), found.end(2), "url-password", False)
    for found in _URL_TOKEN.finditer(text):
        if is_random(found[1]):
            yield Span(found.start(1), found.end(1), "url-password", False)
