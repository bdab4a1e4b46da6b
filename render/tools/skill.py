"""Skills, slash commands that the model ran itself, and its search for tools."""

from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took
from .texts import prose

MOST_NAMES = 60


def closed(call: Call) -> Closed:
    """`Skill  code-review --fix … loaded`."""
    name = _name(call)
    asked = call.given("args")
    return Closed(call.name, one_line(f"{name} {asked}".strip()), outcome(call, Fact("loaded")))


def _name(call: Call) -> str:
    return (
        call.given("skill") or call.given("command") or values.text(call.details.get("commandName"))
    )


def opened(call: Call, sight: Sight) -> Context:
    """The skill's own text, which follows the call as an injected line."""
    body = "\n\n".join(
        found
        for block in call.item.blocks
        if block.role == "body" and (found := values.text(block.content.get("text")))
    )
    allowed = values.strings(call.details.get("allowedTools"))
    return {
        "args": sight.lines(call.given("args")),
        "names": [one_line(name) for name in allowed[:MOST_NAMES]],
        "title": "May use",
        "body": prose(body, sight),
        "output": sight.lines("" if body and not call.error else call.result),
    }


def search_closed(call: Call) -> Closed:
    """`ToolSearch  select:Monitor … 1 tool`."""
    found = len(_matches(call))
    facts = (Fact(words.counted(found, "tool") if found else "none"), *took(call))
    return Closed(call.name, one_line(call.given("query")), outcome(call, *facts))


def _matches(call: Call) -> list[str]:
    return values.strings(call.details.get("matches")) or [
        line for line in call.result.split("\n") if line and " " not in line
    ]


def search_opened(call: Call, sight: Sight) -> Context:
    """The names of the tools that were found."""
    names = [] if call.error else _matches(call)
    return {
        "args": sight.lines(""),
        "names": [one_line(name) for name in names[:MOST_NAMES]],
        "title": "Found",
        "body": None,
        "output": sight.lines("" if names else call.result),
    }


FAMILY = Family(("Skill", "SlashCommand"), "items/_skill.html", closed, opened)
SEARCH = Family(("ToolSearch",), "items/_skill.html", search_closed, search_opened)
