"""Characters that PostgreSQL cannot store are stored the same way on both engines."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app.storage.texts import storable

NASTY = "a\u0000b\ud83dc\udc00d\u202ee🎈\n"
CLEAN = "a\ufffdb\ufffdc\ufffdd\u202ee🎈\n"


def test_it_works() -> None:
    assert storable("plain ünï 🎈") == "plain ünï 🎈"
    assert storable(NASTY) == CLEAN


@pytest.mark.parametrize("escape", [True, False])
def test_every_text_of_a_document(
    alice: Any, lines: Any, head: Callable[..., Any], escape: bool
) -> None:
    call = lines.assistant({"type": "tool_use", "id": "c", "name": NASTY, "input": {"x": NASTY}})
    call["message"]["model"] = NASTY
    made = [
        head(title=NASTY, project=NASTY, branch=NASTY),
        lines.user(NASTY, gitBranch=NASTY, slug=NASTY),
        call,
        lines.result("c", NASTY),
        {"type": "ccshare-file", "path": "subagents/agent-x.jsonl",
         "meta": {"agentType": NASTY, "description": NASTY, "toolUseId": "c"}},
        lines.user(NASTY, isSidechain=True, agentId="x"),
        {"type": "ccshare-file", "path": "tool-results/x.txt"},
        {"type": "ccshare-text", "text": NASTY},
    ]  # fmt: skip
    text = "".join(json.dumps(line, ensure_ascii=escape) + "\n" for line in made)
    answer = alice.upload(text.encode("utf-8", "replace"))
    assert answer.status_code == 201, answer.text
    share_id = answer.json["id"]
    for path in ("", "/messages?page=1", "/items/1", "/items/2", "/items/2.1", ".jsonl", ".md",
                 ".json", ".txt"):  # fmt: skip
        assert alice.get(f"/s/{share_id}{path}").status_code in {200, 404}, path
    shown = alice.get(f"/api/sessions/{share_id}").json
    whole = CLEAN if escape else CLEAN.replace("b\ufffdc\ufffdd", "b?c?d")
    for name in ("title", "project_name", "branch"):
        assert shown[name] == whole, name
    assert alice.patch(share_id, title=NASTY).json["title"] == CLEAN
    assert alice.get("/api/sessions").status_code == 200


def test_paths_that_no_engine_is_asked_for(alice: Any, document: Callable[..., bytes]) -> None:
    share_id = alice.share(document())
    for path in ("/items/1%00", "/items/%00", "?m=%00", "?page=%00", "/messages?page=%ED%A0%80"):
        assert alice.get(f"/s/{share_id}{path}").status_code < 500, path
