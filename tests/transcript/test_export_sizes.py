"""What is said of a download's size is about what the download has."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from ccshare.transcript import export_markdown, export_text
from ccshare.transcript.allow import shared
from ccshare.transcript.assemble import assemble
from ccshare.transcript.export_rows import Head
from ccshare.transcript.export_sizes import ExportSizes
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Json, Part

HEAD = Head("A session", "https://share.example.org/s/0123456789AB", ["shop · 3 prompts"])
EXAMPLES = Path(__file__).parents[2] / "examples"


def ratios(lines: list[Json]) -> dict[str, float]:
    """What is said, against what it is."""
    builder, sizes = ItemBuilder(), ExportSizes()
    parts: list[Part] = []
    for sequence, line in enumerate(lines):
        made = builder.line(sequence, line)
        sizes.line(line, made, len(json.dumps(line, separators=(",", ":"))), main=True)
        parts += made
    items = assemble(parts, dict(enumerate(lines)))
    drawn = {
        "md": "".join(export_markdown.export(HEAD, items)),
        "txt": "".join(export_text.export(HEAD, items)),
    }
    said = sizes.result()
    return {form: said[form] / len(text.encode("utf-8", "replace")) for form, text in drawn.items()}


def read(path: Path) -> Iterator[Json]:
    for raw in path.read_bytes().splitlines():
        try:
            line = shared(json.loads(raw))
        except ValueError:
            continue
        if line is not None:
            yield line


def test_the_example() -> None:
    (path,) = EXAMPLES.glob("*.jsonl")
    assert all(0.85 < ratio < 1.15 for ratio in ratios(list(read(path))).values())


@pytest.mark.samples
def test_samples(samples: list[Path]) -> None:
    for path in samples:
        found = ratios(list(read(path)))
        assert all(0.8 < ratio < 1.25 for ratio in found.values()), (path.name, found)


def line(kind: str, content: object, **more: object) -> Json:
    return {"type": kind, "message": {"role": kind, "content": content}, **more}


@pytest.mark.parametrize("word", ["word ", "語", "é", "🎉"])
def test_scripts_and_long_outputs(word: str) -> None:
    call = {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": "a\nb\nc"}}
    long = "\n".join(word * 20 for _ in range(9_000))
    result = {
        "type": "tool_result",
        "tool_use_id": "t",
        "content": [{"type": "text", "text": long}],
    }
    told = [line("user", word * 900), line("assistant", [call]), line("user", [result])]
    found = ratios([*told, line("assistant", [{"type": "text", "text": word * 500}])])
    assert all(0.9 < ratio < 1.1 for ratio in found.values()), found


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [7], {"structuredPatch": [7, {}]}])
def test_any_json_will_do(odd: object) -> None:
    call = {"type": "tool_use", "id": "t", "name": "Edit", "input": odd}
    result = {"type": "tool_result", "tool_use_id": "t", "content": odd}
    told = [line("assistant", [call, odd]), line("user", [result, odd], toolUseResult=odd)]
    assert ratios([*told, line("user", odd), line("assistant", odd)])["md"] > 0


def test_memory_does_not_grow_with_an_output() -> None:
    result = {"type": "tool_result", "tool_use_id": "t", "content": "\n".join("x" * 9_000_000)}
    call = {"type": "tool_use", "id": "t", "name": "Bash", "input": {"command": "yes"}}
    builder, sizes = ItemBuilder(), ExportSizes()
    told = [line("assistant", [call]), line("user", [result])]
    made = [builder.line(sequence, entry) for sequence, entry in enumerate(told)]
    tracemalloc.start()
    for entry, parts in zip(told, made, strict=True):
        sizes.line(entry, parts, 1_000, main=True)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 45_000_000  # a copy or two of the text itself
