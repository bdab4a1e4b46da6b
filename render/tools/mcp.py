"""Tools and resources of MCP servers: names and values instead of JSON."""

from .. import words
from . import generic
from .call import Call, Closed, Fact, Family, one_line, outcome, took

PREFIX = "mcp__"


def closed(call: Call) -> Closed:
    """`github › create_issue  report.py mixes… … ok`."""
    return Closed(title(call.name), one_line(_target(call)), outcome(call, *_facts(call)))


def title(name: str) -> str:
    """`mcp__github__create_issue` is read as `github › create_issue`."""
    if not name.startswith(PREFIX):
        return {"ListMcpResources": "Resources", "ReadMcpResource": "Resource"}.get(
            name.removesuffix("Tool"), one_line(name)
        )
    server, _, tool = name.removeprefix(PREFIX).rpartition("__")
    return one_line(f"{server.removeprefix('plugin_')} › {tool}" if server else tool)


def _target(call: Call) -> str:
    if call.name.startswith(PREFIX):
        return generic.telling(call)
    return "  ".join(part for key in ("server", "uri") if (part := call.given(key)))


def _facts(call: Call) -> tuple[Fact, ...]:
    images = len(call.images)
    if call.name.startswith("ListMcpResources"):
        count = len(generic.parsed(call.result))
        return (Fact(words.counted(count, "resource")) if count else Fact("ok"),)
    facts = (Fact(words.counted(images, "image")),) if images else (Fact("ok"),)
    return (*facts, *took(call))


NAMES = (
    "ListMcpResources", "ListMcpResourcesTool", "ReadMcpResource", "ReadMcpResourceTool",
)  # fmt: skip
FAMILY = Family(NAMES, "items/_generic.html", closed, generic.opened)
