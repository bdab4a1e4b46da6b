"""Reading, editing and writing files."""

import re

from ...transcript.model import Json
from .. import diff, values, words
from ..pictures import pictures
from . import notebook
from .call import Call, Closed, Context, Fact, Family, Sight, changes, one_line, outcome, path_of
from .shown import shown_diff, source

CODE = ("", "text")
"""Types of a Read's result whose text is the file's."""
_GUTTER = re.compile(r"^ {0,7}(\d{1,7})(?:→|\t)", re.MULTILINE)


# Read


def read_closed(call: Call) -> Closed:
    """`Read  shop/cart.py … lines 40-160 of 800`."""
    return Closed(call.name, one_line(path_of(call)), outcome(call, *_what_was_read(call)))


def _what_was_read(call: Call) -> tuple[Fact, ...]:
    sort = values.text(call.details.get("type"))
    file = values.record(call.details.get("file"))
    if sort == "image" or call.images:
        return (Fact(_picture(call)),)
    if sort == "file_unchanged":
        return (Fact("unchanged"),)
    if sort == "notebook":
        return (Fact(words.counted(len(values.records(file.get("cells"))), "cell")),)
    if sort in ("pdf", "parts"):
        return _what_of_a_document(call, file)
    text, start = _content(call)
    counted = text.count("\n") + 1 if text else 0
    count = values.number(file.get("numLines")) or counted
    total = values.number(file.get("totalLines"))
    # The tool counts the empty line behind the last newline: one line less is all of it.
    if total and count and (start > 1 or count < total - 1):
        return (Fact(f"lines {start:,}-{start + count - 1:,} of {total:,}"),)
    return (Fact(words.counted(count, "line")),)


def _what_of_a_document(call: Call, file: Json) -> tuple[Fact, ...]:
    """A PDF: its size, and the pages if it was read in parts."""
    pages, count = call.given("pages"), values.number(file.get("count"))
    size = values.number(file.get("originalSize"))
    facts = [Fact(f"PDF pages {one_line(pages)}" if pages else "PDF")]
    facts += [Fact(words.counted(count, "page"))] if count and not pages else []
    return (*facts, Fact(words.size(size))) if size else tuple(facts)


def _picture(call: Call) -> str:
    source = values.record(call.images[0].get("source")) if call.images else {}
    media = values.text(source.get("media_type")) or values.text(
        values.record(call.details.get("file")).get("type")
    )
    name = media.rpartition("/")[2].upper()[:8] or "image"
    width, height = values.number(source.get("width")), values.number(source.get("height"))
    return f"{name} {width}×{height}" if width and height else name


def _content(call: Call) -> tuple[str, int]:
    """The text of the file without its gutter, and the number of its first line."""
    file = values.record(call.details.get("file"))
    if isinstance(file.get("content"), str):
        return file["content"].rstrip("\n"), values.number(file.get("startLine")) or 1
    first = _GUTTER.match(call.result)
    if not first or call.error:
        return call.result, 1
    return _GUTTER.sub("", call.result), int(first[1])


def read_opened(call: Call, sight: Sight) -> Context:
    """The file's text with its line numbers, or the picture."""
    cells = notebook.shown_cells(call, sight)
    text, start = ("", 1) if call.error or not call.done or cells else _content(call)
    code_shown = bool(text) and not call.images and values.text(call.details.get("type")) in CODE
    return {
        "source": source(text, path_of(call), sight, start) if code_shown else None,
        "cells": cells,
        "hidden_cells": max(0, len(notebook.cells(call)) - len(cells)),
        "output": sight.lines("" if code_shown or cells else call.result),
        "images": pictures(_pictures(call), sight.links, f"in row {sight.number}"),
    }


def _pictures(call: Call) -> list[Json]:
    """Images of the result, and those that followed it on a line of their own."""
    later = [block.content for block in call.item.blocks if block.role == "body"]
    return [*call.images, *(block for block in later if block.get("type") == "image")]


# Edit, MultiEdit


def edit_closed(call: Call) -> Closed:
    """`Edit  app/models.py … +12 −3`."""
    count = len(values.records(call.input.get("edits")))
    found = edited(call)
    many = (Fact(words.counted(count, "edit")),) if count > 1 else ()
    facts = outcome(call, *many, *changes(found.added, found.removed))
    return Closed(call.name, one_line(path_of(call)), facts)


def edited(call: Call) -> diff.Diff:
    """The patch of the result, else a comparison of what the call asked for."""
    patch = diff.from_patch(call.details.get("structuredPatch"))
    if patch.hunks:
        return patch
    edits = values.records(call.input.get("edits")) or [call.input]
    return diff.from_texts(
        (values.text(e.get("old_string")), values.text(e.get("new_string"))) for e in edits
    )


def edit_opened(call: Call, sight: Sight) -> Context:
    """The diff; what the tool said only if it failed."""
    return {
        **shown_diff(edited(call), path_of(call), sight),
        "output": sight.lines(call.result if call.error else ""),
    }


# Write


def write_closed(call: Call) -> Closed:
    """`Write  tests/test_rounding.py … new · +13`."""
    patch = diff.from_patch(call.details.get("structuredPatch"))
    if patch.hunks:
        facts = (Fact("rewritten"), *changes(patch.added, patch.removed))
    else:
        text = call.given("content")
        count = len(text.rstrip("\n").split("\n")) if text else 0
        sort = "new" if call.details.get("type") == "create" else "written"
        facts = (Fact(sort), *changes(count, 0))
    return Closed(call.name, one_line(path_of(call)), outcome(call, *facts))


def write_opened(call: Call, sight: Sight) -> Context:
    """The diff to what stood there before, or the new file."""
    patch = diff.from_patch(call.details.get("structuredPatch"))
    shown = None if patch.hunks else source(call.given("content"), path_of(call), sight)
    return {
        **shown_diff(patch, path_of(call), sight),
        "source": shown,
        "output": sight.lines(call.result if call.error else ""),
    }


READ = Family(
    ("Read", "NotebookRead"),
    "items/_read.html",
    read_closed,
    read_opened,
    quiet=True,
    output=lambda call: _content(call)[0],
)
EDIT = Family(("Edit", "MultiEdit"), "items/_edit.html", edit_closed, edit_opened)
WRITE = Family(
    ("Write",),
    "items/_write.html",
    write_closed,
    write_opened,
    output=lambda call: call.printed if call.error else call.given("content"),
)
