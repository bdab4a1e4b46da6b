"""The example session of the package, shown by the same renderer without being in a database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, render_template, request
from markupsafe import Markup

from ..render import page as rows
from ..transcript.assemble import assemble
from ..transcript.facts import Facts, FactsBuilder
from ..transcript.items import ItemBuilder
from ..transcript.model import Item, Json, Part
from .addresses import base_url
from .problems import no_such_page

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class Sample:
    """The session in memory: it is a few dozen lines."""

    facts: Facts
    items: Sequence[Item]

    def find(self, number: str) -> Item | None:
        """The item with this number, in whatever thread."""
        return next((item for item in self.items if item.number == number), None)

    def thread(self, name: str) -> list[Item]:
        """The items of a thread, the main one by ""."""
        return [item for item in self.items if item.thread == name]

    def ordinals(self) -> dict[str, int]:
        """Which prompt of the session each prompt is, by its number."""
        prompts = [item for item in self.thread("") if item.kind == "prompt"]
        return {item.number: at for at, item in enumerate(prompts, 1)}


@dataclass(frozen=True, slots=True)
class SampleLinks:
    """render's Links for the sample."""

    def item(self, number: str) -> str:
        """The sample with this row open."""
        return f"/sample?m={number}#m-{number}"

    def body(self, number: str, page: int = 1) -> str:  # noqa: ARG002 (threads have one page)
        """What opens inside a row."""
        return f"/sample/items/{number}"

    def output(self, number: str) -> str:  # noqa: ARG002 (none of its outputs is long)
        """Nowhere."""
        return ""

    def image(self, sha256: str, extension: str) -> str:  # noqa: ARG002 (it has no image)
        """Nowhere."""
        return "/sample"


@cache
def sample() -> Sample:
    """Read the example, once. Raises StopIteration if the package has none."""
    builder, facts = ItemBuilder(), FactsBuilder()
    lines: dict[int, Json] = {}
    parts: list[Part] = []
    for path in _files():
        if path.parent != EXAMPLES:
            meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
            builder.file(f"subagents/{path.name}", meta)
        for line in _lines(path):
            sequence = len(lines)
            lines[sequence] = line
            facts.line(line)
            parts += builder.line(sequence, line)
    return Sample(facts.result(), assemble(parts, lines))


def _files() -> Iterator[Path]:
    main = next(iter(sorted(EXAMPLES.glob("*.jsonl"))))
    yield main
    yield from sorted((EXAMPLES / main.stem / "subagents").glob("*.jsonl"))


def _lines(path: Path) -> Iterator[Json]:
    """Its lines with paths as the client would send them: relative to the project."""
    text = path.read_text(encoding="utf-8")
    folder = next(
        (json.loads(line).get("cwd") for line in text.splitlines() if '"cwd"' in line), ""
    )
    if folder:
        text = text.replace(folder + "/", "").replace(folder, f"./{Path(folder).name}")
    yield from map(json.loads, text.splitlines())


def excerpt() -> Markup:
    """The first prompt, an answer, a change and a failure: what the front page shows."""
    items = sample().thread("")
    answers = [item for item in items if item.kind == "answer"]
    edits = [item for item in items if item.name == "Edit"]
    failed = [item for item in items if item.name == "Bash" and item.error]
    chosen = [*items[:1], *answers[:1], *edits[:1], *failed[:1]]
    numbers = sample().ordinals()
    return Markup("\n").join(
        rows.one(item, SampleLinks(), open=False, ordinal=numbers.get(item.number, 0))
        for item in chosen
    )


def page() -> Response:
    """GET /sample: the whole example; `?m=n` with that row open, `&all=1` unclipped."""
    found, target = sample(), request.args.get("m", "")
    numbers = found.ordinals()
    if found.find(target) is None:
        target = ""
    drawn = _opened("", target, numbers, clip="all" not in request.args)
    main = rows.items(found.thread(""), SampleLinks(), drawn=drawn, ordinals=numbers)
    return _html("sample.html", rows=main)


def _html(template: str, **shown: object) -> Response:
    text = render_template(template, facts=sample().facts, server_url=base_url(), **shown)
    return Response(text, headers={"Cache-Control": "no-cache"}, mimetype="text/html")


def _opened(thread: str, target: str, numbers: rows.Ordinals, *, clip: bool) -> rows.Drawn:
    """The row of a thread that is `target`, or holds it in a thread of its own, drawn open."""
    for item in sample().thread(thread):
        if f"{target}.".startswith(f"{item.number}."):
            inside = None
            if sample().thread(item.number):
                deeper = _opened(item.number, target, {}, clip=clip)
                inside = _inside(item, clip=clip, drawn=deeper)
            ordinal = numbers.get(item.number, 0)
            row = rows.one(item, SampleLinks(), clip=clip, inside=inside, ordinal=ordinal)
            return {item.number: row}
    return {}


def item(number: str) -> Response:
    """GET /sample/items/<n>: what opens inside a row; `?all=1` unclipped."""
    found = sample().find(number)
    if found is None:
        raise no_such_page()
    inside = _inside(found, clip="all" not in request.args)
    return Response(str(inside), headers={"Cache-Control": "no-cache"}, mimetype="text/html")


def item_raw(number: str) -> Response:
    """GET /sample/items/<n>/raw: the row's JSON; `?page=1` as a page, for who has no scripts."""
    found = sample().find(number)
    if found is None:
        raise no_such_page()
    raw = rows.raw(found)
    if "page" in request.args:
        return _html("sample_raw.html", raw=raw, number=number)
    return Response(str(raw), headers={"Cache-Control": "no-cache"}, mimetype="text/html")


def _inside(found: Item, *, clip: bool, drawn: rows.Drawn | None = None) -> Markup:
    thread = sample().thread(found.number)
    return rows.body(found, SampleLinks(), clip, thread=thread, drawn=drawn)
