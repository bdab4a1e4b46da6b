"""Changes of a session as a unified diff that `git apply` and `patch` take."""

import re
from collections.abc import Iterator
from typing import Any

from .model import Json

_ALTERED = ("[REDACTED:", "[truncated: ")
_SIGNS = {" ", "+", "-", "\\"}
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')


def is_inside(path: str) -> bool:
    """True for a file of the project, named so that a patch may name it too."""
    steps = path.split("/")
    return bool(path) and not path.startswith(("/", "~", "\\")) and ".." not in steps


def diff(path: str, patch: object) -> str:
    """The hunks of a `structuredPatch` under the file's name; "" if there is none to apply.

    Counts are made anew from the lines: a hunk may have lost some on its way.
    """
    hunks = list(_hunks(patch))
    return _names(path, path) + "".join(hunks) if hunks else ""


def creation(path: str, content: str) -> str:
    """A new file with this content."""
    head = f"diff --git {_quoted('a/' + path)} {_quoted('b/' + path)}\nnew file mode 100644\n"
    if not content:
        return head
    lines = content.split("\n")
    ended = lines[-1] == ""
    lines = lines[:-1] if ended else lines
    body = "".join(f"+{line}\n" for line in lines)
    end = "" if ended else "\\ No newline at end of file\n"
    names = f"--- /dev/null\n+++ {_named('b/' + path)}\n"
    return f"{head}{names}@@ -0,0 +1,{len(lines)} @@\n{body}{end}"


def is_altered(text: str) -> bool:
    """True if redaction or truncation changed the text, so that it fits no real file."""
    return any(mark in text for mark in _ALTERED)


def _names(old: str, new: str) -> str:
    a, b = _quoted("a/" + old), _quoted("b/" + new)
    return f"diff --git {a} {b}\n--- {_named('a/' + old)}\n+++ {_named('b/' + new)}\n"


def _named(path: str) -> str:
    """The name with what ends it for `patch`, which takes a blank for its end."""
    return _quoted(path) + ("\t" if " " in path else "")


def _quoted(path: str) -> str:
    """As git quotes a name with unusual characters; a newline must not end the header."""
    if not _UNSAFE.search(path):
        return path
    return '"' + _UNSAFE.sub(lambda found: f"\\{ord(found[0]):03o}", path) + '"'


def _hunks(patch: object) -> Iterator[str]:
    for hunk in patch if isinstance(patch, list) else ():
        if isinstance(hunk, dict):
            yield from _hunk(hunk)


def _hunk(hunk: Json) -> Iterator[str]:
    given = hunk.get("lines")
    lines = [line for line in given if _is_line(line)] if isinstance(given, list) else []
    old = sum(line[0] in " -" for line in lines)
    new = sum(line[0] in " +" for line in lines)
    if not lines or not old + new:
        return
    # A side without lines is named by the line before it; Claude Code does not count so.
    from_line = max(0, _start(hunk.get("oldStart")) - (not old))
    to_line = max(0, _start(hunk.get("newStart")) - (not new))
    yield f"@@ -{from_line},{old} +{to_line},{new} @@\n"
    yield "".join(line + "\n" for line in lines)


def _is_line(line: Any) -> bool:
    return isinstance(line, str) and line[:1] in _SIGNS and bool(line) and "\n" not in line


def _start(value: object) -> int:
    return value if type(value) is int and 0 <= value < 10**9 else 1
