"""Reading a share as a person does: scrolling, opening rows, without JavaScript, on a phone."""

import time
from collections.abc import Callable

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser

IDS = "return [...document.querySelectorAll('[id^=\"m-\"]')].map(e => e.id)"
ITEMS = 90 * 3


def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def complaints(browser: webdriver.Chrome) -> list[str]:
    """What the console says beyond information: CSP violations, errors, dialogs."""
    return [e["message"] for e in browser.get_log("browser") if e["level"] != "INFO"]


def test_scrolling_reads_every_item_once(browser: webdriver.Chrome, long_share: str) -> None:
    browser.get(long_share)
    last = 0
    for _ in range(60):
        browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")
        time.sleep(0.15)
        found = browser.execute_script(IDS)
        if len(found) == ITEMS:
            break
        last = len(found)
    found = browser.execute_script(IDS)
    assert len(found) == ITEMS, f"stopped at {last}"
    assert found == [f"m-{n}" for n in range(1, ITEMS + 1)]
    assert browser.current_url == long_share
    assert complaints(browser) == []


def test_a_row_loads_its_body_when_it_is_opened(browser: webdriver.Chrome, long_share: str) -> None:
    browser.get(long_share)
    row = browser.find_element(By.ID, "m-2")
    assert "output-1" not in (row.get_attribute("innerHTML") or "").replace("summary", "")
    row.find_element(By.TAG_NAME, "summary").click()
    until(lambda: "output-1" in browser.find_element(By.ID, "m-2").text)
    assert complaints(browser) == []


def test_a_permalink_far_down_shows_its_item(browser: webdriver.Chrome, long_share: str) -> None:
    browser.get(f"{long_share}?m=200#m-200")
    row = browser.find_element(By.ID, "m-200")
    assert row.is_displayed()
    assert len(browser.execute_script(IDS)) < ITEMS
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", row)
    assert -50 <= top <= 900


def test_everything_is_readable_without_javascript(
    plain_browser: webdriver.Chrome, long_share: str
) -> None:
    seen: list[str] = []
    plain_browser.get(long_share)
    for _ in range(30):
        found = plain_browser.find_elements(By.CSS_SELECTOR, "[id^='m-']")
        seen += [e.get_attribute("id") or "" for e in found]
        further = plain_browser.find_elements(By.CSS_SELECTOR, "a[rel='next']")
        if not further:
            break
        plain_browser.get(further[0].get_attribute("href") or "")
    assert seen == [f"m-{n}" for n in range(1, ITEMS + 1)]
    plain_browser.get(f"{long_share}?m=2#m-2")
    assert "output-1" in plain_browser.find_element(By.ID, "m-2").text


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_scrolls_sideways(browser: webdriver.Chrome, long_share: str, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 800}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.get(long_share)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_markup_in_a_prompt_is_text(browser: webdriver.Chrome, long_share: str) -> None:
    browser.get(long_share)
    assert "<script>alert(1)</script>" in browser.find_element(By.ID, "m-1").text
    assert complaints(browser) == []


def test_the_first_view_stays_in_its_budget(browser: webdriver.Chrome, long_share: str) -> None:
    browser.get(long_share)
    nodes = browser.execute_script("return document.getElementsByTagName('*').length")
    assert nodes <= 1500
    script = "return performance.getEntriesByType('resource').map(e => e.name)"
    loaded = [name for name in browser.execute_script(script) if "/images/" not in name]
    assert len(loaded) + 1 <= 5
    server = long_share.split("/s/")[0]
    assert all(name.startswith(server) for name in loaded), "a third party was asked"
