"""The values of a Kubernetes Secret: all of them, whatever their names are."""

import re
from collections.abc import Iterator

from .mixture import is_random, is_worded
from .span import Span
from .values import is_plain

TRACE = r"kind\\{0,3}[\"']?:[ ]{0,4}\\{0,3}[\"']?Secret\b"
"""What stands in every text that holds one."""
_KIND = re.compile(TRACE)
_DATA = re.compile(
    r"(?m)^(?P<in>[ ]{0,16})(?P<key>data|stringData):[ ]{0,4}\r?\n(?P<rows>(?:(?P=in)[ ]{1,8}[\w./-]{1,120}:[^\n]{0,8000}(?:\n|$)){1,64})"  # noqa: E501
)
_ROW = re.compile(
    r"(?m)^[ ]{1,24}[\w./-]{1,120}:[ ]{1,4}[\"']?([^\s\"'|>]{4,8000})[\"']?[ ]{0,8}\r?$"
)
_OBJECT = re.compile(r"\"(?P<key>data|stringData)\":\s{0,8}\{(?P<rows>[^{}]{1,60000})\}")
_PAIR = re.compile(r"\"([\w./-]{1,120})\":\s{0,8}\"([^\"\s]{4,8000})\"")
_META = re.compile(r"[\s\"](?:uid|resourceVersion|creationTimestamp)\"?:")
_HASH = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f-]{36})$")
_PUBLIC = re.compile(r"(?:^|\s|\")(?:ca|tls|root-ca|server|client)\.(?:crt|pem|cert)\"?:")


def secret_values(text: str) -> Iterator[Span]:
    """What stands under `data` and `stringData`, but for certificates."""
    if not _KIND.search(text):
        return
    for block in _DATA.finditer(text):
        yield from _of(text, _ROW, *block.span("rows"), encoded=block["key"] == "data")
    for block in _OBJECT.finditer(text):
        yield from _of(text, _PAIR, *block.span("rows"), encoded=block["key"] == "data")


def _is_key(value: str) -> bool:
    """True for what nobody would take for a name, an address or the hash of a commit."""
    return is_random(value) and not is_worded(value) and not _HASH.match(value)


def _of(text: str, row: re.Pattern[str], start: int, end: int, *, encoded: bool) -> Iterator[Span]:
    last = row.groups
    for found in row.finditer(text, start, end):
        value = found[last]
        if _META.search(found[0]) or _PUBLIC.search(found[0]):
            continue
        if not is_plain(value) and (encoded or _is_key(value)):
            yield Span(*found.span(last), "secret", False)
