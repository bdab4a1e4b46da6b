"""Three workers, each with a cache of its own: after an unshare, and after a revocation, none of
them answers with anything any more.
"""

import base64
from collections.abc import Callable
from typing import Any

import pytest

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020802000000123da2a6"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
ASKED = 12  # times each, on new connections: all three workers get some


@pytest.fixture(scope="module")
def server(serve: Callable[..., Any]) -> Any:
    return serve(WEB_CONCURRENCY="3")


def with_image(session: str) -> bytes:
    data = base64.b64encode(PNG).decode()
    return (
        f'{{"type":"ccshare","version":1,"session_id":"{session}","title":"Pictures"}}\n'
        '{"type":"user","uuid":"u1","sessionId":"x","timestamp":"2026-11-20T09:00:00Z",'
        '"message":{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image",'
        f'"source":{{"type":"base64","media_type":"image/png","data":"{data}"}}}}]}}}}\n'
    ).encode()


def paths(server: Any, share_id: str) -> list[str]:
    picture = server.get(f"/s/{share_id}").text.split('src="/s/')[1].split('"')[0]
    return [
        f"/s/{share_id}",
        f"/s/{share_id}?page=1",
        f"/s/{share_id}?m=1",
        f"/s/{share_id}/messages?page=1",
        f"/s/{share_id}/items/1",
        f"/s/{share_id}.jsonl",
        f"/s/{picture}",
        f"/api/sessions/{share_id}",
        f"/api/sessions/{share_id}/messages",
    ]


@pytest.mark.parametrize("how", ["owner", "operator"])
def test_after_an_unshare_nothing_answers(server: Any, how: str) -> None:
    admin = {"Authorization": "Bearer " + "k" * 30}
    body = with_image(f"pictures-{how}")
    share_id = server.ask("POST", "/api/sessions", data=body, headers=admin).json()["id"]
    etags: dict[str, str] = {}
    server.ask_until(3, "/healthz")
    for path in paths(server, share_id):
        answer = server.get(path)
        for answer in server.ask_together(path, ASKED):
            assert answer.status_code == 200, path
            assert answer.headers["Cache-Control"] in {"private, no-cache", "no-store"}
        etags[path] = answer.headers.get("ETag", '"x"')
        if "ETag" in answer.headers:
            assert server.get(path, If_None_Match=etags[path]).status_code == 304
    server.ask_until(3, f"/s/{share_id}", logged=f"/s/{share_id[:4]}")

    if how == "owner":
        gone = server.ask("DELETE", f"/api/sessions/{share_id}", headers=admin)
        assert gone.status_code == 204
    else:
        removed = server.command("sessions", "remove", f"{server.url}/s/{share_id}/items/1")
        assert removed.returncode == 0, removed.stderr
    for path, etag in etags.items():
        for headers in ({}, {"If-None-Match": etag}, {"If-None-Match": "*"}):
            for method in ("GET", "HEAD"):
                for _ in range(ASKED // 4):
                    answer = server.ask(method, path, headers=headers)
                    assert answer.status_code == 410, (method, path, headers)
                    assert "ETag" not in answer.headers
                    assert answer.headers["Cache-Control"] == "no-store"
                    assert "Pictures" not in answer.text
                    assert share_id not in answer.text
                    assert share_id not in str(answer.headers)


def test_a_revoked_key_is_refused_by_every_worker(server: Any) -> None:
    key = server.command("key", "create", "bob").stdout.strip()
    bearer = {"Authorization": f"Bearer {key}"}
    asked = [server.get("/api/sessions", **bearer).status_code for _ in range(ASKED)]
    assert set(asked) == {200}
    new = server.command("key", "rotate", "bob", "--grace", "1h").stdout.strip()
    for each in (key, new):
        assert server.get("/api/sessions", Authorization=f"Bearer {each}").status_code == 200
    assert server.command("key", "revoke", key[:12]).returncode == 0
    asked = [server.get("/api/sessions", **bearer).status_code for _ in range(ASKED)]
    assert set(asked) == {401}
    assert server.get("/api/sessions", Authorization=f"Bearer {new}").status_code == 200
