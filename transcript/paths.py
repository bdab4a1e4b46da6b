"""Paths that name the person or the machine: project folder -> `.`, home folder -> `~`.

Every spelling is known: `/home/x`, `/Users/x`, `C:\\Users\\x` with single, doubled or forward
slashes, `/mnt/c/Users/x`, `/c/Users/x`, percent-encoded, and the folder name that Claude Code
makes of a path (`-home-x-src-app`). A longer name that only begins alike (`/home/dana` in
`/home/danae`) is left alone.
"""

import re
from collections.abc import Sequence

from .engines import holds

_HOME = re.compile(
    r"^(?:[A-Za-z]:[\\/]+|/(?:mnt/)?[a-z]/)Users[\\/]+(?P<name>[^\\/]+)"
    r"|^(?:/(?:var|usr|private))?/(?P<posix>home|Users)/(?P<posix_name>[^/]+)"
    r"|^(?P<root>/root)(?=/|$)"
)
_NO_USERS = frozenset({"shared", "public", "default", "all users"})
_SEPARATOR = r"(?:\\{0,4}/|\\{1,4}|%2[fF]|%5[cC])"
_FIRST = r"(?:(?<=/)|(?<=%)(?:2[fF]|5[cC])|(?<=\\)\\{0,3}/?)"
_END = r"(?![\w-]|\.\w)"
_CODE_END = r"(?!\w)"
_ESCAPE_BEFORE = re.compile(r"(?:\\[nrt]|\x1b\[[\d;]{0,8}m|%[23][0-9A-Fa-f])$")
_MAX_KNOWN = 32
_MAX_NAMES = 96

Needles = tuple[str, ...]
_DRIVE_MARKS = (":/", ":\\", ":%", "%3", "--")
_FIRSTS = ("/", "\\", "-", "%")

PROJECT_FOLDER = "[project]"
"""What the encoded project folder becomes."""


class Places:
    """What is known of where the session ran; grows as lines are read, up to a bound.

    `home` is the home folder of the machine that redacts, `cwd` the project's folder (the first
    `cwd` of the session). Either may be None; `learn` adds what later lines say. `keep` names those
    whose home folders stay as they are; None keeps all paths.
    """

    def __init__(
        self,
        home: str | None = None,
        cwd: str | None = None,
        keep: frozenset[str] | None = frozenset(),
    ) -> None:
        self._keep = keep
        self._cwd: str | None = None
        self._names: set[str] = set()
        self._root = False
        self._other_homes: set[str] = set()
        self._seen: set[str] = set()
        self._patterns: list[tuple[Needles, Needles, re.Pattern[str]]] = []
        if home:
            self._learn_home(home, other=True)
        if cwd:
            self.learn(cwd)
        self._compile()

    def learn(self, cwd: str) -> bool:
        """Take in the `cwd` of a line. True if anything new will be replaced from now on."""
        if cwd in self._seen or len(self._seen) >= _MAX_KNOWN or len(cwd) > 1024:
            return False
        self._seen.add(cwd)
        before = (self._cwd, len(self._names), self._root)
        self._learn_home(cwd, other=False)
        if self._cwd is None and _is_project(cwd):
            self._cwd = cwd.rstrip("/\\")
        if before == (self._cwd, len(self._names), self._root):
            return False
        self._compile()
        return True

    @property
    def project(self) -> str | None:
        """The folder that becomes `.`."""
        return self._cwd

    def learn_home(self, name: str) -> bool:
        """Take in the name of somebody's home folder. True if it is new."""
        if name in self._names or len(self._names) >= _MAX_NAMES or self._stays(name):
            return False
        self._names.add(name)
        self._compile()
        return True

    def replace(self, text: str) -> str:
        """`text` with every known place replaced. Idempotent."""
        for marks, needles, pattern in self._patterns:
            if holds(text, needles) and holds(text, marks):
                text = pattern.sub(_replacement, text)
        return text

    def _learn_home(self, path: str, *, other: bool) -> None:
        found = _HOME.match(path)
        name = found and (found["name"] or found["posix_name"])
        if name and name.lower() not in _NO_USERS and not self._stays(name):
            self._names.add(name)
        elif found and found["root"]:
            self._root = True
        elif other and _is_project(path):
            self._other_homes.add(path.rstrip("/\\"))

    def _stays(self, name: str) -> bool:
        return self._keep is not None and name.lower() in map(str.lower, self._keep)

    def _compile(self) -> None:
        """Two patterns, each with twice some literals of which each match holds one."""
        self._patterns = []
        if self._keep is None:
            return
        names = sorted(self._names, key=len, reverse=True)
        folders = sorted(self._other_homes, key=len, reverse=True)
        named = (*names, *map(_code, names), *(_parts(path)[-1] for path in folders))
        project = (_parts(self._cwd)[-1], _code(_parts(self._cwd)[-1])) if self._cwd else ()
        root = ("root",) if self._root else ()
        if on_drive := _on_drive(self._cwd, names):
            self._patterns.append((_DRIVE_MARKS, tuple({*project, "sers", "SERS"}), on_drive))
        if rooted := _rooted(self._cwd, names, folders, root=self._root):
            self._patterns.append((_FIRSTS, tuple({*named, *project, *root}), rooted))


def _alternatives(group: str, patterns: Sequence[str]) -> list[str]:
    end = _CODE_END if group == "code" else _END
    return [f"(?P<{group}>{'|'.join(patterns)}){end}"] if patterns else []


def _rooted(
    cwd: str | None, names: Sequence[str], folders: Sequence[str], *, root: bool
) -> re.Pattern[str] | None:
    """The pattern for what begins with a separator, or with the dash of a folder code.

    It begins with one character class, which makes the search three times as fast.
    """
    any_name = f"(?:{'|'.join(map(re.escape, names))})"
    any_code = f"(?:{'|'.join(re.escape(_code(name)) for name in names)})"
    mount = rf"(?:(?:mnt{_SEPARATOR})?[A-Za-z]{_SEPARATOR}(?=(?i:users)))?"
    user = [rf"{mount}(?:home|(?i:users)){_SEPARATOR}{any_name}"]
    code = [rf"(?:home|(?:mnt-[a-z]-)?Users)-{any_code}"]
    homes = [*map(_spelled, folders), *(user if names else []), *(["root"] if root else [])]
    paths = _alternatives("cwd", [_spelled(cwd)] if cwd else []) + _alternatives("home", homes)
    codes = _alternatives("folder", [re.escape(_code(cwd)[1:])] if cwd and cwd[0] == "/" else [])
    codes += _alternatives("code", code if names else [])
    pieces = [f"{_FIRST}(?:{'|'.join(paths)})"] if paths else []
    pieces += [f"(?<=-)(?:{'|'.join(codes)})"] if codes else []
    return re.compile(rf"[\\/%-](?:{'|'.join(pieces)})") if pieces else None


def _on_drive(cwd: str | None, names: Sequence[str]) -> re.Pattern[str] | None:
    """The pattern for `C:\\Users\\x` and its folder code `C--Users-x`."""
    letter = re.match(r"([A-Za-z]):|/mnt/([a-z])/", cwd or "")
    pieces: list[str] = []
    if cwd and letter:
        drive = letter[1] or letter[2]
        below = _SEPARATOR.join(map(re.escape, _drive_parts(cwd)))
        coded = "-".join(map(_encoded, _drive_parts(cwd)))
        pieces += _alternatives("cwd", [rf"(?i:{drive}(?::|%3A){_SEPARATOR}{below})"])
        pieces += _alternatives("folder", [f"(?i:{drive}--{coded})"])
    if names:
        any_name = "|".join(map(re.escape, names))
        any_code = "|".join(re.escape(_code(name)) for name in names)
        home = rf"[A-Za-z](?::|%3[aA]){_SEPARATOR}(?i:users{_SEPARATOR}(?:{any_name}))"
        pieces += _alternatives("home", [home])
        pieces += _alternatives("code", [f"[A-Za-z]--(?i:users-(?:{any_code}))"])
    return re.compile("|".join(pieces)) if pieces else None


def _replacement(found: re.Match[str]) -> str:
    kind, text, start = found.lastgroup, found.string, found.start()
    if found[0] == "/root" and text.endswith(":/", 0, start):
        return found[0]  # who logs in: `mysql://root:...`
    before = text[start - 1 : start]
    inside = (before.isalnum() or before in ("_", "-", ".", "~")) if before else False
    if inside and not _ESCAPE_BEFORE.search(text[max(0, start - 12) : start]):
        if kind in ("folder", "code"):
            return found[0]
        # part of a longer path (`/backup/home/dana`): only the name goes
        head = re.match(rf"(.*{_SEPARATOR})", found[0], re.S)
        return f"{head[1] if head else ''}~"
    return {"cwd": ".", "folder": PROJECT_FOLDER, "code": "~", "home": "~"}[kind or "home"]


def _is_project(path: str) -> bool:
    """False for folders too near the root to stand for a project: `/`, `/app`, `C:\\`."""
    return len(_parts(path)) >= 2 and not _is_home(path)


def _is_home(path: str) -> bool:
    found = _HOME.match(path)
    return found is not None and found.end() >= len(path.rstrip("/\\"))


def _parts(path: str) -> list[str]:
    """The names in a path, without the drive."""
    return [part for part in re.split(r"[\\/]+", re.sub(r"^[A-Za-z]:", "", path)) if part]


def _drive_parts(path: str) -> list[str]:
    """The names below the drive, for `C:\\a\\b` and `/mnt/c/a/b` alike."""
    return _parts(path)[2:] if path.startswith("/mnt/") else _parts(path)


def _spelled(path: str) -> str:
    """A pattern for `path` behind its first separator (or drive), in all spellings."""
    rest = _SEPARATOR.join(map(re.escape, _drive_parts(path) if _has_drive(path) else _parts(path)))
    if not _has_drive(path):
        return rest
    drive = path[5] if path.startswith("/mnt/") else path[0]
    return f"(?i:(?:(?:mnt{_SEPARATOR})?{drive}{_SEPARATOR})?{rest})"


def _has_drive(path: str) -> bool:
    return re.match(r"[A-Za-z]:|/mnt/[a-z]/", path) is not None


def _code(path: str) -> str:
    """A path as Claude Code writes it into a folder name."""
    return re.sub(r"[^A-Za-z0-9]", "-", path)


def _encoded(path: str) -> str:
    return re.escape(_code(path))
