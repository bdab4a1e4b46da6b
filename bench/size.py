"""What the database takes for what was uploaded: all samples, indexes and images included."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import requests

from .server import Server, running, upload
from .sessions import SAMPLES
from .table import Figure, at_most


def figures() -> Iterator[Figure]:
    """Bytes of the SQLite file over bytes of the session files; the note has what was sent."""
    samples = sorted(SAMPLES.glob("**/*.jsonl"))
    samples = [path for path in samples if "not-a-session" not in path.parts]
    if not samples:
        raise SystemExit(f"No sample sessions at {SAMPLES}: set CCSHARE_SAMPLES.")
    with running() as server:
        sent = sum(document_size(upload(server, path).url) for path in samples)
        stored = stored_bytes(server)
    files = sum(path.stat().st_size for path in samples)
    note = f" ({stored / 1e6:.1f} of {files / 1e6:.1f} MB; {sent / 1e6:.1f} MB were sent)"
    yield at_most(
        "bytes in the database against the session files", stored / files, 0.35, note=note
    )


def document_size(url: str) -> int:
    """Bytes of a share's document, unpacked."""
    with requests.get(f"{url}.jsonl", stream=True, timeout=120) as answer:
        answer.raise_for_status()
        return sum(map(len, answer.iter_content(1 << 16)))


def stored_bytes(server: Server) -> int:
    """Pages in use, in bytes."""
    with closing(sqlite3.connect(server.data / "sessions.db")) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size
