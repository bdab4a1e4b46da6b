"""The quick looks save time and nothing else: the same is found with them and without."""

import json
from pathlib import Path

import pytest
from ccshare.tests.redaction.compose import compose
from ccshare.tests.redaction.judge import strings
from ccshare.transcript import engines, looks
from ccshare.transcript.detect import find
from ccshare.transcript.personal_shapes import addresses, cards, numbers


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
