"""The one-letter keys, as a reader presses them."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

FOCUSED = "const i = document.activeElement.closest('.item'); return i ? i.id : null"


class Reader:
    """A page in a browser, and what can be asked of it."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def press(self, *keys: str) -> None:
        body = self.browser.switch_to.active_element
        for key in keys:
            body = self.browser.switch_to.active_element
            body.send_keys(key)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def here(self) -> str | None:
        return self.run(FOCUSED)

    def until(self, condition: Callable[[], Any], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not in time; the focus is at {self.here()}"
            time.sleep(0.03)

    def said(self) -> str:
        return self.run("return document.querySelector('[role=status]').textContent")


@pytest.fixture
def reader(browser: webdriver.Chrome) -> Reader:
    return Reader(browser)


def test_messages_and_prompts_one_after_the_other(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    seen = []
    for key in "jjjkn":
        reader.press(key)
        seen.append(reader.here())
    assert seen == ["m-1", "m-2", "m-3", "m-2", "m-4"]
    reader.press("n", "p", "p")
    assert reader.here() == "m-1"
    top = reader.run("return document.activeElement.getBoundingClientRect().top")
    assert top >= 48, "the bar hides it"


def test_the_next_page_is_loaded_on_the_way(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    loaded = reader.run("return document.querySelectorAll('.item.prompt').length")
    for number in range(loaded + 2):
        reader.press("n")
        reader.until(lambda want=f"m-{number * 3 + 1}": reader.here() == want)
    reader.browser.get(f"{long_share}?m=200#m-200")
    first = reader.run("return document.querySelector('.item.prompt').id")
    for _ in range(40):
        reader.press("p")
        if reader.run("return document.querySelector('.item.prompt').id") != first:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the page before was not loaded")


def test_errors_far_away_are_found(reader: Reader, failing_share: str) -> None:
    """One error on the first page, one many pages on."""
    reader.browser.get(failing_share)
    reader.press("e")
    assert reader.here() == "m-5"
    reader.press("e")
    reader.until(lambda: reader.browser.current_url.endswith("?m=602#m-602"))
    reader.until(lambda: reader.here() == "m-602")
    reader.press("e")
    reader.until(lambda: reader.said() == "No further error")
    reader.press("E")
    reader.until(lambda: reader.browser.current_url.endswith("?m=5#m-5"))


def test_rows_open_and_close(reader: Reader, long_share: str) -> None:
    def is_open(number: int) -> bool:
        return reader.run(f"return document.getElementById('m-{number}').open")

    reader.browser.get(long_share)
    reader.press("j", "j", "o")
    assert is_open(2)
    reader.until(lambda: "output-1" in reader.browser.find_element(By.ID, "m-2").text)
    reader.press(Keys.ENTER)
    assert not is_open(2)
    reader.press("x")
    reader.until(lambda: is_open(2))
    assert not is_open(5), "the next prompt's rows stay as they are"
    reader.press("x")
    reader.until(lambda: not is_open(2))


def test_both_ends(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    reader.press("G")
    reader.until(lambda: "page=" in reader.browser.current_url)
    assert reader.run("return !document.querySelector('.more.next')")
    bottom = "return scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    reader.until(lambda: reader.run(bottom))
    reader.press("g", "g")
    reader.until(lambda: reader.browser.current_url == long_share)
    reader.press("j")
    assert reader.here() == "m-1"


def test_copying(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    origin = long_share.split("/s/")[0]
    reader.browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )

    def clipboard() -> str:
        script = "navigator.clipboard.readText().then(arguments[0])"
        return reader.browser.execute_async_script(script)

    reader.press("j", "j", "c")
    reader.until(lambda: reader.said() == "Link copied")
    assert clipboard() == f"{long_share}?m=2#m-2"
    reader.press("y")
    reader.until(lambda: reader.said() == "Message copied")
    assert clipboard() == "**Bash**\n\n```sh\necho row-1\n```\n\n```\noutput-1\n```\n"
    reader.press("o")
    reader.until(lambda: reader.run("return document.querySelectorAll('#m-2 .box .copy').length"))
    reader.run("document.querySelector('#m-2 .box.command .copy').click()")
    reader.until(lambda: reader.said() == "Text copied")
    assert clipboard() == "echo row-1"
    reader.run("document.querySelector('#m-4 > .by .permalink').click()")
    reader.until(lambda: clipboard() == f"{long_share}?m=4#m-4")
    assert reader.browser.current_url == f"{long_share}?m=4#m-4"


def test_the_help_opens_and_switches_the_keys_off(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    reader.press("?")
    dialog = reader.browser.find_element(By.CSS_SELECTOR, "dialog.help")
    assert dialog.is_displayed()
    reader.press("j")
    assert reader.here() is None, "keys do nothing behind a dialog"
    dialog.find_element(By.CSS_SELECTOR, "[data-setting=keys]").click()
    dialog.find_element(By.CSS_SELECTOR, ".close").click()
    assert not dialog.is_displayed()
    for _ in range(2):
        reader.press("j", "?")
        assert reader.here() is None
        assert not reader.run("return document.querySelector('dialog[open]')")
        reader.browser.refresh()
    reader.browser.find_element(By.CSS_SELECTOR, "button.keys").click()
    reader.browser.find_element(By.CSS_SELECTOR, "[data-setting=keys]").click()
    reader.press(Keys.ESCAPE)
    reader.until(lambda: not reader.run("return document.querySelector('dialog[open]')"))
    reader.press("j")
    assert reader.here() == "m-1"


def test_typing_is_left_alone(reader: Reader, long_share: str) -> None:
    reader.browser.get(long_share)
    reader.run(
        "const f = document.createElement('input'); f.type = 'search'; f.ariaLabel = 'Search';"
        "document.querySelector('.bar').insertBefore(f, document.querySelector('.bar .theme'))"
        " ; document.querySelectorAll('input[type=search]').forEach(e => e !== f && e.remove())"
    )
    reader.press("/")
    field = reader.browser.switch_to.active_element
    assert field.get_attribute("type") == "search"
    field.send_keys("jt?go")
    assert field.get_attribute("value") == "jt?go"
    assert reader.run("return document.documentElement.dataset.theme") is None
    reader.press(Keys.ESCAPE)
    reader.press("t")
    assert reader.run("return document.documentElement.dataset.theme") == "light"
    event = "new KeyboardEvent('keydown', {key: 't', ctrlKey: true, bubbles: true})"
    reader.run(f"document.dispatchEvent({event})")
    assert reader.run("return document.documentElement.dataset.theme") == "light"
