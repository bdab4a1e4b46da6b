"""Draw static/card.png, the picture chat programs show of a link.

    python scripts/make_card.py

Needs Pillow, and its own bundled font (Pillow >= 10.1 with FreeType): the same drawing code
gives the same picture on every machine. The result is committed; run this only to change it.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 72
PAGE, PANEL, LINE = "#ffffff", "#f6f8fa", "#d5dbe1"
TEXT, SOFT, BLUE, PROMPT = "#1b1f24", "#57606a", "#2f6fdb", "#eef4fd"
GREEN, RED = "#116329", "#b3261e"
TARGET = Path(__file__).resolve().parent.parent / "static" / "card.png"


def font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own font, so that no system font is asked for."""
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise SystemExit("This Pillow has no FreeType; install a wheel from PyPI.")
    return found


def draw_mark(draw: ImageDraw.ImageDraw, left: int, top: int, size: int) -> None:
    """The prompt sign on its blue square."""
    draw.rounded_rectangle((left, top, left + size, top + size), size * 7 // 32, fill=BLUE)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * size / 32, top + y * size / 32

    width = size * 3 // 32
    draw.line([at(9, 10), at(15, 16), at(9, 22)], "#ffffff", width, joint="curve")
    draw.line([at(17, 22), at(24, 22)], "#ffffff", width)


def draw_row(
    draw: ImageDraw.ImageDraw, top: int, name: str, target: str, facts: list[tuple[str, str]]
) -> None:
    """One tool row, as the page draws it; facts are (text, colour), set from the right."""
    draw.rounded_rectangle((MARGIN, top, SIZE[0] - MARGIN, top + 62), 10, PAGE, LINE, 2)
    middle, right = top + 31, SIZE[0] - MARGIN - 24
    draw.polygon([(96, middle - 8), (96, middle + 8), (108, middle)], fill=SOFT)
    draw.text((126, middle), name, TEXT, font(28), anchor="lm", stroke_width=0.4)
    start = 126 + draw.textlength(name, font(28)) + 20
    draw.text((start, middle), target, SOFT, font(26), anchor="lm")
    for text, colour in reversed(facts):
        draw.text((right, middle), text, colour, font(26), anchor="rm")
        right -= draw.textlength(text, font(26)) + 18


def card() -> Image.Image:
    """The whole picture: the mark, a line on what it is, and a few rows of a page."""
    image = Image.new("RGB", SIZE, PAGE)
    draw = ImageDraw.Draw(image)
    draw_mark(draw, MARGIN, 64, 84)
    draw.text((MARGIN + 110, 106), "ccshare", TEXT, font(60), anchor="lm", stroke_width=1)
    draw.text((MARGIN, 208), "A Claude Code session, shared by link", TEXT, font(44), anchor="lm")
    draw.rectangle((MARGIN, 266, SIZE[0] - MARGIN, 346), fill=PROMPT)
    draw.rectangle((MARGIN, 266, MARGIN + 6, 346), fill=BLUE)
    prompt = "Prompts, answers, every command and every change"
    draw.text((MARGIN + 30, 306), prompt, TEXT, font(32), anchor="lm")
    draw_row(draw, 372, "Edit", "app/models.py", [("+12", GREEN), ("–3", RED)])
    draw_row(draw, 446, "Bash", "$ pytest -q", [("42 passed", GREEN), ("0.8 s", SOFT)])
    draw.text(
        (MARGIN, 552), "Unlisted · secrets removed before upload", SOFT, font(28), anchor="lm"
    )
    return image


if __name__ == "__main__":
    card().quantize(64).save(TARGET, optimize=True)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
