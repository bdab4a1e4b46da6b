"""What happens later or elsewhere: watches, wake-ups, schedules, triggers, workflows."""

import json

from .. import values, words
from . import generic
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome

NAMES = (
    "Monitor", "ScheduleWakeup", "CronCreate", "CronDelete", "CronList", "RemoteTrigger",
    "Workflow",
)  # fmt: skip
_SPOKEN = {
    "ScheduleWakeup": "Wake-up",
    "CronCreate": "Schedule",
    "CronDelete": "Schedule",
    "CronList": "Schedules",
    "RemoteTrigger": "Trigger",
}
_TELLING = {
    "Monitor": ("description", "command"),
    "ScheduleWakeup": ("reason", "prompt"),
    "CronCreate": ("cron", "prompt"),
    "CronDelete": ("id",),
    "RemoteTrigger": ("action", "trigger_id"),
    "Workflow": ("name", "scriptPath", "script", "description"),
}


def closed(call: Call) -> Closed:
    """`Wake-up  CI takes a while … in 4 min`, `Trigger  list … 200`."""
    told = [found for key in _TELLING.get(call.name, ()) if (found := call.given(key))]
    most = 2 if call.name in ("CronCreate", "RemoteTrigger") else 1
    target = one_line("  ".join(one_line(text) for text in told[:most]))
    return Closed(_SPOKEN.get(call.name, call.name), target, outcome(call, *_facts(call)))


def _facts(call: Call) -> tuple[Fact, ...]:
    details = call.details
    if call.name == "ScheduleWakeup":
        delay = values.number(details.get("clampedDelaySeconds"))
        delay = values.number(call.input.get("delaySeconds")) if delay is None else delay
        return (Fact(f"in {words.span(delay)}"),) if delay else (Fact("set"),)
    if call.name == "CronList":
        count = len(values.records(details.get("jobs")))
        return (Fact(words.counted(count, "job") if count else "none"),)
    if call.name == "CronDelete":
        return (Fact("removed"),)
    if call.name == "CronCreate":
        human = values.text(details.get("humanSchedule"))
        return (Fact(one_line(human) or "set"),)
    return (_status(call),)


def _status(call: Call) -> Fact:
    status = call.details.get("status")
    code = values.number(status)
    if code is not None:
        return Fact(str(code), "bad" if code >= 400 else "")
    later = call.item.first("notification")
    if later is not None:
        return Fact("reported")
    spoken = values.text(status).replace("_", " ")
    return Fact("in background" if "launched" in spoken else one_line(spoken) or "in background")


def opened(call: Call, sight: Sight) -> Context:
    """What was asked, name by name, and what came back: JSON spread over lines."""
    context = dict(generic.opened(call, sight))
    body = call.details.get("json")
    if isinstance(body, str) and body and not call.error:
        context["output"] = sight.lines(_spread(body))
    return context


def _spread(text: str) -> str:
    try:
        return json.dumps(json.loads(text[:200_000]), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


FAMILY = Family(NAMES, "items/_generic.html", closed, opened)
