"""`ccshare upload` from end to end, against a server that records."""

import gzip
import json

import pytest

LINK = "/s/AbCdEf123456"


@pytest.fixture(autouse=True)
def no_spool_stays(tmp_path_factory, monkeypatch):
    """Temporary files go to a folder that must be empty in the end."""
    import tempfile

    folder = tmp_path_factory.mktemp("spool")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def test_stdout_is_the_bare_link(known, server, make):
    assert known.run("upload", known.write(), "--yes") == 0
    assert known.out == f"{server.url}{LINK}\n"
    header, *rest = server.seen[0].lines()
    assert header["session_id"] == make.id
    assert len(rest) == 5
    assert make.secret.encode() not in gzip.decompress(server.seen[0].body)


def test_what_is_shown_before(known, server):
    known.run("upload", known.write(), "--dry-run")
    for words in ("The lost cent", "shop", "4 messages", "to share", "github", "line 5"):
        assert words in known.err
    assert "Session:" in known.err
    assert known.out == ""
    assert server.seen == []


def test_a_dry_run_needs_no_key_and_no_server(machine):
    assert machine.run("upload", machine.write(), "--dry-run") == 0


def test_json(known, server):
    assert known.run("upload", known.write(), "--yes", "--json") == 0
    result = json.loads(known.out)
    assert result["url"].endswith(LINK)
    assert result["messages"] == 4
    assert result["redacted"]
    assert known.run("upload", known.write(), "--dry-run", "--json") == 0
    assert "url" not in json.loads(known.out)


def test_quiet_says_nothing_but_the_link(known, server):
    assert known.run("upload", known.write(), "--yes", "-q") == 0
    assert known.err == ""


def test_without_a_terminal_it_needs_yes(known, server):
    assert known.run("upload", known.write()) == 5
    assert "--yes" in known.err
    assert "The lost cent" in known.err
    assert (known.out, server.seen) == ("", [])


@pytest.mark.parametrize(
    ("answer", "code"), [("y", 0), ("YES", 0), ("n", 5), ("", 5), ("yo", 5), (None, 5)]
)
def test_on_a_terminal_it_asks(known, server, answer, code):
    known.terminal = True
    known.stdin = b"" if answer is None else f"{answer}\n".encode()
    assert known.run("upload", known.write()) == code
    assert "[y/N]" in known.err
    assert len(server.seen) == (code == 0)
    assert ("is checking it" in known.err) is (code == 0)


def test_without_a_key_it_says_so_at_once(machine):
    assert machine.run("upload", "nowhere.jsonl", "--yes") == 3
    assert "ccshare login" in machine.err


def test_a_wrong_key(known, server):
    known.variables["SHARE_API_KEY"] = "ccs_wrong"
    assert known.run("upload", known.write(), "--yes") == 3
    assert "not known here" in known.err
    assert known.out == ""


def test_an_unreachable_server(known):
    known.variables["SHARE_SERVER_URL"] = "http://127.0.0.1:9"
    assert known.run("upload", known.write(), "--yes") == 4
    assert "cannot be reached" in known.err
    assert known.out == ""


def test_a_failing_server_leaves_no_receipt(known, server):
    server.script = [server.problem(413, "Upload too large")]
    assert known.run("upload", known.write(), "--yes") == 6
    assert not (known.root / "config/receipts.json").exists()


def test_title_and_expiry_reach_the_header(known, server):
    assert known.run("upload", known.write(), "-y", "--title", "Mine", "--expires", "never") == 0
    header = server.seen[0].lines()[0]
    assert (header["title"], header["expires_in"]) == ("Mine", "never")


def test_an_update_says_so(known, server):
    path = known.write()
    known.run("upload", path, "--yes")
    known.run("upload", path, "--yes")
    assert "Updated" in known.err
    receipts = json.loads((known.root / "config/receipts.json").read_text())["receipts"]
    assert len(receipts) == 1


def test_web_opens_the_link(known, server):
    assert known.run("upload", known.write(), "--yes", "--web") == 0
    assert known.opened == [f"{server.url}{LINK}"]


def test_from_standard_input(known, server):
    known.stdin = known.write().read_bytes()
    assert known.run("upload", "-", "--yes") == 0
    assert len(server.seen[0].lines()) == 6


def test_a_project_that_forbids(known, server, make):
    project = known.root / "secret"
    project.mkdir()
    (project / ".ccshare.toml").write_text("share = false")
    path = known.write(make.chain("user", 1, "Hi", cwd=str(project)))
    for flag in ("--yes", "--dry-run"):
        assert known.run("upload", path, flag) == 5
        assert "share = false" in known.err
    assert server.seen == []


def test_what_is_no_session(known, server):
    (known.folder / "notes.jsonl").write_text("hello\n")
    assert known.run("upload", "notes.jsonl", "--yes") == 6
    assert "notes.jsonl is not a Claude Code session" in known.err
    assert "Line 1 is not JSON" in known.err
    assert server.seen == []


def test_a_hostile_session_cannot_write_to_the_terminal(known, make):
    line = make.chain("user", 1, "\x1b]0;owned\x07\x1b[2J\u202egpj.exe", gitBranch="a\x1b[31mb")
    assert known.run("upload", known.write(line), "--dry-run", "--title", "\x9b31mred\r") == 0
    for character in "\x1b\x07\x9b\u202e\r":
        assert character not in known.err


def test_interrupted_while_waiting(known, server):
    server.script = [server.problem(503, "Busy")]

    def interrupt():
        raise KeyboardInterrupt

    known.before_sleep = interrupt
    assert known.run("upload", known.write(), "--yes") == 130
    assert "ccshare list" in known.err
    assert known.out == ""


def test_interrupted_while_asked(known, server, monkeypatch):
    from ccshare.client.environment import Environment

    def interrupt(self, question):
        raise KeyboardInterrupt

    known.terminal = True
    monkeypatch.setattr(Environment, "ask", interrupt)
    assert known.run("upload", known.write()) == 130
    assert "stopped" in known.err
    assert server.seen == []


def test_a_full_disk_does_not_hide_the_link(known, server, monkeypatch):
    (known.root / "config/receipts.json").mkdir()
    assert known.run("upload", known.write(), "--yes") == 0
    assert known.out.endswith(f"{LINK}\n")
    assert "receipt could not be saved" in known.err
