"""What the first view of a link costs its reader: bytes, requests, DOM nodes."""

import gzip
import statistics
from collections.abc import Iterator

import requests
from selenium import webdriver

from scripts import chromium

from .server import running, upload
from .sessions import lines
from .table import Figure, at_most

RUNS = 7
COUNT = "return document.getElementsByTagName('*').length"
SETTLED = """
const done = arguments[0];
const ends = [performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd];
new PerformanceObserver(list => list.getEntries().forEach(
  task => ends.push(task.startTime + task.duration))).observe({type: 'longtask', buffered: true});
setTimeout(() => done(Math.max(...ends)), 1500);
"""
LOADED = "return performance.getEntriesByType('resource').map(e => [e.name, e.initiatorType])"


def settled(driver: webdriver.Chrome, url: str) -> float:
    """Milliseconds until the page has nothing heavy left to do, the median of RUNS loads."""
    times = []
    for _ in range(RUNS):
        driver.get(url)
        times.append(float(driver.execute_async_script(SETTLED)))
    return statistics.median(times)


def gzipped(body: bytes) -> float:
    return len(gzip.compress(body, 6)) / 1024


def figures() -> Iterator[Figure]:
    """At each length the same budget: the page is cut by weight, not by luck."""
    driver = chromium.start()
    try:
        with running() as server:
            busy: dict[int, float] = {}
            for count in (200, 5_000, 50_000):
                url = upload(server, lines(count)).url
                html = requests.get(url, timeout=60).content
                driver.get(url)
                nodes = int(driver.execute_script(COUNT))
                loaded = [e for e in driver.execute_script(LOADED) if "/images/" not in e[0]]
                own = [e for e in loaded if "/static/" in e[0]]
                assets = sum(gzipped(requests.get(e[0], timeout=60).content) for e in own)
                busy[count] = settled(driver, url)
                yield at_most(f"first view, {count} lines: HTML", gzipped(html), 40, "KB gzip")
                yield at_most(f"first view, {count} lines: assets", assets, 60, "KB gzip")
                yield at_most(f"first view, {count} lines: requests", 1 + len(loaded), 5, "")
                yield at_most(f"first view, {count} lines: DOM nodes", nodes, 1500, "")
            yield at_most(
                "settled at 50,000 lines against 200 lines",
                busy[50_000] / busy[200],
                1.2,
                note=f" ({busy[50_000]:.0f} / {busy[200]:.0f} ms)",
            )
    finally:
        driver.quit()
