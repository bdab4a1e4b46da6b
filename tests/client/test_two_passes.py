"""A value found once is gone everywhere, in every spelling, before and after; nothing else is."""

import base64
import hashlib
import html
import json
import random
import string
import urllib.parse
from typing import Any

import pytest
from ccshare.client.draft import BLOCK, Draft
from ccshare.client.exits import ExitStatus, Failure
from ccshare.client.redacting import Redaction
from ccshare.client.second_pass import LARGE, SecondPass
from ccshare.client.spool import Spool
from ccshare.transcript.document import encode

SOURCE = random.Random(11)
SECRET = "".join(SOURCE.choice(string.ascii_letters + string.digits) for _ in range(30)) + "/+" * 2
PLACE = f"API_TOKEN={SECRET}"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SPELLINGS = {
    "bare": SECRET,
    "JSON": json.dumps(json.dumps({"a": SECRET})),
    "JSON, slash escaped": SECRET.replace("/", r"\/"),
    "URL": urllib.parse.quote(SECRET, safe=""),
    "URL, lower": urllib.parse.quote(SECRET, safe="").replace("%2F", "%2f"),
    "URL, all of it": "".join(f"%{ord(c):02X}" for c in SECRET),
    "HTML": html.escape(f"<{SECRET}>"),
    "HTML, all of it": "".join(f"&#{ord(c)};" for c in SECRET),
    "unicode escapes": "".join(f"\\u{ord(c):04x}" for c in SECRET),
    **{f"base64 + {n}": b64("x" * n + SECRET + "y" * n) for n in range(4)},
    "base64 in bytes": base64.b64encode(b"\xff\xfe\x00" + SECRET.encode() + b"\xff" * 9).decode(),
    "base64 twice": b64(b64(f"it is {SECRET}")),
    "base64 for URLs": base64.urlsafe_b64encode(f"???{SECRET}".encode()).decode(),
    "colours": "".join(f"{c}\x1b[1m" for c in SECRET),
    "literals": f'"{SECRET[:12]}" + "{SECRET[12:]}"',
    "continued": f"x={SECRET[:20]}\\\n{SECRET[20:]}",
    "in a word": f"prefix{SECRET}suffix",
}


def text_of(lines: list[dict[str, Any]]) -> str:
    return json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("name", SPELLINGS)
def test_an_echo_in_any_spelling_is_gone(machine, make, prepare, name, before):
    echo = make.chain("user", 1 if before else 9, f"see {SPELLINGS[name]} there")
    found = make.chain("user", 5, f"cat .env\n{PLACE}\n")
    lines, made = prepare(machine.write(*([echo, found] if before else [found, echo])))
    said = lines[1 if before else 2]["message"]["content"]
    assert said.startswith("see ") and said.endswith(" there")
    assert "[REDACTED:token#1]" in said
    assert SECRET[4:20] not in text_of(lines) and SECRET[-16:] not in text_of(lines)
    assert SPELLINGS[name] not in text_of(lines)
    assert made.header.redacted == {"token": 1}


def test_echoes_go_from_every_file_and_from_the_header(machine, make, prepare):
    path = machine.write(
        make.chain("user", 1, "hello", gitBranch=f"fix-{SECRET[:30]}"),
        make.chain("assistant", 2, [{"type": "text", "text": f"TOKEN={SECRET[:30]}"}]),
        {"type": "ai-title", "aiTitle": f"About {SECRET[:30]}", "sessionId": make.id},
    )
    folder = machine.folder / make.id
    (folder / "tool-results").mkdir(parents=True)
    (folder / "subagents").mkdir()
    (folder / "tool-results" / f"{SECRET[:30]}.txt").write_text(f"out {SECRET[:30]} out")
    (folder / "subagents" / "agent-a.jsonl").write_bytes(
        make.ndjson(make.chain("user", 1, f"sub {SECRET[:30]}", isSidechain=True, agentId="a"))
    )
    lines, made = prepare(path)
    assert SECRET[:20] not in text_of(lines)
    assert text_of(lines).count("[REDACTED:token#1]") >= 5
    assert made.header.title == "About [REDACTED:token#1]"
    assert made.reported.counts == {"token": 1}


def test_a_title_cut_inside_a_value_shows_no_half_of_it(machine, make, prepare):
    prompt = f"{'word ' * 15}{SECRET * 5}"
    lines, _made = prepare(
        machine.write(make.chain("user", 1, prompt), make.chain("user", 2, f"TOKEN={SECRET * 5}"))
    )
    assert SECRET[:6] not in text_of(lines)


@pytest.mark.parametrize("value", ["hunter2hunter2", "localhost:8080", "password", "12345678"])
def test_what_does_not_look_random_stays_elsewhere(machine, make, prepare, value):
    lines, _ = prepare(
        machine.write(
            make.chain("user", 1, f"it says {value} here"),
            make.chain("user", 2, f"DB_PASSWORD={value}"),
        )
    )
    assert lines[1]["message"]["content"] == f"it says {value} here"


def test_a_short_value_goes_only_where_it_stands_alone(machine, make, prepare):
    lines, _ = prepare(
        machine.write(
            make.chain("user", 1, "the Zx9!kQ2w here, aZx9!kQ2w there"),
            make.chain("user", 2, "DB_PASSWORD=Zx9!kQ2w"),
        )
    )
    assert lines[1]["message"]["content"] == "the [REDACTED:password#1] here, aZx9!kQ2w there"


def test_the_lines_of_a_private_key_go_too(machine, make, prepare):
    rows = ["".join(SOURCE.choice(string.ascii_letters) for _ in range(64)) for _ in range(4)]
    key = "\n".join(["-----BEGIN PRIVATE KEY-----", *rows, "-----END PRIVATE KEY-----"])
    lines, _ = prepare(
        machine.write(make.chain("user", 1, f"grep: {rows[2]}"), make.chain("user", 2, key))
    )
    assert lines[1]["message"]["content"] == "grep: [REDACTED:private-key#1]"


def test_twice_changes_nothing(machine, make, prepare):
    echoes = [make.chain("user", n, f"see {s} x") for n, s in enumerate(SPELLINGS.values(), 1)]
    path = machine.write(*echoes, make.chain("user", 99, PLACE))
    first, _made = prepare(path)
    again, second = prepare(machine.write(*first, name="again.jsonl"))
    assert again == first
    assert second.reported.counts == {}


def test_a_cut_comes_after_the_echoes(machine, make, prepare):
    """A value that the cut goes through must not leave a half."""
    filler = "x " * 24_990
    content = [{"type": "tool_result", "tool_use_id": "t", "content": filler + SECRET + filler * 4}]
    lines, _ = prepare(
        machine.write(make.chain("user", 1, content), make.chain("user", 2, f"TOKEN={SECRET}"))
    )
    assert SECRET[:6] not in text_of(lines)
    assert "[truncated: " in text_of(lines)


def test_draft_gives_back_what_was_written():
    lines = [(encode({"n": n, "t": "x" * (n % 900)}), f"f{n % 3}", n) for n in range(3_000)]
    with Draft() as draft:
        for line in lines:
            draft.write(*line)
        blocks = list(draft.blocks())
        assert len(blocks) > 3 and all(len(block.data) < BLOCK + 2_000 for block in blocks)
        assert [line for block in blocks for line in draft.lines(block)] == lines


@pytest.mark.parametrize("place", ["text", "base64", "key"])
@pytest.mark.parametrize("large", [1, LARGE])
def test_the_second_lock_refuses_with_rule_and_place(tmp_path, monkeypatch, place, large):
    monkeypatch.setattr("ccshare.client.second_pass.LARGE", large)
    token = "gh" + "p_" + SECRET[:30] + "aB3dE6"
    content = {
        "text": token,
        "base64": b64(f"is {token}"),
        "key": [{"input": {token: {"a": token}}}],
    }
    line = {"type": "user", "message": {"content": content[place]}}
    with Draft() as draft, Spool() as spool:
        draft.write(encode(line), "", 7)
        second = SecondPass(Redaction(tmp_path), draft, spool)
        with pytest.raises(Failure) as refusal:
            second.run()
    failure = refusal.value
    assert failure.status is ExitStatus.PRIVACY
    assert "Nothing was sent" in failure.message
    assert "github-token in line 7, message.content" in failure.message
    digest = hashlib.sha256(token.encode()).hexdigest()
    assert f"--allow {digest}" in failure.todo and "report" in failure.todo
    assert token[8:20] not in failure.message + failure.todo
