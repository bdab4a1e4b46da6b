"""The web: pages that were fetched, and searches."""

import json
from urllib.parse import urlsplit

from ...transcript.model import Json
from .. import values, words
from .call import Call, Closed, Context, Fact, Family, Sight, one_line, outcome, took
from .texts import prose

MOST_HITS = 50
_LINKS = "Links: "


def fetch_closed(call: Call) -> Closed:
    """`Fetch  docs.python.org/3/library/decimal.html … 200 · 182 KB · 1.9 s`."""
    url = call.given("url")
    shown = url.partition("://")[2] if url.startswith(("https://", "http://")) else url
    return Closed("Fetch", one_line(shown.rstrip("/")), outcome(call, *_answer(call)))


def _answer(call: Call) -> tuple[Fact, ...]:
    code, size = values.number(call.details.get("code")), values.number(call.details.get("bytes"))
    span = values.number(call.details.get("durationMs"))
    facts = [Fact(str(code), "" if code < 400 else "bad")] if code else []
    facts += [Fact(words.size(size))] if size else []
    facts += [Fact(words.span(span / 1000))] if span else list(took(call))
    return tuple(facts) or (Fact("ok"),)


def fetch_opened(call: Call, sight: Sight) -> Context:
    """Where it is, what was asked of it, and what was read there."""
    text = values.text(call.details.get("result")) or call.result
    return {
        "href": web_address(call.given("url")),
        "url": one_line(call.given("url")),
        "question": sight.lines(call.given("prompt")),
        "answer": None if call.error else prose(text, sight),
        "output": sight.lines(call.result if call.error else ""),
    }


def search_closed(call: Call) -> Closed:
    """`Search  decimal rounding … 10 results · 3.1 s`."""
    hits, span = _hits(call), call.details.get("durationSeconds")
    facts = [Fact(words.counted(len(hits), "result"))]
    known = values.number(span) is not None and isinstance(span, int | float)
    facts += [Fact(words.span(float(span)))] if known and span else list(took(call))  # type: ignore[arg-type]
    return Closed("Search", one_line(call.given("query")), outcome(call, *facts))


def search_opened(call: Call, sight: Sight) -> Context:
    """The pages that were found, as links, and what was said about them."""
    hits = _hits(call)
    asked = {key: ", ".join(values.strings(call.input.get(key))) for key in
             ("allowed_domains", "blocked_domains")}  # fmt: skip
    return {
        "asked": {key.replace("_", " "): value for key, value in asked.items() if value},
        "hits": [_hit(hit) for hit in hits[:MOST_HITS]],
        "more": max(0, len(hits) - MOST_HITS),
        "answer": None if call.error else prose(_comment(call, bool(hits)), sight),
        "output": sight.lines(call.result if call.error else ""),
    }


def _hits(call: Call) -> list[Json]:
    rows = values.records(call.details.get("results"))
    hits = [hit for row in rows for hit in values.records(row.get("content"))]
    return hits or _listed(call.result)


def _listed(result: str) -> list[Json]:
    """The hits of a result that is text alone: `Links: [{"title":…,"url":…}]`."""
    found: list[Json] = []
    for line in result.split("\n") if len(result) < 200_000 else ():
        if line.startswith(_LINKS):
            try:
                found += values.records(json.loads(line.removeprefix(_LINKS)))
            except (ValueError, RecursionError):
                continue
    return found


def _comment(call: Call, has_hits: bool) -> str:
    texts = values.strings(call.details.get("results"))
    if texts or values.records(call.details.get("results")):
        return "\n\n".join(text.strip() for text in texts if text.strip())
    return "" if has_hits and not call.result else call.result


def _hit(hit: Json) -> dict[str, str]:
    url = values.text(hit.get("url"))
    address = web_address(url)
    return {
        "title": one_line(values.text(hit.get("title"))) or one_line(url),
        "href": address,
        "host": one_line(_host(address)),
    }


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:100]
    except ValueError:
        return ""


def web_address(url: str) -> str:
    """The address if it is one that may be linked, else ""."""
    plain = url.isprintable() and not any(sign in url for sign in ' "<>\\')
    return url if url.startswith(("https://", "http://")) and plain and len(url) < 2_000 else ""


FETCH = Family(("WebFetch",), "items/_fetch.html", fetch_closed, fetch_opened)
SEARCH = Family(("WebSearch",), "items/_websearch.html", search_closed, search_opened)
