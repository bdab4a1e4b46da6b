"""A shared session taken home: a file that Claude Code resumes, and nothing else written."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

EXAMPLE = next((Path(__file__).resolve().parents[2] / "examples").glob("*.jsonl"))


@pytest.fixture(scope="module")
def link(client_environment: dict[str, str]) -> str:
    return run(client_environment, "upload", str(EXAMPLE), "--yes").stdout.strip()


@pytest.fixture
def bob(client_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Somebody else, who has no key."""
    (tmp_path / "shop.api").mkdir()
    kept = {k: v for k, v in client_environment.items() if k != "SHARE_API_KEY"}
    mine = {"CLAUDE_CONFIG_DIR": tmp_path / "claude", "CCSHARE_CONFIG_DIR": tmp_path / "config"}
    return kept | {name: str(path) for name, path in mine.items()}


def run(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ccshare.client", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_it_is_whole_and_has_new_names(link: str, bob: dict[str, str], tmp_path: Path) -> None:
    project = tmp_path / "shop.api"
    done = run(bob, "clone", link, "--project", str(project))
    assert done.returncode == 0, done.stderr
    assert "Read the session first" in done.stderr
    session = done.stdout.strip().removeprefix("claude --resume ")
    UUID(session)
    key = "".join(c if c.isalnum() and c.isascii() else "-" for c in str(project.resolve()))
    [file] = [path for path in (tmp_path / "claude").rglob("*") if path.is_file()]
    assert file == tmp_path / "claude" / "projects" / key / f"{session}.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600

    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    *chain, title = lines
    assert title == {
        "type": "custom-title",
        "customTitle": "Fix the missing cent in cart totals",
        "sessionId": session,
    }
    seen: set[Any] = {None}
    for line in chain:
        assert line["parentUuid"] in seen  # nothing hangs in the air
        assert line["uuid"] not in seen
        seen.add(line["uuid"])
        assert (line["sessionId"], line["cwd"]) == (session, str(project.resolve()))
        assert line["timestamp"]
    assert chain[0]["parentUuid"] is None
    original = EXAMPLE.read_text(encoding="utf-8")
    assert not any(line["uuid"] in original for line in chain)

    contents = [line["message"]["content"] for line in chain if line["type"] != "system"]
    blocks = [block for content in contents if isinstance(content, list) for block in content]
    calls = {block["id"] for block in blocks if block["type"] == "tool_use"}
    results = {block["tool_use_id"] for block in blocks if block["type"] == "tool_result"}
    assert calls and results <= calls
    assert not any(block["type"] == "thinking" for block in blocks)


def test_each_clone_is_a_session_of_its_own(link: str, bob: dict[str, str], tmp_path: Path) -> None:
    share = link.rsplit("/", 1)[1]
    done = [run(bob, "clone", share, "--json", "--project", str(tmp_path)) for _ in range(2)]
    told = [json.loads(one.stdout) for one in done]
    assert told[0]["session_id"] != told[1]["session_id"]
    assert all(Path(one["path"]).stat().st_size for one in told)


@pytest.mark.parametrize(
    ("wanted", "status", "said"),
    [
        ("{server}/s/AAAAAAAAAAAA", 4, "is not shared"),
        ("{server}/other", 2, "neither a share's link nor its id"),
        ("file:///s/AAAAAAAAAAAA", 2, "neither a share's link nor its id"),
        ("http://127.0.0.1:9/s/AAAAAAAAAAAA", 4, "cannot be reached"),
    ],
)
def test_what_cannot_be_had_leaves_nothing(
    bob: dict[str, str], tmp_path: Path, wanted: str, status: int, said: str
) -> None:
    text = wanted.format(server=bob["SHARE_SERVER_URL"])
    done = run(bob, "clone", text, "--project", str(tmp_path))
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert not [path for path in (tmp_path / "claude").rglob("*") if path.is_file()]
