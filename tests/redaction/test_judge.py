"""The judge itself: it must see a leak, and must see when a harmless text is gone."""

import pytest
from ccshare.tests.redaction.judge import Outcome, judge, leaks
from ccshare.tests.redaction.labels import Label
from ccshare.tests.redaction.person import person
from ccshare.tests.redaction.session import GENERATIONS, Session
from ccshare.tests.redaction.shapes import Random, make

LONG = "Zk3vQ9xLw2TgH7bNd5RmYc8PfJs4"


@pytest.mark.parametrize(
    ("spelling", "text", "leaked"),
    [
        ((LONG,), f"a {LONG} b", True),
        ((LONG,), f"a {LONG[:14]}… b", True),
        ((LONG,), f"a {LONG[-14:]} b", True),
        ((LONG,), f"a {LONG[:13]} b", False),
        ((LONG,), "a [REDACTED:secret#1] b", False),
        (("hunter2xyz",), "hunter2", False),
        (("hunter2xyz",), "the hunter2xyz", True),
        ((LONG[:14], LONG[14:]), f"'{LONG[:14]}' + 'x'", True),
        ((LONG[:9], LONG[9:18], LONG[18:]), LONG[:9], False),
    ],
)
def test_leaks(spelling: tuple[str, ...], text: str, leaked: bool) -> None:
    assert leaks(spelling, text) is leaked


@pytest.mark.parametrize("version", GENERATIONS)
def test_verdicts(tmp_path, version: str) -> None:
    rng = Random(1)
    session = Session(rng, person(rng), version)
    token, plain = make(rng, "ghp_{crc:36}"), "qwlkjas dlkj"
    scene = session.scene()
    session.bash(scene, "env", f"GITHUB_TOKEN={token}\n{plain}")
    scene.add(
        Label("token", "known", token, "bash"),
        Label("words", "known", plain, "bash"),
        Label("kept", "harmless", plain, "bash"),
        Label("lost", "harmless", token, "bash"),
        Label("nowhere", "named", LONG, "bash"),
    )
    aside = session.scene()
    session.agent(aside, f"try {token}", f"it is {token}")
    session.spill(aside, "out.txt", f"{token} {plain}")
    aside.add(Label("token", "echo", token, "agent"), Label("kept", "harmless", plain, "spilled"))
    outcome = Outcome()
    judge(session, tmp_path, outcome)
    found = {(v.label.kind, v.label.klass): v.good for v in outcome.verdicts}
    assert found == {
        ("token", "known"): True,
        ("words", "known"): False,
        ("kept", "harmless"): True,
        ("lost", "harmless"): False,
        ("token", "echo"): True,
    }
    assert [label.kind for label in outcome.unplaced] == ["nowhere"]
    assert outcome.marks >= 4
    assert not outcome.false_marks


def test_a_mark_on_nothing_is_seen(tmp_path) -> None:
    rng = Random(1)
    session = Session(rng, person(rng), "2.1.328")
    scene = session.scene()
    session.prompt(scene, f"please look at {make(rng, 'ghp_{crc:36}')} in the file")
    outcome = Outcome()
    judge(session, tmp_path, outcome)
    assert len(outcome.false_marks) == outcome.marks >= 1
