"""Secrets in columns: the cells under a header `password`, `api_key`, `Secret access key`.

CSV and tabs, what psql, mysql and sqlite print, Markdown tables, rows of an INSERT and of a dump.
A header is a line of names, one of which promises a secret; the lines below that fall into as many
cells are its rows. Every line is read once, so the time is linear.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .engines import may_match
from .span import Span
from .stems import kind_of, rule_of, secret_stem
from .values import Kind, is_secret

_WORD = r"(?:k(?:ey|en)|cre(?:t|d)|w(?:or)?d|pass|hrase|psk|_pat)s?[\"'`*]{0,3}"
_SIGN = r"[,;\t|\u2502]"
_IN_CELL = r"[\w .#()/\"'`*,;\t|\u2502-]"
_NAMED = re.compile(rf"{_WORD}[ ]{{0,120}}[,;\t|\u2502\r\n]")
"""In lower-cased text: a word for a secret at the end of a cell."""
_NAMES = r"(?:name|key|variable|var|setting|parameter|property|field|option)"
_OF_PAIRS = re.compile(
    rf"{_NAMES}[\"']?[ ]{{0,40}}(?P<sign>[,;\t])(?:[\"'\w ]{{0,24}}(?P=sign)){{0,2}}[ ]{{0,40}}[\"']?(?:value|val)\b"  # noqa: E501
)
_SAYS_NAME = re.compile(rf"{_NAMES}$")
"""In the header of a list of names and values, in lower case."""
_LONGEST = 4_000
"""Characters of a header or a row."""
_NAME = re.compile(r"[\"'`*]{0,3}[A-Za-z_#][\w .#()/-]{0,60}[\"'`*]{0,3}")
_CSV = re.compile(r"\"(?:[^\"\n]|\"\"){0,4000}\"(?=[,;]|$)|[^,;\n]{0,4000}")
_RULE = re.compile(
    r"[ \t]{0,8}[+|\u251c\u255e:=\u2500\u253c\u2502-][ +|\u251c\u255e:=\u2500\u253c\u2524\u2561\u2550\u256a\u2502-]{2,4000}$"  # noqa: E501
)
"""The line that a program or Markdown draws under a header."""
_DASHES = re.compile(r"-{2,}")
_NUMBERED = re.compile(r"[A-Z]?[a-z]{0,24}\d$")
_BARS = "|\u2502"
_STRIP = " \t\r\"'`*"

Cell = tuple[int, int]


class _Columns(NamedTuple):
    """The secret columns of a table: index and stem; `total` is the number of all."""

    total: int
    secret: list[tuple[int, str]]


def columns(text: str, low: str) -> Iterator[Span]:
    """The secret cells of every table in `text`; `low` is the same in lower case."""
    if not _quick(low):
        return
    end = 0
    for found in _NAMED.finditer(low):
        if found.start() < end:
            continue
        start = text.rfind("\n", max(0, found.start() - _LONGEST), found.start()) + 1
        end = _line_end(text, found.start())
        if text[end : end + 1] == "\n" and end - start <= _LONGEST:
            spans, end = _table(text, start, end)
            yield from spans
    if "val" in low:
        for found in _OF_PAIRS.finditer(low):
            yield from _listed(text, found)
    if "values" in low or "from stdin" in low:
        yield from _statements(text, low)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + _LONGEST)
    return end if end >= 0 else min(len(text), at + _LONGEST)


def _table(text: str, start: int, end: int) -> tuple[list[Span], int]:
    """The secret cells below the header at `start` to `end`, and where its rows end."""
    spans: list[Span] = []
    split = _splitter(text, start, end)
    wanted = _columns([text[a:b] for a, b in split(text, start, end)]) if split else None
    if split is None or wanted is None:
        return spans, end
    at = end + 1
    while at < len(text):
        end = _line_end(text, at)
        if not _RULE.match(text, at, end):
            cells = _fitting(split(text, at, end), wanted, tabs=split.sign == "\t")
            if not cells:
                break
            spans += _secrets(text, cells, wanted)
        at = end + 1
    return spans, at


def _listed(text: str, header: re.Match[str]) -> Iterator[Span]:
    """The values of a list under a header such as `name,value`, whose names promise a secret."""
    start = text.rfind("\n", max(0, header.start() - 200), header.start()) + 1
    end = _line_end(text, header.end())
    split = _Splitter(header["sign"])
    names = [text[a:b].strip(_STRIP).lower() for a, b in split(text, start, end)]
    value = next((i for i, name in enumerate(names) if name in ("value", "val")), 0)
    name = next((i for i in range(value - 1, -1, -1) if _SAYS_NAME.search(names[i])), -1)
    while name >= 0 and end + 1 < len(text):
        at, end = end + 1, _line_end(text, end + 1)
        cells = split(text, at, end)
        if len(cells) != len(names):
            return
        stem = secret_stem(text[slice(*cells[name])].strip(_STRIP))
        if stem:
            yield from _secrets(text, cells, _Columns(len(names), [(value, stem)]))


def _columns(names: list[str]) -> _Columns | None:
    """None unless these are names, at least two, and one of them promises a secret."""
    if len(names) < 2 or not all(_NAME.fullmatch(name.strip()) for name in names if name.strip()):
        return None
    stems = [secret_stem(name.strip(_STRIP).replace(" ", "_")) for name in names]
    secret = [(index, stem) for index, stem in enumerate(stems) if stem]
    return _Columns(len(names), secret) if secret else None


def _fitting(cells: list[Cell], wanted: _Columns, *, tabs: bool) -> list[Cell]:
    """The cells of a row; none if it is none. A number and a tab may be gone, as `cat -n`'s are."""
    if tabs and len(cells) == wanted.total - 1 and wanted.secret[0][0] > 0:
        return [cells[0], *cells]
    return cells if len(cells) == wanted.total else []


def _secrets(text: str, cells: list[Cell], wanted: _Columns) -> Iterator[Span]:
    for index, stem in wanted.secret:
        start, end = cells[index]
        value = text[start:end].strip(_STRIP)
        if is_cell(value, stem):
            start = text.index(value, start, end)
            yield Span(start, start + len(value), rule_of(stem), False)


def is_cell(value: str, stem: str) -> bool:
    """True if `value` under a name with this stem is a secret: `user1` is none."""
    kind = kind_of(stem)
    return not (kind is Kind.PASSWORD and _NUMBERED.match(value)) and is_secret(
        value, kind, literal=True
    )


# -- how a line falls into cells --------------------------------------------------------------


class _Splitter:
    """Cuts lines as the header was cut."""

    def __init__(self, sign: str, spans: list[Cell] | None = None) -> None:
        self.sign = sign
        self._spans = spans

    def __call__(self, text: str, start: int, end: int) -> list[Cell]:
        if self._spans is not None:
            return self._aligned(text, start, end)
        if self.sign in ",;":
            return _quoted(text, start, end, self.sign)
        cells: list[Cell] = []
        at = start
        while True:
            next_sign = text.find(self.sign, at, end)
            cells.append((at, next_sign if next_sign >= 0 else end))
            if next_sign < 0:
                return cells
            at = next_sign + 1

    def _aligned(self, text: str, start: int, end: int) -> list[Cell]:
        spans = self._spans or []
        if end - start <= spans[-1][0] or text[start:end].startswith("("):
            return []
        starts = [start + first for first, _ in spans]
        ends = [*(next_start for next_start in starts[1:]), end]
        if any(text[a - 1] not in " \t" for a in starts[1:]):
            return []
        return list(zip(starts, ends, strict=True))


def _quoted(text: str, start: int, end: int, sign: str) -> list[Cell]:
    cells: list[Cell] = []
    at = start
    while at <= end:
        cell = _CSV.match(text, at, end)
        stop = cell.end() if cell else at
        if text[stop : stop + 1] not in (sign, "\n", "\r", "") and stop < end:
            return []
        cells.append((at, stop))
        at = stop + 1
    return cells


def _splitter(text: str, start: int, end: int) -> _Splitter | None:
    header = text[start:end]
    for sign in _BARS:
        if sign in header:
            return _Splitter(sign)
    if text.startswith("--", end + 1):
        below = text[end + 1 : _line_end(text, end + 1)]
        if not below.strip("- \t\r"):
            spans = [found.span() for found in _DASHES.finditer(below)]
            return _Splitter(" ", spans) if len(spans) > 1 else None
    for sign in "\t,;":
        if sign in header:
            return _Splitter(sign)
    return None


# -- SQL --------------------------------------------------------------------------------------

_INSERT = re.compile(
    r"(?:insert|replace)[ \t]{1,4}(?:ignore[ \t]{1,4})?into[ \t]{1,4}[^\s(]{1,120}\s{0,4}\(([^()]{1,2000})\)"  # noqa: E501
    r"\s{0,8}(?:overriding[ ]\w{1,8}[ ]value\s{1,4})?values\s{0,8}"
)
_COPY = re.compile(r"copy[ ]{1,4}[^\s(]{1,120}[ ]{0,4}\(([^()]{1,2000})\)[ ]{1,4}from stdin;\r?\n")
_LITERAL = re.compile(
    r"[ \t\r\n]{0,40}(?:[EeNn]?'((?:[^'\\]|\\.|''){0,4000})'|[^,()';]{0,400}(?:\([^()']{0,200}\))?)[ \t\r\n]{0,40}([,)])"  # noqa: E501
)
_NEXT_ROW = re.compile(r"[ \t\r\n]{0,40},?[ \t\r\n]{0,40}\(")


def _statements(text: str, low: str) -> Iterator[Span]:
    for found in _INSERT.finditer(low):
        wanted = _columns(text[found.start(1) : found.end(1)].split(","))
        if wanted:
            yield from _rows(text, found.end(), wanted)
    for found in _COPY.finditer(low):
        wanted = _columns(text[found.start(1) : found.end(1)].split(","))
        if wanted:
            yield from _dumped(text, found.end(), wanted)


def _rows(text: str, at: int, wanted: _Columns) -> Iterator[Span]:
    """The rows `(…), (…)` of an INSERT."""
    opened = _NEXT_ROW.match(text, at)
    while opened:
        cells: list[Cell] = []
        at = opened.end()
        sign = ","
        while sign == ",":
            literal = _LITERAL.match(text, at)
            if not literal:
                return
            cells.append(literal.span(1) if literal[1] else (at, at))
            at, sign = literal.end(), literal[2]
        if len(cells) != wanted.total:
            return
        yield from _secrets(text, cells, wanted)
        opened = _NEXT_ROW.match(text, at)


def _dumped(text: str, at: int, wanted: _Columns) -> Iterator[Span]:
    """The lines of `COPY … FROM stdin`."""
    split = _Splitter("\t")
    while at < len(text):
        end = _line_end(text, at)
        cells = _fitting(split(text, at, end), wanted, tabs=True)
        if not cells:
            return
        yield from _secrets(text, cells, wanted)
        at = end + 1


PATTERNS = (
    rf"\n{_IN_CELL}*{_WORD}[ ]*{_SIGN}{_IN_CELL}*\r?\n",  # a header is a line of names
    rf"\n{_IN_CELL}*{_SIGN}{_IN_CELL}*{_WORD}[ ]*\r?\n",
    rf"\n{_IN_CELL}*{_WORD}[ ]*\r?\n--",
    *(_INSERT.pattern, _COPY.pattern),
    rf"{_NAMES}[\"']?[ ]*[,;\t][\"'\w ,;\t]*val",
)
"""Where none of these matches the lower-cased text with a line end before it, `columns` finds
nothing."""
_quick = may_match(PATTERNS)
