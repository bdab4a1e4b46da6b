"""Which files belong to a session."""

import json
import shutil
from pathlib import Path

import pytest
from ccshare.transcript.bundle import collect, session_id_of

SESSIONS = Path(__file__).resolve().parents[1] / "fixtures" / "sessions"
NEWEST = "b8a1abcd-1a69-46c7-ada4-f9fc3c6da5d7"
OURS = "0f0e0d0c-1111-4222-8333-444455556666"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "projects" / "-home-dana-src-shop"
    shutil.copytree(SESSIONS, folder)
    return folder


def agent(path: Path, session_id: str = OURS, text: str = "Look around") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"type": "user", "sessionId": session_id, "isSidechain": True,
            "message": {"role": "user", "content": text}}  # fmt: skip
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")


def session(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    main = folder / f"{OURS}.jsonl"
    main.write_text('{"type":"user","sessionId":"other"}\n', encoding="utf-8")
    return main


def names(main: Path) -> list[str]:
    found = collect(main)
    return [file.relative for file in (*found.subagents, *found.spilled)]


def test_the_newest_layout(project: Path) -> None:
    found = collect(project / f"{NEWEST}.jsonl")
    assert found.session_id == NEWEST
    (subagent,) = found.subagents
    assert subagent.relative == "subagents/agent-a7d3f21b9c.jsonl"
    assert subagent.meta["agentType"] == "Explore"
    assert subagent.meta["toolUseId"].startswith("toolu_")
    assert "worktreePath" not in subagent.meta
    assert [file.relative for file in found.spilled] == ["tool-results/b7k2m9.txt"]


def test_the_older_layout_takes_our_agents_only(project: Path) -> None:
    agent(project / "agent-stranger.jsonl", session_id="someone-else")
    found = collect(project / "v2.0.jsonl")
    assert found.session_id == "d95bafc8-f2a4-427b-acf4-bb99f4bea973"
    assert [file.relative for file in found.subagents] == ["subagents/agent-5f2c9a1e.jsonl"]
    assert found.subagents[0].path == project / "agent-5f2c9a1e.jsonl"


def test_subagents_stand_as_they_began(tmp_path: Path) -> None:
    main = session(tmp_path)
    for name, minute in (("c", 1), ("a", 2), ("b", 3)):
        path = tmp_path / OURS / "subagents" / f"agent-{name}.jsonl"
        agent(path)
        line = json.loads(path.read_text()) | {"timestamp": f"2026-11-20T10:0{minute}:00.000Z"}
        path.write_text(json.dumps(line) + "\n")
    assert names(main) == [f"subagents/agent-{name}.jsonl" for name in "cab"]


def test_subagents_are_found_in_nested_folders(tmp_path: Path) -> None:
    main = session(tmp_path)
    nested = tmp_path / OURS / "subagents" / "workflows" / "run-1"
    agent(nested / "agent-b.jsonl")
    agent(nested / "journal.jsonl")
    agent(tmp_path / OURS / "subagents" / "agent-a.jsonl")
    assert names(main) == ["subagents/agent-a.jsonl", "subagents/workflows/run-1/agent-b.jsonl"]


def test_a_file_in_both_places_counts_once(tmp_path: Path) -> None:
    main = session(tmp_path)
    agent(tmp_path / OURS / "subagents" / "agent-a.jsonl")
    agent(tmp_path / "agent-a.jsonl")
    (found,) = collect(main).subagents
    assert found.path.parent.name == "subagents"


def test_warmups_and_odd_names_stay_behind(tmp_path: Path) -> None:
    main = session(tmp_path)
    folder = tmp_path / OURS / "subagents"
    agent(folder / "agent-warm.jsonl", text="Warmup")
    agent(folder / "agent-b c.jsonl")
    agent(folder / ".hidden" / "agent-d.jsonl")
    results = tmp_path / OURS / "tool-results"
    results.mkdir()
    for name in ("a.txt", "b.bin", ".c.txt", "d e.txt"):
        (results / name).write_text("x")
    assert names(main) == ["tool-results/a.txt"]


def test_symbolic_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    agent(outside / "agent-secret.jsonl")
    (outside / "secret.txt").write_text("x")
    main = session(tmp_path / "project")
    folder = main.with_suffix("")
    (folder / "subagents").mkdir(parents=True)
    (folder / "subagents" / "agent-a.jsonl").symlink_to(outside / "agent-secret.jsonl")
    (folder / "subagents" / "more").symlink_to(outside, target_is_directory=True)
    (folder / "tool-results").symlink_to(outside, target_is_directory=True)
    (main.parent / "agent-b.jsonl").symlink_to(outside / "agent-secret.jsonl")
    assert names(main) == []


def test_a_linked_session_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    agent(outside / "subagents" / "agent-secret.jsonl")
    main = session(tmp_path / "project")
    main.with_suffix("").symlink_to(outside, target_is_directory=True)
    assert names(main) == []


@pytest.mark.parametrize("meta", [b"{", b"[1]", b'{"toolUseId":NaN}', b"[" * 50_000, b"\xff"])
def test_a_broken_meta_file_is_no_meta(tmp_path: Path, meta: bytes) -> None:
    main = session(tmp_path)
    agent(tmp_path / OURS / "subagents" / "agent-a.jsonl")
    (tmp_path / OURS / "subagents" / "agent-a.meta.json").write_bytes(meta)
    assert [file.meta for file in collect(main).subagents] == [{}]


def test_the_session_id_of_files_with_other_names(tmp_path: Path) -> None:
    named = session(tmp_path)
    assert session_id_of(named) == OURS
    copy = named.rename(tmp_path / "my copy.jsonl")
    assert session_id_of(copy) == "other"
    copy.write_text('{"type":"summary","sessionId":"../../etc"}\n')
    unnamed = session_id_of(copy)
    assert unnamed.startswith("unnamed-")
    with copy.open("a") as grown:
        grown.write('{"type":"user","message":{"content":"more"}}\n')
    assert session_id_of(copy) == unnamed, "the same link when the session grows"
    copy.write_text('{"type":"user","message":{"content":"another"}}\n')
    assert session_id_of(copy) != unnamed, "another session is never taken for this one"


def test_agents_come_after_those_that_called_them(tmp_path: Path) -> None:
    main = session(tmp_path)
    folder = tmp_path / OURS / "subagents"
    for name, depth in (("a", 2), ("b", 1)):
        agent(folder / f"agent-{name}.jsonl")
        (folder / f"agent-{name}.meta.json").write_text(json.dumps({"spawnDepth": depth}))
    assert names(main) == ["subagents/agent-b.jsonl", "subagents/agent-a.jsonl"]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        collect(tmp_path / f"{OURS}.jsonl")
