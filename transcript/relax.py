"""A pattern that finds something in every text in which another does, for an engine that is faster.

google-re2 cannot look around or back and knows ASCII letters only. `relaxed` leaves out what it
cannot say, so that its answer "nothing there" can be trusted; "perhaps" is then looked into with
the pattern itself.
"""

import re

_MOST = 8
"""Repetitions that are counted; beyond that any number will do, or the automaton grows large."""
_TOKEN = re.compile(
    r"""(?P<escape>\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.))
    |(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
    |(?P<open>\((?:\?(?:P<\w+>|P=\w+\)|<?[=!]|[a-z]*:|[a-z]+\)))?)
    |(?P<close>\))
    |(?P<times>\{\d+(?:,\d*)?\})
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_HIGH = r"\x80-\xff"
"""The bytes of letters, digits and blanks beyond ASCII, in UTF-8."""


class NotRelaxed(ValueError):
    """The pattern has something in it that this module does not know."""


def relaxed(pattern: str) -> str:
    """A pattern over the Latin-1 reading of UTF-8 bytes, for re2. Raises NotRelaxed."""
    made: list[str] = []
    depth, skipped_at = 0, 0  # skipped_at: the depth of the lookaround that is being left out
    for found in _TOKEN.finditer(pattern):
        kind, piece = found.lastgroup, found[0]
        if kind == "open" and not piece.endswith(")"):
            depth += 1
            if not skipped_at and piece in ("(?=", "(?!", "(?<=", "(?<!"):
                skipped_at = depth
        if not skipped_at:
            made.append(_said(kind or "", piece))
        if kind == "close":
            if depth == skipped_at:
                skipped_at = 0
            depth -= 1
    return "".join(made)


def _said(kind: str, piece: str) -> str:
    if kind == "escape":
        return _escape(piece)
    if kind == "set":
        return _set(piece)
    if kind == "open":
        if piece.startswith("(?P=") or piece[2:3] == "(":
            raise NotRelaxed(piece)
        if piece.endswith(")"):  # flags of the whole: what is about line ends does not count
            return "(?i)" if "i" in piece else ""
        return piece if re.fullmatch(r"\(\?[a-z]+:", piece) else "(?:"
    if kind == "times":
        return _times(piece)
    if kind == "other":
        return "" if piece in "^$" else _letter(piece)
    return piece


def _escape(piece: str) -> str:
    letter = piece[1]
    if letter in "bBAZ":
        return ""
    if letter in "wds":
        return rf"[{piece}{_HIGH}]"
    if letter in "123456789":
        raise NotRelaxed(piece)
    if letter in "ux":
        return _letter(chr(int(piece[2:], 16)))
    return piece if letter.isalpha() else re.escape(letter).replace("\\ ", " ")


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter if letter in ".*+?|" else re.escape(letter)
    return "(?:" + "".join(rf"\x{byte:02x}" for byte in letter.encode()) + ")"


def _set(piece: str) -> str:
    inside = re.sub(r"\\u[0-9a-fA-F]{4}|[^\x00-\x7f]", "", piece[:-1])
    foreign = len(inside) + 1 != len(piece)
    if piece.startswith("[^"):
        if inside == "[^":
            return r"[\x00-\xff]"
        return rf"(?:{inside}]|[{_HIGH}])" if r"\W" in piece or r"\S" in piece else f"{inside}]"
    return rf"{inside}{_HIGH}]" if foreign or re.search(r"\\[wdsWDS]", piece) else f"{inside}]"


def _times(piece: str) -> str:
    least, comma, most = piece[1:-1].partition(",")
    if not comma:
        return piece if int(least) <= 4 * _MOST else f"{{{4 * _MOST},}}"
    if most and int(most) <= _MOST:
        return piece
    return f"{{{min(int(least), 2 * _MOST)},}}"
