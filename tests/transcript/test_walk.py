"""Every string is reached, ids are not, and nothing is lost on the way."""

import copy
from typing import Any

import pytest
from ccshare.transcript.detect import find, find_value
from ccshare.transcript.walk import (
    _KNOWN_KEYS,
    MAX_DEPTH,
    PATCH,
    TOO_DEEP,
    Path,
    place,
    rewrite,
    slots,
)

LINE: dict[str, Any] = {
    "type": "user",
    "uuid": "u-1",
    "cwd": "/w",
    "message": {
        "role": "user",
        "content": [
            {"type": "text", "text": "words"},
            {
                "type": "tool_use",
                "id": "toolu_1",
                "name": "X",
                "input": {"id": "inner", "n": [1, "two"]},
            },
            {
                "type": "tool_result",
                "tool_use_id": "toolu_1",
                "content": [{"type": "text", "text": "out"}],
            },
            {
                "type": "image",
                "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgoAA"},
            },
        ],
    },
    "toolUseResult": {
        "type": "text",
        "file": {"filePath": "a.py", "content": "code"},
        "answers": {"Which one?": "this"},
    },
}


def seen(value: Any) -> dict[str, str]:
    strings: dict[str, str] = {}

    def visit(text: str, key: str, path: Path) -> str:
        strings[place(path) + ("" if key else " (key)")] = text
        return text

    assert rewrite(value, visit) is value
    return strings


def test_places_of_a_line() -> None:
    strings = seen(LINE)
    assert strings["message.content[0].text"] == "words"
    assert strings["message.content[1].input.id"] == "inner"
    assert strings["message.content[1].input.n[1]"] == "two"
    assert strings["message.content[2].content[0].text"] == "out"
    assert strings["toolUseResult.file.filePath"] == "a.py"
    assert strings["toolUseResult.answers.{…} (key)"] == "Which one?"
    assert strings["cwd"] == "/w"


def test_ids_types_and_images_are_left_out() -> None:
    values = seen(LINE)
    assert not {"u-1", "toolu_1", "user", "iVBORw0KGgoAA"} & set(values.values())


def test_an_id_that_is_none_is_read() -> None:
    line = {"uuid": "x" * 500, "message": {"id": "a b c", "content": []}}
    assert set(seen(line)) >= {"uuid", "message.id"}


def test_data_that_is_no_image_is_read() -> None:
    source = {"type": "base64", "media_type": "image/png", "data": "QUtJQQ=="}
    assert "message.content[0].source.data" in seen(
        {"message": {"content": [{"type": "image", "source": source}]}}
    )


def test_input_is_not_changed() -> None:
    before = copy.deepcopy(LINE)
    after = rewrite(LINE, lambda text, key, _path: text.upper() if key else text)
    assert before == LINE
    assert after["message"]["content"][0]["text"] == "WORDS"
    assert after["uuid"] == "u-1"


def test_keys_that_become_the_same_stay_two() -> None:
    value = {"answers": {"key-one": 1, "key-two": 2, "mark": 3, "key-three": 4}}
    after = rewrite(value, lambda text, key, _path: "mark" if not key and "-" in text else text)
    assert after == {"answers": {"mark (2)": 1, "mark (3)": 2, "mark": 3, "mark (4)": 4}}
    assert list(after["answers"].values()) == [1, 2, 3, 4]


def test_too_deep_is_cut() -> None:
    value: Any = "secret"
    for _ in range(MAX_DEPTH + 50):
        value = [value]
    after = str(rewrite(value, lambda text, _key, _path: text))
    assert TOO_DEEP in after
    assert "secret" not in after


def test_keys_of_the_format_are_not_visited_and_hold_nothing() -> None:
    assert {"message", "file_path", "toolUseResult", "ephemeral_1h_input_tokens"} <= _KNOWN_KEYS
    assert not [key for key in _KNOWN_KEYS if find(key) or "/" in key or "\\" in key]
    assert "toolUseResult.answers.{…} (key)" in seen(LINE)
    assert not [place for place in seen(LINE) if place.endswith("file.filePath (key)")]


def test_places_are_right_after_nested_values() -> None:
    value = {"input": {"deep": [{"a": "one"}, [["two"]], "three"], "last": "four"}, "end": "five"}
    assert seen(value) == {
        "input.deep[0].a": "one",
        "input.deep[1][0][0]": "two",
        "input.deep[2]": "three",
        "input.last": "four",
        "end": "five",
    }


def visited(line: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def visit(text: str, key: str, _path: Path) -> str:
        found.append((text, key))
        return text

    rewrite(line, visit)
    return found


DEEP: Any = "the bottom"
for _ in range(MAX_DEPTH + 5):
    DEEP = {"inside": [DEEP]}


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        {"type": "user", "uuid": "not an id, but words", "message": {"id": "neither this"}},
        {"toolUseResult": {"env": [{"name": "TOKEN", "value": "x"}], "a long key of its own": 1}},
        {
            "message": {
                "content": [{"type": "tool_use", "id": "a", "input": {"id": "b", "x": DEEP}}]
            }
        },
        {"list": [["a", ["b", {"c": "d"}]], "e", 1, None, True]},
    ],
    ids=["usual", "no ids", "named values", "deep", "lists"],
)
def test_slots_are_what_would_be_visited(line: dict[str, Any]) -> None:
    found = slots(line)
    assert [(slot.text, slot.key) for slot in found] == visited(line)
    for slot in found:
        if slot.holder is not None:
            assert slot.holder[slot.at] is slot.text


def hunk(lines: list[Any]) -> dict[str, Any]:
    return {"toolUseResult": {"structuredPatch": [{"oldStart": 1, "newStart": 1, "lines": lines}]}}


def test_the_lines_of_a_patch_are_one_text() -> None:
    line = hunk([" a", "+b", "-c"])
    seen: list[tuple[str, str]] = []
    out = rewrite(line, lambda text, key, path: seen.append((key, text)) or text.upper())
    assert (PATCH, "@@ \n a\n+b\n-c") in seen
    assert out == hunk([" A", "+B", "-C"])
    (slot,) = (slot for slot in slots(line) if slot.key == PATCH)
    slot.put(slot.text.replace("+b", "+d"))
    assert line == hunk([" a", "+d", "-c"])


@pytest.mark.parametrize("lines", [[], [1, "a"], ["a\nb", "c"], [["a"]]])
def test_other_lists_of_that_name_are_not(lines: list[Any]) -> None:
    line = hunk(lines)
    assert rewrite(line, lambda text, key, path: text.upper()) == hunk(
        [text.upper() if isinstance(text, str) else [t.upper() for t in text]
         if isinstance(text, list) else text for text in lines]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "is_secret"),
    [
        ("/app/config/master.key", True),
        ("config/credentials/production.key", True),
        ("/run/secrets/db_password", True),
        ("C:\\app\\secrets\\api_key.txt", True),
        ("/app/src/token.py", False),
        ("/app/config/settings.json", False),
    ],
)
def test_a_file_that_holds_one_secret(path: str, is_secret: bool) -> None:
    value = "".join(f"{n * 37 % 256:02x}" for n in range(3, 19))
    line = {"toolUseResult": {"file": {"filePath": path, "content": value + "\n"}}}
    (slot,) = (slot for slot in slots(line) if slot.at == "content")
    assert [one.value for one in find_value(slot.key, slot.text)] == ([value] if is_secret else [])
