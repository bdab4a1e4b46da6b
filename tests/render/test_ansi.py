"""Terminal output as a person would have seen it."""

import time

import pytest
from ccshare.render.ansi import plain


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mx\x1b[m \x9b31my", "x y"),
        ("\x1b]0;title\x07text \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "text link"),
        ("\x1bPqsixel\x1b\\after", "after"),
        ("\x1b(Bplain\x1b=\x1b>", "plain"),
        ("cut \x1b[", "cut "),
        ("10%\r50%\r100%\n", "100%\n"),
        ("long line\rshort", "shortline"),
        ("long line\r\x1b[Kshort", "short"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("progress\r", "progress"),
        ("ab\bc", "ac"),
        ("\b\bx", "x"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("tab\tstays\n", "tab\tstays\n"),
        ("plain ünïcode 😀", "plain ünïcode 😀"),
    ],
)
def test_what_is_seen(raw: str, seen: str) -> None:
    assert plain(raw) == seen


@pytest.mark.parametrize(
    "raw",
    [
        "\x1b[" * 200_000,
        "\x1b]" * 200_000,
        "\x1b[0" * 200_000,
        "x" * 300_000 + "\ry" * 300_000,
        "x\b" * 300_000,
        "\x1b[K\r" * 200_000,
        "\x1bP" * 200_000 + "\x00" * 100_000,
    ],
)
def test_hostile_output_takes_linear_time(raw: str) -> None:
    start = time.process_time()
    plain(raw)
    assert time.process_time() - start < 2
