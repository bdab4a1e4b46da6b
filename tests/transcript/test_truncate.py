"""Long results are cut in the middle, once, and never through a mark."""

import copy

from ccshare.transcript import truncate

LIMIT = 1000


def line(text: str) -> dict[str, object]:
    block = {"type": "tool_result", "tool_use_id": "t", "content": text}
    return {"message": {"content": [block]}, "toolUseResult": {"stdout": text, "n": 1}}


def test_long_result_keeps_both_ends() -> None:
    text = "a" * 5000 + "b" * 5000
    cut = truncate.text(text, LIMIT)
    assert cut == "a" * 500 + "\n[truncated: 9000 bytes removed]\n" + "b" * 500


def test_both_copies_are_cut_and_the_input_kept() -> None:
    source = line("x" * 3000)
    before = copy.deepcopy(source)
    after = truncate.results(source, LIMIT)
    assert source == before
    assert "[truncated: 2000 bytes removed]" in after["message"]["content"][0]["content"]
    assert "[truncated: 2000 bytes removed]" in after["toolUseResult"]["stdout"]


def test_short_results_are_the_same_object() -> None:
    short = line("x" * LIMIT)
    assert truncate.results(short, LIMIT) is short


def test_twice_changes_nothing() -> None:
    for size in range(LIMIT - 5, LIMIT + 400, 7):
        once = truncate.text("é" * size, LIMIT)
        assert truncate.text(once, LIMIT) == once
        once.encode()


def test_no_mark_is_cut() -> None:
    mark = "[REDACTED:github-token#12]"
    for shift in range(40):
        text = "x" * (480 + shift) + mark + "y" * 3000 + mark + "z" * (480 + shift)
        cut = truncate.text(text, LIMIT)
        assert "REDACTED" not in cut.replace(mark, "")
        assert truncate.text(cut, LIMIT) == cut


def test_only_results_are_cut() -> None:
    text = "x" * 5000
    prompt = {"message": {"content": [{"type": "text", "text": text}]}}
    assert truncate.results(prompt, LIMIT) is prompt
    plain = {"message": {"content": text}}
    assert truncate.results(plain, LIMIT) is plain


def test_images_stay_whole() -> None:
    image = {
        "type": "image",
        "source": {"type": "base64", "media_type": "image/png", "data": "A" * 9000},
    }
    block = {"type": "tool_result", "tool_use_id": "t", "content": [image]}
    source = {"message": {"content": [block]}, "toolUseResult": [image]}
    assert truncate.results(source, LIMIT) is source
