"""Which session is taken, and that it is said."""

import os
from pathlib import Path

import pytest
from ccshare.client import find
from ccshare.client.exits import ExitStatus, Failure

OTHER = "99999999-2222-4333-8444-555555555555"


def put(folder: Path, name: str, content: bytes, age: int = 0) -> Path:
    """A file that was last changed `age` seconds ago."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def project(machine):
    """Claude Code's folder for the machine's current folder."""
    return machine.root / "claude/projects" / find.project_key(str(machine.folder.resolve()))


@pytest.mark.parametrize(
    ("folder", "key"),
    [
        ("/w/app", "-w-app"),
        ("C:\\a b", "C--a-b"),
        ("/w/a.b_c", "-w-a-b-c"),
        ("/w/e\u0301", "-w--"),
        ("/w/\u00e9", "-w--"),
        ("/w/\U0001f600", "-w---"),
    ],
)
def test_project_key(folder, key):
    assert find.project_key(folder) == key


def test_a_file_by_its_path(machine, make):
    path = machine.write()
    found = find.session(machine.environment(), path.name)
    assert found.path == path


def test_an_id_in_any_project_and_the_newest_of_several(machine, make):
    projects = machine.root / "claude/projects"
    put(projects / "-old", f"{make.id}.jsonl", b"{}", age=100)
    newest = put(projects / "-moved", f"{make.id}.jsonl", b"{}")
    found = find.session(machine.environment(), make.id.upper())
    assert found.path == newest
    assert "newest of 2" in found.why


def test_standard_input(machine):
    found = find.session(machine.environment(), "-")
    assert found.path is None
    assert found.name == "standard input"


def test_the_running_session_comes_before_the_newest(machine, make, project):
    lines = make.ndjson(*make.session())
    running = put(project.parent / "-elsewhere", f"{make.id}.jsonl", lines, age=50)
    put(project, f"{OTHER}.jsonl", lines)
    machine.variables["CLAUDE_CODE_SESSION_ID"] = make.id
    assert find.session(machine.environment(), None).path == running


def test_a_running_session_without_file_is_not_replaced_by_another(machine, make, project):
    put(project, f"{OTHER}.jsonl", make.ndjson(*make.session()))
    machine.variables["CLAUDE_CODE_SESSION_ID"] = make.id
    with pytest.raises(Failure, match=make.id):
        find.session(machine.environment(), None)


def test_the_newest_real_session_of_the_folder(machine, make, project):
    lines = make.ndjson(*make.session())
    wanted = put(project, f"{make.id}.jsonl", lines, age=60)
    put(project, f"{OTHER}.jsonl", lines, age=90)
    warmup = make.chain("user", 1, "Warmup", isSidechain=True)
    put(project, "88888888-2222-4333-8444-555555555555.jsonl", make.ndjson(warmup))
    put(project, "77777777-2222-4333-8444-555555555555.jsonl", b'{"type":"mode"}\n')
    put(project, "agent-a1.jsonl", lines)
    put(project, "notes.jsonl", lines)
    found = find.session(machine.environment(), None)
    assert found.path == wanted
    assert str(machine.folder) in found.why


def test_a_long_folder_name_is_found_by_its_first_200_characters(machine, make, tmp_path):
    deep = tmp_path / ("x" * 120) / ("y" * 120)
    deep.mkdir(parents=True)
    key = find.project_key(str(deep.resolve()))
    assert len(key) > 200
    folder = machine.root / "claude/projects" / f"{key[:200]}-1k2j3h"
    wanted = put(folder, f"{make.id}.jsonl", make.ndjson(*make.session()))
    machine.folder = deep
    assert find.session(machine.environment(), None).path == wanted


@pytest.mark.parametrize("wanted", [None, "nowhere.jsonl", OTHER, "."])
def test_what_is_not_there_ends_with_a_hint(machine, wanted):
    with pytest.raises(Failure) as raised:
        find.session(machine.environment(), wanted)
    assert raised.value.status is ExitStatus.NO_SESSION
    assert raised.value.todo
