"""Subagents: their work is a thread of its own inside the row."""

import re

from ...transcript.prompts import classify
from .. import markdown, values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took

_FOR_THE_MODEL = re.compile(
    r"\n+agentId: [\w-]{1,80} \(for resuming[^\n]*(?:\n<usage>.*)?\Z", re.DOTALL
)


def closed(call: Call) -> Closed:
    """`Agent code-reviewer  Review cart rounding … 2 tools · 14.9 k tokens · 22 s`."""
    sort = call.given("subagent_type") or values.text(call.details.get("agentType"))
    name = f"Agent {sort}" if sort else "Agent"
    target = call.given("description") or call.given("prompt")
    return Closed(one_line(name), one_line(target), outcome(call, *_what_it_took(call)))


def _what_it_took(call: Call) -> tuple[Fact, ...]:
    tools = values.number(call.details.get("totalToolUseCount"))
    tokens = values.number(call.details.get("totalTokens"))
    span = values.number(call.details.get("totalDurationMs"))
    facts = [Fact(words.counted(tools, "tool"))] if tools else []
    facts += [Fact(f"{words.short(tokens)} tokens")] if tokens else []
    facts += [Fact(words.span(span / 1000))] if span else []
    if call.details.get("isAsync") is True:
        return (*facts, Fact(_later_status(call) or "in background"))
    return tuple(facts) or took(call)


def _later_status(call: Call) -> str:
    block = call.item.first("notification")
    return one_line(classify(block.line).extra.get("status", "")) if block else ""


def result(call: Call) -> str:
    """What it answered: at once, or later in a notification."""
    block = call.item.first("notification")
    if block:
        found = classify(block.line)
        return found.extra.get("result") or found.text
    if call.details.get("isAsync") is True:
        return ""
    return _FOR_THE_MODEL.sub("", call.result)


def opened(call: Call, sight: Sight) -> Context:
    """Prompt and answer; the page puts the thread between them."""
    return {
        "prompt": _prose(call.given("prompt"), sight),
        "answer": _prose(result(call), sight),
    }


def _prose(text: str, sight: Sight) -> markdown.Prose | None:
    if not text:
        return None
    if not sight.clipped:
        return markdown.Prose(markdown.render(text, sight.level), 0)
    return markdown.beginning(text, sight.level, characters=4_000, nodes=250)


FAMILY = Family(("Agent", "Task"), "items/_agent.html", closed, opened)
