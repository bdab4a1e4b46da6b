"""`ccshare redact`: the document in a file."""

import gzip
import json
import stat

import pytest


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def test_to_standard_output(machine, make):
    assert machine.run("redact", machine.write()) == 0
    written = lines(machine.raw)
    assert written[0]["type"] == "ccshare"
    assert len(written) == 6
    assert make.secret.encode() not in machine.raw


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_to_a_file(machine, name):
    path = machine.write()
    machine.run("redact", path)
    expected = machine.raw
    out = machine.folder / name
    assert machine.run("redact", path, "-o", name) == 0
    assert machine.out == ""
    data = out.read_bytes()
    assert (gzip.decompress(data) if name.endswith(".gz") else data) == expected
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert str(out) in machine.err


def test_the_same_as_what_upload_sends(known, server):
    path = known.write()
    known.run("redact", path)
    document = lines(known.raw)
    known.run("upload", path, "--yes")
    assert server.seen[0].lines() == document


def test_a_failure_leaves_the_old_file(machine):
    out = machine.folder / "out.jsonl"
    out.write_text("old")
    bad = machine.folder / "bad.jsonl"
    bad.write_text("no session")
    assert machine.run("redact", bad, "-o", out) == 6
    assert out.read_text() == "old"
    assert sorted(p.name for p in machine.folder.iterdir()) == ["bad.jsonl", "out.jsonl"]


def test_a_folder_that_is_not_there(machine):
    assert machine.run("redact", machine.write(), "-o", "no/such/folder.jsonl") == 2
    assert "cannot be written" in machine.err


def test_a_forbidden_project_is_still_a_local_matter(machine, make):
    (machine.folder / ".ccshare.toml").write_text("share = false")
    path = machine.write(make.chain("user", 1, "Hi", cwd=str(machine.folder)))
    assert machine.run("redact", path) == 0
    assert "would refuse" in machine.err


def test_redacting_twice_changes_nothing(machine):
    machine.run("redact", machine.write())
    once = machine.raw
    machine.stdin = once
    assert machine.run("redact", "-") == 0
    assert machine.raw == once
