"""Cutting long tool results. Runs after redaction; a second run changes nothing."""

from typing import Any

from .detect import MARK
from .model import Json

LIMIT = 100_000
"""Bytes of UTF-8 that one string of a result may have."""
_SLACK = 128
"""Cutting begins this far over the limit: what is cut has the note in it and must not be cut
again, and to cut less than the note is long would make the text longer."""
_MARK_MAX = 64


def results(line: Json, limit: int = LIMIT) -> Json:
    """`line` with every long string of its tool results cut in the middle; the input is kept.

    A string over `limit` bytes keeps `limit // 2` at each end around
    `[truncated: N bytes removed]`. No mark of the redaction is ever cut.
    """
    changed: Json = {}
    message = line.get("message")
    if isinstance(message, dict) and isinstance(message.get("content"), list):
        blocks = message["content"]
        new = [_block(block, limit) for block in blocks]
        if any(a is not b for a, b in zip(new, blocks, strict=True)):
            changed["message"] = message | {"content": new}
    if "toolUseResult" in line:
        result = _cut_all(line["toolUseResult"], limit)
        if result is not line["toolUseResult"]:
            changed["toolUseResult"] = result
    return line | changed if changed else line


def text(value: str, limit: int = LIMIT) -> str:
    """`value` cut in the middle if it is over `limit` bytes of UTF-8."""
    if len(value) * 4 <= limit:
        return value
    data = value.encode("utf-8", "replace")
    if len(data) <= limit + _SLACK:
        return value
    half = limit // 2
    head = data[:half].decode("utf-8", "ignore")
    tail = data[len(data) - half :].decode("utf-8", "ignore")
    head, tail = _clear_of_marks(value, head, tail)
    removed = len(data) - len(head.encode()) - len(tail.encode())
    return f"{head}\n[truncated: {removed} bytes removed]\n{tail}"


def _clear_of_marks(value: str, head: str, tail: str) -> tuple[str, str]:
    """Shorten both ends where a cut would go through a mark."""
    cut, start = len(head), len(value) - len(tail)
    window = slice(max(0, cut - _MARK_MAX), cut + _MARK_MAX)
    for found in MARK.finditer(value[window]):
        if window.start + found.start() < cut < window.start + found.end():
            head = value[: window.start + found.start()]
    window = slice(max(0, start - _MARK_MAX), start + _MARK_MAX)
    for found in MARK.finditer(value[window]):
        if window.start + found.start() < start < window.start + found.end():
            tail = value[window.start + found.end() :]
    return head, tail


def _block(block: Any, limit: int) -> Any:
    """A content block; only tool results are cut, never an image's data."""
    if not isinstance(block, dict) or not str(block.get("type", "")).endswith("tool_result"):
        return block
    content = _cut_all(block.get("content"), limit)
    return block if content is block.get("content") else block | {"content": content}


def _cut_all(value: Any, limit: int) -> Any:
    """Every string in `value` cut; the same object when none was."""
    if isinstance(value, str):
        return text(value, limit)
    if isinstance(value, list):
        items = [_cut_all(item, limit) for item in value]
        same = all(a is b for a, b in zip(items, value, strict=True))
        return value if same else items
    if isinstance(value, dict) and not _is_data(value):
        fields = {key: _cut_all(item, limit) for key, item in value.items()}
        return value if all(fields[key] is value[key] for key in value) else fields
    return value


def _is_data(value: Json) -> bool:
    """True for an image's source: a cut would break it."""
    return value.get("type") == "base64" or "base64" in value
