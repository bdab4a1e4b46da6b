"""The life of a share through the real client and a real server: made, renewed, taken back."""

import json
import subprocess
import sys
from pathlib import Path

import requests

EXAMPLE = next((Path(__file__).resolve().parents[2] / "examples").glob("*.jsonl"))
PASSWORD = "winter-Harbour-93"


def client(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ccshare.client", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_example_session_is_shared_renewed_and_taken_back(
    client_environment: dict[str, str],
) -> None:
    first = client(client_environment, "upload", str(EXAMPLE), "--yes", "--json")
    assert first.returncode == 0, first.stderr
    url, revision = (json.loads(first.stdout)[name] for name in ("url", "revision"))
    assert PASSWORD not in first.stderr

    page = requests.get(url, timeout=30)
    assert page.status_code == 200
    assert "Fix the missing cent in cart totals" in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")

    again = client(client_environment, "upload", str(EXAMPLE), "--yes", "--json")
    answer = json.loads(again.stdout)
    assert answer["url"] == url
    assert answer["revision"] == revision + 1

    listed = client(client_environment, "list", "--json")
    assert url in listed.stdout

    gone = client(client_environment, "unshare", url, "--yes")
    assert gone.returncode == 0, gone.stderr
    for address in (url, f"{url}.jsonl", f"{url}/messages?page=1", f"{url}/items/1"):
        answer = requests.get(address, timeout=30)
        assert answer.status_code == 410, address
        assert "missing cent" not in answer.text


def test_nothing_secret_or_personal_of_the_example_leaves_the_machine(
    client_environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "shared.jsonl"
    done = client(client_environment, "redact", str(EXAMPLE), "-o", str(out))
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    for private in (PASSWORD, "/home/maya", "not-shared", "originalFile"):
        assert private not in text, private
    assert "[REDACTED:" in text
    for line in text.splitlines():
        json.loads(line)


def test_a_dry_run_sends_nothing(client_environment: dict[str, str]) -> None:
    before = client(client_environment, "list", "--json").stdout
    done = client(client_environment, "upload", str(EXAMPLE), "--dry-run")
    assert done.returncode == 0, done.stderr
    assert client(client_environment, "list", "--json").stdout == before
