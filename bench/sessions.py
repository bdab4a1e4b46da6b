"""Sessions of any size for the measurements, made once and kept in bench/out."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
GENERATOR = Path(os.environ.get("CCSHARE_GENERATOR", ROOT.parent / "shared/tools/gen_session.py"))
SAMPLES = Path(os.environ.get("CCSHARE_SAMPLES", ROOT.parent / "shared/samples"))


def made(name: str, *arguments: str) -> Path:
    """A generated session, one seed, so that a short one is the start of a long one."""
    path = OUT / f"{name}.jsonl"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        if not GENERATOR.exists():
            raise SystemExit(f"No session generator at {GENERATOR}: set CCSHARE_GENERATOR.")
        partial = path.with_suffix(".part")
        subprocess.run(
            [sys.executable, str(GENERATOR), *arguments, "--seed", "7", "-o", str(partial)],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        partial.rename(path)
    return path


def megabytes(count: int) -> Path:
    """A session of about that many MB."""
    return made(f"{count}mb", "--bytes", f"{count}M")


def lines(count: int) -> Path:
    """A session of that many lines."""
    return made(f"{count}-lines", "--lines", str(count))
