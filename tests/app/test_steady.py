"""Reading while the share is being replaced: one revision or the other, never a mix."""

from collections.abc import Callable
from typing import Any

import pytest
from ccshare.app import download
from ccshare.app.steady import begun
from ccshare.app.storage import shares

Document = Callable[..., bytes]


def replacing(alice: Any, times: int, body: bytes, real: Callable[..., Any]) -> Callable[..., Any]:
    """`real`, but the first `times` calls come upon a share that was just uploaded again."""
    left = [times]

    def read(*arguments: Any) -> Any:
        if left[0]:
            left[0] -= 1
            assert alice.upload(body).status_code == 200
        return real(*arguments)

    return read


PATHS = (
    "/s/{}",
    "/s/{}?print=1",
    "/s/{}/messages?page=1",
    "/s/{}/items/1/raw",
    "/s/{}/items/1.md",
    "/s/{}.md",
    "/s/{}.txt",
    "/s/{}.json",
    "/s/{}.jsonl",
    "/embed/s/{}",
    "/oembed?url=http://localhost/s/{}?m=1",
    "/api/sessions/{}/messages",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("times", "status"), [(1, 200), (99, 503)])
def test_it_is_made_again(
    alice: Any,
    document: Document,
    lines: Any,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    times: int,
    status: int,
) -> None:
    share_id = alice.share(document(lines.user("The old prompt"), lines.answer("old " * 900)))
    body = document(lines.user("The new prompt"), lines.answer("new " * 900))
    with monkeypatch.context() as patch:
        for name in ("messages", "lines"):
            patch.setattr(shares, name, replacing(alice, times, body, getattr(shares, name)))
        answer = alice.get(path.format(share_id))
    assert answer.status_code == status
    if status == 200:
        assert "The new prompt" in answer.text
        assert "The old prompt" not in answer.text
    else:
        assert "Retry-After" in answer.headers


def test_a_patch_is_made_again(
    alice: Any, document: Document, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def body(word: str) -> bytes:
        call = {"type": "tool_use", "id": "t", "name": "Edit", "input": {"file_path": "a.py"}}
        hunk = {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1, "lines": [f"+{word}"]}
        told = {"filePath": "a.py", "structuredPatch": [hunk]}
        result = {**lines.result("t", "done"), "toolUseResult": told}
        return document(lines.user(word * 900), lines.assistant(call), result)

    share_id = alice.share(body("older"))
    patched = replacing(alice, 1, body("newer"), shares.lines)
    monkeypatch.setattr(shares, "lines", patched)
    answer = alice.get(f"/s/{share_id}/changes.patch")
    assert "+newer" in answer.text
    assert "+older" not in answer.text
    assert share_id not in answer.headers["ETag"]


def test_what_is_long_breaks_off(
    alice: Any, document: Document, long_document: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(long_document.replace(b"of many", b"of many" * 200))
    with alice.client.application.test_request_context():
        share = shares.load(shares.alive(share_id).pk)
        answer = begun(share, download.lines(share))
        other = document(session_id="long")
        monkeypatch.setattr(shares, "messages", replacing(alice, 1, other, lambda *_: 1 // 0))
        assert len(next(answer)) >= 32 << 10
        with pytest.raises(download.Changed):
            list(answer)


def test_a_fault_of_ours_stays_one(
    alice: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_id = alice.share(document())

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shares, "messages", fail)
    with pytest.raises(ZeroDivisionError):
        alice.get(f"/api/sessions/{share_id}/messages")
