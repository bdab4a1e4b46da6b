"""A short piece of a pattern that stands in every text in which the pattern finds something.

Many patterns wait for something: `mysql`, and somewhere behind it ` -p`. An automaton for all of
them has a state for every set of those that wait, makes new ones all the time and gives up: in
code of many kinds it reads 12 MB/s, not 500. Their pieces wait for nothing. A piece that ordinary
texts are full of is of no use, so a few lines of such a text are asked; without a better one the
pattern stays as it is, and few such patterns are put into one automaton.

Patterns are those that `relax` makes: no anchors, nothing that looks around or back.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<flags>\(\?[a-z]+\))
    |(?P<open>\((?:\?[a-z]*:)?)
    |(?P<close>\))
    |(?P<bar>\|)
    |(?P<times>(?:\{\d+(?:,\d*)?\}|[*+?])\??)
    |(?P<word>[A-Za-z0-9_]{2,}(?![*+?{]))
    |(?P<letters>\\(?:x[0-9a-fA-F]{2}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|.)""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z0-9_]+")
_PRINTABLE = [bytes([byte]) for byte in range(32, 127)]
_NARROW = 2.4
"""Bits that a letter of a class tells: in a narrower class (hex, digits) repeats are counted."""
_MOST_NARROW = 16
_MOST_WIDE = 3
_LEAST = 20.0
"""Bits that a piece has to tell: three letters."""

ORDINARY = rb"""
{"type":"user","uuid":"9f1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d","values":[10, 20, 31], "n": "x"}
https://github.com/acme/app/issues/12?tab=1&x=2 http://localhost:8080/ git@host:a/b.git </a>
commit 3f786850e387550fdab836ed7e6dc881de23001b sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4
$ git log --oneline -3 && echo "done" > out.txt  # show the last commits
printf "%s\n" a; set -e; expect(page).to equal; docker build . && docker push; sudo -E openssl x
def login(self, user: str, password: str, token=None, session=None) -> None:
    self.password = password or ""; key = f"{a}:{b}"; secret: str; the key (a secret)
| 1 | [a] x | b | 2024-01-31 10:20:30 | 1234567890 | x: 123456
const x = { key: "value", default: "", name: 'x' }; return items[0] = {"a", "b"}; ([1, 2, 3]);
the password is in the vault. The token for this one: the secret key of the user; as the password;
API key, access key, passphrase, credentials, wallet phrase, a user of users, accounts and logins
sign in; log in as the admin; deploy, publish, upload, join, connect, auth, init: ok; user login
hooks, webhooks and services; hooks/ services/ schema: security auth mysql mongo zip digest("x")
-    -u root -a all -p 80 -t 5 -b 1 --name x
class="x" <p>Text</p> if x else "y" 0x1f 1 > 0 && x < 2; (("a", "b")) "a" "b", ["f"], 'x', '\n'
  12  one
  13. onetwothree
the token
see `a`  -- and = \
secrets.token api.key credentials/main master; login page; admin user; machine name; enable secret
Authorization: Bearer; keys: [1]; dev:main; config set x; [secrets] [("ab", 1)], Secret = string;
"""
"""Lines such as every session has."""


class _Part(NamedTuple):
    """A letter, a class of letters or a group, repeated."""

    text: str
    bits: float
    """What one of it tells."""
    least: int = 1
    most: float = 1
    opening: str = ""
    branches: "tuple[tuple[_Part, ...], ...]" = ()
    """Of a group."""
    holds_waiting: bool = False
    """True for a group in which something waits."""

    @property
    def waits(self) -> bool:
        """True if something may follow after many letters."""
        return self.holds_waiting or self.most > self._counted

    @property
    def _counted(self) -> int:
        return _MOST_NARROW if self.branches or self.bits > _NARROW else _MOST_WIDE

    def edge(self) -> "_Part":
        """As much of it as surely stands beside its neighbours."""
        count = min(self.least, 1 if self.branches else self._counted)
        return self._replace(least=count, most=count)

    def __str__(self) -> str:
        if self.least == self.most:
            return self.text if self.least == 1 else f"{self.text}{{{self.least}}}"
        most = "" if self.most == math.inf else int(self.most)
        return f"{self.text}{{{self.least},{most}}}"


Branch = tuple[_Part, ...]


def piece(pattern: str, is_ordinary: Callable[[str], bool]) -> str | None:
    """The piece of a relaxed pattern; None if each has too few letters, or is ordinary.

    `is_ordinary` tells whether a piece finds something in `ORDINARY`.
    """
    branches = _Parser(pattern).branches()
    if not any(part.waits for branch in branches for part in branch):
        return pattern
    flags = "(?i)" if pattern.startswith("(?i)") else ""
    found = _of_any(branches, lambda text: is_ordinary(flags + text))
    return None if found is None else flags + found


def _of_any(branches: tuple[Branch, ...], is_ordinary: Callable[[str], bool]) -> str | None:
    """A pattern for a piece of each of the branches."""
    pieces: list[str] = []
    for branch in branches:
        found = _of_one(branch, is_ordinary)
        if found is None:
            return None
        pieces.append(found)
    return "|".join(pieces)


def _of_one(branch: Branch, is_ordinary: Callable[[str], bool]) -> str | None:
    """The piece of a branch that tells most, and is not ordinary."""
    runs: list[list[_Part]] = [[]]
    groups: list[_Part] = []
    for part in branch:
        if part.holds_waiting:
            groups += [part] * bool(part.least)
            runs.append([])
        elif part.waits:
            edge = [part.edge()] if part.least else []
            runs[-1] += edge
            runs.append(edge)
        else:
            runs[-1].append(part)
    told = [(sum(part.bits * part.least for part in run), run) for run in runs]
    for bits, run in sorted(told, key=lambda one: -one[0]):
        text = "".join(map(str, run))
        if bits >= _LEAST and not is_ordinary(text):
            return text
    for group in groups:
        around = group.opening
        found = _of_any(group.branches, lambda text, around=around: is_ordinary(f"{around}{text})"))
        if found is not None:
            return f"{group.opening}{found})"
    return None


class _Parser:
    """Takes a pattern to pieces."""

    def __init__(self, pattern: str) -> None:
        self._tokens = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(pattern)]
        self._at = 0

    def branches(self) -> tuple[Branch, ...]:
        """What stands up to the end of this group."""
        branches: list[Branch] = []
        parts: list[_Part] = []
        while self._kind() not in (None, "close"):
            kind, text = self._tokens[self._at]
            self._at += 1
            if kind == "bar":
                branches.append(tuple(parts))
                parts = []
            elif kind != "flags":
                parts.append(
                    self._repeated(self._group(text) if kind == "open" else _letters(text))
                )
        return (*branches, tuple(parts))

    def _group(self, opening: str) -> _Part:
        branches = self.branches()
        self._at += 1
        inside = "|".join("".join(map(str, branch)) for branch in branches)
        waits = any(part.waits for branch in branches for part in branch)
        return _Part(f"{opening}{inside})", _bits(branches), 1, 1, opening, branches, waits)

    def _repeated(self, part: _Part) -> _Part:
        if self._kind() != "times":
            return part
        times = self._tokens[self._at][1]
        self._at += 1
        least, most = _BOUNDS.get(times[0]) or _bounds(times)
        return part._replace(least=least, most=most)

    def _kind(self) -> str | None:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else None


_BOUNDS = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}


def _bounds(times: str) -> tuple[int, float]:
    """Of `{2}`, `{2,}` and `{2,4}`."""
    least, comma, most = times.strip("{}?").partition(",")
    return int(least), math.inf if comma and not most else int(most or least)


@lru_cache(None)
def _letters(text: str) -> _Part:
    if _WORD.fullmatch(text):
        return _Part(text, len(text) * _bits_of_one(1))
    one = re.compile(text.encode("latin-1"), re.DOTALL)
    return _Part(text, _bits_of_one(sum(1 for letter in _PRINTABLE if one.fullmatch(letter))))


def _bits_of_one(among: int) -> float:
    """What a letter of a class of so many tells."""
    return math.log2(len(_PRINTABLE) / max(1, among))


def _bits(branches: tuple[Branch, ...]) -> float:
    """What a group tells: as much as all of its branches together leave open."""
    told = [sum(part.bits * part.least for part in branch) for branch in branches]
    return -math.log2(sum(2 ** -min(bits, 200) for bits in told))
