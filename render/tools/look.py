"""Searching: Grep, Glob, LS."""

from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome


def closed(call: Call) -> Closed:
    """`Grep  price \\*|total  in shop … 4 lines in 1 file`."""
    pattern, place = call.given("pattern"), call.given("path").removeprefix("./")
    target = f"{pattern}  in {place}" if pattern and place else pattern or place
    return Closed(call.name, one_line(target), outcome(call, Fact(_found(call))))


def _found(call: Call) -> str:
    details = call.details
    files = values.number(details.get("numFiles"))
    matches = values.number(details.get("numMatches"))
    lines = values.number(details.get("numLines")) if details.get("mode") == "content" else None
    if matches is not None and files:
        return f"{words.counted(matches, 'match')} in {words.counted(files, 'file')}"
    if lines is not None:
        within = f" in {words.counted(files, 'file')}" if files else ""
        return words.counted(lines, "line") + within if lines else "none"
    if files is not None:
        return words.counted(files, "file") if files else "none"
    if not call.result or call.result.startswith("No "):
        return "none"
    return words.counted(call.result.count("\n") + 1, "line")


def opened(call: Call, sight: Sight) -> Context:
    """What was asked beyond the pattern, and what was found."""
    names = values.strings(call.details.get("filenames"))
    content = values.text(call.details.get("content"))
    asked = {key: values.text(value) for key, value in call.input.items()}
    return {
        "asked": {key: value for key, value in asked.items() if value},
        "output": sight.lines(call.result or content or "\n".join(names)),
    }


FAMILY = Family(("Grep", "Glob", "LS"), "items/_search.html", closed, opened, quiet=True)
