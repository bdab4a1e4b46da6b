"""The page around the rows: the index column, the bar, theme, times, images, print, without JS."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

RECTANGLE = """
const b = document.querySelector(arguments[0]).getBoundingClientRect();
return [Math.round(b.left), Math.round(b.top), Math.round(b.width), Math.round(b.height)];
"""


def until(condition: Callable[[], Any], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.03)


@pytest.fixture
def show(browser: webdriver.Chrome, chromium_tools: dict[str, Any]) -> Callable[..., Any]:
    """Open an address at a width; gives the browser."""

    def open_page(url: str, width: int = 1280, **media: str) -> webdriver.Chrome:
        chromium_tools["resize"](browser, width, 844, phone=width < 800)
        if media:
            chromium_tools["prefer"](browser, **media)
        browser.get(url)
        return browser

    return open_page


def test_the_index_stands_beside_the_text_and_stays(show: Any, long_share: str) -> None:
    browser = show(long_share, 1280)
    left, top, width, _ = browser.execute_script(RECTANGLE, ".index")
    assert width == 280
    column = browser.execute_script(RECTANGLE, "main")
    assert column[0] == left + 280
    assert column[2] == 892, "860 px and its padding"
    # Selenium takes what a closed <details> holds for hidden: ask the page what is there.
    there = "const a = document.querySelector('.index a'), b = a.getBoundingClientRect();"
    there += "return document.elementFromPoint(b.left + 20, b.top + 10) === a"
    assert browser.execute_script(there)
    browser.execute_script("scrollTo(0, 1500)")
    assert browser.execute_script(RECTANGLE, ".index")[1] == 48 <= top


def test_narrow_the_index_is_a_closed_row(show: Any, long_share: str) -> None:
    browser = show(long_share, 390)
    assert browser.execute_script(RECTANGLE, ".index")[2] == 390
    assert not browser.find_element(By.CSS_SELECTOR, ".index a").is_displayed()
    summary = browser.find_element(By.CSS_SELECTOR, ".index summary")
    assert summary.text.strip().startswith("Prompts")
    assert summary.size["height"] >= 44
    summary.click()
    assert browser.find_element(By.CSS_SELECTOR, ".index a").is_displayed()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_of_a_row_or_the_search_is_cut_off(
    show: Any, example_share: str, width: int
) -> None:
    browser = show(example_share, width)
    cut = "return [...document.querySelectorAll('.tool > summary .name, .tool > summary .outcome')]"
    cut += (
        ".filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.textContent)"
    )
    assert browser.execute_script(cut) == []
    field = browser.find_element(By.CSS_SELECTOR, "input[type=search]")
    assert field.size["width"] >= 110


OVERLAID = """
const acts = [...document.querySelectorAll('.acts')].filter(e => e.getClientRects().length);
const hit = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
return acts.flatMap(act => {
  const own = act.getBoundingClientRect(), item = act.closest(".item");
  const range = document.createRange();
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || act.contains(text) || text.parentElement.closest('.hidden')) continue;
    range.selectNodeContents(text);
    if ([...range.getClientRects()].some(box => hit(box, own))) found.push(item.id + text.data);
  }
  return found;
});
"""


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_no_button_stands_on_a_message(
    show: Any, example_share: str, width: int
) -> None:
    browser = show(example_share, width)
    until(lambda: browser.find_elements(By.CSS_SELECTOR, ".acts"))
    assert browser.execute_script(OVERLAID) == []


def test_the_entry_in_view_is_marked_and_the_bar_counts(show: Any, long_share: str) -> None:
    browser = show(long_share)
    browser.execute_script("document.getElementById('m-10').scrollIntoView(); scrollBy(0, 1)")
    marked = "return [...document.querySelectorAll('.index [aria-current]')].map(a => a.hash)"
    until(lambda: browser.execute_script(marked) == ["#m-10"])
    assert browser.find_element(By.CSS_SELECTOR, ".progress").text == "prompt 4 of 90"


def test_the_bar_counts_where_a_page_begins_in_the_middle_of_a_prompt(
    show: Any, share_lines: Callable[..., str], session_turns: Callable[[int], list[Any]]
) -> None:
    lines = session_turns(90)
    for line in lines[4::4]:  # all prompts but the first say nothing
        line["message"]["content"] = (
            "<command-name>/clear</command-name>" if line is lines[-4] else ""
        )
    browser = show(share_lines(lines) + "?m=100#m-100")
    until(lambda: browser.find_element(By.CSS_SELECTOR, ".progress").text == "prompt 1 of 1")
    marked = "return [...document.querySelectorAll('.index [aria-current]')].map(a => a.hash)"
    assert browser.execute_script(marked) == ["#m-1"]


def test_the_theme_is_kept_and_never_flashes(show: Any, long_share: str) -> None:
    browser = show(long_share, scheme="light")
    ground = "return getComputedStyle(document.body).backgroundColor"
    white, dark = "rgb(255, 255, 255)", "rgb(20, 23, 28)"
    button = browser.find_element(By.CSS_SELECTOR, "button.theme")
    seen = []
    for _ in range(3):
        button.click()
        label = button.get_attribute("aria-label")
        seen.append((label, browser.execute_script(ground)))
    assert seen == [("Theme: light", white), ("Theme: dark", dark), ("Theme: system", white)]
    button.click()
    button.click()
    browser.refresh()
    assert browser.execute_script(ground) == dark
    # The attribute is there before the body is: the script in the head sets it.
    early = "return document.head.querySelector('script[src*=\"theme\"]').defer"
    assert browser.execute_script(early) is False


def test_times_are_the_readers_own(show: Any, browser: webdriver.Chrome, long_share: str) -> None:
    browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    try:
        show(long_share)
        moment = browser.find_element(By.CSS_SELECTOR, "#m-1 time")
        assert moment.get_attribute("datetime") == "2026-11-20T10:01:00Z"
        assert moment.text == "19:01:00"
        assert "2026" in (moment.get_attribute("title") or "")
    finally:
        browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ""})


def test_thinking_can_be_hidden_for_good(show: Any, example_share: str) -> None:
    browser = show(example_share)
    thought = browser.find_element(By.CSS_SELECTOR, ".thought")
    address = thought.get_attribute("id")
    assert thought.is_displayed()
    browser.find_element(By.CSS_SELECTOR, "button.keys").click()
    browser.find_element(By.CSS_SELECTOR, "[data-setting=thinking]").click()
    browser.refresh()
    assert not browser.find_element(By.CSS_SELECTOR, ".thought").is_displayed()
    show(f"{example_share}?m={address[2:]}#{address}")
    until(lambda: browser.find_element(By.ID, address).is_displayed())


def test_images_open_in_a_dialog(show: Any, picture_share: str) -> None:
    browser = show(picture_share)
    link = browser.find_element(By.CSS_SELECTOR, "a.picture")
    link.click()
    dialog = browser.find_element(By.CSS_SELECTOR, "dialog.viewer")
    assert dialog.is_displayed()
    assert dialog.find_element(By.TAG_NAME, "img").get_attribute("alt")
    assert browser.current_url == picture_share
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(lambda: not dialog.is_displayed())
    assert browser.switch_to.active_element == link


def test_without_scripts_an_image_opens_by_its_link(
    plain_browser: webdriver.Chrome, picture_share: str
) -> None:
    plain_browser.get(picture_share)
    plain_browser.find_element(By.CSS_SELECTOR, "a.picture").click()
    until(lambda: "/images/" in plain_browser.current_url)


def test_without_scripts_nothing_pretends(plain_browser: webdriver.Chrome, long_share: str) -> None:
    plain_browser.get(long_share)
    shown = [b for b in plain_browser.find_elements(By.TAG_NAME, "button") if b.is_displayed()]
    assert not [b for b in shown if b.get_attribute("type") != "submit"]


def test_on_paper_rows_are_open_and_the_chrome_is_gone(show: Any, long_share: str) -> None:
    browser = show(long_share)
    browser.find_element(By.CSS_SELECTOR, "#m-2 > summary").click()
    until(lambda: "output-1" in browser.find_element(By.ID, "m-2").text)
    browser.find_element(By.CSS_SELECTOR, "#m-2 > summary").click()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    for chrome in (".bar", ".index", ".more", ".acts", ".permalink"):
        assert not browser.find_element(By.CSS_SELECTOR, chrome).is_displayed(), chrome
    assert browser.execute_script(RECTANGLE, "#m-2 .box.output, #m-2 .box")[3] > 10
    wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
