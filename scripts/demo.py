"""`make demo`: the whole path on this machine. Server, key, real client, link; until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = next((ROOT / "examples").glob("*.jsonl"))
KEY_FILE = ROOT / "data" / "demo.key"
LOG_FILE = ROOT / "data" / "demo.log"
START_SECONDS = 30


def free_port(wanted: int) -> int:
    """The wanted port, or another free one if something already listens there."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", wanted)) != 0:
            return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    print(f"Port {wanted} is taken, using {port}.", file=sys.stderr)
    return port


def demo_key(url: str, environment: dict[str, str]) -> str:
    """The key of an earlier run, if the server still knows it, or a new one in data/demo.key."""
    if KEY_FILE.exists():
        kept = KEY_FILE.read_text(encoding="ascii", errors="replace").strip()
        if known(url, kept):
            return kept
        print("The key of an earlier demo is not known here any more: making one.", file=sys.stderr)
    made = subprocess.run(
        [sys.executable, "-m", "ccshare.app", "key", "create", "demo"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()
    KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
    KEY_FILE.touch(mode=0o600)
    KEY_FILE.write_text(made + "\n", encoding="ascii")
    return made


def known(url: str, key: str) -> bool:
    """False if the server refuses the key: its database was deleted, or the key revoked."""
    if not key or not key.isascii() or not key.isprintable():
        return False
    headers = {"Authorization": f"Bearer {key}"}
    return requests.get(f"{url}/api/sessions", headers=headers, timeout=10).status_code != 401


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; leave with its exit code if it stops instead."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            print(LOG_FILE.read_text(errors="replace")[-2000:], file=sys.stderr)
            sys.exit(f"The server stopped with code {server.returncode}; it said the above.")
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    server.terminate()
    sys.exit(f"The server did not answer within {START_SECONDS} s.")


def main() -> int:
    """Run the demo; returns the exit code of the upload."""
    port = free_port(int(os.environ.get("PORT", "3000")))
    url = f"http://localhost:{port}"
    environment = {
        "DATABASE_PATH": str(ROOT / "data" / "sessions.db"),
        **os.environ,
        "PORT": str(port),
    }
    serving = {k: v for k, v in environment.items() if k != "SHARE_API_KEY"}
    LOG_FILE.parent.mkdir(parents=True, exist_ok=True)
    with LOG_FILE.open("wb") as log:
        serve = [sys.executable, "-m", "ccshare.app", "serve"]
        server = subprocess.Popen(serve, env=serving, stdout=log, stderr=log)
    try:
        wait_until_up(url, server)
        environment["SHARE_API_KEY"] = demo_key(url, serving)
        upload = subprocess.run(
            [
                sys.executable,
                "-m",
                "ccshare.client",
                "upload",
                str(EXAMPLE),
                "--yes",
                "--server",
                url,
            ],
            env=environment,
            check=False,
        )
        if upload.returncode:
            return upload.returncode
        print(
            "\nOpen the link above. Ctrl-C stops the server; all it keeps is in data/.", flush=True
        )
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
