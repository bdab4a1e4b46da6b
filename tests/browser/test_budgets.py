"""What a page may cost: shifts, requests, bytes, nodes, and the time a key takes to answer."""

import gzip
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from selenium import webdriver

pytestmark = pytest.mark.browser

OBSERVE = """
window.shifts = []; window.slow = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) shifts.push([entry.value, entry.sources.map(s =>
    s.node && (s.node.id || s.node.className || s.node.nodeName)).join(' ')]);
})).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (entry.name === 'keydown') slow.push(entry.duration);
})).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
SHIFTS = "return shifts"
ROWS = "return document.querySelectorAll('.flow > .rows > .item').length"
MORE = "return document.querySelector('.flow > .more.next') !== null"


@pytest.fixture
def watched(browser: webdriver.Chrome) -> Any:
    """A browser that notes layout shifts and slow keys from the first moment of each page."""
    source = {"source": OBSERVE}
    made = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def requested(browser: webdriver.Chrome) -> list[str]:
    """Every address the browser asked for since the log was last read."""
    found = []
    for entry in browser.get_log("performance"):
        event = json.loads(entry["message"])["message"]
        if event["method"] == "Network.requestWillBeSent":
            found.append(event["params"]["request"]["url"])
    return [url for url in found if not url.startswith(("data:", "about:", "chrome:"))]


def complaints(browser: webdriver.Chrome) -> list[str]:
    return [e["message"] for e in browser.get_log("browser") if e["level"] != "INFO"]


@pytest.mark.parametrize("size", [(1280, 900, False), (390, 844, True), (320, 640, True)])
def test_nothing_moves_while_a_page_loads(
    watched: webdriver.Chrome,
    chromium_tools: dict[str, Any],
    example_share: str,
    picture_share: str,
    live_server: Any,
    size: tuple[int, int, bool],
) -> None:
    width, height, phone = size
    chromium_tools["resize"](watched, width, height, phone=phone)
    for url in (example_share, picture_share, f"{example_share}?m=2", f"{live_server.url}/"):
        watched.get(url)
        time.sleep(0.4)
        assert watched.execute_script(SHIFTS) == [], url
        wide = watched.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, url
    assert complaints(watched) == []


@pytest.mark.parametrize("size", [(1280, 900, False), (390, 844, True)])
def test_nothing_moves_while_five_pages_are_scrolled(
    watched: webdriver.Chrome,
    chromium_tools: dict[str, Any],
    huge_share: str,
    size: tuple[int, int, bool],
) -> None:
    width, height, phone = size
    chromium_tools["resize"](watched, width, height, phone=phone)
    watched.get(huge_share)
    first = watched.execute_script(ROWS)
    for _ in range(120):
        watched.execute_script("scrollBy(0, 700)")
        time.sleep(0.06)
        if watched.execute_script(ROWS) > first * 5:
            break
    assert watched.execute_script(ROWS) > first * 5
    # And back, over what the browser has skipped meanwhile.
    while watched.execute_script("scrollBy(0, -2000); return scrollY > 0"):
        time.sleep(0.05)
    moved = watched.execute_script(SHIFTS)
    assert sum(value for value, _ in moved) <= 0.02, moved
    assert complaints(watched) == []


def test_after_two_thousand_items_a_key_is_answered_at_once(
    watched: webdriver.Chrome, huge_share: str
) -> None:
    watched.get(huge_share)
    deadline = time.monotonic() + 60
    while watched.execute_script(MORE):
        assert time.monotonic() < deadline
        watched.execute_script("scrollTo(0, document.documentElement.scrollHeight)")
        time.sleep(0.05)
    assert watched.execute_script(ROWS) == 2_100
    watched.execute_script("slow.length = 0")
    keys = "kkkjjjpppnnnoo"
    for key in keys:
        watched.switch_to.active_element.send_keys(key)
        time.sleep(0.05)
    # Answers within a frame are not listed at all.
    times = watched.execute_script("return slow")
    times += [8] * (len(keys) - len(times))
    assert statistics.median(times) < 100, times
    # What is skipped is still there: for the browser's search and for links.
    assert watched.execute_script("getSelection().removeAllRanges(); return find('Answer 7.')")
    watched.execute_script("location.hash = '#m-1000'")
    top = "return document.getElementById('m-1000').getBoundingClientRect().top"
    for _ in range(40):
        if 40 <= watched.execute_script(top) <= 900:
            break
        time.sleep(0.05)
    assert 40 <= watched.execute_script(top) <= 900


def test_the_first_view_is_small(
    browser: webdriver.Chrome, example_share: str, long_share: str, huge_share: str
) -> None:
    nodes = []
    for url in (example_share, long_share, huge_share, f"{huge_share}?m=1000#m-1000"):
        browser.get_log("performance")
        browser.get(url)
        loaded = [name for name in requested(browser) if "/images/" not in name]
        assert len(loaded) <= 5, loaded
        assert len(gzip.compress(requests.get(url, timeout=30).content, 6)) <= 40 * 1024
        assets = [name for name in loaded if "/static/" in name]
        bodies = [gzip.compress(requests.get(name, timeout=30).content, 6) for name in assets]
        assert sum(map(len, bodies)) <= 60 * 1024
        nodes.append(browser.execute_script("return document.getElementsByTagName('*').length"))
    assert max(nodes) <= 1500, nodes


def test_nobody_else_is_asked(
    browser: webdriver.Chrome, example_share: str, open_rows: Callable[[webdriver.Chrome], None]
) -> None:
    browser.get(example_share)
    open_rows(browser)
    browser.execute_script("scrollTo(0, document.documentElement.scrollHeight)")
    time.sleep(0.3)
    server = example_share.split("/s/")[0]
    asked = requested(browser)
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(server)] == []
    assert complaints(browser) == []
