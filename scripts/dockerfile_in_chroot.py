"""Run the Dockerfile without Docker: each stage in a root of its own, then the image's command.

    sudo .venv/bin/python scripts/dockerfile_in_chroot.py BASE [WORK]

BASE is a root made by debootstrap that stands in for both base images:

    debootstrap --variant=minbase --include=ca-certificates trixie BASE
    chroot BASE apt-get install python3-venv python-is-python3 nodejs npm

(in this order: debootstrap itself does not find all that npm needs).

The network settings of this machine are lent to RUN and taken back after it. The finished image
runs as its own user on a read-only root, with /data and /tmp writable, and must answer.
"""

import json
import os
import shutil
import signal
import socket
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from docker.utils.build import exclude_paths
from dockerfile_parse import DockerfileParser

ROOT = Path(__file__).resolve().parent.parent
LENT = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/pip.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/root/.npmrc",
)
"""Files of this machine without which its registries may be out of reach."""
LENT_VARIABLES = ("PIP_", "SSL_", "REQUESTS_", "NODE_EXTRA_", "HTTP_PROXY", "HTTPS_PROXY")
START_SECONDS = 60
MAY_DO_NOTHING = {"EXPOSE", "STOPSIGNAL", "VOLUME", "HEALTHCHECK", "CMD"}


@dataclass
class Stage:
    """One FROM and what followed it."""

    root: Path
    name: str
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    last: dict[str, str] = field(default_factory=dict)
    """The value of each instruction that only describes the image."""


def context() -> list[str]:
    """The files .dockerignore lets through, as Docker's own library reads it."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in ignored if line and not line.startswith("#")]
    found = exclude_paths(str(ROOT), patterns, dockerfile="Dockerfile")
    return sorted(name for name in found if (ROOT / name).is_file())


def build(base: Path, work: Path) -> Stage:
    """Carry out every instruction in order; the last stage."""
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for step in DockerfileParser(str(ROOT / "Dockerfile")).structure:
        name, value = step["instruction"], step["value"]
        if name == "COMMENT":
            continue
        print(f"==> {name} {value}", flush=True)
        if name == "ARG" and not stages:
            key, _, default = value.partition("=")
            arguments[key] = default
        elif name == "FROM":
            stages.append(_from(base, work / str(len(stages)), _filled(value, arguments)))
        else:
            _step(stages, name, value)
    return stages[-1]


def _from(base: Path, root: Path, value: str) -> Stage:
    image, _, name = value.partition(" AS ")
    print(f"    {image}: {base.name} stands in")
    subprocess.run(["cp", "-a", "--reflink=auto", base, root], check=True)
    return Stage(root, name, {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"})


def _step(stages: list[Stage], name: str, value: str) -> None:
    stage = stages[-1]
    if name == "RUN":
        _run(stage, value)
    elif name == "COPY":
        _copy(stages, _filled(value, stage.env).split())
    elif name == "ENV":
        for pair in value.split():
            key, _, text = pair.partition("=")
            stage.env[key] = _filled(text, stage.env)
    elif name == "WORKDIR":
        stage.folder = value
        _inside(stage, value).mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        stage.user = value
    elif name in MAY_DO_NOTHING:
        stage.last[name] = value
    else:
        sys.exit(f"{name} is not known here: teach it to {Path(__file__).name}")


def _filled(value: str, known: dict[str, str]) -> str:
    return string.Template(value).safe_substitute(known)


def _inside(stage: Stage, path: str) -> Path:
    return stage.root / str(Path(stage.folder, path)).lstrip("/")


def _copy(stages: list[Stage], words: list[str]) -> None:
    stage = stages[-1]
    options = [word for word in words if word.startswith("--")]
    *sources, target = [word for word in words if not word.startswith("--")]
    if options:
        wanted = options[0].removeprefix("--from=")
        origin = next(s for s in stages if s.name == wanted)
        # As Docker does it: the content of a folder, into the target.
        shutil.copytree(
            _inside(origin, sources[0]), _inside(stage, target), symlinks=True, dirs_exist_ok=True
        )
        return
    for name in context():
        if "." in sources or name in sources:
            to = _inside(stage, target) / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to)


def _run(stage: Stage, command: str) -> None:
    lent = {k: v for k, v in os.environ.items() if k.startswith(LENT_VARIABLES)}
    with _lent_files(stage.root), _mounted("proc", stage.root / "proc", "-t", "proc"):
        subprocess.run(
            _entered(stage, ["/bin/sh", "-c", command]), env={**lent, **stage.env}, check=True
        )


def _entered(stage: Stage, command: list[str]) -> list[str]:
    inner = 'cd "$0" && exec "$@"'
    where = ["chroot", f"--userspec={stage.user}", "--groups=", str(stage.root)]
    return [*where, "/bin/sh", "-c", inner, stage.folder, *command]


@contextmanager
def _lent_files(root: Path) -> Iterator[None]:
    kept: list[tuple[Path, bytes | None]] = []
    for name in LENT:
        ours, theirs = Path(name), root / name.lstrip("/")
        if ours.is_file():
            kept.append((theirs, theirs.read_bytes() if theirs.is_file() else None))
            theirs.parent.mkdir(parents=True, exist_ok=True)
            theirs.write_bytes(ours.read_bytes())
    try:
        yield
    finally:
        for path, before in kept:
            path.unlink() if before is None else path.write_bytes(before)


@contextmanager
def _mounted(what: str, where: Path, *options: str) -> Iterator[None]:
    subprocess.run(["mount", *options, what, where], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", where], check=True)


def try_out(stage: Stage, port: str) -> None:
    """Start the image's command as Docker would with --read-only, ask its health, stop it."""
    environment = {**stage.env, "PORT": port, "SHARE_API_KEY": "k" * 40}
    health = json.loads(stage.last["HEALTHCHECK"].partition("CMD ")[2])
    command = json.loads(stage.last["CMD"])
    with ExitStack() as mounts:
        data = Path(mounts.enter_context(tempfile.TemporaryDirectory()))
        shutil.chown(data, *map(int, stage.user.split(":")))
        mounts.enter_context(_mounted(str(stage.root), stage.root, "--bind", "-o", "ro"))
        subprocess.run(["mount", "-o", "remount,bind,ro", stage.root], check=True)
        mounts.enter_context(_mounted(str(data), stage.root / "data", "--bind"))
        mounts.enter_context(_mounted("tmpfs", stage.root / "tmp", "-t", "tmpfs"))
        began = time.monotonic()
        server = subprocess.Popen(_entered(stage, command), env=environment)
        try:
            _wait(stage, health, environment, server)
            print(f"==> healthy after {time.monotonic() - began:.1f} s, as user {stage.user}")
            touched = subprocess.run(
                _entered(stage, ["touch", "/venv/x"]), stderr=subprocess.DEVNULL, check=False
            )
            _claim(touched.returncode != 0, "the root is read-only")
            _claim((data / "sessions.db").is_file(), "the database is on /data")
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=40)
        _claim(code == 0, "SIGTERM ends it with 0")


def _wait(
    stage: Stage, health: list[str], environment: dict[str, str], server: "subprocess.Popen[bytes]"
) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        asked = subprocess.run(
            _entered(stage, health), env=environment, stderr=subprocess.DEVNULL, check=False
        )
        if asked.returncode == 0:
            return
        time.sleep(0.2)
    sys.exit("the image's HEALTHCHECK never succeeded")


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _claim(true: bool, what: str) -> None:
    if not true:
        sys.exit(f"not so: {what}")
    print(f"    {what}")


def main() -> int:
    """Build, try out, remove."""
    if len(sys.argv) < 2 or os.geteuid() != 0:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as work:
        try_out(build(Path(sys.argv[1]), Path(work)), _free_port())
    return 0


if __name__ == "__main__":
    sys.exit(main())
