"""Secrets behind encodings: each disguise is seen through, and only the secret is covered."""

import base64
import json
import random
import string
from collections.abc import Callable

import pytest
from ccshare.transcript.detect import Span, find, find_sure
from ccshare.transcript.views import View, bare, decoded_runs, joined, unescaped

LETTERS = string.ascii_letters + string.digits
ARROW = "\u2192"


def token(source: random.Random) -> str:
    return "gh" + "p_" + "".join(source.choice(LETTERS) for _ in range(36))


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def folded(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def covered(text: str, spans: list[Span]) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]}#{text[span.end :]}"
    return text


DISGUISES: dict[str, tuple[Callable[[str], str], str]] = {
    "JSON in JSON": (lambda t: json.dumps(json.dumps({"a": f'x"{t}'})), r'"{\"a\": \"x\\\"#\"}"'),
    "JSON escapes": (lambda t: "".join(f"\\u{ord(c):04x}" for c in t), "#"),
    "URL": (lambda t: "?x=" + "".join(f"%{ord(c):02x}" for c in t) + "&y", "?x=#&y"),
    "URL twice": (lambda t: "x%253D" + t.replace("_", "%255f"), "x%253D#"),
    "HTML": (lambda t: "&quot;" + "".join(f"&#{ord(c)};" for c in t) + "&quot;", "&quot;#&quot;"),
    "base64": (lambda t: f"say {b64(f'the key is {t}, yes')} on", "say # on"),
    "base64 of base64": (lambda t: b64(b64(f"the key is {t}")), "#"),
    "base64 for URLs": (
        lambda t: base64.urlsafe_b64encode(f"~~~???>>> {t}".encode()).decode(),
        "#",
    ),
    "base64 in lines": (
        lambda t: "x:\n" + folded(b64("so it was " * 15 + t + " and is " * 9), 76) + "\ny",
        "x:\n#\ny",
    ),
    "base64 behind a word": (lambda t: f"v=base64:{b64('token: ' + t)}", "v=base64:#"),
    "base64 of UTF-16": (
        lambda t: "-enc " + base64.b64encode(f"echo {t}".encode("utf-16-le")).decode(),
        "-enc #",
    ),
    "base64 in JSON in JSON": (lambda t: json.dumps(json.dumps({"d": b64(f"is {t} it")})), ""),
    "colours": (lambda t: "".join(f"{c}\x1b[0m" for c in t), "#\x1b[0m"),
    "line numbers": (
        lambda t: f"   1{ARROW}a: b\n   2{ARROW}password: {t[4:]}\n   3{ARROW}c: d",
        f"   1{ARROW}a: b\n   2{ARROW}password: #\n   3{ARROW}c: d",
    ),
    "literals": (lambda t: f'k = "{t[:15]}" + "{t[15:]}"', 'k = "#"'),
    "literals below": (lambda t: f"k = ('{t[:15]}'\n     '{t[15:]}')", "k = ('#')"),
    "literals in JSON": (lambda t: json.dumps(f'k = "{t[:9]}" + "{t[9:]}"'), r'"k = \"#\""'),
    "joined list": (lambda t: f'"".join(["{t[:9]}", "{t[9:20]}", "{t[20:]}"])', '"".join(["#"])'),
    "continued": (lambda t: f"export A={t[:20]}\\\n{t[20:]}", "export A=#"),
    "wrapped": (
        lambda t: f"{'a line of a terminal ' * 2}{t[:15]}\n{t[15:30]}0{t[31:]}\nand",
        f"{'a line of a terminal ' * 2}#\nand",
    ),
    "diff": (
        lambda t: f"@@ -1 +1 @@\n-password: {t[4:]}\n+password: none",
        "@@ -1 +1 @@\n-password: #\n+password: none",
    ),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguised_secret_is_covered_and_nothing_else(name: str) -> None:
    disguise, expected = DISGUISES[name]
    source = random.Random(name)
    for _ in range(25):
        value = token(source)
        text = disguise(value)
        left = covered(text, find(text))
        assert value[-8:] not in left
        assert left == (expected or left)
        assert left != text


def test_what_is_left_is_still_json() -> None:
    source = random.Random(1)
    for depth in range(1, 4):
        text = json.dumps({"out": f'say "{token(source)}"\\n\tpassword=x\\"{token(source)[5:]}'})
        for _ in range(depth):
            text = json.dumps({"in": text})
        left: object = covered(text, find(text))
        for _ in range(depth + 1):
            assert isinstance(left, str)
            left = next(iter(json.loads(left).values()))


def test_no_escape_is_cut_in_half() -> None:
    text = '{"a": "x\\n' + "pm_" + "aB3" * 12 + '"}'
    assert json.loads(covered(text, find(text)))


def test_two_values_one_after_the_other_stay_two() -> None:
    source = random.Random(2)
    text = "\n".join(token(source) for _ in range(5))
    assert covered(text, find(text)) == "\n".join("#" * 5)


def test_the_server_sees_through_base64_too() -> None:
    value = token(random.Random(3))
    assert [span.rule for span in find_sure(f"x {b64('is ' + value)} y")] == ["github-token"]


HARMLESS = [
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    b64("The quick brown fox jumps over the lazy dog, again and again and again."),
    b64(json.dumps({"name": "left-pad", "version": "1.3.0", "token_count": 12})),
    "a%20plain%20address?with=escapes&and=entities&amp;more",
    '"one", "two" + "three"\n' * 20,
    "\x1b[31mred\x1b[0m and \x1b[1mbold\x1b[0m",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_in_disguise_is_left(text: str) -> None:
    assert find(text) == []


def test_the_way_back_goes_around_whole_replacements() -> None:
    view = unescaped(r"a\u0041b\"c")
    assert view is not None and view.text == 'aAb"c'
    assert view.span(0, 1) == (0, 1)
    assert view.span(1, 2) == (1, 7)
    assert view.span(2, 4) == (7, 10)
    assert view.span(4, 5) == (10, 11)


def test_the_way_back_through_two_views() -> None:
    first = bare(f"  1{ARROW}x\\u0041y")
    assert first is not None
    second = unescaped(first.text, first)
    assert isinstance(second, View) and second.text == "xAy"
    assert second.span(1, 2) == (5, 11)


def test_plain_text_has_no_views() -> None:
    text = "Plain words, and (code) like x = y[0] + 1;\nreturn x\n" * 30
    assert bare(text) is None
    assert unescaped(text) is None
    assert list(joined(text)) == []
    assert list(decoded_runs(text)) == []
