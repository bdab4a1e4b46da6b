"""The headless Chromium of tests, measurements and screenshots: its flags stand here alone."""

import shutil

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)


def binary() -> str | None:
    """The path of Chromium or Chrome, or None."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def start(*, javascript: bool = True) -> webdriver.Chrome:
    """A browser that talks to nobody but the page and keeps what its console says."""
    options = webdriver.ChromeOptions()
    options.binary_location = binary() or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not javascript:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def resize(driver: webdriver.Chrome, width: int, height: int, *, phone: bool = False) -> None:
    """Show pages at this size; with `phone` as a device that is touched."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": phone})


def prefer(driver: webdriver.Chrome, scheme: str, **more: str) -> None:
    """Say which colours the system prefers (`light`, `dark`), and other media features."""
    features = {"prefers-color-scheme": scheme} | {k.replace("_", "-"): v for k, v in more.items()}
    listed = [{"name": name, "value": value} for name, value in features.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": listed})
