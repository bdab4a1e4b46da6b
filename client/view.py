"""`v` at the prompt: each finding in its context, a page at a time.

What is shown is read from the redacted document, so the value itself is never there; a person who
knows it recognises it by its masked sample and by what stands around. Needs no other program and
no clever terminal: only lines, and nothing in them that a terminal would obey.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ..transcript.detect import MARK
from ..transcript.findings import ValueReport
from .environment import Environment
from .prepare import Prepared
from .wording import count, one_line

CONTEXTS = 3
"""Shown of each finding."""
AROUND = 100
"""Characters on each side of a mark."""
MOST_MARKS = 5_000
QUESTION = "[Enter] next, [b]ack, a number, [q]uit:"


def view(environment: Environment, document: Prepared) -> None:
    """Show one finding after the other, or the one asked for, until the last one or `q`."""
    values = document.reported.values
    if not values:
        environment.say("There is nothing to view: nothing was redacted.")
        return
    around = contexts(document)
    number = 1
    while 0 < number <= len(values):
        for line in page(values[number - 1], around, f"{number} of {len(values)}"):
            environment.say(line)
        if number == len(values) == 1:
            return
        number = following(environment.ask(QUESTION), number, len(values))


def following(answer: str, number: int, last: int) -> int:
    """The finding to show after `number`; 0 for none."""
    answer = answer.lower()
    if answer in ("q", "quit"):
        return 0
    if answer in ("b", "back"):
        return max(1, number - 1)
    if answer.isdecimal() and len(answer) < 10:
        return min(max(1, int(answer)), last)
    return number + 1


def page(value: ValueReport, around: Mapping[str, list[str]], which: str) -> Iterator[str]:
    """The lines about one finding."""
    yield ""
    yield f"{which}: {value.rule} {one_line(value.sample)} ({count(value.count, 'mark')})"
    yield f"  to let it stay: --allow {value.digest}"
    for spot in value.places[:CONTEXTS]:
        yield f"  in {one_line(str(spot), 100)}"
    for text in around.get(value.mark, []):
        yield f"  | {text}"


def contexts(document: Prepared) -> dict[str, list[str]]:
    """Mark -> what stands around it, a few times; memory bounded by MOST_MARKS."""
    found: dict[str, list[str]] = defaultdict(list)
    document.body.seek(0)
    with gzip.GzipFile(fileobj=document.body, mode="rb") as lines:
        for line in lines:
            if b"[REDACTED:" in line:
                for text in texts(json.loads(line)):
                    collect(text, found)
    document.body.seek(0)
    return found


def collect(text: str, found: dict[str, list[str]]) -> None:
    """Add the contexts of the marks in one text."""
    for mark in MARK.finditer(text):
        if mark[0] not in found and len(found) >= MOST_MARKS:
            continue
        shown = found[mark[0]]
        if len(shown) < CONTEXTS:
            before = text[max(0, mark.start() - AROUND) : mark.start()]
            after = text[mark.end() : mark.end() + AROUND]
            context = one_line(f"{before}{mark[0]}{after}", 3 * AROUND)
            if context not in shown:
                shown.append(context)


def texts(value: Any) -> Iterator[str]:
    """Every string in a JSON value, keys too; it is the reader's bound that keeps it shallow."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
