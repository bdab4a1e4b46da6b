"""What the first view of a link costs its reader: bytes, requests, DOM nodes."""

import gzip
import shutil
from collections.abc import Iterator

import requests
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from .server import running, upload
from .sessions import lines
from .table import Figure, at_most

COUNT = "return document.getElementsByTagName('*').length"
LOADED = "return performance.getEntriesByType('resource').map(e => [e.name, e.initiatorType])"


def browser() -> webdriver.Chrome:
    """A headless Chromium that talks to nobody but the page."""
    options = webdriver.ChromeOptions()
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def gzipped(body: bytes) -> float:
    return len(gzip.compress(body, 6)) / 1024


def figures() -> Iterator[Figure]:
    """At each length the same budget: the page is cut by weight, not by luck."""
    driver = browser()
    try:
        with running() as server:
            for count in (200, 5_000, 50_000):
                url = upload(server, lines(count)).url
                html = requests.get(url, timeout=60).content
                driver.get(url)
                nodes = int(driver.execute_script(COUNT))
                loaded = [e for e in driver.execute_script(LOADED) if "/images/" not in e[0]]
                own = [e for e in loaded if "/static/" in e[0]]
                assets = sum(gzipped(requests.get(e[0], timeout=60).content) for e in own)
                yield at_most(f"first view, {count} lines: HTML", gzipped(html), 40, "KB gzip")
                yield at_most(f"first view, {count} lines: assets", assets, 60, "KB gzip")
                yield at_most(f"first view, {count} lines: requests", 1 + len(loaded), 5, "")
                yield at_most(f"first view, {count} lines: DOM nodes", nodes, 1500, "")
    finally:
        driver.quit()
