"""Reading a tool output that was too large for its line, however large it is."""

import re
from pathlib import Path

from ..transcript import truncate

END_BYTES = 1 << 20
"""Read at each end of a larger file: twenty times what is kept, so that nothing that was cut
through by reading, a half secret above all, is near to what is kept."""
GAP = "\n"
"""Between the two ends, so that nothing is found across them."""
NOTE = re.compile(r"\[truncated: ([0-9]+) bytes removed\]")


def read_spilled(path: Path) -> tuple[str, int, int]:
    """The text, the file's size in bytes, and how many of them were not read. Raises OSError."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        if size <= 2 * END_BYTES:
            return decoded(stream.read(2 * END_BYTES)), size, 0
        head = stream.read(END_BYTES)
        stream.seek(-END_BYTES, 2)
        tail = stream.read(END_BYTES)
    return decoded(head) + GAP + decoded(tail), size, size - 2 * END_BYTES - len(GAP)


def decoded(data: bytes) -> str:
    """The bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


def with_removed(text: str, unread: int) -> str:
    """The text whose note also counts the bytes that were never read."""
    notes = list(NOTE.finditer(text, 0, truncate.LIMIT // 2 + 64))
    if not notes:
        return text
    note = notes[-1]
    total = int(note[1]) + unread
    return f"{text[: note.start()]}[truncated: {total} bytes removed]{text[note.end() :]}"
