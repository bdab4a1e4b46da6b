"""Requests made from the API's own description, against a real server."""

import os
import subprocess
import sys
from pathlib import Path

from ccshare.bench.hostile import prepare
from ccshare.bench.server import running

HERE = Path(__file__).parent
SECONDS = 30
NOT_CHECKED = (
    # A type or coding that fits no document is still refused, by what is in the body.
    "negative_data_rejection,"
    # An id that fits the pattern is not yet a share.
    "positive_data_acceptance"
)


def test_the_server_keeps_to_its_description(tmp_path: Path) -> None:
    with running(PROXY_HOPS="1", UPLOAD_RATE="100000/hour", MAX_UPLOAD_MB="4") as server:
        target = prepare(server)
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run"),
            *(f"{server.url}/api/openapi.json", "--url", server.url),
            *(
                "--phases",
                "coverage,fuzzing,stateful",
                "--checks",
                "all",
                "--exclude-checks",
                NOT_CHECKED,
            ),
            *("--max-time", str(SECONDS), "--max-examples", "60", "--seed", "7"),
            *("--generation-database", "none", "--continue-on-failure"),
        ]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={
                **os.environ,
                "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
                "PYTHONPATH": str(HERE),
                "CCSHARE_TEST_KEY": target.key,
                "CCSHARE_TEST_SHARES": ",".join((*target.ids, target.gone)),
                "NO_COLOR": "1",
            },
            capture_output=True,
            text=True,
            timeout=SECONDS + 60,
        )
        assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
        assert "Operations:" in done.stdout
