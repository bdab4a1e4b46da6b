"""A long session is read by two processes, and that is not to be seen in what comes of it."""

import gzip
import json
import sys
from typing import Any

import pytest
from ccshare.client import second_reader, writer

from .conftest import SECRET, chain, ndjson

HALF = 60


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Two readers from the first byte on; whether the second one's part was taken, each time."""
    monkeypatch.setattr(second_reader, "FROM_BYTES", 0)
    monkeypatch.setattr(second_reader, "_HEAD_START", 0)
    for module in (second_reader, writer):
        monkeypatch.setattr(module, "BATCH", 1_000)
    monkeypatch.setattr(second_reader, "processors", lambda: 2)
    taken: list[bool] = []
    answer = second_reader.FirstPart._answer

    def noted(self: second_reader.FirstPart) -> Any:
        part = answer(self)
        taken.append(part is not None)
        return part

    monkeypatch.setattr(second_reader.FirstPart, "_answer", noted)
    return taken


def token(letter: str) -> str:
    """A secret of its own for each letter."""
    return "ghp_" + f"{letter}1B2c3D4e5F6" * 3


def result(number: int, text: str) -> dict[str, Any]:
    call = {"type": "tool_result", "tool_use_id": f"t{number}", "content": text}
    return chain("user", number, [call])


def long_session() -> list[dict[str, Any]]:
    """Both halves know something that the other one must learn."""
    lines = [chain("user", n, f"Step {n} in /home/dana/src/shop/{n}.py") for n in range(1, HALF)]
    lines[5] = result(6, f"TOKEN={token('a')} TOKEN={token('b')}")
    lines[6] = chain("user", 7, "tamsin was here, and the second machine is quasar")
    lines[7] = result(8, "an earlier mark: [REDACTED:github-token#7]")
    lines += [
        {"type": "pr-link", "prUrl": "https://x.example/1", "prNumber": 1, "timestamp": "a"},
        {"type": "ai-title", "aiTitle": "Not the last title"},
        {"type": "progress", "uuid": "d1", "parentUuid": f"u{HALF - 1}"},
        {"type": "progress", "uuid": "d2", "parentUuid": "d1"},
    ]
    rest = [chain("user", n, f"And then {n}, as {SECRET[:5]}") for n in range(HALF, 3 * HALF)]
    rest[0]["parentUuid"] = "d2"
    rest[1] = chain(
        "assistant",
        HALF + 1,
        [{"type": "tool_use", "id": "q", "name": "Bash", "input": {"command": "hostname"}}],
    )
    rest[2] = chain(
        "user", HALF + 2, [{"type": "tool_result", "tool_use_id": "q", "content": "quasar\n"}]
    )
    rest[39] = result(HALF + 39, "another: [REDACTED:github-token#9]")
    rest[40] = result(HALF + 40, f"TOKEN={token('b')} TOKEN={token('c')} /home/tamsin/x")
    rest[41] = result(HALF + 41, f"echo {token('a')} {token('d')}")
    rest[50] = chain("user", HALF + 50, "elsewhere", cwd="/home/dana/src/other")
    return [
        *lines,
        *rest,
        {"type": "pr-link", "prUrl": "https://x.example/1", "prNumber": 1, "timestamp": "b"},
        {"type": "ai-title", "aiTitle": "The last title"},
    ]


def test_it_is_the_same_as_by_one(machine: Any, answers: list[bool], monkeypatch: Any) -> None:
    path = machine.write(*long_session())
    path.write_bytes(path.read_bytes() + b'{"cut": ')
    assert machine.run("redact", path) == 0
    by_two, told = machine.raw, machine.err
    assert answers == [True]
    monkeypatch.setattr(second_reader, "processors", lambda: 1)
    assert machine.run("redact", path) == 0
    assert answers == [True]
    assert by_two == machine.raw
    assert told == machine.err
    assert "line 186: it is cut off" in told  # the second one's lines, numbered from the start
    text = by_two.decode()
    for secret in map(token, "abcd"):
        assert secret not in text
    assert "tamsin" not in text
    assert "quasar" not in text
    assert "Not the last title" not in text
    assert "[REDACTED:github-token#11]" in text  # two of the second half, beyond the nine of before
    lines = [json.loads(line) for line in text.splitlines()]
    assert next(line for line in lines if line.get("uuid") == f"u{HALF}")["parentUuid"] == (
        f"u{HALF - 1}"
    )


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "print('no part')",
    ],
)
def test_without_the_second_one_the_first_reads_on(
    machine: Any, answers: list[bool], monkeypatch: Any, program: str
) -> None:
    path = machine.write(*long_session())
    machine.run("redact", path)
    expected = machine.raw
    monkeypatch.setattr(second_reader, "_PROGRAM", program)
    assert machine.run("redact", path) == 0
    assert answers == [True, False]
    assert machine.raw == expected


def test_another_project_is_not_taken(machine: Any, answers: list[bool]) -> None:
    """The second one sees no folder until its own part, and would shorten other paths."""
    late = [chain("user", n, "x" * 200) for n in range(1, 4_000)]
    for line in late[:2_500]:
        line["cwd"] = "/"
    late[1_000]["cwd"] = "/srv/one/alpha"
    for line in late[2_500:]:
        line["cwd"] = "/srv/two/beta"
    path = machine.write(*late)
    assert machine.run("redact", path) == 0
    assert answers == [False]
    assert b"/srv/two/beta" not in machine.raw.split(b"\n")[0]


@pytest.mark.parametrize("name", ["shared.jsonl", "packed.jsonl.gz"])
def test_what_was_shared_before_is_read_by_one(
    machine: Any, answers: list[bool], name: str
) -> None:
    machine.run("redact", machine.write(*long_session()), "-o", name)
    assert machine.run("redact", machine.folder / name) == 0
    assert answers == [True]


def test_a_gzip_file_is_read_by_one(machine: Any, answers: list[bool]) -> None:
    path = machine.folder / "s.jsonl.gz"
    path.write_bytes(gzip.compress(ndjson(*long_session())))
    assert machine.run("redact", path) == 0
    assert answers == []


def test_nothing_is_imported_from_where_one_is(
    machine: Any, answers: list[bool], monkeypatch: Any
) -> None:
    folder = machine.folder / "ccshare"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        f"open({str(machine.folder / 'ran')!r}, 'w').close()\nraise SystemExit(1)\n"
    )
    monkeypatch.chdir(machine.folder)
    assert machine.run("redact", machine.write(*long_session())) == 0
    assert answers == [True]
    assert not (machine.folder / "ran").exists()
    assert sys.version_info >= (3, 11)  # what knows -P


def test_short_sessions_are_read_by_one(machine: Any, monkeypatch: Any) -> None:
    def started(_: object) -> None:
        raise AssertionError("a process for so little")

    monkeypatch.setattr(second_reader, "_started", started)
    assert machine.run("redact", machine.write(*long_session())) == 0
