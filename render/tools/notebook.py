"""Cells of a notebook: as they were read, and one that was edited."""

from ...transcript.model import Json
from .. import code, diff, values
from .call import Call, Closed, Context, Fact, Family, Sight, changes, one_line, outcome, path_of
from .shown import shown_diff

MOST_CELLS = 30


def cells(call: Call) -> list[Json]:
    """The cells that a Read of a notebook returned."""
    return values.records(values.record(call.details.get("file")).get("cells"))


def shown_cells(call: Call, sight: Sight) -> list[dict[str, object]]:
    """The cells for `_notebook.html`: each with its label, source and what it printed."""
    most = MOST_CELLS if sight.clipped else 20 * MOST_CELLS
    return [_shown(cell, at, sight) for at, cell in enumerate(cells(call)[:most], 1)]


def _shown(cell: Json, at: int, sight: Sight) -> dict[str, object]:
    text = _joined(cell.get("source"))
    markdown = values.text(cell.get("cellType")) == "markdown"
    alias = code.language("markdown" if markdown else values.text(cell.get("language")) or "python")
    shown = sight.lines(text)
    count = values.number(cell.get("execution_count"))
    printed = "\n".join(_joined(row.get("text")) for row in values.records(cell.get("outputs")))
    return {
        "label": f"In [{count}]" if count is not None else f"Cell {at}",
        "clip": shown,
        "head": code.highlight(shown.head, alias),
        "tail": code.highlight(shown.tail, alias) if shown.tail else "",
        "output": sight.terminal(printed),
    }


def _joined(text: object) -> str:
    """A text of a notebook: one string, or a list of lines with their ends."""
    return "".join(values.strings(text)) if isinstance(text, list) else values.text(text)


def edit_closed(call: Call) -> Closed:
    """`NotebookEdit  analysis.ipynb cell 3 … +4 −1`."""
    cell = call.given("cell_id") or call.given("cell_number")
    target = path_of(call) + (f"  cell {cell}" if cell else "")
    mode = call.given("edit_mode")
    sort = {"insert": (Fact("new cell"),), "delete": (Fact("cell removed"),)}.get(mode, ())
    found = _edited(call)
    numbers = changes(found.added, found.removed) if mode != "delete" else ()
    failed = values.text(call.details.get("error"))
    facts = (Fact("error", "bad"),) if failed else (*sort, *numbers)
    return Closed(call.name, one_line(target), outcome(call, *facts))


def _edited(call: Call) -> diff.Diff:
    new = call.given("new_source") or values.text(call.details.get("new_source"))
    return diff.from_texts([(values.text(call.details.get("old_source")), new)])


def edit_opened(call: Call, sight: Sight) -> Context:
    """The cell's text before and after; what the tool said only if it failed."""
    language = values.text(call.details.get("language")) or "python"
    file = "cell.md" if call.given("cell_type") == "markdown" else f"cell.{language}"
    failed = values.text(call.details.get("error"))
    return {
        **shown_diff(_edited(call), path_of(call), sight, alias=code.language(file=file)),
        "output": sight.lines(call.result if call.error else failed),
    }


EDIT = Family(("NotebookEdit",), "items/_edit.html", edit_closed, edit_opened)
