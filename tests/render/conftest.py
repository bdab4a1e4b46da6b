"""Items made up line by line, links that show what they are, and the samples as items."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ccshare.render import page
from ccshare.transcript import allow
from ccshare.transcript.assemble import assemble
from ccshare.transcript.items import ItemBuilder
from ccshare.transcript.model import Item, Json, Part
from ccshare.transcript.reader import read_lines


class ShownLinks:
    """Links with the addresses the app uses."""

    def item(self, number: str) -> str:
        return f"/s/ID?m={number}#m-{number}"

    def body(self, number: str, page: int = 1) -> str:
        return f"/s/ID/items/{number}" + (f"?page={page}" if page > 1 else "")

    def output(self, number: str) -> str:
        return f"/s/ID/items/{number}.txt"

    def image(self, sha256: str, extension: str) -> str:
        return f"/s/ID/images/{sha256}.{extension}"


@pytest.fixture
def links() -> ShownLinks:
    return ShownLinks()


@pytest.fixture(autouse=True)
def mistakes_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "RAISE", True)


def build(lines: list[Json]) -> list[Item]:
    """The items of shared lines."""
    builder = ItemBuilder()
    parts: list[Part] = []
    for sequence, line in enumerate(lines, 1):
        parts += builder.line(sequence, line)
    return assemble(parts, dict(enumerate(lines, 1)))


def message(role: str, content: object, **more: Any) -> Json:
    return {
        "type": role,
        "uuid": "u",
        "timestamp": "2026-11-01T10:00:00.000Z",
        "message": {"role": role, "content": content},
        **more,
    }


@pytest.fixture
def make_message() -> Callable[..., Json]:
    """`make_message(role, content, **more)` -> a user or assistant line."""
    return message


@pytest.fixture
def make_items() -> Callable[[list[Json]], list[Item]]:
    return build


@pytest.fixture
def make_call() -> Callable[..., Item]:
    """`make_call(name, input, content, details, error=False)` -> the item of a tool call."""

    def make(
        name: str, given: Json, content: object = "", details: object = None, *, error: bool = False
    ) -> Item:
        block = {"type": "tool_use", "id": "t1", "name": name, "input": given}
        result = {"type": "tool_result", "tool_use_id": "t1", "content": content, "is_error": error}
        answer = message("user", [result], toolUseResult=details)
        answer["timestamp"] = "2026-11-01T10:00:02.500Z"
        return build([message("assistant", [block]), answer])[0]

    return make


@pytest.fixture
def make_text() -> Callable[..., Item]:
    """`make_text(text, role="assistant")` -> a prompt or an answer."""
    return lambda text, role="assistant": build([message(role, [{"type": "text", "text": text}])])[
        0
    ]


@pytest.fixture(scope="session")
def sample_items(samples: list[Path]) -> dict[str, list[Item]]:
    """Every sample as the server would hold it, by file name."""

    def shared(path: Path) -> Iterator[Json]:
        with path.open("rb") as stream:
            for raw in read_lines(stream):
                line = allow.shared(raw.value) if raw.value is not None else None
                if line is not None:
                    yield line

    return {path.name: build(list(shared(path))) for path in samples}
