"""Traces of literals are seen in every line of JSON in which the literals stand."""

import json
import random
import string
import urllib.parse
from itertools import pairwise

import pytest
from ccshare.transcript import engines
from ccshare.transcript.propagate import Echoes
from ccshare.transcript.traces import TraceLook, Traces

NAMES = ["ann lee", "jim.berets", "rob@clark", "robert clark", "bartholomew", "o'neil dee"]


def found(data: str, names: list[str], also: str = "") -> bool:
    return TraceLook([Traces(names, any_case=True)], also).found(data.encode())


@pytest.fixture(params=["re2", "plain"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        monkeypatch.setattr(engines, "re2", None)


@pytest.mark.usefixtures("engine")
def test_two_short_runs_count_together() -> None:
    assert found("by Jim.Berets, who", NAMES)
    assert found("jim%2eberets", NAMES)
    assert found(r"JIM\\u002eBERETS", NAMES)
    assert not found("jim and " + "x" * 50 + "berets", NAMES)
    assert not found("jim\nberets", NAMES)
    assert not found("berets, jim", NAMES)
    assert found("mail of bartholomew", NAMES)
    assert not found("nobody", NAMES) and not found("", NAMES) and not found("all of it", [])


@pytest.mark.usefixtures("engine")
def test_one_that_begins_another_is_not_lost() -> None:
    names = ["rob hart", "robe hart", "robes hart", "hartmut1"]
    assert all(found(f"... {name} ...", names) for name in names)
    # A run that is a half of one and a trace of another by itself needs no second half.
    both = TraceLook([Traces(["love lane"], any_case=True), Traces(["love"])])
    assert both.found(b"my love") and both.found(b"Love  Lane")
    assert TraceLook([Traces(["eve.love"]), Traces(["lovely-one"])]).found(b"a lovely one")
    assert found("x%41", NAMES, "%4[0-9]")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(10))
def test_in_every_spelling(seed: int) -> None:
    source = random.Random(seed)

    def word() -> str:
        return "".join(source.choices(string.ascii_lowercase, k=source.randint(1, 12)))

    names = [f"{word()}{source.choice([' ', '.', '@', '. ', '-'])}{word()}" for _ in range(60)]
    echoes = Echoes(dict.fromkeys(names[:30], "person"), names[30:])
    for name in names:
        if max(len(run) for run in name.replace(".", " ").replace("@", " ").split()) < 3:
            continue
        for said in (name, json.dumps(json.dumps(name)), urllib.parse.quote(name), name.title()):
            if said == name.title() and name in names[:30]:
                continue  # only names that somebody else finds count in any case
            line = json.dumps({"text": f"it is {said} here"}).encode()
            assert echoes.possible(b'{"a":1}\n' + line), (name, said)


def test_many_names_take_no_longer_than_few() -> None:
    """Linear: no state for each set of names that are half seen."""
    source = random.Random(5)
    first = ["".join(source.choices(string.ascii_lowercase, k=4)) for _ in range(400)]
    look = TraceLook([Traces([f"{a} {b}" for a, b in pairwise(first)])])
    line = " ".join(source.choices(first, k=20_000)).encode()
    assert look.found(line)
    apart = b" --------------------------------------- ".join(line.split()[:2_000])
    assert not look.found(apart)
