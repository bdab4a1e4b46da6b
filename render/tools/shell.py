"""Commands in a terminal, in the foreground and in the background."""

import re

from .. import ansi, values, words
from ..pictures import pictures
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took

_SHA = re.compile(r"[0-9a-f]{7,64}")
_EXIT = re.compile(r"(?:Error: )?Exit code (\d{1,9})\n?")


def closed(call: Call) -> Closed:
    """`Bash  $ pytest -q … exit 1 · 0.8 s · 31 lines`."""
    facts = (*_how_it_ended(call), *_commit(call), *took(call), *_size(_output(call)))
    return Closed(
        call.name,
        "$ " + one_line(call.given("command")),
        facts,
        one_line(call.given("description")),
    )


def opened(call: Call, sight: Sight) -> Context:
    """The whole command and what it printed."""
    output = _printed(call)
    return {
        "description": call.given("description"),
        "command": sight.lines(call.given("command"), 40, 10),
        "output": sight.terminal(output),
        "errors": sight.terminal(values.text(call.details.get("stderr"))),
        "report": sight.lines(call.report.get("result", "") or call.report.get("summary", "")),
        "images": pictures(call.images, sight.links, f"in row {sight.number}"),
        "silent": call.done
        and not (output or call.images or call.report or call.details.get("stderr")),
    }


def _printed(call: Call) -> str:
    """What it printed; the result's text stands in when there is no record of the streams."""
    if "stdout" in call.details:
        return values.text(call.details["stdout"]).strip("\n")
    text = call.printed
    return _EXIT.sub("", text, count=1) if _EXIT.match(text) else text


def _output(call: Call) -> str:
    return ansi.plain(_printed(call)).strip("\n")


def _how_it_ended(call: Call) -> tuple[Fact, ...]:
    code = _EXIT.match(call.result)
    if call.error and code:
        return (Fact(f"exit {code[1]}", "bad"),)
    if call.details.get("backgroundTaskId") or call.report:
        status = one_line(call.report.get("status", ""))
        return (Fact(status or "in background", "bad" if status in ("failed", "killed") else ""),)
    if call.details.get("timedOutAfterMs"):
        return (Fact("timed out", "bad"),)
    if call.details.get("interrupted") is True:
        return (Fact("interrupted", "bad"),)
    return outcome(call)


def _commit(call: Call) -> tuple[Fact, ...]:
    """The commit that the command made."""
    made = values.record(values.record(call.details.get("gitOperation")).get("commit"))
    sha = values.text(made.get("sha"))
    return (Fact(f"commit {sha[:7]}", "good"),) if _SHA.fullmatch(sha) else ()


def _size(output: str) -> tuple[Fact, ...]:
    return (Fact(words.counted(output.count("\n") + 1, "line")),) if output else ()


def whole(call: Call) -> str:
    """Both streams, and what was reported later."""
    streams = (_printed(call), values.text(call.details.get("stderr")), call.report.get("result"))
    return "\n".join(text.rstrip("\n") for text in streams if text)


FAMILY = Family(("Bash", "PowerShell"), "items/_bash.html", closed, opened, output=whole)
