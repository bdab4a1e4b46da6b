"""Seeing through encodings: the same text decoded or put together, with a way back.

A secret may stand behind escapes, in base64, between colour codes, after line numbers, or cut into
pieces. A `View` is the text without such a disguise; `View.span` leads from a place in it back to
the place in the original, always around whole escapes. A view is only built where a quick look
shows a reason to, so plain text costs a few substring searches.
"""

import binascii
import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import compress, product

from .engines import any_of, quick_look

Replace = Callable[[re.Match[str]], str]

MAX_DEPTH = 4
"""Encodings inside encodings that are followed."""
_MAX_RUNS = 2_000
"""Pieces of base64 looked into per text."""
_MAX_DECODED = 1 << 20


class View:
    """A text made from another by replacing what `pattern` finds; `parent` is the view before."""

    __slots__ = ("_anchors", "_offset", "_pattern", "_replace", "parent", "source", "text")

    def __init__(
        self,
        source: str,
        pattern: re.Pattern[str],
        replace: Replace | str,
        parent: "View | None" = None,
    ) -> None:
        self.text = pattern.sub(replace, source)
        self.parent = parent
        self.source = source
        self._pattern = pattern
        self._replace = replace
        self._anchors: tuple[list[int], list[int], list[int]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the outermost text that holds `start` to `end` (not empty) of this one."""
        local = self.before(start, end)
        return self.parent.span(*local) if self.parent else local

    def before(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that this one was made of."""
        at, lengths, origins = self._anchors or self._map()
        first = self._origin(at, lengths, origins, start, last=False)
        return first, self._origin(at, lengths, origins, end - 1, last=True)

    @staticmethod
    def _origin(
        at: list[int], lengths: list[int], origins: list[int], place: int, *, last: bool
    ) -> int:
        """Where the character at `place` comes from: its first offset, or the one behind its last.

        `at` holds where in this text each replacement begins and each plain stretch after it.
        """
        index = bisect_right(at, place) - 1
        if lengths[index]:  # a replacement stands for all of what it replaced
            return origins[index] + (lengths[index] if last else 0)
        return origins[index] + place - at[index] + last

    def _map(self) -> tuple[list[int], list[int], list[int]]:
        """Built when the first span asks for it, which is seldom."""
        at, lengths, origins = [0], [0], [0]
        here = there = 0
        replace = self._replace
        for found in self._pattern.finditer(self.source):
            start, end = found.span()
            here += start - there
            new = replace if isinstance(replace, str) else replace(found)
            if new and new != found[0]:
                at.append(here)
                lengths.append(end - start)
                origins.append(start)
            here += len(new)
            there = end
            at.append(here)
            lengths.append(0)
            origins.append(end)
        self._anchors = at, lengths, origins
        return self._anchors


# -- what a terminal, a viewer or a diff put between ------------------------------------------

_ANSI = r"\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)|[()][A-Z0-9])"
_GUTTER = r"(?m:^(?:[ \t]{0,8}\d{1,7}(?:\u2192(?=[\t -~])|\t(?=[ -~]))))"
_DIFF = r"(?m:^[+-](?![+-]{2}[ \n]|-----))"
_NOTHING = ""
_SHOWN = {
    flags: re.compile("|".join(compress((_ANSI, _GUTTER, _DIFF), flags)))
    for flags in product((False, True), repeat=3)
}
_GUTTERS_THERE = re.compile(r"(?:^|\n)[ \t]{0,8}\d{1,7}[\t\u2192]")
_DIFF_THERE = re.compile(r"(?:^|\n)(?:@@ |\+\+\+ |diff --git )")


def bare(text: str, parent: View | None = None) -> View | None:
    """`text` without colour codes, line numbers and the signs of a diff; None if it has none."""
    ansi = "\x1b" in text
    gutter = ("\u2192" in text or "\t" in text) and _GUTTERS_THERE.search(text) is not None
    diff = "@@ " in text and _DIFF_THERE.search(text) is not None
    if not (ansi or gutter or diff):
        return None
    view = View(text, _SHOWN[ansi, gutter, diff], _NOTHING, parent)
    return None if len(view.text) == len(text) else view


# -- escapes ----------------------------------------------------------------------------------

_ESCAPE = re.compile(
    r"\\(?:[\"\\/'nrtbf]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})"
    r"|(?:%[0-9a-fA-F]{2})+"
    r"|&(?:quot|amp|lt|gt|apos|nbsp|#\d{2,5}|#[xX][0-9a-fA-F]{2,4});"
)
_ESCAPES_THERE = re.compile(
    r"\\[\"\\/'ux]|%(?:2[0-9A-Fa-f]|[3-7][0-9A-Fa-f])|&(?:quot|amp|lt|gt|apos|#)"
)
_PLAIN = dict(
    zip(
        [r"\"", r"\\", r"\/", r"\'", r"\n", r"\r", r"\t", r"\b", r"\f"],
        "\"\\/'\n\r\t  ",
        strict=True,
    )
)


def _plain(found: re.Match[str]) -> str:
    token = found[0]
    plain = _PLAIN.get(token)
    if plain is not None:
        return plain
    kind = token[0]
    if kind == "\\":
        return chr(int(token[2:], 16))
    if kind == "%":
        return bytes.fromhex(token.replace("%", "")).decode("utf-8", "replace")
    return html.unescape(token)


def unescaped(text: str, parent: View | None = None) -> View | None:
    """`text` with JSON, URL and HTML escapes decoded once; None if there is nothing to gain."""
    if "\\" not in text and "%" not in text and "&" not in text:
        return None
    if not _ESCAPES_THERE.search(text):
        return None
    return View(text, _ESCAPE, _plain, parent)


def layers(text: str) -> Iterator[tuple[str, View | None]]:
    """The text without what a terminal put in, then the same with escapes decoded, once and again;
    each with the view that leads back."""
    view: View | None = None
    for _ in range(MAX_DEPTH):
        view = bare(text, view) or view
        text = view.text if view else text
        yield text, view
        inner = unescaped(text, view)
        if inner is None:
            return
        view, text = inner, inner.text


# -- pieces -----------------------------------------------------------------------------------

_PIECE_BEFORE = r"(?<=[\w+/=.-]%s)"
_LITERALS = re.compile(
    rf"(?P<q>[\"'`]){_PIECE_BEFORE % '.'}[ \t]{{0,4}}(?:[+.&][ \t]{{0,4}})?"
    r"(?:\\?\r?\n[ \t]{0,40})?(?:[+.&][ \t]{0,4})?[bfru]?(?P=q)(?=[\w+/=-])"
)
_ITEMS = re.compile(
    rf"(?P<q>[\"'`]){_PIECE_BEFORE % '.'}[ \t]{{0,4}},[ \t]{{0,4}}(?:\r?\n[ \t]{{0,40}})?"
    r"(?P=q)(?=[\w+/=-])"
)
_NUMBERED = re.compile(
    rf"(?P<q>[\"'`]){_PIECE_BEFORE % '.'}[ \t]{{0,4}};?\r?\n[ \t]{{0,40}}(?:const |let |var |my )?"
    r"[A-Za-z$_]{1,24}[2-9][ \t]{0,4}:?=[ \t]{0,4}(?P=q)(?=[\w+/=.-])"
)
"""Between literals of which the second is given to `part2` or the like."""
_CONTINUED = re.compile(r"\\(?<=[\w+/=.-]\\)\r?\n[ \t]{0,16}(?=[\w+/=-])")
_WRAP = re.compile(
    r"\n(?<=[\w+/=.-]{8}\n)(?<=[^\n]{40}\n)[ \t]{0,16}(?!\d{1,6}[ \t])"
    r"(?=[A-Za-z0-9_+/-]{0,64}?[0-9][A-Za-z0-9_+/=-]{0,200}(?:[\s\"'`,;]|$))"
)
"""A line of 40 characters or more that ends in a word, and a word with a digit on the next; the
number of a line, as `history` prints it, is none."""
_WRAPPED_JWT = re.compile(
    r"(?<![\w.-])eyJ[\w.-]{20,4096}(?:\r?\n[\w.-]{8,4096}){0,80}(?:\r?\n[\w.-]{1,4096})(?=[\s\"'`,;)]|$)"
)
_DIGIT = re.compile(r"\d")
_LINE_END = re.compile(r"\r?\n(?=[\w.-])")
_SIGNATURES = (43, 64, 86, 128, 342, 512, 683)
"""Letters of a signature: where a JWT has so many, it is whole."""


def _wraps(text: str) -> set[int]:
    """The line ends at which a JWT is cut: its lines are as long as the first, or make it whole."""
    found: set[int] = set()
    for token in _WRAPPED_JWT.finditer(text):
        before = text.rfind("\n", max(0, token.start() - 200), token.start()) + 1
        at = text.index("\n", token.start())
        width, whole = at - before, text[token.start() : at].rstrip("\r")
        while at < token.end() and not _is_whole(whole):
            end = text.find("\n", at + 1, token.end())
            line = text[at + 1 : end if end >= 0 else token.end()].rstrip("\r")
            over = len(line) - width
            if over and not _is_whole(whole + line) and (over > 0 or not _DIGIT.search(line)):
                break
            found.add(at - (text[at - 1] == "\r"))
            whole += line
            if end < 0 or over:
                break
            at = end
    return found


def _is_whole(token: str) -> bool:
    return token.count(".") == 2 and len(token) - token.rindex(".") - 1 in _SIGNATURES


_BEGUN = r"[\w+/=.-]"
_GOES_ON = r"[\w+/=-]"
JOINTS = (
    *(
        rf"{_BEGUN}{q}[ \t]*(?:[+.&][ \t]*)?(?:\\?\r?\n[ \t]*)?(?:[+.&][ \t]*)?[bfru]?{q}{_GOES_ON}"
        for q in ('"', "'", "`")
    ),
    *(rf"{_BEGUN}{q}[ \t]*,[ \t]*(?:\r?\n[ \t]*)?{q}{_GOES_ON}" for q in ('"', "'", "`")),
    *(
        rf"{_BEGUN}{q}[ \t]*;?\r?\n[ \t]*(?:const |let |var |my )?[A-Za-z$_]+[2-9][ \t]*:?=[ \t]*{q}[\w+/=.-]"  # noqa: E501
        for q in ('"', "'", "`")
    ),
    rf"{_BEGUN}\\\r?\n[ \t]*{_GOES_ON}",
    r"eyJ[\w.-]{16}[\w.-]*\r?\n[\w.-]",
    r"[\w+/=.-]{8}\n[ \t]*[A-Za-z0-9_+/-]*[0-9][A-Za-z0-9_+/=-]*(?:[\s\"'`,;])",
)
"""Where none of these matches in a text with a line end behind it, `joined` gives nothing."""


def joined(text: str, parent: View | None = None) -> Iterator[View]:
    """`text` with adjacent literals, joined lists, continued and wrapped lines put together."""
    if _LITERALS.search(text):
        yield View(text, _LITERALS, _NOTHING, parent)
    if "join" in text and _ITEMS.search(text):
        yield View(text, _ITEMS, _NOTHING, parent)
    if _NUMBERED.search(text):
        yield View(text, _NUMBERED, _NOTHING, parent)
    if "\\\n" in text and _CONTINUED.search(text):
        yield View(text, _CONTINUED, _NOTHING, parent)
    if _WRAP.search(text):
        yield View(text, _WRAP, _NOTHING, parent)
    if "eyJ" in text and (wraps := _wraps(text)):
        yield View(text, _LINE_END, lambda end: "" if end.start() in wraps else end[0], parent)


# -- base64 -----------------------------------------------------------------------------------

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BOTH = [*_ALPHABET[:62], "+-", "/_"]


def _class(keep: Callable[[int], bool]) -> str:
    return re.escape("".join(c for n, c in enumerate(_BOTH) if keep(n)))


_GROUP = (
    f"[{_class(lambda n: n < 32)}][{_class(lambda n: not n & 8)}]"
    f"[{_class(lambda n: not n & 2)}][{_class(lambda _: True)}]"
)
"""Four characters that stand for three bytes of ASCII: the top bit of each byte is not set."""
BASE64 = f"(?:{_GROUP}){{6}}"
MIN_BASE64 = 24
BASE64_IN_BYTES = any_of([BASE64])
_ASCII_INSIDE = re.compile(BASE64)
ASCII_INSIDE = quick_look(BASE64)
"""18 bytes of ASCII in base64. Random characters look so once in 250,000 times."""
_RUN = re.compile(r"[A-Za-z0-9+/_-]+(?:\r?\n[ \t]{0,8}[A-Za-z0-9+/_-]{4,}(?=[=\r\n]|$))*={0,2}")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_BACKWARDS = re.compile(r"[A-Za-z0-9+/_-]*\Z")
_TO_STANDARD = str.maketrans("-_", "+/")
_LONGEST_START = 4_096
_TEXT_BYTES = bytes([*range(32, 127), *b"\t\r\n"])
_READABLE = bytes(c if 32 <= c < 127 or c in b"\t\r\n" else 32 for c in range(256))
"""Most base64 is of something else than text, and no secret has other letters in it."""


def decoded_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Each run of base64 in `text` that holds text: start, end and what it says.

    Slow where there are many letters: ask `ASCII_INSIDE` of the long words first.
    """
    at = 0
    for _ in range(_MAX_RUNS):
        hint = _ASCII_INSIDE.search(text, at)
        if not hint:
            return
        low = max(at, hint.start() - _LONGEST_START)
        before = _BACKWARDS.search(text[low : hint.start()])
        start = low + before.start() if before else hint.start()
        start += (hint.start() - start) % 4
        run = _RUN.match(text, start)
        end = run.end() if run else hint.end()
        plain = _decoded(text[start:end])
        if plain:
            yield start, end, plain
        at = max(end, hint.end())


def _decoded(run: str) -> str:
    data = _NOT_BASE64.sub("", run[: _MAX_DECODED * 4 // 3].translate(_TO_STANDARD))
    data = data[: len(data) - (len(data) % 4 == 1)]
    try:
        raw = binascii.a2b_base64(data + "=" * (-len(data) % 4))
    except binascii.Error:
        return ""
    if raw[1::2].count(0) * 4 > len(raw):
        raw = raw[::2]
    if not _is_text(raw):
        return ""
    return raw.translate(_READABLE).decode("ascii")


def _is_text(raw: bytes) -> bool:
    """False for compressed or other binary data: random bytes are text to three eighths."""
    if len(raw.translate(None, _TEXT_BYTES)) * 9 < len(raw) * 4:
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
