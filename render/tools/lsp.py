"""Questions to a language server."""

from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took


def closed(call: Call) -> Closed:
    """`LSP  findReferences  shop/cart.py:12:5 … 4 results in 2 files`."""
    place = call.given("filePath") or call.given("query")
    where = [part for key in ("line", "character") if (part := call.given(key))]
    target = "  ".join(
        part for part in (call.given("operation"), ":".join([place, *where])) if part
    )
    count, files = (values.number(call.details.get(key)) for key in ("resultCount", "fileCount"))
    told = "ok" if count is None else (words.counted(count, "result") if count else "none")
    told += f" in {words.counted(files, 'file')}" if count and files else ""
    return Closed(call.name, one_line(target), outcome(call, Fact(told), *took(call)))


def opened(call: Call, sight: Sight) -> Context:
    """What it answered."""
    asked = {key: call.given(key) for key in call.input}
    return {
        "asked": {key[:100]: value[:2_000] for key, value in asked.items() if value},
        "output": sight.lines(call.result or values.text(call.details.get("result"))),
    }


FAMILY = Family(("LSP",), "items/_search.html", closed, opened)
