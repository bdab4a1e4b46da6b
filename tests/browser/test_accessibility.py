"""axe-core finds nothing: each kind of page, desktop and phone, light and dark, closed and open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
    rule.id + ' · ' + node.target.join(' ') + ' · ' + node.any.concat(node.all, node.none)
      .map(check => check.message).join('; ')))),
  error => done(['axe failed: ' + error]));
"""
SIZES = {"desktop": (1280, 900, False), "phone": (390, 844, True)}


@pytest.fixture(scope="session")
def axe(missing_in_ci: Callable[[str], None]) -> str:
    if not AXE.exists():
        missing_in_ci("axe-core (npm install)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def audit(
    browser: webdriver.Chrome,
    axe: str,
    chromium_tools: dict[str, Any],
    open_rows: Callable[[webdriver.Chrome], None],
) -> Callable[[str, str], dict[str, list[str]]]:
    """Look at an address in both themes, closed and with everything open; gives what axe found."""

    def look(url: str, size: str) -> dict[str, list[str]]:
        width, height, phone = SIZES[size]
        chromium_tools["resize"](browser, width, height, phone=phone)
        chromium_tools["prefer"](browser, "light")
        browser.get(url)
        # As a debugger adds it: the page's own policy stays as strict as it is.
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found: dict[str, list[str]] = {}
        for state in ("closed", "open"):
            if state == "open":
                open_rows(browser)
            for scheme in ("light", "dark"):
                chromium_tools["prefer"](browser, scheme)
                if violations := browser.execute_async_script(RUN):
                    found[f"{state}, {scheme}"] = violations
        return found

    return look


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["", "?m=2#m-2"])
def test_of_a_session(audit: Any, example_share: str, page: str, size: str) -> None:
    assert audit(example_share + page, size) == {}


VIEWS = (
    "/changes",
    "?q=cart",
    "?q=nowhere",
    "?show=tools",
    "?m=2-9",
    "?print=1",
    "/items/5/raw?page=1",
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_of_a_part_of_a_session(audit: Any, example_share: str, view: str, size: str) -> None:
    assert audit(example_share + view, size) == {}


@pytest.mark.parametrize("size", SIZES)
def test_of_an_embedded_session(audit: Any, example_share: str, size: str) -> None:
    assert audit(example_share.replace("/s/", "/embed/s/"), size) == {}


@pytest.mark.parametrize("size", SIZES)
def test_of_a_session_that_is_gone(audit: Any, gone_share: str, size: str) -> None:
    assert audit(gone_share, size) == {}


@pytest.mark.parametrize("size", SIZES)
def test_of_a_middle_page_with_pictures(audit: Any, long_share: str, size: str) -> None:
    assert audit(f"{long_share}?m=120", size) == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "page", ["/", "/sample", "/sample/items/9/raw?page=1", "/nothing", "/s/AAAAAAAAAAAA"]
)
def test_of_the_house(audit: Any, live_server: Any, page: str, size: str) -> None:
    assert audit(live_server.url + page, size) == {}


@pytest.mark.parametrize("size", SIZES)
def test_of_every_colour(audit: Any, coloured_share: str, size: str) -> None:
    """Terminal colours, code, diffs, tables, pictures."""
    assert audit(coloured_share, size) == {}


def test_of_the_dialogs(
    browser: webdriver.Chrome, axe: str, picture_share: str, chromium_tools: dict[str, Any]
) -> None:
    for scheme in ("light", "dark"):
        chromium_tools["prefer"](browser, scheme)
        browser.get(picture_share)
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        browser.find_element(By.CSS_SELECTOR, "button.keys").click()
        assert browser.execute_async_script(RUN) == []
        browser.execute_script("document.querySelector('.help .close').textContent = ''")
        assert len(browser.execute_async_script(RUN)) == 1, "axe looks at what is in front"
        browser.find_element(By.CSS_SELECTOR, ".help .close").click()
        browser.find_element(By.CSS_SELECTOR, "a.picture").click()
        assert browser.execute_async_script(RUN) == []


TARGETS = """
const least = arguments[0];
return [...document.querySelectorAll('a[href], button, summary, input, select')].filter(e => {
  if (!e.checkVisibility({visibilityProperty: true})) return false;
  const inline = getComputedStyle(e).display === 'inline' && e.closest('p, li, dd, td, .prose');
  const box = (e.closest('label') || e).getBoundingClientRect();
  return !inline && !e.matches('.skip') && box.width && Math.min(box.width, box.height) < least;
}).map(e => e.outerHTML.slice(0, 90) + ' ' + e.getBoundingClientRect().height);
"""


@pytest.mark.parametrize(("size", "least"), [("desktop", 24), ("phone", 44)])
def test_targets_are_large_enough(
    browser: webdriver.Chrome,
    chromium_tools: dict[str, Any],
    example_share: str,
    open_rows: Callable[[webdriver.Chrome], None],
    size: str,
    least: int,
) -> None:
    width, height, phone = SIZES[size]
    chromium_tools["resize"](browser, width, height, phone=phone)
    browser.get(example_share)
    open_rows(browser)
    assert browser.execute_script(TARGETS, least) == []


def test_the_focus_is_seen_and_motion_is_reduced(
    browser: webdriver.Chrome, chromium_tools: dict[str, Any], example_share: str
) -> None:
    chromium_tools["prefer"](
        browser, "dark", prefers_reduced_motion="reduce", forced_colors="active"
    )
    browser.get(example_share)
    ring = (
        "const s = getComputedStyle(document.activeElement);"
        "return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2"
    )
    for _ in range(12):
        browser.switch_to.active_element.send_keys("\ue004")
        assert browser.execute_script(ring), browser.execute_script(
            "return document.activeElement.outerHTML"
        )
    moving = "return document.getAnimations().length"
    assert browser.execute_script(moving) == 0
