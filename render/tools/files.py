"""Reading, editing and writing files."""

import re

from .. import clip, code, diff, values, words
from ..pictures import pictures
from .call import Call, Closed, Context, Fact, Family, Sight, changes, one_line, outcome

_GUTTER = re.compile(r"^ {0,7}(\d{1,7})(?:→|\t)", re.MULTILINE)


def path_of(call: Call) -> str:
    """The file a call is about, whatever the tool calls its key."""
    path = call.given("file_path") or call.given("notebook_path") or call.given("path")
    return path.removeprefix("./")  # the project's folder, which redaction calls `.`


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
    if sort in ("pdf", "parts", "notebook"):
        return (Fact("PDF" if sort == "pdf" else sort),)
    text, start = _content(call)
    counted = text.count("\n") + 1 if text else 0
    count = values.number(file.get("numLines")) or counted
    total = values.number(file.get("totalLines"))
    # The tool counts the empty line behind the last newline: one line less is all of it.
    if total and count and (start > 1 or count < total - 1):
        return (Fact(f"lines {start:,}-{start + count - 1:,} of {total:,}"),)
    return (Fact(words.counted(count, "line")),)


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
    if call.error or not call.done:
        return {
            "source": None,
            "output": sight.lines(call.result),
            "images": pictures(call.images, sight.links, f"in row {sight.number}"),
        }
    text, start = _content(call)
    shown = source(text, path_of(call), sight, start) if text and not call.images else None
    return {
        "source": shown,
        "output": sight.lines(""),
        "images": pictures(call.images, sight.links, f"in row {sight.number}"),
    }


def source(text: str, file: str, sight: Sight, start: int = 1) -> Context:
    """What `_source.html` needs to draw a file's text."""
    shown = sight.lines(text, clip.CODE_HEAD, clip.CODE_TAIL)
    alias = code.language(file=file)
    return {
        "file": file,
        "clip": shown,
        "head": code.highlight(shown.head, alias),
        "tail": code.highlight(shown.tail, alias) if shown.tail else "",
        "head_numbers": numbers(start, shown.head),
        "tail_numbers": numbers(start + shown.tail_start, shown.tail) if shown.tail else "",
    }


def numbers(start: int, text: str) -> str:
    """The gutter for a text: one number a line, as one string."""
    return "\n".join(map(str, range(start, start + text.count("\n") + 1)))


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


def shown_diff(found: diff.Diff, file: str, sight: Sight) -> Context:
    """What `_diff.html` needs."""
    most = (
        diff.FIRST_LINES if sight.clipped and found.size > diff.MOST_LINES else 10 * diff.MOST_LINES
    )
    return {
        "file": file,
        "diff": found.first(most),
        "hidden_lines": max(0, found.size - most),
        "total_lines": found.size,
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


READ = Family(("Read", "NotebookRead"), "items/_read.html", read_closed, read_opened)
EDIT = Family(("Edit", "MultiEdit"), "items/_edit.html", edit_closed, edit_opened)
WRITE = Family(("Write",), "items/_write.html", write_closed, write_opened)
