"""Plans: what was proposed, and whether it was taken."""

import re

from .. import values
from .call import Call, Closed, Context, Fact, Family, Sight, one_line
from .texts import prose

_COMMENT = re.compile(r"the user said:\s*(.*)", re.DOTALL)


def closed(call: Call) -> Closed:
    """`Plan  Split the cart module … approved`, `Plan mode … entered`."""
    if call.name == "EnterPlanMode":
        return Closed("Plan mode", "", (Fact("declined" if call.error else "entered"),))
    title = one_line(_plan(call)).lstrip("# ")
    return Closed("Plan", title, (_decision(call),))


def _decision(call: Call) -> Fact:
    if not call.done:
        return Fact("no answer")
    if call.error or call.rejected:
        return Fact("rejected" if call.rejected else "not approved", "bad")
    return Fact("approved", "good")


def _plan(call: Call) -> str:
    return call.given("plan") or values.text(call.details.get("plan"))


def opened(call: Call, sight: Sight) -> Context:
    """The plan as the text it is, and what a person said to it."""
    told = _COMMENT.search(call.result[:20_000]) if call.rejected else None
    asked = [
        f"{values.text(row.get('tool'))}: {values.text(row.get('prompt'))}"
        for row in values.records(call.input.get("allowedPrompts"))[:20]
    ]
    plan = _plan(call)
    failed = call.error and not call.rejected
    return {
        "plan": prose(plan, sight),
        "comment": told[1].strip()[:4_000] if told else "",
        "asked": [one_line(text) for text in asked],
        "output": sight.lines(call.result if failed or not plan else ""),
    }


FAMILY = Family(
    ("ExitPlanMode", "exit_plan_mode", "EnterPlanMode"), "items/_plan.html", closed, opened
)
