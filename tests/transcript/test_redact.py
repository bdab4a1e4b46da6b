"""A session with secrets planted everywhere: gone afterwards, and nothing else is."""

import base64
import copy
import hashlib
import json
import random
from pathlib import Path
from typing import Any

from ccshare.transcript.findings import MAX_PLACES
from ccshare.transcript.paths import Places
from ccshare.transcript.personal import Personal
from ccshare.transcript.redact import Allowances, Line, Redactor
from ccshare.transcript.rules import RULES
from ccshare.transcript.rules.recipes import fill
from ccshare.transcript.scan import scan
from ccshare.transcript.walk import MAX_DEPTH

HOME = "/home/dana"
CWD = f"{HOME}/src/acme"


def planted(seed: int) -> tuple[list[dict[str, Any]], list[str]]:
    """A made-up session with one secret of every rule, each in several places, and the values."""
    source = random.Random(seed)
    lines: list[dict[str, Any]] = []
    values = [fill(rule.example, source) for rule in RULES]
    for number, value in enumerate(values):
        ids = {
            "uuid": f"u{number}",
            "parentUuid": f"u{number - 1}" if number else None,
            "sessionId": "s",
        }
        call = {
            "type": "tool_use",
            "id": f"t{number}",
            "name": "Bash",
            "input": {"command": f"use '{value}'"},
        }
        result = {"type": "tool_result", "tool_use_id": f"t{number}", "content": f"a\n{value}\nb"}
        answers = {
            "type": "text",
            "answers": {f"is it {value} ?": "yes"},
            "stdout": f"a\n{value}\nb",
        }
        lines.append(
            {"type": "assistant", **ids, "cwd": CWD, "message": {"id": "m", "content": [call]}}
        )
        lines.append(
            {"type": "user", **ids, "message": {"content": [result]}, "toolUseResult": answers}
        )
    return lines, values


def redacted(lines: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], Redactor]:
    redactor = Redactor(Places(HOME, CWD))
    return [redactor.line(line, n) for n, line in enumerate(lines, 1)], redactor


def cores(value: str) -> list[str]:
    """The parts of an example that are the secret itself, not what stands around it."""
    return [part for part in value.replace("/", " ").replace("=", " ").split() if len(part) > 30]


def shape(value: Any) -> Any:
    """The structure of a JSON value, without its strings."""
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    return [shape(item) for item in value] if isinstance(value, list) else type(value)


def test_every_planted_secret_is_gone() -> None:
    lines, values = planted(1)
    after, redactor = redacted(lines)
    text = json.dumps(after, ensure_ascii=False)
    for value in values:
        assert json.dumps(value)[1:-1] not in text
        assert not any(core in text for core in cores(value)), value
    assert redactor.report.total >= len(values) - 2


def test_structure_and_ids_are_intact() -> None:
    lines, _ = planted(2)
    after, _ = redacted(lines)
    assert shape(after) == shape(lines)
    for old, new in zip(lines, after, strict=True):
        assert [new.get(key) for key in ("type", "uuid", "parentUuid", "sessionId")] == [
            old.get(key) for key in ("type", "uuid", "parentUuid", "sessionId")
        ]
        assert new["message"]["content"][0]["type"] == old["message"]["content"][0]["type"]


def test_twice_changes_nothing_and_the_server_agrees() -> None:
    lines, _ = planted(3)
    after, _ = redacted(lines)
    again, second = redacted(after)
    assert again == after
    assert second.report.total == 0
    assert all(scan(line) == [] for line in after)


def test_input_is_not_touched() -> None:
    lines, _ = planted(4)
    before = json.dumps(lines)
    redacted(lines)
    assert json.dumps(lines) == before


def test_same_value_same_mark() -> None:
    source = random.Random(5)
    first, second = (fill("ghp_<an:36>", source) for _ in range(2))
    redactor = Redactor(Places())
    text = redactor.text(f"{first} {second} TOKEN={first}")
    assert (
        text
        == "[REDACTED:github-token#1] [REDACTED:github-token#2] TOKEN=[REDACTED:github-token#1]"
    )
    assert redactor.line({"message": {"content": first}}) == {
        "message": {"content": "[REDACTED:github-token#1]"}
    }
    assert redactor.report.counts == {"github-token": 2}
    assert redactor.report.rules["github-token"].marks == 4


def test_numbers_go_on_after_those_of_an_earlier_run() -> None:
    value = fill("ghp_<an:36>", random.Random(6))
    text = Redactor(Places()).text(f"[REDACTED:github-token#7] {value}")
    assert text == "[REDACTED:github-token#7] [REDACTED:github-token#8]"


def test_keys_with_secrets_stay_two() -> None:
    value = fill("ghp_<an:36>", random.Random(7))
    line = {"toolUseResult": {"answers": {f"{HOME}/a": 1, "~/a": 2, value: 3}}}
    answers = Redactor(Places(HOME)).line(line)["toolUseResult"]["answers"]
    assert answers == {"~/a (2)": 1, "~/a": 2, "[REDACTED:github-token#1]": 3}


def test_value_under_a_secret_key() -> None:
    line = {
        "message": {"content": [{"type": "tool_use", "id": "t", "input": {"password": "hunter2!"}}]}
    }
    after = Redactor(Places()).line(line)
    assert after["message"]["content"][0]["input"] == {"password": "[REDACTED:password#1]"}


def test_allowed_values_stay_on_both_ends() -> None:
    value = fill("ghp_<an:36>", random.Random(8))
    allowed = frozenset({hashlib.sha256(value.encode()).hexdigest()})
    line = {"message": {"content": f"see {value}"}}
    assert Redactor(Places(), Allowances(digests=allowed)).line(line) == line
    assert scan(line, allowed) == []
    assert [finding.rule for finding in scan(line)] == ["github-token"]


def test_scan_tells_the_place_and_never_the_value() -> None:
    value = fill("xoxb-<dig:12>-<dig:12>-<an:24>", random.Random(9))
    line = {"message": {"content": [{"type": "tool_use", "input": {"command": f"curl {value}"}}]}}
    (finding,) = scan(line)
    assert finding.place == "message.content[0].input.command"
    assert finding.digest == hashlib.sha256(value.encode()).hexdigest()
    assert value not in repr(finding)


def test_scan_leaves_unsure_hits_to_the_author() -> None:
    assert scan({"message": {"content": "password='hunter2!'"}}) == []


def test_scan_sees_keys_and_depth() -> None:
    value = fill("ghp_<an:36>", random.Random(10))
    assert scan({"toolUseResult": {"answers": {value: "x"}}})
    deep: Any = value
    for _ in range(MAX_DEPTH + 10):
        deep = [deep]
    assert [finding.rule for finding in scan({"message": deep})] == ["nested-too-deep"]


def test_report_holds_no_value_and_is_bounded() -> None:
    source = random.Random(11)
    values = [fill("ghp_<an:36>", source) for _ in range(200)]
    redactor = Redactor(Places())
    for number, value in enumerate(values, 1):
        redactor.line({"message": {"content": value}}, number)
    found = redactor.report.rules["github-token"]
    assert found.values == 200
    assert len(found.places) == MAX_PLACES
    assert str(found.places[0]) == "line 1: message.content"
    assert not any(value in repr(redactor.report) for value in values)
    first = next(iter(redactor.report.values.values()))
    assert (first.sample, first.count, first.mark) == ("ghp_…", 1, "[REDACTED:github-token#1]")
    assert len(redactor.report.values) == 200


def test_short_values_have_no_sample() -> None:
    redactor = Redactor(Places())
    redactor.text("password='hunter2!'")
    assert [found.sample for found in redactor.report.values.values()] == ["…"]


def test_paths_are_learnt_from_the_lines() -> None:
    redactor = Redactor(Places())
    after = redactor.line(
        {"cwd": "/home/eve/app", "message": {"content": "/home/eve/app/a /home/eve/b"}}
    )
    assert after == {"cwd": ".", "message": {"content": "./a ~/b"}}
    assert redactor.report.paths == 2


def test_samples_of_others_hold_no_false_mark(samples: list[Path]) -> None:
    for path in samples:
        redactor = Redactor(Places())
        for raw in path.read_text("utf-8", "replace").splitlines():
            line = json.loads(raw) if raw.startswith("{") else None
            if not isinstance(line, dict) or line.get("type") not in (
                "user",
                "assistant",
                "system",
            ):
                continue
            after = redactor.line(line)
            assert Redactor(Places()).line(after) == after
            assert scan(after) == []
        assert redactor.report.total <= 1, (path.name, redactor.report.counts)


def test_value_is_found_by_the_key_it_stands_under_or_by_the_name_beside_it() -> None:
    value = "ba089635" + "c258f4db" + "97eff14f61801e99"
    by_key = {"openweather_api_key": value}
    beside = {"env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": value}]}
    for arguments in (by_key, beside):
        redacted = Redactor(Places("/home/x")).value({"input": arguments})
        assert value not in str(redacted)


def test_many_lines_at_once_are_as_each_by_itself() -> None:
    lines, _ = planted(7)
    harmless = [
        {"type": "user", "cwd": CWD, "message": {"content": f"Look at {CWD}/a{n}.py, please."}}
        for n in range(50)
    ]
    named = {"type": "user", "message": {"content": "dana-box is up"}, "a key in " + HOME: "x"}
    keyed = {"toolUseResult": {"api_key": "0f6a1c9e8b7d5e4f3a2b1c0d", "note": "short"}}
    lines = [*harmless, *lines, named, keyed, *harmless]

    def redactor() -> Redactor:
        return Redactor(Places(HOME, CWD), personal=Personal(HOME, "dana", "dana-box"))

    one, other = redactor(), redactor()
    each = [one.value(line, "", n) for n, line in enumerate(lines, 1)]
    others = [Line(json.loads(json.dumps(line)), "", n) for n, line in enumerate(lines, 1)]
    together = [
        line for at in range(0, len(others), 37) for line in other.lines(others[at : at + 37])
    ]
    assert together == each
    assert other.report == one.report
    assert one.report.total > 100
    assert one.report.paths >= 200


def test_a_secret_of_several_lines_goes_from_a_patch() -> None:
    source = random.Random(7)
    body = [base64.b64encode(source.randbytes(size)).decode() for size in (48, 48, 9)]
    key = ["-----BEGIN EC PRIVATE KEY-----", *body, "-----END EC PRIVATE KEY-----"]
    lines = [" # top", *(f"+{part}" for part in key), " x", "-old", "+home = /home/dana/x"]
    patch = {"oldStart": 1, "newStart": 1, "lines": lines}
    line = {"type": "user", "toolUseResult": {"structuredPatch": [patch]}}
    (once,), _ = redacted([line])
    after = once["toolUseResult"]["structuredPatch"][0]["lines"]
    assert after == [
        " # top", *["+[REDACTED:private-key#1]"] * 5, " x", "-old", "+home = ~/x",
    ]  # fmt: skip
    together = Redactor(Places(HOME, CWD)).lines([Line(copy.deepcopy(line), "", 1)])
    assert list(together) == [once]
    assert redacted([once])[0] == [once]


def test_the_second_pass_takes_out_echoes_and_leaves_the_rest_alone() -> None:
    source = random.Random(9)
    value, mail = f"{source.getrandbits(120):030x}", "eve.lee@site.org"
    lines = [
        {"type": "user", "message": {"content": f"DB_PASSWORD={value} for {mail}"}},
        {
            "a": [f"it was {value} then", "the whole site is down", f"see {value}"],
            "b": {"c": "evelyn"},
        },
        {"url": f"https://x.example/?m={mail.replace('@', '%40')}", "n": [1, None, True]},
        {"b64": base64.b64encode(f"user {value} and so on".encode()).decode(), value: "a key"},
        {"escaped": json.dumps({"m": mail.replace("@", "\\u0040"), "v": value})},
        {"number": "\n".join(f"{n}\u2192line of site {n}" for n in range(1, 9))},
    ]

    def after_the_first_pass() -> tuple[Redactor, list[dict[str, Any]]]:
        redactor = Redactor(Places(HOME, CWD), personal=Personal(HOME, "evelyn", "box"))
        redactor.learn(lines)
        first = [redactor.value(lines[0], "", 1)]
        redactor.know_all()
        return redactor, [*first, *copy.deepcopy(lines[1:])]

    (one, its), (other, _) = after_the_first_pass(), after_the_first_pass()
    whole = [one.value(line, "", n) for n, line in enumerate(its, 1)]
    again = [other.again(line, "", n) for n, line in enumerate(its, 1)]
    assert again == whole
    assert other.report == one.report
    said = json.dumps(again)
    assert value not in said
    assert "eve" not in said  # nor `evelyn`
    assert again[1]["a"][1] is its[1]["a"][1]
    assert again[5] is its[5]
