"""Every sample session through the real client and a real server, read back page by page."""

import html
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import requests

Json = dict[str, Any]


def client(
    environment: dict[str, str], *arguments: str, stdin: bytes | None = None
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "ccshare.client", *arguments],
        env=environment,
        input=stdin,
        capture_output=True,
        check=False,
    )


def shared_lines(url: str) -> list[Json]:
    """The shared document of a link, one object a line."""
    answer = requests.get(f"{url}.jsonl", timeout=60)
    answer.raise_for_status()
    return [json.loads(line) for line in answer.text.splitlines() if line]


def pages_of(url: str) -> list[str]:
    """Every page by following the real rel=next links, as a reader without JavaScript does."""
    server = re.match(r"https?://[^/]+", url)
    assert server
    pages, here = [], url
    while here:
        answer = requests.get(here, timeout=60)
        assert answer.status_code == 200, here
        pages.append(answer.text)
        found = re.search(r'<a[^>]*rel="next"[^>]*href="([^"]+)"', answer.text) or re.search(
            r'<a[^>]*href="([^"]+)"[^>]*rel="next"', answer.text
        )
        here = server.group() + html.unescape(found.group(1)) if found else ""
    return pages


def test_every_sample_uploads_and_reads_back(
    samples: list[Path], client_environment: dict[str, str]
) -> None:
    for sample in samples:
        done = client(client_environment, "upload", str(sample), "--yes", "-q")
        assert done.returncode == 0, (sample.name, done.stderr.decode())
        url = done.stdout.decode().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/s/[0-9A-Za-z]{12}", url), url
        pages = pages_of(url)
        numbers = [n for page in pages for n in re.findall(r'id="m-([\d.]+)"', page)]
        repeated = [n for n, count in Counter(numbers).items() if count > 1]
        assert not repeated, (sample.name, repeated)
        mains = [int(n) for n in numbers if "." not in n]
        assert mains == list(range(1, len(mains) + 1)), sample.name
        check_calls_and_prompts(sample, url, pages)


def check_calls_and_prompts(sample: Path, url: str, pages: list[str]) -> None:
    """Each call is one row, its result inside; each real prompt stands there exactly once."""
    text = "\n".join(pages)
    lines = shared_lines(url)
    calls = [
        block["id"]
        for line in lines
        if line.get("type") == "assistant" and not line.get("isSidechain")
        for block in line["message"]["content"]
        if isinstance(block, dict) and block.get("type") == "tool_use"
    ]
    rows = re.findall(r'<details[^>]*class="[^"]*\btool\b[^"]*"[^>]*id="m-(\d+)"', text)
    assert len(rows) == len(calls), sample.name
    answered = {
        block["tool_use_id"]
        for line in lines
        if line.get("type") == "user" and isinstance(line["message"]["content"], list)
        for block in line["message"]["content"]
        if isinstance(block, dict) and block.get("type") == "tool_result"
    }
    facts = requests.get(url.replace("/s/", "/api/sessions/"), timeout=60).json()
    assert facts["facts"]["tool_calls"] >= len(calls) >= len(answered & set(calls)), sample.name
    assert len(re.findall(r"<h2 class=\"by\"", text)) == facts["facts"]["prompts"], sample.name


def test_a_file_that_is_no_session_is_refused(
    samples: list[Path], client_environment: dict[str, str]
) -> None:
    for wrong in sorted((samples[0].parent / "not-a-session").iterdir()):
        done = client(client_environment, "upload", str(wrong), "--yes")
        assert done.returncode == 6, done.stderr.decode()
        assert done.stdout == b""
        assert wrong.name in done.stderr.decode()
