"""Commands in a terminal, in the foreground and in the background."""

import re

from .. import ansi, values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took

_EXIT = re.compile(r"(?:Error: )?Exit code (\d{1,9})\n?")


def closed(call: Call) -> Closed:
    """`Bash  $ pytest -q … exit 1 · 0.8 s · 31 lines`."""
    facts = (*_how_it_ended(call), *took(call), *_size(_output(call)))
    return Closed(
        call.name,
        "$ " + one_line(call.given("command")),
        facts,
        one_line(call.given("description")),
    )


def opened(call: Call, sight: Sight) -> Context:
    """The whole command and what it printed."""
    output = _output(call)
    return {
        "description": call.given("description"),
        "command": sight.lines(call.given("command"), 40, 10),
        "output": sight.lines(output),
        "errors": sight.lines(ansi.plain(values.text(call.details.get("stderr")))),
        "silent": call.done and not output and not call.details.get("stderr"),
    }


def _output(call: Call) -> str:
    """What it printed; the result's text stands in when there is no record of the streams."""
    if "stdout" in call.details:
        return ansi.plain(values.text(call.details["stdout"])).strip("\n")
    return _EXIT.sub("", call.result, count=1) if _EXIT.match(call.result) else call.result


def _how_it_ended(call: Call) -> tuple[Fact, ...]:
    code = _EXIT.match(call.result)
    if call.error and code:
        return (Fact(f"exit {code[1]}", "bad"),)
    if call.details.get("backgroundTaskId"):
        return (Fact("in background"),)
    if call.details.get("timedOutAfterMs"):
        return (Fact("timed out", "bad"),)
    if call.details.get("interrupted") is True:
        return (Fact("interrupted", "bad"),)
    return outcome(call)


def _size(output: str) -> tuple[Fact, ...]:
    return (Fact(words.counted(output.count("\n") + 1, "line")),) if output else ()


FAMILY = Family(("Bash", "PowerShell"), "items/_bash.html", closed, opened)
