"""A session for the terminal: wide plain lines, no escape sequences."""

from collections.abc import Iterable, Iterator

from .export_calls import QUIET, counted
from .export_rows import Head, Row, row
from .model import Item
from .plain import ends, one_line

HEAD_LINES, TAIL_LINES, WIDEST = 12, 8, 2_000
"""Of one output or diff."""


def export(head: Head, items: Iterable[Item]) -> Iterator[str]:
    """The whole text, a row at a time; items in reading order, threads behind their row."""
    title = one_line(" ".join(head.title.split()), 200) or "Untitled session"
    yield f"{title}\n{'=' * min(len(title), 80)}\n"
    for line in (" · ".join(one_line(fact, 200) for fact in head.facts), head.url, *head.notes):
        if line:
            yield line + "\n"
    kept = f"{HEAD_LINES} + {TAIL_LINES} lines"
    yield f"Outputs are cut to {kept}, files only read are left out; all: {head.url}.jsonl\n"
    for item in items:
        found = row(item)
        if found:
            yield _drawn(found)
    yield "\n"


def _drawn(found: Row) -> str:
    lines = list(_lines(found))
    indent = "    " * found.depth
    return "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)


def _lines(found: Row) -> Iterator[str]:
    clock = f" · {found.clock} UTC" if found.clock else ""
    if found.call is not None:
        yield from _call(found)
    elif found.sort == "prompt":
        yield ""
        yield f"#{found.number} {found.label}{clock}"
        yield from ("> " + line for line in found.text.split("\n"))
        yield ""
    elif found.sort == "answer":
        yield ""
        yield from found.text.split("\n")
        yield ""
    elif found.sort == "thought":
        yield f"  ~ {one_line(found.text, 160)}"
    else:
        first = one_line(found.text, 300)
        yield f"-- {found.label}{': ' if first else ''}{first}"


def _call(found: Row) -> Iterator[str]:
    call = found.call
    assert call is not None
    target = f"  {call.target}" if call.target else ""
    yield f"  * {call.name}{target}  … {call.outcome}"
    text = call.diff or ("" if call.name in QUIET and not call.error else call.output)
    if text:
        first, hidden, last = ends(text, HEAD_LINES, TAIL_LINES, WIDEST)
        yield from ("    | " + line for line in first)
        if hidden:
            yield f"    … {counted(hidden, 'line')} left out"
        yield from ("    | " + line for line in last)
