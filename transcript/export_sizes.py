"""About how large a session's exports will be, added up line by line while it is uploaded.

A download says its size before it is made; to make it for that would cost a reading of the whole
session. What is added up here is what the exports take of each part, measured but not drawn: their
own words around it are guessed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from . import export_markdown, export_text, prompts
from .export_calls import QUIET, TARGET
from .export_rows import MOST_CHARACTERS
from .model import Json, Part

_FRAME = 300
"""Of the document: title, figures, address."""
_ROWS = {"prompt": (28, 26), "answer": (0, 0), "thought": (14, 5), "tool": (23, 20)}
_OTHER_ROW = (30, 25)
"""Of a row: number, time, outcome; as Markdown and as text."""
_JSON_FRAME, _JSON_SPACES, _JSON_ESCAPE = 1_000, 0.025, 2
"""JSON has spaces behind its signs, and twice as many bytes for what is not ASCII."""
_NEAR_END = 20_000
_TELLING = ("command", "file_path", "path", "pattern", "url", "query", "subject", "description")


class _Clipped(NamedTuple):
    """How an export clips an output: lines from its start and end, characters of each."""

    head: int
    tail: int
    widest: int
    margin: int
    """Characters before each line."""


_MARKDOWN = _Clipped(export_markdown.HEAD_LINES, export_markdown.TAIL_LINES,
                     export_markdown.WIDEST, 0)  # fmt: skip
_TEXT = _Clipped(export_text.HEAD_LINES, export_text.TAIL_LINES, export_text.WIDEST, 6)


class ExportSizes:
    """Feed it every line with its parts; keeps three numbers."""

    def __init__(self) -> None:
        self._markdown = self._text = _FRAME
        self._json = float(_JSON_FRAME)

    def line(self, line: Json, parts: Sequence[Part], size: int, *, main: bool) -> None:
        """One line; `size` is what it takes in the document, in bytes."""
        if main and line.get("type") in ("user", "assistant"):
            self._json += size * (1 + _JSON_SPACES)
        if not parts:
            return
        blocks = prompts.content_blocks(line)
        for part in parts:
            block = blocks[part.block] if 0 <= part.block < len(blocks) else None
            self._part(part, block if isinstance(block, dict) else {}, line, main)

    def result(self) -> dict[str, int]:
        """Bytes by format: `md`, `txt`, `json`."""
        return {"md": self._markdown, "txt": self._text, "json": round(self._json)}

    def _part(self, part: Part, block: Json, line: Json, main: bool) -> None:
        depth = part.thread.count(".") + 1 if part.thread else 0
        if part.role == "open":
            own = _ROWS.get(part.kind, _OTHER_ROW)
            self._markdown += own[0]
            self._text += own[1]
        if part.kind == "tool":
            self._tool(part, block, line, depth)
            return
        text = _words(block.get("text")) or _words(block.get("thinking"))
        extra = _beyond_ascii(text)
        self._json += _JSON_ESCAPE * extra if main else 0
        if part.kind == "thought":
            first = text.strip().partition("\n")[0]
            self._markdown += min(len(first), 1_000)
            self._text += min(len(first), 160)
        elif part.kind in ("prompt", "answer"):
            lines = text.count("\n") + 1
            size = min(len(text), MOST_CHARACTERS) + extra + 2
            marks = 1 if part.kind == "prompt" else 0
            self._markdown += size + lines * 2 * (depth + marks)
            self._text += size + lines * (4 * depth + 2 * marks)
        else:
            self._both(min(len(text), 300))

    def _tool(self, part: Part, block: Json, line: Json, depth: int) -> None:
        if part.role == "open":
            given = block.get("input")
            self._call(part, given if isinstance(given, dict) else {})
        elif part.role == "result":
            told = line.get("toolUseResult")
            patch = told.get("structuredPatch") if isinstance(told, dict) else None
            if isinstance(patch, list) and patch:
                self._output([text for hunk in patch for text in _hunk(hunk)], depth)
            elif part.name not in QUIET or part.error:
                self._output(_lines(_printed(block)), depth)

    def _call(self, part: Part, given: Json) -> None:
        told = next((text for key in _TELLING if (text := _words(given.get(key)))), "")
        first, _, rest = told.strip().partition("\n")
        self._both(len(part.name) + min(len(first), TARGET))
        if rest and _words(given.get("command")):
            self._markdown += _clipped(_lines(told), _MARKDOWN) + 12

    def _output(self, lines: list[str], depth: int) -> None:
        if len(lines) == 1 and not lines[0]:
            return
        self._markdown += _clipped(lines, _MARKDOWN, 2 * depth) + 12
        self._text += _clipped(lines, _TEXT, 4 * depth)

    def _both(self, size: int) -> None:
        self._markdown += size
        self._text += size


def _lines(text: str) -> list[str]:
    """The lines of a text, of a long one those near its ends: no more are shown."""
    if len(text) <= 2 * _NEAR_END:
        return text.split("\n")
    return [*text[:_NEAR_END].split("\n"), *text[-_NEAR_END:].split("\n")]


def _clipped(lines: list[str], how: _Clipped, indent: int = 0) -> int:
    """Bytes of the lines an export shows."""
    if len(lines) > how.head + how.tail + 1:
        lines = [*lines[: how.head], *lines[-how.tail :]]
    size = sum(min(len(line) + _beyond_ascii(line), how.widest) for line in lines)
    return size + len(lines) * (1 + how.margin + indent)


def _hunk(hunk: object) -> list[str]:
    lines = hunk.get("lines") if isinstance(hunk, dict) else None
    return [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []


def _printed(block: Json) -> str:
    content = block.get("content")
    if isinstance(content, list):
        texts = (_words(entry.get("text")) for entry in content if isinstance(entry, dict))
        return "\n".join(texts).strip("\n")
    return _words(content).strip("\n")


def _beyond_ascii(text: str) -> int:
    """Bytes that UTF-8 takes more than one for each character."""
    return 0 if text.isascii() else len(text.encode("utf-8", "replace")) - len(text)


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""
