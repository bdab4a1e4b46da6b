"""The card: drawn once, in any script, gone with its share."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import card, lettering, painting
from ccshare.app.card_content import Content
from flask.testing import FlaskClient
from PIL import Image

Document = Callable[..., bytes]
TITLES = [
    "",
    "Cart totals",
    "x" * 10_000,
    "购物车总额差一分钱" * 100,
    "مرحبا بالعالم \u202eevil",
    "Z\u0337\u0321\u0322\u034e\u0318a\u0335" * 500,
    "🎉👩\u200d💻🚀" * 50,
    "\ud800\x00\x1b[31m\n\n\U0010ffff\ue000",
    "ไทย हिन्दी தமிழ் עברית Ελληνικά",
    "\u0301" * 1_000,
]


def told(text: str) -> Content:
    return Content(
        text, text, text, ["1,000,000 prompts"] * 9, 10**9, 10**9, "12 calls failed", True, text
    )


@pytest.mark.parametrize("text", TITLES)
def test_any_text_makes_a_card_inside_its_margin(text: str) -> None:
    data = painting.png(told(text))
    assert len(data) < 300_000
    image = Image.open(io.BytesIO(data)).convert("L")
    assert image.size == (1200, 630)
    # Nothing reaches the edge; accents may touch the margin.
    inside = (40, 40, 1160, 590)
    outside = image.copy()
    outside.paste(255, inside)
    assert outside.getextrema() == (255, 255)


def test_lines_fit_and_lose_nothing_early() -> None:
    lines = lettering.wrap("one two three four five six seven eight nine ten", 300, 2, 32)
    assert len(lines) == 2
    assert all(lettering.width(line, 32) <= 300 for line in lines)
    assert lines[1].endswith("…")
    assert lettering.wrap("short", 300, 2, 32) == ["short"]
    assert lettering.wrap("", 300, 2, 32) in ([], [""])


def test_each_script_has_a_font() -> None:
    for character in "aЖ漢한かمहไ🎉→✓":
        index = lettering._index(character)
        assert lettering._has(index, character), character


def test_code_has_a_fixed_width_where_its_font_has_the_character() -> None:
    assert lettering.width("iiii", 26, mono=True) == lettering.width("WWWW", 26, mono=True)
    assert lettering.width("iiii", 26) < lettering.width("WWWW", 26)
    pieces = list(lettering.runs("shop · 漢字 · ж", 26, mono=True))
    assert [font.getname()[0] for font, _ in pieces] == [
        "Roboto Mono", "Noto Sans CJK JP", "Roboto Mono",
    ]  # fmt: skip
    assert "".join(text for _, text in pieces) == "shop · 漢字 · ж"


def test_it_is_drawn_once_and_goes_with_its_share(
    alice: Any, client: FlaskClient, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Content] = []

    def draw(content: Content) -> bytes:
        drawn.append(content)
        return painting.png(content)

    monkeypatch.setattr(card, "draw", draw)
    share_id = alice.share(document(title="Cart rounding"))
    path = f"/s/{share_id}/card.png"
    first = client.get(path)
    assert client.get(path).data == first.data
    assert len(drawn) == 1
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    alice.patch(share_id, title="Another title")
    assert client.get(path).data != first.data
    assert drawn[-1].title == "Another title"
    alice.delete(share_id)
    assert client.get(path).status_code == 410


def test_a_card_that_cannot_be_drawn_is_the_general_one(
    alice: Any, client: FlaskClient, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_content: Content) -> bytes:
        raise ImportError

    monkeypatch.setattr(card, "draw", broken)
    answer = client.get(f"/s/{alice.share(document())}/card.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
