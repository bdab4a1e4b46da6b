"""Files and diffs inside a tool's row, as the macros of `items/_macros.html` want them."""

from .. import bidi, clip, code, diff, sides
from .call import Context, Sight, one_line


def source(text: str, file: str, sight: Sight, start: int = 1) -> Context:
    """What `_source.html` needs to draw a file's text."""
    shown = sight.lines(bidi.named(text), clip.CODE_HEAD, clip.CODE_TAIL)
    alias = code.language(file=file)
    return {
        "file": one_line(file),
        "clip": shown,
        "head": code.highlight(shown.head, alias),
        "tail": code.highlight(shown.tail, alias) if shown.tail else "",
        "head_numbers": numbers(start, shown.head),
        "tail_numbers": numbers(start + shown.tail_start, shown.tail) if shown.tail else "",
    }


def numbers(start: int, text: str) -> str:
    """The gutter for a text: one number a line, as one string."""
    return "\n".join(map(str, range(start, start + text.count("\n") + 1)))


def shown_diff(found: diff.Diff, file: str, sight: Sight, *, alias: str | None = None) -> Context:
    """What the macro `diff` needs; `alias` is the language where the file's name does not say."""
    most = (
        diff.FIRST_LINES if sight.clipped and found.size > diff.MOST_LINES else 10 * diff.MOST_LINES
    )
    return {
        "file": one_line(file),
        "hunks": sides.drawn(
            found.first(most), code.language(file=file) if alias is None else alias
        ),
        "hidden_lines": max(0, found.size - most),
        "total_lines": found.size,
    }
