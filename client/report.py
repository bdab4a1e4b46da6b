"""What a person sees before anything leaves the machine, and the same as JSON."""

from typing import Any

from .environment import Environment
from .prepare import Prepared
from .wording import columns, count, one_line, size

LABEL = 11


def show(environment: Environment, document: Prepared) -> None:
    """Show title, project, size, and what was taken out."""
    for label, text in facts(document):
        environment.say(f"  {label:<{LABEL}}{text}")
    for line in redactions(document):
        environment.say(f"  {line}")
    if document.reported.paths:
        texts = count(document.reported.paths, "text")
        environment.say(f"  Paths      in {texts}: the project's folder is now . and home is ~")
    for line in unread(document):
        environment.say(f"  {line}")


def facts(document: Prepared) -> list[tuple[str, str]]:
    """Label and text of each line about the session."""
    found = document.facts
    rows = [
        ("Title", one_line(document.header.title) or "(none)"),
        ("Project", one_line(document.header.project) or "(unknown)"),
    ]
    if document.header.branch:
        rows.append(("Branch", one_line(document.header.branch)))
    contents = [count(found.messages, "message"), count(found.prompts, "prompt")]
    contents.append(count(found.tool_calls, "tool call"))
    if document.files:
        contents.append(f"{count(document.files, 'file')} beside it (subagents, long outputs)")
    rows.append(("Contents", ", ".join(contents)))
    rows.append(
        (
            "Size",
            f"{size(document.size_before)} on disk, {size(document.size_after)} to share, "
            f"{size(document.packed_size)} to send",
        )
    )
    return rows


def redactions(document: Prepared) -> list[str]:
    """The table of what was taken out: rule, how many values, where."""
    rows = document.reported.rows
    if not rows:
        return ["Nothing had to be redacted. No tool finds every secret: look at it yourself."]
    values = sum(row.count for row in rows)
    table = [
        (row.rule, f"{row.count:,}", one_line(row.sample), one_line(row.where, 60)) for row in rows
    ]
    lines = columns([("rule", "found", "sample", "where"), *table], indent="  ")
    return [f"Redacted   {count(values, 'value')}, now marks like [REDACTED:rule#1]:", *lines]


def unread(document: Prepared) -> list[str]:
    """Lines that could not be read, if any."""
    found = document.unread
    if not found.count:
        return []
    name, number, problem = found.first[0]
    first = f"{one_line(name.rpartition('/')[2], 60)}, line {number}: it {problem}"
    return [f"Left out   {count(found.count, 'unreadable line')} ({first})"]


def as_json(document: Prepared) -> dict[str, Any]:
    """The report for scripts."""
    header = document.header
    return {
        "session_id": header.session_id,
        "title": header.title,
        "project": header.project,
        "branch": header.branch,
        "messages": document.facts.messages,
        "files": document.files,
        "bytes_before": document.size_before,
        "bytes_after": document.size_after,
        "bytes_sent": document.packed_size,
        "redacted": header.redacted,
        "allowed": list(header.allowed),
        "findings": [
            {
                "rule": value.rule,
                "sha256": value.digest,
                "sample": value.sample,
                "count": value.count,
                "places": [str(spot) for spot in value.places],
            }
            for value in document.reported.values
        ],
        "unreadable_lines": document.unread.count,
    }
