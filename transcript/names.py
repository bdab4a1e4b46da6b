"""Secrets that are known by the name beside them.

`DB_PASSWORD=…`, `"api_key": "…"`, `--token …`, `Authorization: Bearer …`, `| API key | … |`,
`the password is …`. The name is found first (`stems`), then what joins name and value, then the
value is cut out and judged (`values`). What joins them says how much the value must prove.
"""

import re
from collections.abc import Iterator

from . import cookies, credentials
from .bare import (
    BARE,
    BARE_ENV,
    ELEMENT,
    LEFT,
    MARKS,
    bare_end,
    end_of_data,
    is_cell,
    is_data,
    is_row,
)
from .joins import SEPARATOR
from .mixture import is_made_up, is_random, is_worded
from .pairs import paired
from .prose import WINDOW, before, foreign, is_speech, told
from .span import Span
from .stems import (
    COMMON,
    RARE,
    RARE_WORDS,
    is_no_secret,
    is_secret_name,
    kind_of,
    last_stem,
    rule_of,
    secret_stem,
)
from .tables import columns
from .values import Kind, in_parts, is_passphrase, is_plain, is_secret
from .wordlike import is_unlike_names

__all__ = ["kind_of", "named", "rule_of", "secret_stem"]

_TAIL = r"(?P<tail>[a-z0-9_\-]{0,24})"
_NAMED = re.compile(rf"(?P<stem>{COMMON}){_TAIL}(?:{SEPARATOR})")
"""Runs over the lower-cased text: the name, its tail (`_file`, `s`), then what joins a value."""
_NAMED_RARELY = re.compile(rf"(?P<stem>{RARE}){_TAIL}(?:{SEPARATOR})")
_STEM_THERE = re.compile(
    r"k(?:ey|en(?:(?<=token)|nwort)|ie(?<=cookie))|p(?:ass|wd|hrase|(?:w|sk|in|at)(?![a-z]))|cre[td]|uth(?<=auth)|bearer"
    r"|bhook"
)
"""Found in every lower-cased text with a stem in it."""

_MAY_TELL = re.compile(rf"[\"'`(]|[\w+/=~.%$!@#^*:-]{{12}}|[^\n]{{0,{WINDOW}}}?\d")
"""What must follow a name and a blank, unless it is a flag, or nobody looks further."""
_FLAG = re.compile(r"-[\w-]{0,40}$")

_WRAPPER = (
    r"(?:Some\(\s{1,40}|(?:\[\]byte|bytes|Buffer\.from|SecretStr|Some|(?:new[ ])?String(?:::from)?|str|Secret|SecureString"  # noqa: E501
    r"|b64decode|base64\.b64decode|atob|[a-z]{0,8}[eE]ncode)\(|r#{1,3})?"
)
"""What only turns a literal into another type."""
_QUOTE = re.compile(
    _WRAPPER + r"[bBrRuUfFLN@&$]{0,2}(\"{3}(?=[^\s\",;)\]}])|'{3}(?=[^\s',;)\]}])|\\{0,3}[\"'`])"
)
_INNER = re.compile(r"(\\{1,3}[\"'])(?=[^\s\"',;)\]}\\])")
"""A second quotation mark: `"\\"value\\""`, a literal of the program that a tool writes."""
_LISTED = re.compile(r"[a-z-]{1,64}$")
"""A word like those around it: `"current-password", "organization-title"`."""
_BLANK_VALUE = re.compile(r"[\w+/=~.%$!@#^*:-]{8,512}")
_HEX = re.compile(r"[0-9a-f]{12,}$")


_OF_ENVIRONMENT = re.compile(
    r"(?:^|[\n;&][ \t]{0,16}|[ \t])(?:ENV|SetEnv|setenv|set -[gUux]{1,2}x?|fastcgi_param|setx|ARG)[ \t]{1,4}[A-Z][A-Z0-9_]{0,60}$"  # noqa: E501
)
"""Before a name that a blank alone parts from its value."""
_OF_PGP = re.compile(r"using [A-Z]{3,6} key $")
"""Before the fingerprint of a public key."""
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{1,60}=(?=[^\s=]{6})")
_DEFAULT = re.compile(r"[=-]([^\s\"'`{}]{4,512})\}")
"""Behind a name and a colon: `${NAME:-value}`."""

_BEFORE = 96
_AFTER = 1_100
_MOST_KNOWN = 512


def named(text: str, low: str) -> Iterator[Span]:
    """Values beside a secret's name. `low` is `text` in lower case, of the same length."""
    if _STEM_THERE.search(low):
        yield from columns(text, low)
        yield from paired(text)
    yield from beside(text, low)


def beside(text: str, low: str) -> Iterator[Span]:
    """Those right beside it, or in the same sentence."""
    yield from assigned(text, low)
    yield from before(text)
    yield from foreign(text, low)
    yield from credentials.given(text, low)


def assigned(text: str, low: str) -> Iterator[Span]:
    """Those behind the name."""
    if _STEM_THERE.search(low):
        yield from _assigned(text, low, _NAMED)
    for word in RARE_WORDS:
        if word in low:
            yield from _assigned(text, low, _NAMED_RARELY)
            break


def _assigned(text: str, low: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    end = 0
    known: dict[tuple[int, str], list[Span]] = {}
    for found in pattern.finditer(low):
        if found.start() < end:
            continue
        if _is_cookie(text, found):
            end = _line_end(text, found.end())
            yield from cookies.values(text, found.end(), end)
            continue
        if found["blank"] and not _may_tell(low, found):
            continue
        # Text that repeats itself is judged once: all that counts stands in this window.
        first = max(0, found.start() - _BEFORE)
        around = (found.end() - first, text[first : found.end() + _AFTER])
        spans = known.get(around)
        if spans is None:
            spans = [
                span._replace(start=span.start - first, end=span.end - first)
                for span in _beside(text, found)
            ]
            if len(known) < _MOST_KNOWN:
                known[around] = spans
        for span in spans:
            end = span.end + first
            yield span._replace(start=span.start + first, end=end)


def _is_cookie(text: str, found: re.Match[str]) -> bool:
    """True for the header of that name; `cookie: {` holds settings."""
    if found["stem"] != "kie" or found["blank"] or text.startswith(("{", "["), found.end()):
        return False
    return last_stem(found)[0] == "cookie"


def _may_tell(low: str, found: re.Match[str]) -> bool:
    """False if what follows the blank is neither long nor holds a digit, and the name no flag."""
    if _MAY_TELL.match(low, found.end()):
        return True
    return _FLAG.search(low, max(0, found.start() - 41), found.start()) is not None


def _beside(text: str, found: re.Match[str]) -> Iterator[Span]:
    stem, start, tail = last_stem(found)
    if found["cell"] and not is_cell(text, found):
        return
    left = _left_of(text, start)
    if is_no_secret(left, stem, tail):
        return
    if is_secret_name(stem, left, text[start : start + len(stem)], tail):
        yield from _judge(text, start, left, stem, found)


def _left_of(text: str, start: int) -> str:
    before = text[max(0, start - 72) : start]
    if before.endswith(" ") and before[-2:-1].isalpha():  # "API key"
        return before[len(before[:-1].rstrip(LEFT)) :]
    at = len(before.rstrip(LEFT))
    if before[at - 1 : at] == "\\" and before[at : at + 1] in ("n", "r", "t"):
        at += 1  # the letter of an escape: `\\nAuthorization`
    return before[at:]


def _judge(text: str, start: int, left: str, stem: str, found: re.Match[str]) -> Iterator[Span]:  # noqa: C901
    """The value after `found`, if it is a secret; `start` is where the secret word begins."""
    end = found.end()
    if text[start - 1 : start] == ":" and "arn:" in text[max(0, start - 80) : start]:
        return
    if text[max(0, start - 4) : start] == "--- ":  # Go's `--- PASS: TestName`
        return
    if found["blank"] and stem.startswith("auth") and text[start - 1 : start] == "[":
        return  # the part of a program that writes to its log: `[auth] reset requested`
    if text.endswith("checksum/", 0, start - len(left)) or _OF_PGP.search(
        text, max(0, end - 20), end
    ):
        return
    # `s|^NAME=.*|NAME=value|`
    if text[end - 1] == "=" and text.startswith((".*", ".+", "[^"), end):
        return
    if text.startswith("?", end) and text.startswith("${", start - len(left) - 2):
        return  # what is said if it is not set: `${NAME:?required}`
    default = text[end - 1] == ":" and _DEFAULT.match(text, end)
    if default and text.startswith("${", start - len(left) - 2):
        if is_secret(default[1], kind_of(stem), literal=True):
            yield Span(*default.span(1), rule_of(stem), False)
        return
    is_flag = left.startswith("-")
    upper = text[start : start + 4].isupper()
    if found["blank"] and _OF_ENVIRONMENT.search(text, max(0, start - 80), start):
        yield from _value(text, end, stem, literal=True, strong=True)
        return
    if found["blank"] and not is_flag and is_row(text, start, end):
        yield from _value(text, end, stem, literal=True)
        return
    if found["blank"] and not is_flag and not (upper and text[end : end + 1] in "\"'"):
        yield from _after_blank(text, end, stem)
        return
    scheme = credentials.SCHEME.match(text, end + (text[end : end + 1] in "\"'"))
    if scheme:
        yield from credentials.behind(text, scheme.end(), scheme[1].lower())
        return
    strong = is_flag or upper
    literal = bool(strong and (is_flag or text[end - 1] == "=")) or is_data(text, start, end, left)
    if found["pair"] or found["default"]:
        literal = True
    elif found["cell"]:
        literal, strong = True, False
    elif found["prose"] and not literal:
        yield from _in_prose(text, end, stem)
        return
    spans = list(_value(text, end, stem, literal=literal, strong=strong and literal))
    if not spans and kind_of(stem) is Kind.PASSWORD and (upper or stem in _OF_PHRASES):
        spans = list(_quoted_phrase(text, end, stem))
    yield from spans
    if not spans and text[end - 2 : end] == ": " and is_speech(text, start - len(left)):
        span = told(text, end, _told_kind(stem))
        if span:
            yield Span(*span, rule_of(stem), False)


_OF_PHRASES = ("psk", "passphrase")


def _quoted_phrase(text: str, at: int, stem: str, *, told: bool = False) -> Iterator[Span]:
    """`ROOT_PASSWORD: 'my otter eats silver'`; `told` as `is_passphrase` takes it."""
    quote = _QUOTE.match(text, at)
    if quote:
        start, end = quote.end(), _closing(text, quote.end(), quote[1])
        if is_passphrase(text[start:end], strong=True, told=told):
            yield Span(start, end, rule_of(stem), False)


def _own_part(text: str, start: int, end: int) -> tuple[int, int]:
    """The value alone, where a word of a command is `NAME=value`."""
    named = _ASSIGNMENT.match(text, start, end)
    return (named.end() if named else start), end


def _after_blank(text: str, at: int, stem: str) -> Iterator[Span]:
    """A random word right after the name: `use token X`, `ENV API_KEY X`, a column of `config`."""
    quote = _QUOTE.match(text, at)
    found = _BLANK_VALUE.match(text, quote.end() if quote else at)
    value = found[0].rstrip(".,:;=" if found[0][-1] != "=" else ".,:;") if found else ""
    if _is_named_so(text, at, value):
        return
    if (
        found
        and len(value) >= 12
        and is_random(value)
        and not is_plain(value)
        and (_HEX.match(value) or not is_worded(value))
    ):
        yield Span(
            *_own_part(text, found.start(), found.start() + len(value)), rule_of(stem), False
        )
        return
    if quote and found and found.end() == _closing(text, found.start(), quote[1]):
        value = found[0]  # the whole of a literal
        telling = not is_worded(value) or is_made_up(value) or is_unlike_names(value)
        telling = telling or sum(map(str.isdigit, value)) >= 2
        if kind_of(stem) is Kind.PASSWORD and len(value) >= 8 and telling:  # noqa: SIM102
            if is_secret(value, Kind.PASSWORD, literal=True):
                yield Span(found.start(), found.end(), rule_of(stem), False)
                return
    span = told(text, at, _told_kind(stem))
    if span:
        yield Span(*_own_part(text, *span), rule_of(stem), False)


def _is_named_so(text: str, at: int, value: str) -> bool:
    """True for `DbSecret DbSecret6SI2VMFX`: what is named after its kind."""
    name = text[max(0, at - 60) : at].split()[-1:]
    return bool(name) and len(name[0]) >= 6 and value.startswith(name[0])


def _told_kind(stem: str) -> Kind:
    """What is told of credentials is a password, as a rule."""
    return Kind.PASSWORD if stem.startswith("cred") else kind_of(stem)


def _in_prose(text: str, at: int, stem: str) -> Iterator[Span]:
    """What follows `the password is` or `token for x:`."""
    if _QUOTE.match(text, at):
        phrase: list[Span] = []
        if kind_of(stem) is Kind.PASSWORD:
            phrase = list(_quoted_phrase(text, at, stem, told=True))
        yield from phrase or _value(text, at, stem, literal=True)
        return
    if not BARE_ENV.match(text, at):
        return
    value = text[at : end_of_data(text, at)].rstrip(".,:;)]}*")
    parts = in_parts(text, at) if kind_of(stem) is Kind.PASSWORD else 0
    if parts:
        yield Span(at, parts, rule_of(stem), False)
        return
    if is_secret(value, kind_of(stem), literal=kind_of(stem) is Kind.PASSWORD):
        yield Span(at, at + len(value), rule_of(stem), False)
        return
    span = told(text, at, _told_kind(stem))
    if span:
        yield Span(*span, rule_of(stem), False)


def _value(text: str, at: int, stem: str, *, literal: bool, strong: bool = False) -> Iterator[Span]:
    quote = _QUOTE.match(text, at)
    if quote:
        inner = _INNER.match(text, quote.end())
        opened = inner or quote
        start, end = opened.end(), _closing(text, opened.end(), opened[1])
        literal = True
    elif text[at - 1] == "," or text[max(0, at - 2) : at].startswith(","):
        return  # `"password", x`: only a literal can be the second argument
    else:
        whole = literal and (strong or text[at - 1] == " " or text[at - 2 : at - 1].isupper())
        bare = (BARE_ENV if whole else BARE).match(text, at)
        if not bare:
            return
        end = bare.end()
        if literal and text[end : end + 1] in MARKS:
            end = max(end, end_of_data(text, at))
        start, end = at, bare_end(text, at, end)
        if text[at - 1] == ">":
            whole = ELEMENT.match(text, at)
            end = whole.end() if whole else in_parts(text, at)
            if not end:
                return
        elif kind_of(stem) is Kind.PASSWORD or literal:
            end = in_parts(text, at) or end
    if (
        text[at - 1] in ", "
        and "," in text[max(0, at - 3) : at]
        and _LISTED.match(text, start, end)
        and text.count("-", start, end) < 3
    ):
        return
    if is_secret(text[start:end], kind_of(stem), literal=literal, strong=strong):
        yield Span(start, end, rule_of(stem), False)


def _closing(text: str, start: int, quote: str) -> int:
    """Where the value that opened with `quote` ends; `start` if it does not end on its line."""
    at = start
    for _ in range(4):
        at = text.find(quote, at, start + 1024)
        if at < 0:
            cut = BARE.match(text, start)
            return cut.end() if cut and cut.end() == len(text) else start
        if len(quote) > 1 or text[at - 1] != "\\":
            return at
        at += 1
    return start


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + 4096)
    return end if end >= 0 else min(len(text), at + 4096)
