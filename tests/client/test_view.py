"""`v` at the prompt, and what is allowed by what it shows."""

import hashlib
import json


def test_view_shows_the_finding_and_never_the_value(known, server, make):
    esc = chr(27)
    prompt = f"{esc}]0;evil{chr(7)} my TOKEN={make.secret} {esc}[2J there"
    path = known.write(make.chain("user", 1, prompt))
    known.terminal, known.stdin = True, b"v\nq\nn\n"
    assert known.run("upload", path) == 5
    assert hashlib.sha256(make.secret.encode()).hexdigest() in known.err
    assert "TOKEN=[REDACTED:github-token#1]" in known.err
    assert make.secret not in known.err and esc not in known.err and chr(7) not in known.err
    assert not server.seen


def test_allowed_by_rule_stays_and_the_header_says_so(known, server, make):
    path = known.write(make.chain("user", 1, f"TOKEN={make.secret}"))
    digest = hashlib.sha256(make.secret.encode()).hexdigest()
    for allowed in ("github-token", digest):
        assert known.run("upload", path, "--yes", "--json", "--allow", allowed) == 0
        head, line = server.seen[-1].lines()
        assert digest in head["allowed"]
        assert make.secret in json.dumps(line)
        assert json.loads(known.out)["allowed"] == head["allowed"]


def test_allow_never_takes_nor_repeats_a_value(known, make):
    path = known.write()
    assert known.run("upload", path, "--dry-run", "--allow", make.secret) == 2
    assert make.secret not in known.err


def test_own_pattern_is_taken_out(known, server, make):
    path = known.write(make.chain("user", 1, "project ACME-17 it is"))
    assert known.run("upload", path, "--yes", "--redact", "ACME-[0-9]+") == 0
    assert "ACME-17" not in json.dumps(server.seen[-1].lines())
    assert server.seen[-1].lines()[0]["redacted"] == {"custom": 1}
