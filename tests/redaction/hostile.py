"""Properties of the redaction that hold for any input; hypothesis and the fuzzer both use them."""

import json
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from ccshare.tests.redaction.judge import reported
from ccshare.transcript.allow import shared

from .person import person
from .session import Session

HOME = Path("/home/of-the-judge")
"""Always the same, so that its patterns are compiled once; nothing is written there."""


def session_of(values: list[Any]) -> Session:
    """A session that holds these JSON values: as arguments, as results and as text."""
    rng = Random(1)
    session = Session(rng, person(rng), "2.1.328")
    scene = session.scene()
    session.prompt(scene, "Go.")
    for value in values:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        given = value if isinstance(value, dict) else {"value": value}
        session.mcp(scene, "x__call", given, text)
        session.bash(scene, text[:2000], text)
        session.say(scene, text)
    return session


def check(values: list[Any]) -> None:
    """AssertionError if a property does not hold for a session that holds these values."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        main = session_of(values).save(folder)
        lines, _ = reported(main, HOME)
        before = [shared(json.loads(line)) for line in main.read_text("utf-8").split("\n") if line]
        same_shape([line for line in before if line], lines[1:], "line")
        again = folder / "again.jsonl"
        again.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        unchanged = reported(again, HOME)[0] == lines
        assert unchanged, "a second run changed something"


IDS = ("uuid", "parentUuid", "sessionId", "type", "id", "tool_use_id", "timestamp")


def same_shape(before: Any, after: Any, place: str) -> None:
    """AssertionError if a JSON type, a length or an id changed."""
    assert type(before) is type(after), f"{place} was {type(before)}, is {type(after)}"
    if isinstance(before, list):
        assert len(before) == len(after), f"{place} has another length"
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            same_shape(old, new, f"{place}[{index}]")
    elif isinstance(before, dict):
        assert len(before) == len(after), f"{place} has another number of keys"
        for (key, old), new in zip(before.items(), after.values(), strict=True):
            same_shape(old, new, f"{place}.{key}")
        if "uuid" in before:
            assert [before.get(key) for key in IDS] == [after.get(key) for key in IDS], place
    elif not isinstance(before, str):
        assert before == after or before != before, f"{place} changed"
