"""What a page of 50 items costs to draw, cold: CPU of the renderer alone, over the samples."""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from ccshare.render import page
from ccshare.transcript import allow
from ccshare.transcript.assemble import assemble
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Item, Part
from ccshare.transcript.reader import read_lines

from .table import Figure, at_most

PER_PAGE = 50
SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"


class _Links:
    def item(self, number: str) -> str:
        return f"/s/ID?m={number}#m-{number}"

    def body(self, number: str, page: int = 1) -> str:
        return f"/s/ID/items/{number}?page={page}" if page > 1 else f"/s/ID/items/{number}"

    def image(self, sha256: str, extension: str) -> str:
        return f"/s/ID/images/{sha256}.{extension}"


def figures() -> Iterator[Figure]:
    """One figure: the median over all pages of all samples, in milliseconds."""
    times: list[float] = []
    folder = Path(os.environ.get("CCSHARE_SAMPLES", SAMPLES))
    for path in sorted(folder.glob("*.jsonl")):
        items = [item for item in _items(path) if not item.thread]
        for start in range(0, len(items), PER_PAGE):
            rows = items[start : start + PER_PAGE]
            page.items(rows, _Links())  # compiles templates, loads lexers
            begun = time.process_time()
            page.items(rows, _Links())
            times.append((time.process_time() - begun) * 1000 * PER_PAGE / len(rows))
    if not times:
        yield Figure("a page of 50 items, drawn cold", "no samples", "<= 30 ms", False)
        return
    note = f" (slowest {max(times):.0f}, {len(times)} pages)"
    yield at_most("a page of 50 items, drawn cold", statistics.median(times), 30, "ms", note)


def _items(path: Path) -> list[Item]:
    builder, parts, lines = ItemBuilder(), list[Part](), {}
    with path.open("rb") as stream:
        for sequence, raw in enumerate(read_lines(stream), 1):
            line = allow.shared(raw.value) if raw.value is not None else None
            if line is not None:
                lines[sequence] = line
                parts += builder.line(sequence, line)
    return assemble(parts, lines)
