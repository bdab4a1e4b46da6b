"""How a card is drawn. Needs Pillow and the fonts; one picture at a time (see lettering)."""

import io

from PIL import Image, ImageDraw

from .card_content import Content
from .lettering import clean, shorten, width, wrap, write

SIZE = (1200, 630)
MARGIN = 72
PAGE, PANEL, LINE = "#ffffff", "#f6f8fa", "#d5dbe1"
TEXT, SOFT, BLUE, PROMPT = "#1b1f24", "#57606a", "#2f6fdb", "#eef4fd"
GREEN, RED = "#116329", "#b3261e"
SMALLEST = 26
"""Of any text on it, in pixels: chat programs show it at a third of its size."""
_COLOURS = 64


def png(told: Content) -> bytes:
    """The card as a PNG."""
    image = Image.new("RGB", SIZE, PAGE)
    paint(ImageDraw.Draw(image), told)
    return packed(image)


def packed(image: Image.Image) -> bytes:
    """A picture of few colours as a small PNG."""
    stream = io.BytesIO()
    image.quantize(_COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def paint(pen: ImageDraw.ImageDraw, told: Content) -> None:
    """Draw everything; the order is from top to bottom."""
    right, inner = SIZE[0] - MARGIN, SIZE[0] - 2 * MARGIN
    paint_mark(pen, right - 190, 70, 48)
    write(pen, (right - 128, 106), "ccshare", TEXT, 34, True)
    place = shorten(clean(told.place), inner - 240, SMALLEST, mono=True)
    write(pen, (MARGIN, 104), place, SOFT, SMALLEST, mono=True)
    lines = wrap(clean(told.title), inner, 2, 56, True)
    y = 192
    for line in lines:
        write(pen, (MARGIN, y), line, TEXT, 56, True)
        y += 72
    quoted = wrap(clean(told.prompt), inner - 60, 2, 32)
    if quoted:
        top = 318 if len(lines) > 1 else 258
        pen.rectangle((MARGIN, top, right, top + 20 + 46 * len(quoted)), fill=PROMPT)
        pen.rectangle((MARGIN, top, MARGIN + 5, top + 20 + 46 * len(quoted)), fill=BLUE)
        for number, line in enumerate(quoted):
            write(pen, (MARGIN + 30, top + 44 + 46 * number), line, TEXT, 32)
    x = float(MARGIN)
    for chip in told.chips:
        end = x + width(chip, 28) + 40
        if end > right:
            break
        pen.rounded_rectangle((x, 452, end, 506), 27, PANEL, LINE, 2)
        write(pen, (x + 20, 489), chip, TEXT, 28)
        x = end + 14
    _paint_foot(pen, told, right)


def _paint_foot(pen: ImageDraw.ImageDraw, told: Content, right: int) -> None:
    x = float(MARGIN)
    if told.added or told.removed:
        x = write(pen, (x, 554), f"+{told.added:,}", GREEN, 30, True)
        x = write(pen, (x + 14, 554), f"−{told.removed:,}", RED, 30, True) + 28
    x = write(pen, (x, 554), told.state, RED if told.failed else SOFT, 30)
    below = shorten(clean(told.below), right - x - 40, 28)
    write(pen, (right - width(below, 28), 554), below, SOFT, 28)


def paint_mark(pen: ImageDraw.ImageDraw, left: int, top: int, size: int) -> None:
    """The prompt sign on its blue square."""
    pen.rounded_rectangle((left, top, left + size, top + size), size * 7 // 32, fill=BLUE)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * size / 32, top + y * size / 32

    pen.line([at(9, 10), at(15, 16), at(9, 22)], "#ffffff", size * 3 // 32, joint="curve")
    pen.line([at(17, 22), at(24, 22)], "#ffffff", size * 3 // 32)
