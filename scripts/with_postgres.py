"""Run a command beside a PostgreSQL of its own that is gone afterwards.

    python scripts/with_postgres.py pytest --engine postgresql tests/app

The command finds the server's address in CCSHARE_TEST_DATABASE. If that is set already, the
server it names is used and none is started.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "CCSHARE_TEST_DATABASE"
# Nothing in it outlives the run, so nothing has to reach the disk.
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them out of PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


class Cluster:
    """A throwaway server on loopback; `url` is its address."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self._bin = bin_folder
        self._data = folder / "data"
        self._log = folder / "log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(self._data), "-U", "ccshare", "-A", "trust", "-E", "UTF8",
                  "--locale=C", "--no-sync")  # fmt: skip
        self.url = f"postgresql://ccshare@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start, and return when it takes connections."""
        options = [f"-c {setting}" for setting in CAREFREE]
        options += [f"-p {self._port}", "-h 127.0.0.1", f"-k {self._data}"]
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._log), "-w", "-o",
                  " ".join(options), "start")  # fmt: skip

    def stop(self) -> None:
        """Stop at once: connections are cut, what was committed stays."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "fast", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            user=self._user,
            cwd=self._data.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster in a temporary folder. Raises FileNotFoundError without PostgreSQL."""
    bin_folder = binaries()
    if bin_folder is None:
        raise FileNotFoundError("PostgreSQL (initdb)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = Cluster(Path(folder), bin_folder)
        found.start()
        try:
            yield found
        finally:
            try:
                found.stop()
            except RuntimeError as error:
                print(error, file=sys.stderr)


def main(command: list[str]) -> int:
    """Run the command; its exit code."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get(VARIABLE):
        return subprocess.run(command).returncode
    with cluster() as server:
        return subprocess.run(command, env={**os.environ, VARIABLE: server.url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
