"""One fixture and one snapshot per kind of row: closed, then open.

A fixture is a list of calls (`call`, `input`, `content`, `details`, and what came `later`) and
lines. `CCSHARE_SNAPSHOTS=write` writes the snapshots anew: look at the difference.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ccshare.render import blocks, page, tools
from ccshare.render.links import Links
from ccshare.render.tools import generic
from ccshare.transcript.model import Item, Json

FOLDER = Path(__file__).parent / "rows"
FIXTURES = sorted(FOLDER.glob("*.json"))
NAMED_IN_THE_FORMAT = (
    "Bash", "PowerShell", "Read", "Edit", "MultiEdit", "Write", "NotebookEdit", "Grep", "Glob",
    "LS", "Agent", "Task", "TodoWrite", "TodoRead", "TaskCreate", "TaskUpdate", "TaskGet",
    "TaskList", "TaskOutput", "BashOutput", "TaskStop", "KillShell", "KillBash", "WebFetch",
    "WebSearch", "AskUserQuestion", "ExitPlanMode", "EnterPlanMode", "exit_plan_mode", "Skill",
    "SlashCommand", "ToolSearch", "LSP", "Monitor", "ScheduleWakeup", "CronCreate", "CronDelete",
    "CronList", "RemoteTrigger", "Workflow", "Artifact", "SendMessage", "SendUserFile",
    "PushNotification", "ReportFindings", "EnterWorktree", "ExitWorktree", "ListMcpResources",
    "ReadMcpResource", "mcp__github__create_issue",
)  # fmt: skip


def cases(path: Path) -> list[Json]:
    return json.loads(path.read_text(encoding="utf-8"))


def lines(path: Path, message: Callable[..., Json]) -> Iterator[Json]:
    """The lines of a session in which the cases follow each other."""
    for at, case in enumerate(cases(path)):
        if "line" in case:
            yield {"timestamp": "2026-11-01T10:00:00.000Z", **case["line"]}
            continue
        name = f"t{at}"
        call = {"type": "tool_use", "id": name, "name": case["call"], "input": case["input"]}
        yield message("assistant", [call])
        result: dict[str, Any] = {"type": "tool_result", "tool_use_id": name}
        result |= {"content": case["content"], "is_error": case.get("error", False)}
        answer = message("user", [result], toolUseResult=case["details"])
        yield {**answer, "timestamp": "2026-11-01T10:00:02.500Z"}
        if "body" in case:
            yield message(
                "user", [{"type": "text", "text": case["body"]}], isMeta=True, sourceToolUseID=name
            )
        if "later" in case:
            yield message("user", case["later"].replace("$ID", name))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_rows_look_as_they_did(
    path: Path,
    make_message: Callable[..., Json],
    make_items: Callable[[list[Json]], list[Item]],
    links: Links,
) -> None:
    items = make_items(list(lines(path, make_message)))
    drawn = [page.one(item, links, open=opened) for item in items for opened in (False, True)]
    html = re.sub(r"\n{2,}", "\n", "\n".join(drawn)) + "\n"
    snapshot = path.with_suffix(".html")
    if os.environ.get("CCSHARE_SNAPSHOTS") == "write":
        snapshot.write_text(html, encoding="utf-8")
    assert snapshot.read_text(encoding="utf-8") == html


def test_every_family_and_every_kind_has_a_fixture(
    make_message: Callable[..., Json], make_items: Callable[[list[Json]], list[Item]]
) -> None:
    items = [item for path in FIXTURES for item in make_items(list(lines(path, make_message)))]
    assert {item.kind for item in items} == set(blocks.KINDS)
    seen = {item.name for item in items if item.kind == "tool"}
    for family in tools.FAMILIES:
        assert family is generic.FAMILY or seen & set(family.names), family.names


@pytest.mark.parametrize("name", NAMED_IN_THE_FORMAT)
def test_every_tool_that_the_format_names_has_a_family(name: str) -> None:
    assert tools.family(name) is not generic.FAMILY
