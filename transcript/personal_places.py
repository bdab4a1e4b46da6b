"""Where a person's or a machine's name is told outright: settings of git, hostnamectl, mail."""

import re
from collections.abc import Iterator

_NAME = r"([^\W\d_][\w.'\u2019-]{1,30}(?: [^\W\d_][\w.'\u2019-]{0,30}){1,3})"
_USER = re.compile(
    rf"\[user\]\s{{1,8}}(?:\w{{1,20}} ?= ?[^\n]{{0,120}}\n\s{{0,8}}){{0,4}}name ?= ?\"?{_NAME}\"?[ \t]*(?:\n|$)"  # noqa: E501
)
_MAIL = re.compile(rf"(?m)^(?:From|To|Cc|Reply-To): \"?{_NAME}\"? <[^\s<>@]{{1,64}}@")
_HOST = re.compile(
    r"(?m)(?:\bStatic hostname:|\bComputerName:|\bLocalHostName:|\bCOMPUTERNAME=|^HOSTNAME=|^[$#%>] hostname(?: -[fs])?\n)"  # noqa: E501
    r"[ \t]*([A-Za-z][\w.-]{2,62})[ \t]*\r?$"
)
LOOKS = (_USER.pattern, _MAIL.pattern, _HOST.pattern)
"""Where none of these matches, nothing is told."""
_CONTAINER = re.compile(r"[0-9a-f]{12}$")


def told(text: str) -> Iterator[tuple[str, str]]:
    """Rule and name of what `text` says."""
    if "[user]" in text:
        for found in _USER.finditer(text):
            yield "person", found[1]
    if "@" in text and (": " in text and " <" in text):
        for found in _MAIL.finditer(text):
            yield "person", found[1]
    if "ostname" in text or "ostName:" in text or "uterName:" in text or "NAME=" in text:
        for found in _HOST.finditer(text):
            if not _CONTAINER.match(found[1]):
                yield "hostname", found[1]
