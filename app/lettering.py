"""Text on pictures in any script: each character in the first font that has it.

The fonts come from packages (Noto, and Roboto Mono for names of code); without those the picture
is not drawn at all. Not safe for threads: fonts are shared, so callers draw one picture at a time.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from PIL import ImageDraw, ImageFont

from ..transcript.plain import plain

MOST_CHARACTERS = 400
_MOST_MARKS = 2
"""Accents on one letter; more would only be drawn over the lines above and below."""
_NONCHARACTER = "\U0010ffff"
_PROBED_AT = 16

Font = ImageFont.FreeTypeFont
Run = tuple[Font, str]


@cache
def _paths() -> Sequence[str]:
    folder = files("manimgx_fonts")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".ttf"))
    first = "NotoSans[wght].ttf"
    others = [name for name in names if name != first and "Italic" not in name]
    cjk = str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc")
    mono = str(files("fontpkg_roboto_mono") / "files" / "RobotoMono[wght].ttf")
    return [str(folder / first), cjk, *(str(folder / name) for name in others), mono]


@cache
def _font(index: int, size: int, bold: bool) -> Font:
    font = ImageFont.truetype(_paths()[index], size)
    font.set_variation_by_axes([700 if bold else 400])
    return font


@cache
def _missing(index: int) -> bytes:
    return _mask(index, _NONCHARACTER)


_known: dict[str, int] = {}


def _index(character: str, mono: bool = False) -> int:
    """Which font draws the character; the first one if none has it."""
    if mono and (character.isascii() or _has(_mono(), character)):
        return _mono()
    if character.isascii():
        return 0
    if character not in _known:
        if len(_known) > 20_000:
            _known.clear()
        _known[character] = next((i for i in range(_mono()) if _has(i, character)), 0)
    return _known[character]


def _mono() -> int:
    """The fixed-width font: the last, asked first where it is wanted and else never."""
    return len(_paths()) - 1


def _has(index: int, character: str) -> bool:
    return _mask(index, character) != _missing(index)


def _mask(index: int, character: str) -> bytes:
    mask = _font(index, _PROBED_AT, False).getmask(character)
    return bytes(mask)  # pyright: ignore[reportArgumentType] (a sequence of ints)


def clean(text: str) -> str:
    """One line of a bounded number of characters, none of which turns directions or stacks."""
    kept: list[str] = []
    marks = 0
    for character in " ".join(plain(text[: 4 * MOST_CHARACTERS]).split()):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS and unicodedata.category(character) not in ("Co", "Cn", "Cs"):
            kept.append(character)
    return "".join(kept[:MOST_CHARACTERS])


def runs(text: str, size: int, bold: bool = False, *, mono: bool = False) -> Iterator[Run]:
    """The text in pieces of one font each; spaces and marks go with what stands before them."""
    now, piece = -1, ""
    for character in text:
        joins = character == " " or unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")
        index = now if joins and now >= 0 else _index(character, mono)
        if index != now and piece:
            yield _font(now, size, bold), piece
            piece = ""
        now = index
        piece += character
    if piece:
        yield _font(now, size, bold), piece


def width(text: str, size: int, bold: bool = False, *, mono: bool = False) -> float:
    """Pixels the text takes."""
    return sum(font.getlength(piece) for font, piece in runs(text, size, bold, mono=mono))


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    fill: str,
    size: int,
    bold: bool = False,
    *,
    mono: bool = False,
) -> float:
    """Draw one line with its baseline at `at`; the x where it ends."""
    x, y = at
    for font, piece in runs(text, size, bold, mono=mono):
        draw.text((x, y), piece, fill, font, anchor="ls")
        x += font.getlength(piece)
    return x


def shorten(text: str, most: float, size: int, bold: bool = False, *, mono: bool = False) -> str:
    """The text if it fits into `most` pixels, else as much of it as does, with an ellipsis."""
    if width(text, size, bold, mono=mono) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", size, bold, mono=mono) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrap(text: str, most: float, count: int, size: int, bold: bool = False) -> list[str]:
    """At most `count` lines of at most `most` pixels, broken between words where possible."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < count - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold) <= most:
            line += " " + words.pop(0)
        if width(line, size, bold) > most:  # one long word, or a script without spaces
            head = shorten(line, most, size, bold)[:-1] or line[:1]
            words.insert(0, line[len(head) :])
            line = head
        lines.append(line)
    if words and any(words):
        lines.append(shorten(" ".join(words), most, size, bold))
    return lines
