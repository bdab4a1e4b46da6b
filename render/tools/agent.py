"""Subagents: their work is a thread of its own inside the row."""

import re

from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, Tone, one_line, outcome, took
from .texts import prose

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
    if call.report or call.details.get("isAsync") is True:
        status = one_line(call.report.get("status", ""))
        facts += [_reported(status)]
        return tuple(facts)
    return tuple(facts) or took(call)


def _reported(status: str) -> Fact:
    """How a background agent ended, as its notification says."""
    tones: dict[str, Tone] = {"completed": "good", "failed": "bad", "killed": "bad"}
    return Fact(status or "in background", tones.get(status, ""))


def result(call: Call) -> str:
    """What it answered: at once, or later in a notification."""
    if call.report:
        return call.report.get("result") or call.report["summary"]
    if call.details.get("isAsync") is True:
        return ""
    return _FOR_THE_MODEL.sub("", call.result)


def opened(call: Call, sight: Sight) -> Context:
    """Prompt and answer; the page puts the thread between them."""
    return {
        "prompt": prose(call.given("prompt"), sight),
        "answer": prose(result(call), sight),
    }


FAMILY = Family(("Agent", "Task"), "items/_agent.html", closed, opened)
