"""Values that a statement of SQL is given for its placeholders, in code and in logs.

`INSERT INTO users (email, password) VALUES ($1, $2)` and, behind it, `["a@b.c", "…"]`: the column
says which of the values is a secret.
"""

import re
from collections.abc import Iterator
from itertools import islice

from .engines import holds
from .span import Span
from .stems import COMMON, RARE, kind_of, rule_of, secret_stem
from .values import is_secret

_MARK = r"(?:\$\d{1,3}|\?\d{0,3}|%s|:\d{1,3}|@p\d{1,3})"
_COLUMN = r"[\"'`\[]?(?:\w{1,40}[\"'`\]]?\.[\"'`\[]?)?\w{1,60}[\"'`\]]?"
_INSERT = re.compile(
    r"(?i)\binto\s{1,20}[\w.\"'`\[\]\\]{1,90}\s{0,20}\((?P<columns>[^()]{1,800})\)\s{0,40}"
    rf"values\s{{0,20}}\((?P<marks>[^()]{{0,200}}?{_MARK}[^()]{{0,400}})\)"
)
_SET = re.compile(rf"(?P<column>{_COLUMN})[ ]{{0,4}}(?:=|(?i:like))[ ]{{0,4}}(?P<mark>{_MARK})")
_SET_LOOK = re.compile(rf"=[ ]{{0,4}}{_MARK}")
_NUMBER = re.compile(r"\d+")
_ITEM = r"(?:[urbN]?\"[^\"\n]{0,400}\"|[urbN]?'[^'\n]{0,400}'|[\w.+:-]{1,60}(?:\([^()\n]{0,80}\))?)"
_ITEMS = rf"{_ITEM}(?:,\s{{0,40}}{_ITEM}){{0,40}}"
_OPEN = re.compile(r"[\[(]\s{0,40}|;[ ]")
_GIVEN = re.compile(rf"(?P<items>{_ITEMS}),?\s{{0,40}}(?:[\])]|\n|$)")
_NUMBERED = re.compile(r"\$(?P<number>\d{1,3}) = '(?P<value>[^'\n]{0,400})'")
_ONE = re.compile(_ITEM)
_QUOTED = re.compile(r"[urbN]?([\"'])(?P<value>.*)\1", re.DOTALL)
_NEAR = 400
"""Characters behind a statement in which its values begin."""
_MOST_OPEN = 8
"""Brackets there that may hold them."""
_MOST = 400
"""Statements that are looked at in one text."""
_ANY_MARK = r"(?:\$\d|\?|%s|:\d|@p\d)"
LOOKS = (
    rf"(?i:values)\s*\([^()]*{_ANY_MARK}[^()]*\)",
    rf"(?i:{COMMON}|{RARE})\w*[\"'`\]]?[ ]*(?:=|(?i:like))[ ]*{_ANY_MARK}",
)
"""Where none of these matches, `given` finds nothing."""


def given(text: str) -> Iterator[Span]:
    """The secrets among the values of statements in `text`."""
    for names, end in _statements(text):
        places = {at: stem for at, name in names.items() if (stem := secret_stem(name))}
        if places:
            for at, start, value in _values(text, end):
                stem = places.get(at)
                if stem and is_secret(value, kind_of(stem), literal=True, strong=True):
                    yield Span(start, start + len(value), rule_of(stem), False)


def _statements(text: str) -> Iterator[tuple[dict[int, str], int]]:
    """The column of each placeholder, by its number from 1, and where the statement ends."""
    if holds(text, ("alues", "ALUES")):
        for found in islice(_INSERT.finditer(text), _MOST):
            columns = [column.strip(" \n\t\"'`[]\\") for column in found["columns"].split(",")]
            marks = [mark.strip() for mark in found["marks"].split(",")]
            if len(columns) == len(marks):
                names: dict[int, str] = {}
                for mark, column in zip(marks, columns, strict=True):
                    if re.fullmatch(_MARK, mark):
                        names[_place(mark, names)] = column
                yield names, found.end()
    if _SET_LOOK.search(text):
        group: dict[int, str] = {}
        end = -_NEAR
        for found in islice(_SET.finditer(text), _MOST):
            if found.start() - end > _NEAR // 2 and group:
                yield group, end
                group = {}
            column = found["column"].rpartition(".")[2].strip("\"'`[]")
            group[_place(found["mark"], group)] = column
            end = found.end()
        if group:
            yield group, end


def _place(mark: str, before: dict[int, str]) -> int:
    """The number of a placeholder: its own, or the next after those before it."""
    number = _NUMBER.search(mark)
    return int(number[0]) if number else len(before) + 1


def _values(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Number, place and text of each quoted value behind a statement."""
    numbered = list(_NUMBERED.finditer(text, at, min(len(text), at + 4 * _NEAR)))
    if numbered:
        for found in numbered:
            yield int(found["number"]), found.start("value"), found["value"]
        return
    opens = islice(_OPEN.finditer(text, at, min(len(text), at + _NEAR)), _MOST_OPEN)
    end = min(len(text), at + 4 * _NEAR)
    lists = (_GIVEN.match(text, one.end(), end) for one in opens)
    found = next((one for one in lists if one and holds(one[0], ("'", '"'))), None)
    if not found:
        return
    for number, item in enumerate(_ONE.finditer(text, *found.span("items")), 1):
        quoted = _QUOTED.fullmatch(item[0])
        if quoted:
            yield number, item.start() + quoted.start("value"), quoted["value"]
