"""Values without quotation marks: where one ends, and where a bare word is data and no code."""

import re

from .ini import is_setting
from .mixture import is_tangled

LEFT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
"""What may belong to the name before a value."""
_AT_END = re.compile(r"[\r\n]|$|[ \t]{1,8}(?:#|//|;)[ ]")
_ENDS_CELL = re.compile(r"[^|\u2502\n]{0,512}?[^|\u2502\n;,)][ \t]{0,512}(?:[|\u2502\r\n]|$)")
ELEMENT = re.compile(r"[^\s<>]{1,512}(?=</)")
"""The value of an element of XML."""
_ENDS_ELEMENT = re.compile(r"[^\s<>]{1,512}</")
BARE = re.compile(r"[^\s\"'`<>;,&\\\x1b|]{1,512}")
"""A value among others, in code, a URL or a list."""
BARE_ENV = re.compile(r"(?:[^\s\"'`\\\x1b<]|<(?!/?[a-zA-Z!])){1,512}")
"""A value that a line or a word of a command is made of; it may hold the signs of code."""
_OF_GREP = re.compile(r"^(?:[\w./-]{1,100}[:-])?\d{1,6}[:-](?=[ ]{0,24}$)")
"""Before a line that was found: its number, and the file."""
_TO_BLANK = re.compile(r"\S{1,512}")
_CUTS = re.compile(
    r"[\"'`](?![\w!#$%&*+/?@^~.-])|(?<![\w!#$%&*+/?@^~.-])[\"'`]|\\(?:[nrtbfux0\"'`\\]|$)|</|<[^>]{0,80}>"
)
"""In a run of letters and signs: the mark that ends a literal, an escape or a tag."""
# They end a bare value, or are part of a password that goes on.
MARKS = ("'", '"', "`", "\\", "<")
_SETS = re.compile(
    r"(?:-(?:-set(?:-string)?|-env|-build-arg|-from-literal|-data(?:-urlencode|-raw)?|-form|-secret|-var|-dart-define|e|D|var)[ =]?[\"']?[\w.\[\]-]{0,60}|,[A-Z][A-Z0-9_]{1,60})$"  # noqa: E501
)
"""Before a name in a command that sets a variable: what follows is data."""


def is_cell(text: str, found: re.Match[str]) -> bool:
    """False in a union of types, `A | B, x`, and in a template, `{{ .password | quote }}`."""
    line = text[max(0, found.start() - 80) : found.start()].rpartition("\n")[2]
    return "{{" not in line and _ENDS_CELL.match(text, found.end()) is not None


def is_data(text: str, start: int, end: int, left: str) -> bool:
    """True where a bare word is a value: a line of dotenv, YAML or INI, a field of a form."""
    joined = text[end - 2 : end]
    if text[end - 3 : end] == "** ":  # in Markdown: `**Password:** value`
        joined = ": "
    if joined[1:] == ">" and joined[0] not in "=-":
        return _ENDS_ELEMENT.match(text, end) is not None
    if joined == "  " and text[start:end].rstrip(" ").endswith(":"):
        joined = ": "
    if joined[1:] == "=" and text[max(0, start - len(left) - 1) : start - len(left)] in ("&", "?"):
        return True
    line = text[max(0, start - len(left) - 120) : start - len(left)].rpartition("\n")[2]
    line = _OF_GREP.sub("", line)
    if joined == ": " or text[start:end].endswith((":", "\n ")):
        return not line.strip(" -\t\u2192|0123456789*>+") and _ends_line(text, end)
    if joined == "= " and not line.strip(" \t\u2192|0123456789"):
        ends = _ends_line(text, end)
        return ends and is_setting(text, start - len(left), end, end_of_data(text, end))
    if joined[1:] != "=" or joined[0] in " =:":
        return False
    if _SETS.search(text, max(0, start - 80), start):
        return True
    return not line and _ends_line(text, end)


def _ends_line(text: str, at: int) -> bool:
    end = end_of_data(text, at)
    return end > at and _AT_END.match(text, end) is not None


def end_of_data(text: str, at: int) -> int:
    """Where a bare value ends. A mark that would end it is part of a password that goes on."""
    bare = BARE_ENV.match(text, at)
    end = bare.end() if bare else at
    if not bare or text[end : end + 1] not in MARKS or end - at == 512:
        return end
    line = text[max(0, at - 200) : at].rpartition("\n")[2]
    whole = _TO_BLANK.match(text, at)
    if whole is None or text[end] in line or not _AT_END.match(text, whole.end()):
        return end
    goes_on = is_tangled(whole[0]) and not _CUTS.search(whole[0])
    return whole.end() if goes_on else end


def is_row(text: str, start: int, at: int) -> bool:
    """True for a line of a name, blanks and one value, as programs list what is set."""
    if text[at - 2 : at] != "  " and text[at - 1] != "\t":
        return False
    line = text[max(0, start - 64) : start].rpartition("\n")[2]
    return not line.strip(LEFT + " ") and " " not in line.strip(" ") and _ends_line(text, at)


def bare_end(text: str, start: int, end: int) -> int:
    """Where a bare value ends, without the signs that rather belong to the text around it."""
    value = text[start:end].rstrip(".,:;)]}|")
    if value.count("/") == 1:  # of `s/NAME=.*/NAME=value/`
        value = value.removesuffix("/")
    return start + len(value)
