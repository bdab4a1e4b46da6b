"""The shared document: what is in it, in which order, and above all what is not."""

import gzip
import io
import json

import pytest
from ccshare.client.exits import ExitStatus, Failure
from ccshare.transcript.document import DocumentReader, FileEvent, HeaderEvent, TextEvent


def test_a_small_session(machine, make, prepare):
    lines, made = prepare(machine.write())
    header, *rest = lines
    assert header["session_id"] == make.id
    assert (header["title"], header["project"], header["branch"]) == (
        "The lost cent",
        "shop",
        "main",
    )
    assert sum(header["redacted"].values()) == 1
    assert [line["type"] for line in rest] == ["user", "assistant", "assistant", "user", "ai-title"]
    text = json.dumps(lines)
    assert make.secret not in text
    assert "dana" not in text
    assert rest[0]["cwd"] == "."
    assert rest[1]["message"]["content"][0]["text"] == "Let me look in .."
    assert made.folders == ("/home/dana/src/shop",)
    assert made.facts.messages == 4


def test_dropped_lines_are_relinked_over(machine, make, prepare):
    dropped = make.chain("user", 2, "") | {"type": "progress", "data": {"x": 1}}
    path = machine.write(make.chain("user", 1, "Hi"), dropped, make.chain("assistant", 3, "Yes"))
    lines, _ = prepare(path)
    assert [line.get("parentUuid") for line in lines[1:]] == [None, "u1"]


def test_state_lines_come_once_after_the_conversation(machine, make, prepare):
    def link(n):
        return {
            "type": "pr-link",
            "prNumber": n,
            "prUrl": f"https://github.com/o/r/pull/{n}",
            "prRepository": "o/r",
        }

    titles = [{"type": "ai-title", "aiTitle": f"T{n}"} for n in range(4)]
    costs = [{"type": "cost-state", "totalCostUSD": n} for n in range(3)]
    links = [link(n % 70) for n in range(200)]
    lines, _ = prepare(machine.write(*titles, *make.session()[:3], *links, *costs, titles[1]))
    kinds = [line["type"] for line in lines[1:]]
    assert kinds[:2] == ["user", "assistant"]
    assert kinds.count("ai-title") == kinds.count("cost-state") == 1
    assert kinds.count("pr-link") == 50
    assert lines[0]["title"] == "T1"
    assert lines[-1]["prUrl"] == link(199 % 70)["prUrl"]


def test_the_summary_of_another_session_stays_here(machine, make, prepare):
    stray = {"type": "summary", "summary": "Merger talks", "leafUuid": "elsewhere"}
    path = machine.write(stray, *make.session()[:3])
    lines, _ = prepare(path)
    assert "Merger talks" not in json.dumps(lines)


def test_subagents_and_spilled_outputs_follow(machine, make, prepare):
    path = machine.write()
    beside = machine.folder / make.id
    (beside / "subagents").mkdir(parents=True)
    (beside / "tool-results").mkdir()
    agent = make.chain("user", 1, f"Look for {make.secret}", isSidechain=True, agentId="a1")
    state = {"type": "ai-title", "aiTitle": "of the subagent"}
    (beside / "subagents/agent-a1.jsonl").write_bytes(make.ndjson(agent, state))
    meta = {"agentType": "Explore", "toolUseId": "t1", "worktreePath": "/home/dana/wt"}
    (beside / "subagents/agent-a1.meta.json").write_text(json.dumps(meta))
    (beside / "tool-results/t9.txt").write_text(f"key {make.secret} in /home/dana/src/shop/x")
    lines, made = prepare(path)
    at = next(i for i, line in enumerate(lines) if line["type"] == "ccshare-file")
    assert lines[at]["path"] == "subagents/agent-a1.jsonl"
    assert lines[at]["meta"] == {"agentType": "Explore", "toolUseId": "t1"}
    assert lines[at + 1]["message"]["content"].startswith("Look for [REDACTED:")
    assert lines[at + 2] == {"type": "ccshare-file", "path": "tool-results/t9.txt"}
    assert lines[at + 3]["text"].endswith("in ./x")
    assert len(lines) == at + 4
    assert lines[0]["title"] == "The lost cent"
    assert sum(lines[0]["redacted"].values()) == 1, "the same value counts once"
    assert made.files == 2


def test_a_secret_in_a_file_name_is_not_shared(machine, make, prepare):
    path = machine.write()
    folder = machine.folder / make.id / "tool-results"
    folder.mkdir(parents=True)
    (folder / f"{make.secret}.txt").write_text("out")
    lines, _ = prepare(path)
    assert lines[-2]["path"] == "tool-results/output-redacted-1.txt"
    assert make.secret not in json.dumps(lines)


@pytest.mark.parametrize("junk", [None, 5, "x", [], {}, [1], [[]], {"type": []}, True, "\ud800"])
def test_foreign_values_in_any_place_stop_nothing(machine, make, prepare, junk):
    lines = [*make.session(), {"type": "pr-link", "prUrl": "https://github.com/o/r/pull/1"}]
    bent = [{**line, key: junk} for line in lines for key in [*line, "toolUseResult", "unknown"]]
    prepare(machine.write(*lines, *bent))


@pytest.mark.parametrize("size", [300_000, 5_000_000])
def test_a_long_spilled_output_keeps_its_ends(machine, make, prepare, size):
    path = machine.write()
    folder = machine.folder / make.id / "tool-results"
    folder.mkdir(parents=True)
    (folder / "big.txt").write_text("first " + "x " * (size // 2) + " last")
    lines, made = prepare(path)
    text = lines[-1]["text"]
    assert text.startswith("first ")
    assert text.endswith(" last")
    assert len(text) < 101_000
    removed = int(text.partition("[truncated: ")[2].partition(" ")[0])
    kept = len(text) - len(f"\n[truncated: {removed} bytes removed]\n")
    assert removed + kept == size + 11
    assert made.size_before > size


def test_a_secret_across_the_cut_of_a_title_is_not_shared(machine, make, prepare):
    prompt = make.chain("user", 1, "x" * 80 + " " + make.secret)
    lines, _ = prepare(machine.write(prompt, make.chain("assistant", 2, "ok")))
    assert make.secret[:9] not in json.dumps(lines)


def test_wishes(machine, make, prepare):
    lines, _ = prepare(machine.write(), title=f"My {make.secret}", expires="12h")
    assert lines[0]["title"].startswith("My [REDACTED:")
    assert lines[0]["expires_in"] == "12h"


@pytest.mark.parametrize("title", ["", "  ", "x" * 301])
def test_a_wrong_title_is_a_mistake_of_usage(machine, prepare, title):
    with pytest.raises(Failure) as raised:
        prepare(machine.write(), title=title)
    assert raised.value.status is ExitStatus.USAGE


def test_a_home_folder_is_no_project_name(machine, make, prepare):
    lines, _ = prepare(machine.write(make.chain("user", 1, "Hi", cwd="/home/dana")))
    assert lines[0]["project"] == ""
    assert "dana" not in json.dumps(lines)


def test_standard_input_gives_the_same_document(machine, make, prepare):
    path = machine.write()
    lines, _ = prepare(path)
    assert prepare(None, stdin=path.read_bytes())[0] == lines
    assert prepare(None, stdin=gzip.compress(path.read_bytes()))[0] == lines


def test_standard_input_without_id_gets_one_of_its_own(machine, make, prepare):
    def nameless(text):
        line = make.chain("user", 1, text)
        del line["sessionId"]
        return prepare(None, stdin=make.ndjson(line))[0][0]["session_id"]

    assert nameless("one") == nameless("one") != nameless("two")


def test_a_document_is_a_session_too(machine, make, prepare):
    path = machine.write()
    folder = machine.folder / make.id
    (folder / "subagents").mkdir(parents=True)
    agent = make.chain("user", 1, "Look", isSidechain=True, agentId="a1")
    (folder / "subagents/agent-a1.jsonl").write_bytes(make.ndjson(agent))
    (folder / "tool-results").mkdir()
    (folder / "tool-results/t.txt").write_text("out")
    once, _ = prepare(path, title="Mine", expires="2w")
    redacted = machine.folder / "shared.jsonl"
    redacted.write_bytes(make.ndjson(*once))
    twice, _ = prepare(redacted)
    assert twice == once


def test_damaged_lines_are_left_out_and_counted(machine, make, prepare):
    path = machine.write()
    path.write_bytes(path.read_bytes() + b'[1]\n{"type":"user","mess')
    lines, made = prepare(path)
    assert len(lines) == 6
    assert made.unread.count == 2
    assert made.unread.first[0][1] == 7


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no user and no assistant message"),
        (b"hello\nworld\n", "Line 1 is not JSON"),
        (b'{"type":"mode"}\n', "no user and no assistant message"),
        (b"log line\n" * 5000, "first 1,000 lines"),
        (b"\x1f\x8bnot gzip", "damaged gzip"),
        (b'{"type":"ccshare","version":7}\n', "version"),
    ],
)
def test_no_session(machine, prepare, content, says):
    path = machine.folder / "thing.jsonl"
    path.write_bytes(content)
    with pytest.raises(Failure, match=says) as raised:
        prepare(path)
    assert raised.value.status is ExitStatus.NO_SESSION


def test_a_log_with_some_session_lines_in_it_is_no_session(machine, make, prepare):
    path = machine.folder / "happy.log"
    path.write_bytes(b"[12:00] log\n" * 20 + make.ndjson(*make.session()))
    with pytest.raises(Failure, match="20 of its 26 lines cannot be read"):
        prepare(path)


def test_events_are_in_the_order_of_the_contract(machine, make, prepare):
    path = machine.write()
    folder = machine.folder / make.id / "tool-results"
    folder.mkdir(parents=True)
    (folder / "t.txt").write_text("out")
    lines, _ = prepare(path)
    events = list(DocumentReader(io.BytesIO(make.ndjson(*lines))))
    assert isinstance(events[0], HeaderEvent)
    assert isinstance(events[-2], FileEvent)
    assert isinstance(events[-1], TextEvent)


@pytest.mark.samples
def test_every_sample_can_be_prepared(samples, prepare):
    for path in samples:
        lines, made = prepare(path)
        assert made.facts.messages > 0, path
        assert made.header.title, path
        assert len(lines) > 2, path


@pytest.mark.samples
def test_what_is_no_session_is_refused(samples, prepare):
    for path in (samples[0].parent / "not-a-session").iterdir():
        with pytest.raises(Failure) as raised:
            prepare(path)
        assert raised.value.status is ExitStatus.NO_SESSION
