"""What a first view costs before its own text."""

import gzip
from pathlib import Path

from ccshare.render import code

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
KB = 1024


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def css() -> bytes:
    sheets = [path.read_bytes() for path in sorted((STATIC / "css").glob("*.css"))]
    return b"\n".join([*sheets, code.stylesheet().encode()])


def scripts() -> bytes:
    return b";\n".join(path.read_bytes() for path in sorted((STATIC / "js").glob("*.js")))


def test_style_sheets_are_small_and_ask_for_nothing() -> None:
    assert packed(css()) <= 8 * KB
    assert b"@import" not in css() and b"url(" not in css()


def test_all_assets_of_a_page_are_within_the_budget() -> None:
    htmx = STATIC / "vendor" / "htmx.min.js"
    library = packed(htmx.read_bytes()) if htmx.is_file() else 14 * KB
    icon = packed((STATIC / "icon.svg").read_bytes())
    assert packed(scripts()) <= 8 * KB
    assert packed(css()) + packed(scripts()) + library + icon <= 60 * KB


def test_scripts_stand_alone() -> None:
    for path in (STATIC / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.rstrip().endswith("})();"), path.name
        assert "import " not in text and "eval" not in text and "innerHTML" not in text


def test_the_card_is_what_chat_programs_take() -> None:
    data = (STATIC / "card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)
    assert len(data) < 60 * KB


def test_every_colour_is_there_for_both_themes() -> None:
    text = css().decode()
    for letter in set(code.KINDS.values()):
        assert f"--code-{letter}: " in text
    assert "light-dark(" in text
