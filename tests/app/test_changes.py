"""The Changes view, and its patch applied by git and by patch to a real project."""

import difflib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

Document = Callable[..., bytes]

START = {"shop/cart.py": "".join(f"line {n}\n" for n in range(1, 41)), "end.txt": "one\ntwo"}
EDITS = [
    ("shop/cart.py", START["shop/cart.py"].replace("line 3\n", "line three\nand more\n")),
    ("end.txt", "one\ntwo\nthree\n"),
    ("shop/cart.py", START["shop/cart.py"].replace("line 3\n", "line three\nand more\n")
     .replace("line 30\n", "").replace("line 5\n", "line five\n")),
    ("new file.py", "print('new')\n"),
    ("new file.py", "print('new')\nprint('more')\n"),
]  # fmt: skip


def structured(old: str, new: str) -> list[dict[str, Any]]:
    """What Claude Code keeps of an edit."""
    ends = "\\ No newline at end of file"
    hunks: list[dict[str, Any]] = []
    found = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), n=3)
    for line in list(found)[2:]:
        if line.startswith("@@"):
            numbers = [part.lstrip("-+").split(",")[0] for part in line.split()[1:3]]
            hunks.append({"oldStart": int(numbers[0]), "newStart": int(numbers[1]), "lines": []})
        elif line.endswith("\n"):
            hunks[-1]["lines"].append(line[:-1])
        else:
            hunks[-1]["lines"] += [line, ends]
    return hunks


@pytest.fixture
def session(lines: Any) -> list[dict[str, Any]]:
    """A session that makes EDITS, then fails to make another."""
    state, made = dict(START), [lines.user("Change things")]
    for number, (path, text) in enumerate(EDITS):
        created = path not in state
        name = "Write" if created else "Edit"
        given = {"file_path": f"./{path}", "content": text} if created else {"file_path": path}
        made.append(lines.assistant(
            {"type": "tool_use", "id": f"e{number}", "name": name, "input": given}
        ))  # fmt: skip
        details: dict[str, Any] = {"filePath": f"./{path}", "type": "create" if created else None}
        details["structuredPatch"] = [] if created else structured(state[path], text)
        made.append({**lines.result(f"e{number}", "done"), "toolUseResult": details})
        state[path] = text
    return [*made, lines.call("bad"), lines.result("bad", "failed", error=True)]


def project(folder: Path) -> Path:
    for path, text in START.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.mark.parametrize(
    "command", [("git", "apply", "--verbose", "-"), ("patch", "-p1", "--fuzz=0")]
)
def test_the_patch_makes_of_the_project_what_the_session_made(
    alice: Any, client: FlaskClient, session: Any, document: Document, tmp_path: Path, command: Any
) -> None:
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is missing")
    answer = client.get(f"/s/{alice.share(document(*session))}/changes.patch")
    assert answer.status_code == 200
    folder = project(tmp_path / "project")
    subprocess.run(command, cwd=folder, input=answer.data, check=True, capture_output=True)
    assert {path: (folder / path).read_text() for path, _ in EDITS} == dict(EDITS)


def test_files_are_listed_with_their_edits(
    alice: Any, client: FlaskClient, session: Any, document: Document
) -> None:
    share_id = alice.share(document(*session))
    whole = client.get(f"/s/{share_id}").text
    assert f'href="/s/{share_id}/changes"' in whole
    html = client.get(f"/s/{share_id}/changes").text
    assert html.index("<h3>end.txt</h3>") < html.index("<h3>new file.py</h3>")
    assert html.count("<h3>") == 3
    assert f'<a href="/s/{share_id}?m=2#m-2">Edit in message 2</a>' in html
    assert "New file in message 5" in html
    only = client.get(f"/s/{share_id}/changes?file=shop/cart.py").text
    assert only.count("<h3>") == 1
    assert client.get(f"/s/{share_id}/changes?file=no.py").status_code == 404
    assert client.get(f"/s/{share_id}/changes?file=%00&after=%00").status_code == 404
    assert client.get(f"/s/{share_id}/changes?after=zzz").status_code == 200


def test_a_session_without_changes(alice: Any, client: FlaskClient, document: Document) -> None:
    share_id = alice.share(document())
    assert "No file was changed" in client.get(f"/s/{share_id}/changes").text
    assert client.get(f"/s/{share_id}/changes.patch").status_code == 404


def test_what_is_not_exact_is_said(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    def edit(number: int, path: str, line: str) -> list[dict[str, Any]]:
        block = {"type": "tool_use", "id": f"e{number}", "name": "Edit", "input": {}}
        details = {"filePath": path, "structuredPatch": [{"oldStart": 1, "lines": [line]}]}
        return [
            lines.assistant(block),
            {**lines.result(f"e{number}", "done"), "toolUseResult": details},
        ]

    share_id = alice.share(document(
        lines.user("Go"),
        *edit(1, "./a.env", "+KEY=[REDACTED:generic#1]"),
        *edit(2, "~/.bashrc", "+alias"),
        *edit(3, "x\n--- a/evil\n+++ b/evil", "+y"),
        *edit(4, "../up", "+y"),
    ))  # fmt: skip
    text = client.get(f"/s/{share_id}/changes.patch").text
    assert "Not exact: message 2, a.env" in text
    assert "Left out: message 3 changed a file outside the project." in text
    assert "Left out: message 5 changed a file outside the project." in text
    assert "\n--- a/evil" not in text
    assert client.get(f"/s/{share_id}/changes").status_code == 200


def test_the_patch_is_not_sent_twice(
    alice: Any, client: FlaskClient, session: Any, document: Document
) -> None:
    path = f"/s/{alice.share(document(*session))}/changes.patch"
    first = client.get(path)
    assert first.headers["X-Robots-Tag"].startswith("noindex")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert client.head(path).data == b""
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_cells_of_a_notebook_are_listed_and_left_out_of_the_patch(
    alice: Any, client: FlaskClient, lines: Any, document: Document
) -> None:
    given = {"notebook_path": "./lab/a.ipynb", "cell_id": "c", "new_source": "x = 2\nprint(x)"}
    share_id = alice.share(document(
        lines.user("Go"),
        lines.assistant({"type": "tool_use", "id": "n", "name": "NotebookEdit", "input": given}),
        {**lines.result("n", "Updated"), "toolUseResult": {"old_source": "x = 1"}},
    ))  # fmt: skip
    html = client.get(f"/s/{share_id}/changes").text
    assert "<h3>lab/a.ipynb</h3>" in html
    assert f'<a href="/s/{share_id}?m=2#m-2">Edit in message 2</a>' in html
    assert '<span class="add">+2</span> <span class="cut">−1</span>' in html
    patch = client.get(f"/s/{share_id}/changes.patch").text
    assert "Left out: message 2 edited a cell of lab/a.ipynb, a notebook." in patch


def test_edits_whose_lines_nobody_named_are_listed_and_left_out_of_the_patch(
    alice: Any, client: FlaskClient, lines: Any, session: Any, document: Document, tmp_path: Path
) -> None:
    def call(name: str, tool: str, **given: Any) -> dict[str, Any]:
        return {"type": "tool_use", "id": name, "name": tool, "input": given}

    texts = {"old_string": "b", "new_string": "B\nc"}
    share_id = alice.share(document(
        *session,
        lines.assistant(
            call("x", "Edit", file_path="./old.py", **texts),
            call("y", "Edit", file_path="./all.py", replace_all=True, **texts),
            call("z", "Write", file_path="./whole.py", content="1\n2\n"),
        ),
        lines.user([
            {"type": "tool_result", "tool_use_id": name, "content": "ok"} for name in "xyz"
        ]),
    ))  # fmt: skip
    html = client.get(f"/s/{share_id}/changes").text
    assert "without 3\N{NO-BREAK SPACE}edits whose line numbers are unknown" in html
    number = 2 + len(EDITS) + 1
    for at, (file, count, words) in enumerate((
        ("old.py", "+2</span> <span class=\"cut\">−1", "line numbers unknown"),
        ("all.py", "+2</span> <span class=\"cut\">−1", "once, replaced as often as it stood there"),
        ("whole.py", "+2</span> <small>", "written whole; what stood there before"),
    )):  # fmt: skip
        only = client.get(f"/s/{share_id}/changes?file={file}").text
        assert f"Edit in message {number + at}</a>" in only
        assert count in only
        assert f"<small>{words}" in only
    patch = client.get(f"/s/{share_id}/changes.patch")
    assert "3 edits are left out for want of line numbers" in patch.text
    why = "the session does not say at which lines."
    assert f"Left out: message {number} changed old.py, +2 −1: {why}" in patch.text
    assert "old.py\n@@" not in patch.text
    # What is left still makes of the project what it says.
    folder = project(tmp_path / "project")
    git = ["git", "apply", "-"]
    subprocess.run(git, cwd=folder, input=patch.data, check=True, capture_output=True)
    assert {path: (folder / path).read_text() for path, _ in EDITS} == dict(EDITS)
