"""Random words in the neighbourhood of a secret's name, whatever joins the two.

No list of constructs is whole: `cond ? "…" : None`, `hmac.new(b"…")`, a language nobody thought of.
What stands in one line with the name of a secret, and looks more random than any identifier,
hash or id, is taken for that secret.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase, digits

from .mixture import is_random
from .span import Span

_NAME = (
    r"passw(?:or)?d|passphrase|pwd(?![a-z])|secret|token(?!s|iz)|credential|bearer|webhook"
    r"|authorization|_auth\b|(?:api|private|signing|access|auth|encryption|master|deploy|account"
    r"|license|shared|webhook|app|admin|service)[ _-]?key|_key\b|\bkey="
)
"""In lower-cased text. Not `tokens`, which are counted, and not each `key`."""
_NAMED = re.compile(_NAME)
_WINDOW = 120
"""Characters around a word in which the name must stand."""
_WORD = re.compile(r"(?<![A-Za-z0-9+_-])[A-Za-z0-9+_-]{16,128}")
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_-"
_DIGITS = re.compile(r"[0-9]+[A-Za-z]")
"""Each such word has them, with a letter before."""
_OTHER = re.compile(r"[A-Fa-f0-9-]+|(?:[a-z]{2,12}[_-]|sha\d|AAAA|MII).*")
"""Hashes and UUIDs; ids with a prefix, as `msg_…`; public keys and certificates."""
_ITS_OWN_NAME = re.compile(
    r"(?<![\w.-])(?!(?:val(?:ue)?|default|text|string|data|prod(?:uction)?|stag(?:e|ing)"
    r"|dev(?:elopment)?|test|live|sandbox|\w\w?)\W)"
    r"(?i:[a-z_$][\w.-]{0,60})[\"'`]{0,2}\]?[ \t]{0,3}(?:[:=]|=>)[ \t]{0,3}[\"'`(]{0,2}$"
)
"""Before a word: it is the value of this name. If that were a secret's, `names` would say so."""
_LONGEST_NAME = 70
_MARK = re.compile(r"\[redacted:[a-z0-9-]{1,64}#\d{1,9}\]")
_LONGEST = 128
_LONGEST_LINE = 4_000
_LEAST_NAME = 6
"""Letters of a name after which something may be called."""
_CLASSES = {
    **dict.fromkeys(map(ord, ascii_lowercase), "a"),
    **dict.fromkeys(map(ord, ascii_uppercase), "A"),
    **dict.fromkeys(map(ord, digits), "0"),
    **dict.fromkeys(map(ord, "+_-")),
}
_CHANGES = ("aA", "Aa", "a0", "0a", "A0", "0A")

_IN_WORD = r"[a-z0-9+_-]"
_RUN = rf"(?:{_IN_WORD}{{3}}[a-z]\d+[a-z]|[a-z]\d+[a-z]{_IN_WORD}{{3}})"
PATTERNS = (
    rf"(?:{_NAME})[^\n]*{_RUN}",
    rf"{_RUN}[^\n]*(?:{_NAME})",
)
"""Where none of these matches in lower-cased text, nothing is found."""


def nearby(text: str, low: str) -> Iterator[Span]:
    """The random words near a secret's name; `low` is `text` in lower case, of the same length."""
    names: list[int] | None = None
    for start, end in _words(text):
        if is_shuffled(text[start:end]):
            if names is None:  # which takes longest, and mostly no word is like that
                names = [name.start() for name in _NAMED.finditer(_without_marks(low))]
            if _is_named(low, names, start, end) and not _is_other(text, start, end):
                yield Span(start, end, "secret", False)


def _without_marks(low: str) -> str:
    """The text, as long as before: `[redacted:private-key#1]` is the name of nothing."""
    if "[redacted:" not in low:
        return low
    return _MARK.sub(lambda mark: " " * len(mark[0]), low)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The long words with a digit between letters: those are rare, and quickly found."""
    end = 0
    for found in _DIGITS.finditer(text):
        at = found.start()
        if at < end or not text[at - 1 : at].isalpha():
            continue
        before = text[max(end, at - _LONGEST) : at]
        start = at - len(before) + len(before.rstrip(_SIGNS))
        word = _WORD.match(text, start)
        end = word.end() if word else found.end()
        if word:
            whole = word[0].strip("+_-")
            first = start + word[0].index(whole)
            yield first, first + len(whole)


def is_shuffled(word: str) -> bool:
    """True if a word is more random than identifiers and ids: case and digits change about."""
    if _OTHER.fullmatch(word):
        return False
    core = word.translate(_CLASSES)
    if len(core) < 15 or core.count("A") < 2 or core.count("a") < 2:
        return False
    return sum(map(core.count, _CHANGES)) >= 0.4 * len(core) and is_random(word)


def _is_named(low: str, names: list[int], start: int, end: int) -> bool:
    """True if one of the names stands near, in the same line."""
    at = bisect_left(names, start)
    before = names[at - 1] if at else -1
    if at and start - _WINDOW <= before and low.find("\n", before, start) < 0:
        return True
    at = bisect_left(names, end, at)
    behind = names[at] if at < len(names) else len(low)
    return behind < end + _WINDOW and low.find("\n", end, behind) < 0 and at < len(names)


def _is_other(text: str, start: int, end: int) -> bool:
    """True for a part of a path or of a dotted name, and for what has a name of its own."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 2]
    if before in ("", ",", ";", '"') and behind[:1] in (",", ";", '"'):
        line = text[max(0, start - _LONGEST_LINE) : start].rpartition("\n")[2]
        if '"mappings":' in line:  # of a source map
            return True
    if before in (".", "/", "\\") and before:
        return True
    previous = text[max(0, start - 40) : start].split()[-1:]
    if previous and len(previous[0]) >= _LEAST_NAME and text.startswith(previous[0], start, end):
        return True  # `DbSecret DbSecret6SI2VMFX`
    if behind[:1] == "(" or (behind[:1] in (".", "/", "\\") and behind[1:].isalnum()):
        return True
    return _ITS_OWN_NAME.search(text[max(0, start - _LONGEST_NAME) : start]) is not None
