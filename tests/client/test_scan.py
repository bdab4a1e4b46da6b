"""`ccshare scan`: exit codes, one line per session, no value anywhere."""

import json


def test_scan_tells_where_and_never_what(machine, make):
    machine.folder = machine.root / "claude" / "projects" / "-home-dana-src-shop"
    machine.folder.mkdir(parents=True)
    assert machine.run("scan") == 0
    path = machine.write()
    clean = machine.write(make.chain("user", 1, "hello, kmiller@mail.de"), name="clean.jsonl")
    assert machine.run("scan", "-v") == 5
    assert f"{path}: github-token 1" in machine.out
    assert "message.content[0].content" in machine.out
    assert make.secret[:12] not in machine.out + machine.err
    assert str(clean) not in machine.out
    assert machine.run("scan", clean) == 0
    assert machine.run("scan", path, "--json", "-q") == 5
    assert json.loads(machine.out) == {"path": str(path), "findings": {"github-token": 1}}
    assert machine.err == ""
    assert machine.run("scan", path, "--allow", "github-token") == 0


def test_what_is_no_session_is_said(machine):
    (machine.folder / "x.jsonl").write_text("no\n")
    assert machine.run("scan", "x.jsonl") == 6
    assert machine.run("scan", "missing.jsonl") == 6
