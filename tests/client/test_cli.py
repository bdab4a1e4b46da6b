"""The command line as a whole: exit codes, clean stdout, and the other commands."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from ccshare.client.exits import ExitStatus

ID = "AbCdEf123456"


@pytest.fixture
def process(machine):
    """Run the real program; gives the finished process."""

    def go(*arguments, stdin=b"", **variables):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHARE_", "CLAUDE"))}
        return subprocess.run(
            [sys.executable, "-m", "ccshare.client", *map(str, arguments)],
            env={**kept, **machine.variables, **variables},
            input=stdin,
            capture_output=True,
            cwd=machine.folder,
            check=False,
        )

    return go


def test_the_exit_codes_are_the_documented_ones():
    numbers = {status.name: int(status) for status in ExitStatus}
    assert numbers == {
        "DONE": 0,
        "TROUBLE": 1,
        "USAGE": 2,
        "NOT_ALLOWED": 3,
        "NETWORK": 4,
        "PRIVACY": 5,
        "NO_SESSION": 6,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize("module", ["cli", "shares", "login"])
def test_what_redacts_nothing_does_not_load_the_rules(module):
    """They take a quarter of a second."""
    command = f"import sys, ccshare.client.{module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)
    loaded = done.stdout.decode().split()
    assert "ccshare.client.environment" in loaded
    assert not [name for name in loaded if name.startswith("ccshare.transcript.r")]


def test_a_real_process_uploads(machine, server, make, process):
    path = machine.write()
    done = process("upload", path, "--yes", SHARE_SERVER_URL=server.url, SHARE_API_KEY=make.key)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{server.url}/s/{ID}\n".encode()
    assert server.seen[0].lines()[0]["title"] == "The lost cent"


def test_a_real_process_reads_a_pipe(machine, process):
    done = process("redact", "-", "-q", stdin=machine.write().read_bytes())
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout.splitlines()[0])["type"] == "ccshare"


def test_help_and_mistakes(process):
    helped = process("--help")
    assert helped.returncode == 0
    assert b"exit codes" in helped.stdout
    for wrong in ([], ["fly"], ["upload", "x", "--expires", "soon"], ["redact"], ["unshare"]):
        done = process(*wrong)
        assert done.returncode == 2, wrong
        assert done.stdout == b""
        assert b"usage: ccshare" in done.stderr


def test_nobody_reads_the_output(machine, make):
    path = machine.write(*make.session() * 400)
    command = f'"{sys.executable}" -m ccshare.client redact "{path}" -q | true'
    env = {**os.environ, **machine.variables}
    done = subprocess.run(command, shell=True, env=env, capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_ctrl_c_ends_cleanly(machine, make, tmp_path):
    spools = tmp_path / "tmp"
    spools.mkdir()
    env = {**os.environ, **machine.variables, "TMPDIR": str(spools)}
    command = [sys.executable, "-m", "ccshare.client", "redact", "-"]
    with subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background may have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        assert running.stdin
        running.stdin.write(make.ndjson(*make.session()) * 200)
        running.stdin.flush()
        time.sleep(1.0)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert out == b""
    assert b"stopped" in err
    assert b"Traceback" not in err
    assert list(spools.iterdir()) == []


def test_login_saves_what_works(machine, server, make):
    machine.stdin = f"{make.key}\n".encode()
    assert machine.run("login", "--server", server.url) == 0
    assert make.key not in machine.err + machine.out
    assert machine.run("upload", machine.write(), "--yes") == 0


def test_login_on_a_terminal_asks(machine, server, make):
    machine.terminal, machine.secret = True, make.key
    machine.stdin = f"{server.url}/\n".encode()
    assert machine.run("login") == 0
    assert "Server [http://localhost:3000]:" in machine.err
    assert machine.run("list") == 0


@pytest.mark.parametrize(("key", "says"), [(b"ccs_wrong\n", "not known here"), (b"", "No key")])
def test_login_saves_nothing_that_does_not_work(machine, server, key, says):
    machine.stdin = key
    assert machine.run("login", "--server", server.url) == 3
    assert says in machine.err
    assert list((machine.root / "config").iterdir()) == []


def share(number):
    return {
        "id": f"AbCdEf12345{number}",
        "url": f"https://x/s/AbCdEf12345{number}",
        "title": f"Title\x1b[31m {number}",
        "message_count": number,
        "updated_at": "2026-11-02T10:00:00Z",
        "expires_at": None if number else "2026-12-02T10:00:00Z",
    }


def test_list(known, server):
    server.shares = [share(n) for n in range(3)]
    assert known.run("list") == 0
    rows = known.out.splitlines()
    assert len(rows) == 3
    assert rows[0].split("  ")[0] == "https://x/s/AbCdEf123450"
    assert "until 2026-12-02" in rows[0]
    assert "\x1b" not in known.out
    assert known.run("list", "--json") == 0
    assert [row["id"] for row in json.loads(known.out)] == [row["id"] for row in server.shares]


def test_an_empty_list(known, server):
    assert known.run("list") == 0
    assert known.out == ""
    assert "nothing" in known.err
    assert known.run("list", "--json") == 0
    assert json.loads(known.out) == []


@pytest.mark.parametrize("how", [ID, "{url}/s/" + ID, "{url}/s/" + ID + "?m=42#m-42", "/s/" + ID])
def test_unshare(known, server, how):
    known.run("upload", known.write(), "--yes")
    assert known.run("unshare", how.format(url=server.url)) == 0
    assert (server.seen[-1].method, server.seen[-1].path) == ("DELETE", f"/api/sessions/{ID}")
    assert json.loads((known.root / "config/receipts.json").read_text()) == {"receipts": []}


def test_unshare_goes_on_after_a_failure(known, server):
    server.script = [server.problem(404, "No session here", "Check the link.")]
    assert known.run("unshare", "xxxxxxxxxxxx", ID) == 3
    assert "xxxxxxxxxxxx: No session here" in known.err
    assert f"{ID} is no longer shared" in known.err


def test_unsharing_what_is_gone_is_no_failure(known, server):
    server.script = [server.problem(410, "This session is gone")]
    assert known.run("unshare", ID) == 0
    assert "not shared any more" in known.err


@pytest.mark.parametrize("what", ["", "short", "https://x/", "https://x/t/AbCdEf123456", "a b"])
def test_unshare_wants_an_id_or_a_link(known, server, what):
    assert known.run("unshare", what, ID) == 2
    assert server.seen == []


def test_a_link_to_another_server_does_not_get_the_key(known, server):
    assert known.run("unshare", f"http://127.0.0.1:9/s/{ID}") == 2
    assert "--server" in known.err
    assert server.seen == []


def test_a_link_under_the_public_name_goes_where_it_was_shared(known, server):
    public = f"https://share.example/s/{ID}"
    reply = {"id": ID, "url": public, "revision": 1, "expires_at": None}
    server.script = [(201, {}, json.dumps(reply).encode())]
    assert known.run("upload", known.write(), "--yes") == 0
    assert known.run("unshare", public) == 0
    assert server.seen[-1].method == "DELETE"


def test_extend_status_open(known, server):
    assert known.run("extend", ID, "--expires", "never") == 0
    assert json.loads(server.seen[-1].body) == {"expires_in": "never"}
    assert "until you unshare" in known.err
    assert known.run("status", ID, "--json") == 0
    assert json.loads(known.out)["id"] == ID
    assert known.run("open", ID) == 0
    assert known.opened == [f"{server.url}/s/{ID}"]
