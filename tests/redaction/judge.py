"""The judge: runs the real client on a generated session and looks at what comes out."""

import gzip
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from ccshare.client import prepare
from ccshare.client.environment import Environment
from ccshare.client.exits import Failure
from ccshare.client.find import Found
from ccshare.client.redacting import Redaction
from ccshare.transcript.allow import shared, shared_meta

from .labels import SECRET_CLASSES, Label, Scene
from .session import Session

MARK = re.compile(r"\[REDACTED:([\w-]+)#\d+\]")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LEAST = 12
"""A stretch of so many characters of a value is a leak, or half of it if that is more."""
_CONTEXT = 40
_BESIDE = 16
"""Characters on each side by which a mark's place is found in the original."""


@dataclass
class Verdict:
    """How one label fared."""

    label: Label
    good: bool
    """Secret or personal: gone. Harmless: still there."""
    before: str = ""
    after: str = ""


@dataclass
class Outcome:
    """What the judge saw over all sessions."""

    verdicts: list[Verdict] = field(default_factory=list)
    unplaced: list[Label] = field(default_factory=list)
    """Labels that even the unredacted document does not hold: mistakes of the generator, or
    places that are not shared at all."""
    refused: list[str] = field(default_factory=list)
    """What the client said when it would not share a session at all."""
    marks: int = 0
    false_marks: list[tuple[str, str, str]] = field(default_factory=list)
    """Rule, what it took out, what stood around it."""


def run(main: Path, home: Path) -> list[dict[str, Any]]:
    """The lines of the document that the client makes of a session file.

    Raises the client's Failure.
    """
    return reported(main, home)[0]


def reported(main: Path, home: Path) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """The same, and the digests of all values that the report speaks of."""
    made_with: list[Redaction] = []

    class Watched(Redaction):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            made_with.append(self)

    with mock.patch.object(prepare, "Redaction", Watched):
        found, wishes = Found(main), prepare.Wishes(None, None)
        with prepare.prepared(_environment(home), found, wishes, quiet=True) as made:
            data = gzip.decompress(made.head.getvalue() + made.body.read())
    lines = [json.loads(line) for line in data.decode().split("\n") if line]
    report = repr([redaction._redactor.report for redaction in made_with])
    return lines, frozenset(_DIGEST.findall(report))


def _environment(home: Path) -> Environment:
    void = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    return Environment(
        stdin=io.BytesIO(),
        stdout=void,
        stderr=void,
        stdin_is_terminal=False,
        stderr_is_terminal=False,
        variables={"CCSHARE_CONFIG_DIR": str(home / ".config-of-the-judge")},
        folder=home,
        home=home,
        ask_secret=lambda _: "",
        open_url=lambda _: None,
        sleep=lambda _: None,
    )


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def _joined(value: Any) -> str:
    return "\n\0\n".join(strings(value))


def places(lines: list[dict[str, Any]]) -> dict[str, str]:
    """The text of a document by place: a line's uuid, `state`, `meta`, `path`, `spilled:NAME`."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in lines:
        kind = line.get("type")
        if kind == "ccshare-file":
            path = line["path"]
            found.setdefault("path", []).append(path)
            found.setdefault("meta", []).append(_joined(line.get("meta")))
        elif kind == "ccshare-text":
            found.setdefault("spilled", []).append(line["text"])
            found.setdefault(f"spilled:{path.rpartition('/')[2]}", []).append(line["text"])
        else:
            found.setdefault(line.get("uuid") or "state", []).append(_joined(line))
    return {place: "\n\0\n".join(texts) for place, texts in found.items()}


def unredacted(main: Path) -> dict[str, str]:
    """The same of what would be shared if nothing were redacted."""
    lines: list[dict[str, Any]] = []
    beside = main.with_suffix("")
    for path in (main, *sorted(main.parent.glob("**/agent-*.jsonl"))):
        for raw in path.read_text(encoding="utf-8").split("\n"):
            kept = shared(json.loads(raw)) if raw else None
            if kept is not None:
                lines.append(kept)
    for path in sorted(beside.glob("subagents/*.meta.json")):
        meta = shared_meta(json.loads(path.read_text(encoding="utf-8")))
        lines.append({"type": "ccshare-file", "path": path.name, "meta": meta})
    for path in sorted(beside.glob("tool-results/*")):
        lines.append({"type": "ccshare-file", "path": f"tool-results/{path.name}"})
        lines.append({"type": "ccshare-text", "text": path.read_text(encoding="utf-8")})
    return places(lines)


def _scene_text(scene: Scene, by_place: dict[str, str]) -> str:
    texts = [by_place.get(uuid, "") for uuid in scene.uuids]
    # A spilled file that had a secret in its name is found under another one.
    texts += [by_place.get(p) or by_place.get(p.partition(":")[0], "") for p in scene.elsewhere]
    return "\n\0\n".join(texts)


def leaks(spelling: tuple[str, ...], text: str) -> bool:
    """True if half of what was placed, or twelve characters if that is more, still stands."""
    if len(spelling) > 1:
        there = sum(len(piece) for piece in spelling if piece in text)
        return there * 2 >= sum(map(len, spelling))
    value = spelling[0]
    width = max(_LEAST, math.ceil(len(value) / 2))
    if len(value) <= width:
        return value in text
    return any(value[at : at + width] in text for at in range(len(value) - width + 1))


def _around(text: str, label: Label) -> str:
    for spelling in label.spellings:
        at = text.rfind(spelling[0][:60])  # the first is often the working folder
        if at >= 0:
            start, end = max(0, at - _CONTEXT), at + len(spelling[0]) + _CONTEXT
            before, after = text[start:at].split("\n\0\n"), text[at:end].split("\n\0\n")
            return (before[-1] + after[0])[:300]
    return ""


def _judged(label: Label, before: str, after: str) -> Verdict | None:
    """The verdict on a label, or None if it never stood there."""
    if label.klass == "harmless":
        there = before.count(label.value)
        good = after.count(label.value) >= there
        return Verdict(label, good, _around(before, label)) if there else None
    plain_before, plain_after = _ANSI.sub("", before), _ANSI.sub("", after)
    placed = [s for s in label.spellings if all(p in before or p in plain_before for p in s)]
    if not placed:
        return None
    good = not any(leaks(s, after) or leaks(s, plain_after) for s in label.spellings)
    return Verdict(label, good, _around(before, label), _around(after, label))


def _false_marks(labels: list[Label], before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Marks that stand for nothing that was placed as secret or personal."""
    placed = [
        piece
        for label in labels
        if label.klass != "harmless"
        for spelling in label.spellings
        for piece in spelling
    ]
    for mark in MARK.finditer(after):
        if mark[0] in before:
            continue  # an earlier run's
        left = after[max(0, mark.start() - _BESIDE) : mark.start()].rpartition("]")[2]
        right = MARK.split(after[mark.end() : mark.end() + _BESIDE])[0].partition("[REDACTED")[0]
        pattern = re.escape(left) + r"(.{1,4000}?)" + re.escape(right)
        taken = [found[1] for found in re.finditer(pattern, before, re.DOTALL)][:40]
        if len(left) + len(right) < _BESIDE or not taken:
            continue  # beside another mark or a path: what it stood for cannot be told
        true = any(p in t or (len(t) > 5 and t in p) for t in taken for p in placed)
        if not true:
            yield mark[1], taken[0][:120], after[max(0, mark.start() - 60) : mark.end()]


def judge(session: Session, folder: Path, outcome: Outcome) -> None:
    """Run the client on the session and add what is seen to the outcome."""
    main = session.save(folder)
    before = unredacted(main)
    try:
        after = places(run(main, folder / "home"))
    except Failure as failure:
        outcome.refused.append(failure.message)
        return
    placed = [label for scene in session.scenes for label in scene.labels]
    for scene in session.scenes:
        text_before, text_after = _scene_text(scene, before), _scene_text(scene, after)
        outcome.marks += len(MARK.findall(text_after))
        outcome.false_marks += _false_marks(placed, text_before, text_after)
        for label in scene.labels:
            verdict = _judged(label, text_before, text_after)
            if verdict is None:
                outcome.unplaced.append(label)
            else:
                outcome.verdicts.append(verdict)


def rate(outcome: Outcome, klass: str | None = None) -> float:
    """Share of the good verdicts of a class, or of all secrets."""
    classes = SECRET_CLASSES if klass is None else (klass,)
    judged = [v for v in outcome.verdicts if v.label.klass in classes]
    return sum(v.good for v in judged) / len(judged) if judged else 1.0
