"""Draw static/card.png, the picture chat programs show of a link to the front page.

    python scripts/make_card.py

It is drawn as a session's own card is (ccshare.app.painting), and is what is sent instead of
one that cannot be drawn. The result is committed; run this only to change it.
"""

from pathlib import Path

from ccshare.app import painting
from ccshare.app.lettering import width, write
from ccshare.app.painting import BLUE, GREEN, LINE, MARGIN, PAGE, PROMPT, RED, SIZE, SOFT, TEXT
from PIL import Image, ImageDraw

TARGET = Path(__file__).resolve().parent.parent / "static" / "card.png"


def draw_row(
    draw: ImageDraw.ImageDraw, top: int, name: str, target: str, facts: list[tuple[str, str]]
) -> None:
    """One tool row, as the page draws it; facts are (text, colour), set from the right."""
    draw.rounded_rectangle((MARGIN, top, SIZE[0] - MARGIN, top + 62), 10, PAGE, LINE, 2)
    middle, right = top + 31, SIZE[0] - MARGIN - 24
    draw.polygon([(96, middle - 8), (96, middle + 8), (108, middle)], fill=SOFT)
    baseline = middle + 10
    end = write(draw, (126, baseline), name, TEXT, 28, True)
    write(draw, (end + 20, baseline), target, SOFT, 26, mono=True)
    for text, colour in reversed(facts):
        write(draw, (right - width(text, 26), baseline), text, colour, 26)
        right -= width(text, 26) + 18


def card() -> Image.Image:
    """The whole picture: the mark, a line on what it is, and a few rows of a page."""
    image = Image.new("RGB", SIZE, PAGE)
    draw = ImageDraw.Draw(image)
    painting.paint_mark(draw, MARGIN, 64, 84)
    write(draw, (MARGIN + 110, 128), "ccshare", TEXT, 60, True)
    write(draw, (MARGIN, 222), "A Claude Code session, shared by link", TEXT, 44)
    draw.rectangle((MARGIN, 266, SIZE[0] - MARGIN, 346), fill=PROMPT)
    draw.rectangle((MARGIN, 266, MARGIN + 6, 346), fill=BLUE)
    prompt = "Prompts, answers, every command and every change"
    write(draw, (MARGIN + 30, 317), prompt, TEXT, 32)
    draw_row(draw, 372, "Edit", "app/models.py", [("+12", GREEN), ("−3", RED)])
    draw_row(draw, 446, "Bash", "$ pytest -q", [("42 passed", GREEN), ("0.8 s", SOFT)])
    write(draw, (MARGIN, 556), "Unlisted · secrets removed before upload", SOFT, 28)
    return image


if __name__ == "__main__":
    TARGET.write_bytes(painting.packed(card()))
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
