"""The report on a judged set: figures, and what was missed or marked wrongly, by cause."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .compose import compose
from .judge import Outcome, Verdict, judge, rate
from .labels import SECRET_CLASSES

EXAMPLES = 2
TARGETS = {
    None: 0.97,
    "known": 0.995,
    "named": 0.98,
    "structural": 0.97,
    "disguised": 0.80,
    "personal": 0.98,
    "harmless": 0.995,
}
"""What issue 4 asks for; None is every secret. `echo` has no figure of its own."""


def judged(seed: int, sessions: int | None = None) -> Outcome:
    """Compose the set of a seed and run the client over its sessions, all or the first few."""
    outcome = Outcome()
    for session in compose(seed)[:sessions]:
        with tempfile.TemporaryDirectory() as folder:
            judge(session, Path(folder), outcome)
    return outcome


def summary(outcome: Outcome) -> Iterator[str]:
    """A line per class, and the worst kinds."""
    for klass in (None, *SECRET_CLASSES, "personal", "harmless"):
        classes = SECRET_CLASSES if klass is None else (klass,)
        of = [v for v in outcome.verdicts if v.label.klass in classes]
        kinds = len({v.label.kind for v in of})
        good, target = 100 * rate(outcome, klass), TARGETS.get(klass)
        reach = f"to reach {100 * target:g}" if target else ""
        yield f"{klass or 'secrets':<11} {good:6.2f} %  of {len(of):>5} ({kinds} kinds)  {reach}"
    false = len(outcome.false_marks)
    precision = 100 * (1 - false / outcome.marks) if outcome.marks else 100
    yield f"marks       {outcome.marks}, {false} of them on nothing that was labelled"
    yield f"precision   {precision:6.2f} %"
    for message in outcome.refused:
        yield f"refused     {message}"
    if outcome.unplaced:
        yield f"unplaced    {len(outcome.unplaced)} labels stand nowhere in what is shared"


def by_kind(outcome: Outcome) -> Iterator[str]:
    """Recall of each kind that is not caught everywhere, the worst first."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for verdict in outcome.verdicts:
        if verdict.label.klass in (*SECRET_CLASSES, "personal"):
            kinds[verdict.label.kind].append(verdict.good)
    rows = [(sum(good) / len(good), kind, good) for kind, good in kinds.items() if not all(good)]
    for share, kind, good in sorted(rows, key=lambda row: (row[0], row[1])):
        yield f"{100 * share:5.0f} %  {kind} ({sum(good)} of {len(good)})"


def _missed(outcome: Outcome) -> dict[str, float]:
    """Share that is missed, by kind and by place, of what only a name tells."""
    shares: dict[str, list[bool]] = defaultdict(list)
    for verdict in outcome.verdicts:
        if verdict.label.klass == "named":
            shares[verdict.label.kind].append(not verdict.good)
            shares[verdict.label.place].append(not verdict.good)
    return {key: sum(bad) / len(bad) for key, bad in shares.items()}


def _cause(verdict: Verdict, missed: dict[str, float]) -> tuple[str, str]:
    label = verdict.label
    if label.klass == "known":
        kind = "bare" if label.place.startswith("bare:") else "beside its name"
        return label.klass, f"{label.kind} ({kind})"
    if label.klass == "named":
        by_kind, by_place = missed[label.kind], missed[label.place]
        if by_kind >= by_place:
            return label.klass, f"{label.kind} ({100 * by_kind:.0f} % of its places)"
        return label.klass, f"{label.place.strip()} ({100 * by_place:.0f} % of its kinds)"
    if label.klass in ("disguised", "echo"):
        return label.klass, label.place
    return label.klass, label.kind


def misses(outcome: Outcome, examples: int = EXAMPLES) -> Iterator[str]:
    """Every miss and false mark, grouped by cause, with made-up examples in their context."""
    causes: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    missed = _missed(outcome)
    for verdict in outcome.verdicts:
        if not verdict.good:
            causes[_cause(verdict, missed)].append(verdict)
    last = ""
    for (klass, cause), found in sorted(causes.items(), key=lambda c: (c[0][0], -len(c[1]), c[0])):
        if klass != last:
            yield f"\n## {klass}: {'marked though harmless' if klass == 'harmless' else 'missed'}"
            last = klass
        yield f"- {cause}: {len(found)} x"
        for verdict in found[:examples]:
            yield f"    [{verdict.label.kind} @ {verdict.label.place}] {verdict.before!r}"
            if klass != "harmless" and verdict.after and verdict.after != verdict.before:
                yield f"      after: {verdict.after!r}"
    yield "\n## marks on what is not labelled"
    rules: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rule, taken, around in outcome.false_marks:
        rules[rule].append((taken, around))
    for rule, found in sorted(rules.items(), key=lambda item: -len(item[1])):
        yield f"- {rule}: {len(found)} x"
        for taken, around in found[: examples + 1]:
            yield f"    took {taken!r} in {around!r}"
