"""What a large upload took goes back to the system."""

import os
import platform
import subprocess
import sys

import pytest

# Threads that hold small blocks beside large ones, as requests do; then all of it is freed.
PROGRAM = """
import sys, threading
from ccshare.app import memory

def resident():
    pages = open("/proc/self/statm").read().split()[1]
    return int(pages) * 4096 >> 20

assert sys.argv[1] == "as it was" or memory.give_back()
before = resident()
barrier, kept = threading.Barrier(20), []

def work():
    for size in (8 << 20, 4 << 20, 2 << 20, 1 << 20):
        large = [b"x" * (size // 4) for _ in range(4)]
        kept.append(bytearray(1000))
        barrier.wait()
        del large

threads = [threading.Thread(target=work) for _ in range(20)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(resident() - before)
"""


def left(how: str) -> int:
    """MB that stay."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how],
        env={k: v for k, v in os.environ.items() if "MALLOC" not in k},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries have no such pools")
def test_it_works() -> None:
    assert left("given back") < 10
    assert left("as it was") > 20
