"""What the redaction reaches on the labelled set must not fall. Raise a floor, never lower one.

Two seeds, so that nobody tunes to one. `python -m bench redaction` prints the whole figures; what
this prints on failure names kinds and places, never a value.
"""

from collections import Counter
from functools import cache

import pytest
from ccshare.tests.redaction.compose import compose
from ccshare.tests.redaction.judge import Outcome, rate
from ccshare.tests.redaction.labels import SECRET_CLASSES
from ccshare.tests.redaction.report import judged

SEEDS = (1, 2)
SESSIONS = 16
"""Of each seed: enough for every class, and quick."""
FLOORS = {
    "known": 0.995,
    "named": 0.985,
    "structural": 0.97,
    "disguised": 0.88,
    "echo": 0.97,
    "personal": 0.98,
    "harmless": 0.996,
}


@cache
def outcome(seed: int) -> Outcome:
    return judged(seed, SESSIONS)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("klass", FLOORS)
def test_floor(klass: str, seed: int) -> None:
    bad = [v.label for v in outcome(seed).verdicts if v.label.klass == klass and not v.good]
    where = Counter(f"{label.kind} @ {label.place}" for label in bad).most_common(12)
    reached = rate(outcome(seed), klass)  # apart, so that a failure shows the number alone
    assert reached >= FLOORS[klass], where


@pytest.mark.parametrize("seed", SEEDS)
def test_few_marks_stand_for_nothing(seed: int) -> None:
    found = outcome(seed)
    rules = Counter(rule for rule, _, _ in found.false_marks)
    false, marks, refused = len(found.false_marks), found.marks, len(found.refused)
    assert false <= 0.05 * marks, rules
    assert refused == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_every_label_stands_where_it_says(seed: int) -> None:
    assert not [f"{label.kind} @ {label.place}" for label in outcome(seed).unplaced]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_set_is_as_broad_as_it_should_be(seed: int) -> None:
    labels = [label for s in compose(seed) for scene in s.scenes for label in scene.labels]
    secrets = [label for label in labels if label.klass in SECRET_CLASSES]
    assert len(secrets) >= 1_000
    assert len({label.kind for label in secrets}) >= 300
    assert sum(label.klass == "personal" for label in labels) >= 150
    assert sum(label.klass == "harmless" for label in labels) >= 1_300


def test_a_seed_gives_the_same_set_again_and_another_one_another() -> None:
    def values(seed: int) -> list[str]:
        sessions = compose(seed)[:3]
        return [label.value for s in sessions for scene in s.scenes for label in scene.labels]

    assert values(5) == values(5) != values(6)
