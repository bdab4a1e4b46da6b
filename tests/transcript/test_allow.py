"""What may leave the machine, and what may not."""

import base64
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from ccshare.transcript.allow import LINE_TYPES, image_blocks, shared, shared_meta
from ccshare.transcript.model import Json
from ccshare.transcript.reader import read_lines

SESSIONS = Path(__file__).resolve().parents[1] / "fixtures" / "sessions"
FIXTURES = sorted(SESSIONS.rglob("*.jsonl"))
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 30).decode()


def lines_of(path: Path) -> list[Json]:
    with path.open("rb") as stream:
        return [line.value for line in read_lines(stream) if line.value]


def user(content: Any, **more: Any) -> Json:
    return {"type": "user", "uuid": "u", "message": {"role": "user", "content": content}, **more}


def content_of(line: Json) -> Any:
    kept = shared(line)
    assert kept is not None
    return kept["message"]["content"]


def twin_of(result: Any) -> Any:
    kept = shared(user("x", toolUseResult=result))
    assert kept is not None
    return kept.get("toolUseResult")


def image(data: str = PNG, media_type: str = "image/png") -> Json:
    source = {"type": "base64", "media_type": media_type, "data": data}
    return {"type": "image", "source": source}


# Every generation of the format


def test_there_is_a_fixture_for_every_generation() -> None:
    versions = {line.get("version") for path in FIXTURES for line in lines_of(path)}
    assert {"1.0.98", "2.0.5", "2.1.31", "2.1.328"} <= versions


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_nothing_private_passes(path: Path) -> None:
    kept = [copy for line in lines_of(path) if (copy := shared(line))]
    assert any(line["type"] == "assistant" for line in kept)
    for line in kept:
        text = json.dumps(line)
        for marker in ("not-shared", "signature", "originalFile", "oldString", "outputFile"):
            assert marker not in text, (line["type"], marker)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_sharing_twice_changes_nothing_and_never_the_input(path: Path) -> None:
    for line in lines_of(path):
        before = copy.deepcopy(line)
        once = shared(line)
        assert line == before
        if once is not None:
            assert shared(once) == once


def test_words_and_calls_pass_unchanged() -> None:
    for path in FIXTURES:
        for line in lines_of(path):
            if line["type"] != "assistant":
                continue
            kept = shared(line)
            assert kept is not None
            before, after = line["message"]["content"], kept["message"]["content"]
            assert len(before) == len(after)
            for old, new in zip(before, after, strict=True):
                assert old["type"] == new["type"]
                for key in ("text", "thinking", "id", "name", "input"):
                    assert old.get(key) == new.get(key)


def test_samples_keep_every_message(samples: list[Path]) -> None:
    for sample in samples:
        lines = lines_of(sample)
        kept = [line for line in map(shared, lines) if line]
        for kind in ("user", "assistant"):
            wanted = [line["uuid"] for line in lines if line["type"] == kind]
            assert [line["uuid"] for line in kept if line["type"] == kind] == wanted
        assert {line["type"] for line in kept} <= LINE_TYPES
        assert all(shared(line) == line for line in kept)
        for line in kept:
            assert '"originalFile' not in json.dumps(line)


# Lines


@pytest.mark.parametrize(
    "line",
    [
        {"type": "progress", "uuid": "u", "data": {}},
        {"type": "api-request-shape", "system": "x"},
        {"type": "bridge-session", "bridgeSessionId": "x"},
        {"type": "of tomorrow"},
        {"type": ["user"]},
        {},
        {"type": "user"},
        {"type": "user", "message": "text"},
        {"type": "user", "message": {"role": "user", "content": None}},
        {"type": "assistant", "message": {"content": {"type": "text"}}},
        {"type": "system", "subtype": "bridge_status", "content": "x", "url": "x"},
        {"type": "system", "subtype": {"x": 1}},
        {"type": "attachment", "attachment": {"type": "prompt_snapshot"}},
        {"type": "attachment", "attachment": {"type": ["queued_command"]}},
        {"type": "attachment", "attachment": "queued_command"},
    ],
)
def test_lines_that_do_not_pass(line: Json) -> None:
    assert shared(line) is None


def test_unknown_keys_and_wrong_types_are_left_out() -> None:
    kept = shared(user("x", cwd=["a"], slug="s", isMeta="yes", todos=[], sessionId=None))
    assert kept == user("x", sessionId=None)


def test_a_queued_prompt_passes() -> None:
    line = {"type": "attachment", "uuid": "u", "rendered": ["x"],
            "attachment": {"type": "queued_command", "prompt": "Also this", "commandMode": "prompt",
                           "origin": {"kind": "human", "session": "x"}, "other": 1}}  # fmt: skip
    kept = shared(line)
    assert kept is not None
    assert kept["attachment"] == {"type": "queued_command", "prompt": "Also this",
                                  "commandMode": "prompt", "origin": {"kind": "human"}}  # fmt: skip
    assert "rendered" not in kept


def test_an_api_error_loses_its_headers_and_ids() -> None:
    error = {"status": 529, "headers": {"x": "y"}, "request_id": "r",
             "error": {"type": "error", "request_id": "r",
                       "error": {"type": "overloaded_error", "message": "Overloaded"}},
             "cause": {"code": "ECONNRESET", "path": "https://proxy.internal/"}}  # fmt: skip
    kept = shared({"type": "system", "subtype": "api_error", "error": error, "retryAttempt": 1})
    assert kept is not None
    assert kept["error"] == {
        "status": 529,
        "error": {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
        "cause": {"code": "ECONNRESET"},
    }


# Blocks


def test_thinking_keeps_its_text_only() -> None:
    blocks = [{"type": "thinking", "thinking": "Hm.", "signature": "s"},
              {"type": "redacted_thinking", "data": "d"}]  # fmt: skip
    assert content_of(user(blocks)) == [
        {"type": "thinking", "thinking": "Hm."}, {"type": "redacted_thinking"},
    ]  # fmt: skip


def test_an_unknown_block_leaves_its_name() -> None:
    blocks = [{"type": "hologram", "data": "x"}, {"type": "Über <b>"}, {"type": 5}, {}, "text"]
    assert content_of(user(blocks)) == [
        {"type": "hologram"}, {"type": "unknown"}, {"type": "unknown"}, {"type": "unknown"},
    ]  # fmt: skip


def test_a_tools_input_passes_whole() -> None:
    given = {"anything": [{"deep": None}], "api_key": "x"}
    block = {"type": "tool_use", "id": "t", "name": "mcp__a__b", "input": given, "caller": {"a": 1}}
    line = {"type": "assistant", "message": {"content": [block]}}
    assert content_of(line) == [{"type": "tool_use", "id": "t", "name": "mcp__a__b",
                                 "input": given}]  # fmt: skip


@pytest.mark.parametrize(
    ("media_type", "head"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/jpeg", b"\xff\xd8\xff\xe0"),
        ("image/gif", b"GIF89a"),
        ("image/webp", b"RIFF\x0a\x00\x00\x00WEBPVP8 "),
    ],
)
def test_images_pass_by_their_own_bytes(media_type: str, head: bytes) -> None:
    picture = image(base64.b64encode(head + b"....").decode(), media_type)
    assert content_of(user([picture])) == [picture]
    other = "image/gif" if media_type == "image/png" else "image/png"
    (text,) = content_of(user([image(picture["source"]["data"], other)]))
    assert text == {"type": "text", "text": f"[image removed: it is no {other}]"}


@pytest.mark.parametrize(
    "picture",
    [
        image("PHN2Zz48L3N2Zz4=", "image/svg+xml"),
        image(PNG, "<script>"),
        image(PNG + "\n secret words"),
        image(""),
        {"type": "image", "source": {"type": "url", "url": "https://example.com/private.png"}},
        {"type": "image", "source": {"type": "file", "file_id": "private"}},
        {"type": "image", "source": {"type": "ccshare", "sha256": "0" * 64}},
        {"type": "image", "source": PNG},
        {"type": "image"},
    ],
)
def test_what_is_no_image_becomes_a_text_that_quotes_nothing(picture: Json) -> None:
    for line in (user([picture]), user([{"type": "tool_result", "content": [picture]}])):
        text = json.dumps(shared(line))
        assert "[image removed: " in text
        assert "private" not in text
        assert "script" not in text
        assert '"source"' not in text


def test_a_pdf_leaves_its_size_and_a_text_document_passes() -> None:
    pdf = base64.b64encode(b"%PDF-1.7" + b"x" * 92).decode()
    blocks = [{"type": "document", "title": "t", "source": {"type": "base64", "data": pdf,
               "media_type": "application/pdf"}},
              {"type": "document", "source": {"type": "text", "media_type": "text/plain",
               "data": "words"}},
              {"type": "document", "source": {"type": "url", "url": "https://x/"}}]  # fmt: skip
    texts = [block["source"] for block in content_of(user(blocks))]
    assert [source["data"] for source in texts] == [
        "[PDF, 100 bytes, not shared]", "words", "[document, not shared]",
    ]  # fmt: skip
    assert all(source["type"] == "text" for source in texts)


def test_image_blocks_finds_every_image_and_lets_it_be_exchanged() -> None:
    kept = shared(user([image(), {"type": "tool_result", "content": [image(), image()]}]))
    assert kept is not None
    for block in image_blocks(kept):
        block["source"] = {"type": "ccshare"}
    assert PNG not in json.dumps(kept)
    assert json.dumps(kept).count("ccshare") == 3
    queued = {"type": "attachment", "attachment": {"type": "queued_command", "prompt": [image()]}}
    assert len(list(image_blocks(shared(queued) or {}))) == 1


# Tool results


def test_strings_and_lists_pass_and_other_shapes_do_not() -> None:
    assert twin_of("Error: Exit code 3") == "Error: Exit code 3"
    assert twin_of([{"type": "text", "text": "ok", "meta": 1}]) == [{"type": "text", "text": "ok"}]
    assert twin_of(5) is None


def test_twins_of_images_are_left_out() -> None:
    assert twin_of([image()]) == [{"type": "image"}]
    nested = [{"type": "tool_result", "content": [image()]}]
    assert PNG not in json.dumps(twin_of(nested))
    assert twin_of({"type": "image", "file": {"base64": PNG, "originalSize": 38}}) == {
        "type": "image", "file": {"originalSize": 38},
    }  # fmt: skip
    bash = {"stdout": "data:image/png;base64," + PNG, "isImage": True}
    assert twin_of(bash) == {"isImage": True}


def test_an_edit_keeps_its_patch_only() -> None:
    patch = {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1, "lines": ["-a", "+b"]}
    edit = {"filePath": "/w/a.py", "oldString": "a", "newString": "b", "originalFile": "a",
            "structuredPatch": [{**patch, "x": 1}, "junk"], "userModified": False}  # fmt: skip
    assert twin_of(edit) == {
        "filePath": "/w/a.py", "structuredPatch": [patch], "userModified": False,
    }  # fmt: skip


def test_content_passes_unless_the_call_has_it() -> None:
    write = {"type": "create", "filePath": "/w/a.py", "content": "x", "structuredPatch": []}
    assert "content" not in twin_of(write)
    assert twin_of({"mode": "content", "content": "a.py:1:x"})["content"] == "a.py:1:x"
    agent = {"agentId": "a", "prompt": "p", "content": [{"type": "text", "text": "found"}]}
    assert twin_of(agent) == {"agentId": "a", "content": [{"type": "text", "text": "found"}]}


def test_answers_keep_their_free_keys() -> None:
    asked = {"answers": {"Which?": "A", "Both?": ["A", "B"], "Odd?": {"x": 1}},
             "annotations": {"Which?": {"notes": "n", "preview": "p", "z": 1}}}  # fmt: skip
    assert twin_of(asked) == {
        "answers": {"Which?": "A", "Both?": ["A", "B"]},
        "annotations": {"Which?": {"notes": "n", "preview": "p"}},
    }


def test_places_on_the_authors_machine_and_private_links_do_not_pass() -> None:
    keys = ("outputFile", "persistedOutputPath", "transcriptDir", "scriptPath", "sessionUrl",
            "backgroundCwdHint", "rawOutputPath")  # fmt: skip
    assert twin_of(dict.fromkeys(keys, "/home/dana/x") | {"status": "ok"}) == {"status": "ok"}


def test_meta_of_a_subagent() -> None:
    assert shared_meta({"agentType": "Explore", "worktreePath": "/x", "toolUseId": 5}) == {
        "agentType": "Explore"
    }
