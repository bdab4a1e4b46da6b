"""A short run of the fuzzer: coverage leads it, a crash or a slow input is a failure."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from ccshare.bench import hostile_uploads

TARGET = Path(__file__).with_name("target.py")
SECONDS = 20


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Documents that are made up: a sound one, its single lines, and some with faults."""
    folder, source = tmp_path / "seeds", random.Random(11)
    folder.mkdir()
    lines = list(map(hostile_uploads.dumps, hostile_uploads.session()))
    bodies = [b"".join(lines), *lines]
    bodies += [hostile_uploads.mutated(source) for _ in range(60)]
    bodies += [hostile_uploads.damaged(source) for _ in range(20)]
    for number, body in enumerate(bodies):
        (folder / str(number)).write_bytes(body)
    return folder


def test_nothing_is_raised_that_should_not_be(seeds: Path, tmp_path: Path) -> None:
    command = [
        *(sys.executable, str(TARGET), str(seeds)),
        *(f"-max_total_time={SECONDS}", "-seed=7", "-timeout=10", "-rss_limit_mb=1024"),
        *(f"-artifact_prefix={tmp_path}/", "-print_final_stats=1", "-max_len=20000"),
    ]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS + 120)
    said = done.stderr.decode(errors="replace")
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-4_000:] + said[-4_000:]
    assert "stat::number_of_executed_units" in said
