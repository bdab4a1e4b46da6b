"""A real Chromium, and a long share to read in it."""

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
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
TURNS = 90


def start(chromium: str, *, javascript: bool = True) -> webdriver.Chrome:
    """A headless browser whose console is kept."""
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not javascript:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[webdriver.Chrome]:
    driver = start(chromium)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def plain_browser(chromium: str) -> Iterator[webdriver.Chrome]:
    """The same browser with JavaScript switched off."""
    driver = start(chromium, javascript=False)
    yield driver
    driver.quit()


def turn(index: int, session: str, parent: str | None) -> list[dict[str, object]]:
    """A prompt, a Bash call with its result, an answer."""
    lines: list[dict[str, object]] = []

    def add(kind: str, message: dict[str, object], **more: object) -> None:
        nonlocal parent
        own = str(uuid.uuid4())
        stamp = f"2026-11-20T10:{index % 60:02}:{len(lines):02}.000Z"
        lines.append(
            {"type": kind, "uuid": own, "parentUuid": parent, "sessionId": session}
            | {"timestamp": stamp, "cwd": "/home/sam/app", "message": message, **more}
        )
        parent = own

    def model(block: dict[str, object]) -> dict[str, object]:
        return {"id": f"m{index}-{len(lines)}", "role": "assistant", "model": "claude-x"} | {
            "content": [block],
            "usage": {"input_tokens": 1, "output_tokens": 2},
        }

    add("user", {"role": "user", "content": f"Prompt number {index} <script>alert(1)</script>"})
    call = {"type": "tool_use", "id": f"t{index}", "name": "Bash"}
    add("assistant", model(call | {"input": {"command": f"echo row-{index}"}}))
    result = {"type": "tool_result", "tool_use_id": f"t{index}", "content": f"output-{index}"}
    add("user", {"role": "user", "content": [result]}, toolUseResult={"stdout": f"output-{index}"})
    add("assistant", model({"type": "text", "text": f"Answer **{index}**."}))
    return lines


@pytest.fixture(scope="session")
def long_share(client_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The link of a session of TURNS turns, three items each: several pages."""
    session = str(uuid.uuid4())
    lines: list[dict[str, object]] = []
    for index in range(1, TURNS + 1):
        lines += turn(index, session, str(lines[-1]["uuid"]) if lines else None)
    path: Path = tmp_path_factory.mktemp("long") / f"{session}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "ccshare.client", "upload", str(path), "--yes", "-q"],
        env=client_environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
