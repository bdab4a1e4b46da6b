"""A hostile session in a real browser: nothing runs, nothing is asked, nothing foreign stands."""

import json
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from selenium import webdriver

pytestmark = pytest.mark.browser

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ELEMENTS = {
    *(
        "html",
        "head",
        "base",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "header",
        "nav",
        "main",
        "footer",
    ),
    *("a", "b", "blockquote", "br", "button", "code", "dd", "del", "details", "div", "dl", "dt"),
    *("em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "label"),
    *("li", "mark", "ol", "option", "p", "pre", "s", "section", "select", "small", "span"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "time", "tr", "u", "ul"),
    *("form", "dialog", "colgroup", "col", "figure", "figcaption", "article", "aside", "progress"),
}
ATTRIBUTES = {
    *("align", "alt", "aria-current", "aria-hidden", "aria-label", "aria-labelledby", "charset"),
    *("class", "content", "datetime", "decoding", "defer", "download", "for", "height", "href"),
    *("id", "lang", "loading", "media", "name", "open", "property", "rel", "role", "scope", "src"),
    *("start", "tabindex", "title", "type", "value", "width", "action", "method", "hx-get"),
    *("hx-trigger", "hx-target", "hx-swap", "hx-ignore", "placeholder", "checked", "colspan"),
    *("aria-describedby", "aria-live", "aria-valuenow", "aria-valuemax", "aria-expanded", "max"),
    *("maxlength", "autocomplete", "enterkeyhint", "target", "hidden", "dir", "translate"),
}
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\x1b\x9b\x07\x08].{,80}")
"""What makes a text read otherwise than it is: direction controls, escapes, backspaces."""
TRIGGERS = {"click", "toggle once", "intersect once", "revealed", "change"}
LOOK = """
const found = [];
for (const e of document.querySelectorAll('*')) {
  const attributes = {};
  for (const a of e.attributes) attributes[a.name] = a.value.slice(0, 300);
  found.push([e.localName, attributes]);
}
return found;
"""


@pytest.fixture(scope="session")
def hostile_share(share_lines: Callable[..., str]) -> str:
    made = runpy.run_path(str(HERE / "hostile.py"))
    return share_lines(made["lines"](), made["raw"](), made["agent"]())


@pytest.fixture(scope="session")
def classes() -> set[str]:
    """Every class name that our own style sheets, templates, renderers and scripts name."""
    known: set[str] = set()
    for folder in ("static/css", "static/js", "templates", "render", "app"):
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix in {".css", ".js", ".html", ".py"}:
                known |= set(re.findall(r"[a-z][a-z0-9-]*", path.read_text(encoding="utf-8")))
    kinds = {"turn-prompt", "turn-command", "turn-shell", "turn-compaction"}
    return known | kinds | {f"sgr-{code}" for code in range(108)}


def wrong(elements: list[Any], server: str, classes: set[str]) -> list[str]:
    """The elements that no document of ours ever holds."""
    return [
        f"<{name} {json.dumps(attributes)[:300]}>"
        for name, attributes in elements
        if not (
            known(name, attributes)
            and plain_names(attributes, classes)
            and all(own(attributes.get(key, "")) for key in ("src", "hx-get", "action"))
            and harmless_link(attributes, server)
        )
    ]


def known(name: str, attributes: dict[str, str]) -> bool:
    """True for an element and attributes that we write."""
    if name == "script" and "src" not in attributes:
        return False
    if any(a.startswith(("data-hx", "data-on")) for a in attributes):
        return False
    names = {a for a in attributes if not a.startswith("data-")}
    trigger = attributes.get("hx-trigger", "click")
    return name in ELEMENTS and names <= ATTRIBUTES and trigger in TRIGGERS


def plain_names(attributes: dict[str, str], classes: set[str]) -> bool:
    """True if id and classes are of our making."""
    identifier = re.fullmatch(r"m-[0-9.]+|[a-z][a-z-]*", attributes.get("id", "x"))
    return bool(identifier) and set(attributes.get("class", "").split()) <= classes


def harmless_link(attributes: dict[str, str], server: str) -> bool:
    """True for our own addresses and for others that cannot reach back."""
    href = attributes.get("href", "")
    if own(href) or href.startswith(f"{server}/"):
        return True
    outside = re.match(r"(https?:)?//|mailto:", href)
    return bool(outside) and "noopener" in attributes.get("rel", "")


def own(address: str) -> bool:
    """True for a path on this very server."""
    return bool(re.match(r"(?:/(?!/)|#|\?|$)", address))


def pages(share: str) -> Iterator[str]:
    """Every page and fragment of a share."""
    api = share.replace("/s/", "/api/sessions/")
    last = int(requests.get(api, timeout=30).json()["pages"])
    for page in range(1, last + 1):
        yield f"{share}?page={page}"
        yield f"{share}/messages?page={page}"
    for show in ("prompts", "answers", "tools", "errors", "thinking", "agents"):
        yield f"{share}?show={show}"
    yield from (f"{share}?q=script", f"{share}?m=1-60", f"{share}/changes", f"{share}?print=1")
    yield from (f"{share}/prompts?page=1", share.replace("/s/", "/embed/s/"))
    yield from (f"{share}/items/{number}/raw?page=1" for number in (1, 2, 14, 30))


def test_every_page_is_an_answer(hostile_share: str) -> None:
    addresses = [hostile_share, f"{hostile_share}.jsonl", *pages(hostile_share)]
    numbers = set()
    for address in addresses:
        answer = requests.get(address, timeout=60)
        assert answer.status_code == 200, address
        assert "could not be shown" not in answer.text, address
        if not address.endswith(".jsonl"):
            assert STEERING.findall(answer.text) == [], address
        numbers |= set(re.findall(r'id="m-([0-9]+)"', answer.text))
    assert len(numbers) > 30
    for number in sorted(numbers, key=int):
        for address in (f"/items/{number}", f"/items/{number}?all=1", f"?m={number}&all=1"):
            answer = requests.get(hostile_share + address, timeout=60)
            assert answer.status_code == 200, address
            assert "could not be shown" not in answer.text, address
        assert requests.get(f"{hostile_share}/items/{number}.md", timeout=60).ok


@pytest.mark.parametrize(
    "query",
    [
        "?m=<script>alert(1)</script>",
        '?page=1&q="><script>alert(1)</script>',
        '?m=1#"><img src=x onerror=alert(1)>',
        "?m=2#m-2.99999",
        "?q='><svg onload=alert(1)>&show=\"><script>alert(2)</script>",
        '?m=3-<script>&print="><script>alert(3)</script>',
    ],
)
def test_nothing_comes_in_by_the_address(
    browser: webdriver.Chrome, hostile_share: str, classes: set[str], query: str
) -> None:
    browser.get(hostile_share + query)
    check(browser, hostile_share, classes)


def check(browser: webdriver.Chrome, share: str, classes: set[str]) -> None:
    server = share.split("/s/")[0]
    assert browser.execute_script("return window.hit") is None
    assert wrong(browser.execute_script(LOOK), server, classes) == []
    told = [e["message"] for e in browser.get_log("browser") if e["level"] != "INFO"]
    assert told == []
    asked = []
    for entry in browser.get_log("performance"):
        event = json.loads(entry["message"])["message"]
        if event["method"] == "Network.requestWillBeSent":
            asked.append(event["params"]["request"]["url"])
    assert [url for url in asked if not url.startswith((server, "about:", "data:"))] == []


def test_nothing_runs_and_nothing_foreign_stands(
    browser: webdriver.Chrome,
    hostile_share: str,
    classes: set[str],
    open_rows: Callable[[webdriver.Chrome], None],
) -> None:
    for address in pages(hostile_share):
        if "/messages" in address or "/prompts" in address:
            continue
        browser.get(address)
        if "/embed/" not in address:  # it has no scripts: its rows ask for nothing
            open_rows(browser)
        check(browser, hostile_share, classes)
        assert browser.title.endswith("ccshare")
    # The check itself sees what it is there to see.
    browser.execute_script(
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"1\">a</p><b hx-get=\"//x/\">'"
        ' + \'</b><a href="javascript:1">c</a><p class="foreign-one">d</p>\')'
    )
    server = hostile_share.split("/s/")[0]
    assert len(wrong(browser.execute_script(LOOK), server, classes)) == 4
