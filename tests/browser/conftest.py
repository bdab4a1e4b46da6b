"""A real Chromium, and a long share to read in it."""

import base64
import json
import runpy
import struct
import subprocess
import sys
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM: dict[str, Any] = runpy.run_path(str(ROOT / "scripts" / "chromium.py"))
TURNS = 90


@pytest.fixture(scope="session")
def chromium_tools() -> dict[str, Any]:
    """`resize` and `prefer` of scripts/chromium.py."""
    return CHROMIUM


@pytest.fixture(scope="session")
def open_browser(chromium: str) -> Iterator[webdriver.Chrome]:
    """One browser for the whole session; `browser` gives it in its first state."""
    driver = CHROMIUM["start"]()
    yield driver
    driver.quit()


@pytest.fixture
def browser(open_browser: webdriver.Chrome) -> webdriver.Chrome:
    """A desktop browser that remembers nothing and whose console is empty."""
    open_browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    open_browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    open_browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    if open_browser.current_url.startswith("http"):
        open_browser.execute_script("localStorage.clear()")
    open_browser.get("about:blank")
    open_browser.get_log("browser")
    open_browser.get_log("performance")
    return open_browser


OPEN_ALL = """
document.querySelectorAll('main details:not([open])').forEach(row => { row.open = true; });
if (!window.htmx) return 0;  // without scripts the bodies are links
return document.querySelectorAll('details .body > a:only-child, .htmx-request').length;
"""


@pytest.fixture(scope="session")
def open_rows() -> Callable[[webdriver.Chrome], None]:
    """Opens every row, those of threads as well, and waits for what they load."""

    def open_all(driver: webdriver.Chrome) -> None:
        deadline = time.monotonic() + 20
        while driver.execute_script(OPEN_ALL):
            assert time.monotonic() < deadline, "rows did not load"
            time.sleep(0.1)

    return open_all


@pytest.fixture(scope="session")
def plain_browser(chromium: str) -> Iterator[webdriver.Chrome]:
    """The same browser with JavaScript switched off."""
    driver = CHROMIUM["start"](javascript=False)
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
def share_lines(
    client_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Share lines, given as JSON objects or as raw text, through the client; gives the link.

    `agent` is the thread of a subagent, its lines and its meta, in a file of its own.
    """

    def share(
        lines: list[dict[str, object]],
        raw: bytes = b"",
        agent: tuple[list[dict[str, object]], dict[str, object]] | None = None,
    ) -> str:
        path = tmp_path_factory.mktemp("made") / f"{uuid.uuid4()}.jsonl"
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        path.write_bytes(body + raw)
        if agent:
            beside = path.with_suffix("") / "subagents" / "agent-a1b2c3d.jsonl"
            beside.parent.mkdir(parents=True)
            beside.write_text("".join(json.dumps(line) + "\n" for line in agent[0]))
            beside.with_suffix(".meta.json").write_text(json.dumps(agent[1]))
        return upload(client_environment, path)

    return share


def upload(environment: dict[str, str], path: Path) -> str:
    return subprocess.run(
        [sys.executable, "-m", "ccshare.client", "upload", str(path), "--yes", "-q"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def turns(count: int) -> list[dict[str, object]]:
    """The lines of a session of that many turns."""
    session = str(uuid.uuid4())
    lines: list[dict[str, object]] = []
    for index in range(1, count + 1):
        lines += turn(index, session, str(lines[-1]["uuid"]) if lines else None)
    return lines


@pytest.fixture(scope="session")
def session_turns() -> Callable[[int], list[dict[str, object]]]:
    """`turns`, for tests that change the lines before they share them."""
    return turns


@pytest.fixture(scope="session")
def long_share(share_lines: Callable[..., str]) -> str:
    """The link of a session of TURNS turns, three items each: several pages."""
    return share_lines(turns(TURNS))


@pytest.fixture(scope="session")
def gone_share(client_environment: dict[str, str], share_lines: Callable[..., str]) -> str:
    """The link of a session that was shared and taken back."""
    link = share_lines(turns(1))
    command = [sys.executable, "-m", "ccshare.client", "unshare", link, "--yes"]
    subprocess.run(command, env=client_environment, check=True, capture_output=True)
    return link


@pytest.fixture(scope="session")
def failing_share(share_lines: Callable[..., str]) -> str:
    """The link of 300 turns; the calls of the 2nd and of the 201st fail: items 5 and 602."""
    lines = turns(300)
    for at in (2, 201):
        message = lines[at * 4 - 2]["message"]
        assert isinstance(message, dict)
        message["content"][0]["is_error"] = True
    return share_lines(lines)


@pytest.fixture(scope="session")
def picture_share(share_lines: Callable[..., str]) -> str:
    """The link of a session whose prompt has an image."""
    lines = turns(1)
    message = lines[0]["message"]
    assert isinstance(message, dict)
    source = {"type": "base64", "media_type": "image/png", "data": red_square(64)}
    message["content"] = [{"type": "text", "text": "Look"}, {"type": "image", "source": source}]
    return share_lines(lines)


def red_square(side: int) -> str:
    """A PNG in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff\0\0" * side) * side)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
    return base64.b64encode(whole + chunk(b"IEND", b"")).decode()


@pytest.fixture(scope="session")
def coloured_share(share_lines: Callable[..., str]) -> str:
    """The link of a session with terminal colours, code in many languages, a table, a picture."""
    lines = turns(3)
    sgr = "".join(f"\x1b[{code}mcode {code}\x1b[0m\n" for code in (*range(1, 10), *range(30, 48)))
    sgr += "".join(f"\x1b[{code}mcode {code}\x1b[0m\n" for code in (*range(90, 98), "38;5;208"))
    sgr += "\x1b[1;31;42mboth\x1b[0m \x1b[2;33;44mdim\x1b[0m \x1b[7;35mreverse\x1b[0m\n"
    result = {"type": "tool_result", "tool_use_id": "t1", "content": sgr, "is_error": True}
    lines[2]["message"] = {"role": "user", "content": [result]}
    lines[2]["toolUseResult"] = {"stdout": sgr}
    code = {
        "python": "@d\ndef f(x: int) -> str:\n    # why\n    return f'{x!r}\\n' + str(0x1F)\n",
        "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n",
        "html": "<p class='x'>&amp; <!-- no --></p>\n",
        "bash": 'for f in *.py; do echo "$f"; done\n',
        "css": "a:hover { color: #fff !important }\n",
    }
    text = "".join(f"```{name}\n{body}```\n\n" for name, body in code.items())
    text += "| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quoted\n\n- one\n- two `code` [link](https://example.org)"
    answer = lines[3]["message"]
    assert isinstance(answer, dict)
    answer["content"] = [{"type": "text", "text": "# Heading\n\n" + text}]
    return share_lines(lines)


@pytest.fixture(scope="session")
def huge_share(share_lines: Callable[..., str]) -> str:
    """The link of a session of 2,100 items."""
    return share_lines(turns(700))


@pytest.fixture(scope="session")
def example_share(client_environment: dict[str, str]) -> str:
    """The link of the example session, with an agent, an edit, a failure and a compaction."""
    return upload(client_environment, next((ROOT / "examples").glob("*.jsonl")))
