"""The quick looks save time and nothing else: the same is found with them and without."""

import json
import random
from pathlib import Path

import pytest
from ccshare.tests.redaction.compose import compose
from ccshare.tests.redaction.judge import strings
from ccshare.transcript import engines, looks
from ccshare.transcript.detect import find
from ccshare.transcript.personal import Personal
from ccshare.transcript.personal_shapes import addresses, cards, numbers
from ccshare.transcript.screen import Screen


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All different strings of some labelled sessions."""
    found: dict[str, None] = {}
    for session in compose(4)[:16]:
        path = session.save(tmp_path_factory.mktemp("session"))
        for file in path.parent.rglob("*"):
            if file.suffix == ".jsonl":
                for line in file.read_text(encoding="utf-8").splitlines():
                    found.update(dict.fromkeys(strings(json.loads(line))))
            elif file.suffix == ".txt":
                found[file.read_text(encoding="utf-8")] = None
    return list(found)


def test_secrets(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines.re2 is not None
    fast = [find(text) for text in texts]
    assert sum(map(bool, fast)) > 300
    monkeypatch.setattr("ccshare.transcript.detect.look", looks.PlainLook)
    for text, spans in zip(texts, fast, strict=True):
        assert find(text) == spans, text[:500]


def test_many_at_once(texts: list[str]) -> None:
    """What holds nothing when all are looked at together holds nothing alone."""
    person = Personal("/home/dana", "dana", "dana-box")
    person.learn({"text": text} for text in texts)
    together = Screen(person)
    for at in range(0, len(texts), 200):
        some = texts[at : at + 200]
        clean = together.clean(some)
        for text in clean:
            assert not find(text, person.find), text[:500]
    assert sum(bool(find(text, person.find)) for text in texts) > 400


def test_most_are_done_at_once(texts: list[str]) -> None:
    """Of those in which nothing is: else the look at all together would save nothing."""
    harmless = [text for text in texts if not find(text) and len(text) < 60_000]
    clean = Screen(None).clean(harmless)
    assert len(clean) > 0.9 * len(harmless)


def test_each_is_judged_by_itself() -> None:
    key = "".join(random.Random(1).choices("abcdefghijkmnpqrstuvwxyz23456789", k=32))
    texts = ["nothing at all", f"token: {key}", "more of nothing", f"api_key = '{key}'", "the end"]
    clean = Screen(None).clean(texts)
    assert clean == {"nothing at all", "more of nothing", "the end"}


def test_numbers(texts: list[str]) -> None:
    assert not numbers("no number at all")
    telling = [text for text in texts if [*addresses(text), *cards(text)]]
    assert len(telling) > 5
    for text in telling:
        assert numbers(text), text[:500]


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("*.py")), ids=lambda p: p.name)
def test_code(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = path.read_text(encoding="utf-8")
    fast = find(lines)
    monkeypatch.setattr("ccshare.transcript.detect.look", looks.PlainLook)
    assert find(lines) == fast
