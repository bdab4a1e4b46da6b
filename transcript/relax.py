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
    |(?P<word>[A-Za-z0-9_]{2,}(?![*+?{]))
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_HIGH = r"\x80-\xff"
"""The bytes of letters, digits and blanks beyond ASCII, in UTF-8."""


IN_BYTES = "(?a)"
_WIDEST = 4
_ONE = f"{{1,{_WIDEST}}}"
"""Bytes of one letter in UTF-8, which may be any."""


class NotRelaxed(ValueError):
    """The pattern has something in it that this module does not know."""


def relaxed(pattern: str) -> str:
    """A pattern over the Latin-1 reading of UTF-8 bytes, for re2. Raises NotRelaxed.

    `IN_BYTES` in front says that it counts bytes already, not letters.
    """
    made: list[str] = []
    widest = 1 if pattern.startswith(IN_BYTES) else _WIDEST
    pattern = pattern.removeprefix(IN_BYTES)
    depth, skipped_at = 0, 0  # skipped_at: the depth of the lookaround that is being left out
    for found in _TOKEN.finditer(pattern):
        kind, piece = found.lastgroup, found[0]
        if kind == "open" and not piece.endswith(")"):
            depth += 1
            if not skipped_at and piece in ("(?=", "(?!", "(?<=", "(?<!"):
                skipped_at = depth
        if not skipped_at:
            _add(made, kind or "", piece, widest)
        if kind == "close":
            if depth == skipped_at:
                skipped_at = 0
            depth -= 1
    return "".join(made)


def _add(made: list[str], kind: str, piece: str, widest: int) -> None:
    """Put a piece behind the others."""
    if kind != "times" and piece not in ("*", "+", "?"):
        said = _said(kind, piece)
        made.append(said if widest > 1 else said.removesuffix(_ONE))
    elif made[-1].endswith(_ONE):
        made.append(made.pop().removesuffix(_ONE) + _times(piece, widest))
    else:
        made.append(_times(piece, 1))


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
    if kind == "other":
        return "" if piece in "^$" else _letter(piece)
    return piece


def _escape(piece: str) -> str:
    letter = piece[1]
    if letter in "bBAZ":
        return ""
    if letter in "wds":
        return f"[{_HIGH}{_whole(piece)}]{_ONE}"
    if letter in "123456789":
        raise NotRelaxed(piece)
    if letter in "WDS":
        return f"[{_HIGH}{piece}]{_ONE}"
    if letter in "ux":
        return _letter(chr(int(piece[2:], 16)))
    return piece if letter.isalpha() else re.escape(letter).replace("\\ ", " ")


def _letter(letter: str) -> str:
    if letter == ".":
        return f"[^\\n]{_ONE}"
    if letter.isascii():
        return letter if letter == "|" else re.escape(letter)
    return "(?:" + "".join(rf"\x{byte:02x}" for byte in letter.encode()) + ")"


def _set(piece: str) -> str:
    inside = re.sub(r"\\u[0-9a-fA-F]{4}|[^\x00-\x7f]", "", piece[:-1])
    foreign = len(inside) + 1 != len(piece)
    if piece.startswith("[^"):
        if inside == "[^":
            return rf"[\x00-\xff]{_ONE}"
        if r"\W" in piece or r"\S" in piece:
            return f"(?:{inside}]|[{_HIGH}]){_ONE}"
        return f"{inside}]{_ONE}"
    # In front: behind a dash at the end it would be a range with what stands before that.
    if foreign or re.search(r"\\[wdsWDS]", piece):
        return f"[{_HIGH}{_whole(inside[1:])}]{_ONE}"
    return f"{inside}]"


def _whole(inside: str) -> str:
    """With what else is a blank to the standard library."""
    return inside.replace(r"\s", r"\s\x0b\x1c-\x1f")


def _times(piece: str, width: int) -> str:
    """How often something stands there that takes up to `width` bytes."""
    if piece in "*+?":
        return f"{{0,{width}}}" if piece == "?" and width > 1 else piece
    least, comma, most = piece[1:-1].partition(",")
    if not comma and width == 1:
        return piece if int(least) <= 4 * _MOST else f"{{{4 * _MOST},}}"
    most = most if comma else least
    if most and width * int(most) <= _MOST:
        return f"{{{least},{width * int(most)}}}"
    return f"{{{min(int(least), 2 * _MOST)},}}"
