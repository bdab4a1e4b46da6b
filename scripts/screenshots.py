"""Take the README's two pictures: the example session on a desk by day, on a phone by night.

    python scripts/screenshots.py

It runs a server of its own on a database of its own, shares the example through the client,
and writes docs/desktop.png and docs/phone.png. They are committed; run this when the page changes.
"""

import base64
import io
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = next((ROOT / "examples").glob("*.jsonl"))
CHROMIUM = runpy.run_path(str(ROOT / "scripts" / "chromium.py"))
FREE_PORT = runpy.run_path(str(ROOT / "scripts" / "demo.py"))["free_port"]
PICTURES = (
    ("desktop.png", (1280, 800, False), "light"),
    ("phone.png", (390, 844, True), "dark"),
)
MOST_BYTES = 100_000
START_SECONDS = 30


@contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The link of the example on a server that runs meanwhile."""
    port = FREE_PORT(3000)
    url = f"http://localhost:{port}"
    environment = os.environ | {"DATABASE_PATH": str(folder / "sessions.db"), "PORT": str(port)}
    # What the person who runs this has set up is neither used nor changed.
    environment |= {"HOME": str(folder), "DATABASE_URL": "", "SHARE_SERVER_URL": url}
    with (folder / "server.log").open("wb") as log:
        serve = [sys.executable, "-m", "ccshare.app", "serve"]
        server = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
    try:
        wait(url, server)
        environment["SHARE_API_KEY"] = said("app", ["key", "create", "pictures"], environment)
        yield said("client", ["upload", str(EXAMPLE), "--yes", "-q"], environment)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers; leave if it stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    sys.exit(f"The server did not answer within {START_SECONDS} s.")


def said(room: str, arguments: list[str], environment: dict[str, str]) -> str:
    """What one of our commands prints."""
    command = [sys.executable, "-m", f"ccshare.{room}", *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def main() -> int:
    """Take them all; 1 if one is too large for a README."""
    (ROOT / "docs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, shared(Path(folder)) as link:
        driver = CHROMIUM["start"]()
        try:
            for name, (width, height, phone), scheme in PICTURES:
                CHROMIUM["resize"](driver, width, height, phone=phone)
                CHROMIUM["prefer"](driver, scheme)
                driver.get(link)
                driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
                time.sleep(0.5)
                taken = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
                picture = Image.open(io.BytesIO(base64.b64decode(taken["data"])))
                target = ROOT / "docs" / name
                # By coverage, so that small coloured words keep their colours.
                palette = picture.convert("RGB").quantize(
                    256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
                )
                palette.save(target, optimize=True)
                print(f"{name}: {target.stat().st_size:,} bytes")
        finally:
            driver.quit()
    sizes = [(ROOT / "docs" / name).stat().st_size for name, *_ in PICTURES]
    return int(max(sizes) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
