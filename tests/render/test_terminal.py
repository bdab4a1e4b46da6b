"""Colours of terminal output: classes, never escapes, never markup from the text."""

import time

import pytest
from ccshare.render import terminal
from markupsafe import Markup

ESC = "\x1b["


def shown(text: str, **more: int) -> str:
    return str(terminal.lines(text, **more).head)


@pytest.mark.parametrize(
    ("codes", "classes"),
    [
        ("31", "sgr-31"),
        ("1;32", "sgr-1 sgr-32"),
        ("97", "sgr-97"),
        ("41", "sgr-41"),
        ("37;41", "sgr-41"),
        ("104", "sgr-44"),
        ("38;5;9", "sgr-91"),
        ("38;5;21", "sgr-94"),
        ("38;5;34", "sgr-32"),
        ("38;5;240", "sgr-90"),
        ("38;2;255;0;0", "sgr-91"),
        ("38:2:0:128:0", "sgr-32"),
        ("48;2;0;0;200", "sgr-44"),
        ("4;3;9", "sgr-3 sgr-4 sgr-9"),
        ("2", "sgr-2"),
        ("7", "sgr-7"),
    ],
)
def test_a_style_is_a_class(codes: str, classes: str) -> None:
    assert shown(f"a {ESC}{codes}mb{ESC}0m c") == f'a <span class="{classes}">b</span> c'


@pytest.mark.parametrize("codes", ["", "0", "39;49", "22;39", "38", "38;5", "38;2;1", "999", ";;"])
def test_what_says_nothing_shows_nothing(codes: str) -> None:
    assert shown(f"{ESC}{codes}mtext {ESC}31mr{ESC}m") == 'text <span class="sgr-31">r</span>'


def test_switching_off() -> None:
    assert shown(f"{ESC}1;31;4ma{ESC}22;24mb{ESC}39mc") == (
        '<span class="sgr-1 sgr-4 sgr-31">a</span><span class="sgr-31">b</span>c'
    )


def test_a_style_lasts_over_lines_and_over_the_hidden_middle() -> None:
    rows = ["one", f"{ESC}31mtwo", *(f"row {n}" for n in range(40)), f"{ESC}32mx", "end"]
    clip = terminal.lines("\n".join(rows), 2, 3)
    assert clip.head == 'one\n<span class="sgr-31">two</span>'
    assert clip.tail == (
        '<span class="sgr-31">row 39</span>\n<span class="sgr-32">x</span>\n'
        '<span class="sgr-32">end</span>'
    )
    assert (clip.hidden, clip.total) == (39, 44)


def test_overprinting_keeps_the_last_colours() -> None:
    assert shown(f"{ESC}33m 10%\r{ESC}32m100%{ESC}0m") == '<span class="sgr-32">100%</span>'
    assert shown(f"{ESC}31mlong\r{ESC}Kok{ESC}0m") == '<span class="sgr-31">ok</span>'
    assert shown(f"{ESC}31mab\bc") == '<span class="sgr-31">ac</span>'


def test_text_is_never_markup() -> None:
    text = (
        f'{ESC}31m<script>alert("1")</script>{ESC}0m & \x1b]8;;javascript:x\x1b\\link\x1b]8;;\x1b\\'
    )
    html = shown(text)
    assert html == (
        '<span class="sgr-31">&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;</span> &amp; link'
    )
    assert isinstance(terminal.lines(text).head, Markup)


def test_without_colours_it_is_plain_text() -> None:
    clip = terminal.lines("a <b>\x1b[2K\n")
    assert clip.head == "a <b>" or clip.head == ""
    assert not isinstance(clip.head, Markup)


def test_many_colours_stay_a_small_page() -> None:
    html = shown("".join(f"{ESC}3{n % 7 + 1}m{n}" for n in range(5000)))
    assert html.count("<span") <= terminal.MOST_SPANS


@pytest.mark.parametrize(
    "text",
    [
        f"{ESC}31m" * 100_000,
        f"{ESC}31mx\r" * 100_000,
        f"{ESC}31m" + "x\b" * 200_000,
        f"{ESC}" + "1;" * 200_000 + "m",
        f"{ESC}31m" + "\x1b]" * 200_000,
        f"{ESC}31m\n" * 100_000,
        f"{ESC}38;5;" * 100_000,
    ],
)
def test_hostile_output_takes_linear_time(text: str) -> None:
    start = time.process_time()
    terminal.lines(text)
    terminal.lines(text, clip_it=False)
    assert time.process_time() - start < 3
