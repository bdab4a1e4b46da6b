"""Commands and agents in the background: looking at what they print, and stopping them."""

import re

from ...transcript.prompts import tag_text
from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome

STOPS = ("KillBash", "KillShell", "TaskStop", "AgentOutputStop")
_LOOKS = ("BashOutput", "TaskOutput", "AgentOutputTool", "BashOutputTool")
_IDS = ("task_id", "bash_id", "shell_id", "agentId", "agent_id", "shellId")
_SAID = re.compile(r"<(status|exit_code|stdout|stderr|output|task_id|timestamp)>")


def closed(call: Call) -> Closed:
    """`BashOutput  b1 … exit 0 · 40 new lines`, `KillShell  b1 … stopped`."""
    facts = (Fact("stopped"),) if call.name in STOPS else (*_state(call), *_size(call))
    return Closed(call.name, one_line(_target(call)), outcome(call, *facts))


def _target(call: Call) -> str:
    task = _task(call)
    told = values.text(call.details.get("command")) or values.text(task.get("description"))
    number = next((found for key in _IDS if (found := call.given(key))), "")
    return "  ".join(part for part in (number, told) if part)


def _task(call: Call) -> dict[str, object]:
    return values.record(call.details.get("task"))


def _state(call: Call) -> tuple[Fact, ...]:
    code = values.number(call.details.get("exitCode"))
    code = values.number(_task(call).get("exitCode")) if code is None else code
    status = values.text(_task(call).get("status")) or values.text(call.details.get("status"))
    status = status or (tag_text(call.result[:2_000], "status") or "").strip()
    if code is not None:
        return (Fact(f"exit {code}", "bad" if code else ""),)
    if not status or len(status) > 40:
        return ()
    return (Fact(one_line(status), "bad" if status == "failed" else ""),)


def _size(call: Call) -> tuple[Fact, ...]:
    output = _output(call).strip("\n")
    if not output:
        return (Fact("nothing new"),)
    return (Fact(words.counted(output.count("\n") + 1, "new line")),)


def _output(call: Call) -> str:
    for found in (call.details.get("stdout"), _task(call).get("output")):
        if isinstance(found, str):
            return found
    if _SAID.search(call.printed[:2_000]):
        texts = (tag_text(call.printed, name) for name in ("stdout", "output"))
        return "\n".join(text.strip("\n") for text in texts if text)
    return call.printed


def opened(call: Call, sight: Sight) -> Context:
    """What it had printed since the last look."""
    told = values.text(call.details.get("message")) or call.printed
    stops = call.name in STOPS
    errors = values.text(call.details.get("stderr")) or values.text(_task(call).get("error"))
    return {
        "asked": {
            key: call.given(key) for key in ("filter", "block", "timeout") if call.given(key)
        },
        "output": sight.terminal(told if stops or call.error else _output(call)),
        "errors": sight.terminal("" if stops or call.error else errors),
    }


FAMILY = Family((*_LOOKS, *STOPS), "items/_background.html", closed, opened, output=_output)
