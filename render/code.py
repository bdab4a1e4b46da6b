"""Code with colours: Pygments' lexers, our own few classes.

One letter per kind of token, neighbours of one kind in one span and plain names in none: a
third of the nodes of Pygments' own formatter, and a stylesheet of eleven rules.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from itertools import pairwise
from pathlib import PurePosixPath

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token

from .sanitize import sanitize

Marks = Sequence[tuple[int, int]]
"""Stretches of a line, from its first column up to the one behind its last."""
MOST_CHARACTERS = 60_000
"""Longer texts stay plain: nobody reads them for their colours."""
LONGEST_LINE = 2_000
MOST_SECONDS = 0.15
"""CPU time after which the rest of a text stays plain."""

# fmt: off
LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "bash",
    "c": "c", "h": "c", "cpp": "cpp", "c++": "cpp", "cc": "cpp", "hpp": "cpp", "cxx": "cpp",
    "cs": "csharp", "csharp": "csharp", "css": "css", "scss": "scss", "diff": "diff",
    "patch": "diff", "dockerfile": "docker", "docker": "docker", "ex": "elixir",
    "elixir": "elixir", "exs": "elixir", "go": "go", "graphql": "graphql", "hs": "haskell",
    "haskell": "haskell", "html": "html", "htm": "html", "vue": "html", "svelte": "html",
    "ini": "ini", "cfg": "ini", "conf": "ini", "java": "java", "js": "javascript",
    "javascript": "javascript", "jsx": "javascript", "mjs": "javascript", "cjs": "javascript",
    "json": "json", "jsonc": "json", "jsonl": "json", "kt": "kotlin", "kts": "kotlin",
    "kotlin": "kotlin", "lua": "lua", "makefile": "make", "make": "make", "mk": "make",
    "md": "markdown", "markdown": "markdown", "nginx": "nginx", "php": "php", "pl": "perl",
    "perl": "perl", "powershell": "powershell", "ps1": "powershell", "proto": "protobuf",
    "py": "python", "python": "python", "pyi": "python", "python3": "python", "r": "r",
    "rb": "ruby", "ruby": "ruby", "rs": "rust", "rust": "rust", "scala": "scala", "sql": "sql",
    "swift": "swift", "tf": "terraform", "hcl": "terraform", "toml": "toml",
    "ts": "typescript", "typescript": "typescript", "tsx": "typescript", "mts": "typescript",
    "xml": "xml", "svg": "xml", "yaml": "yaml", "yml": "yaml", "zig": "zig", "jinja": "html",
}
KINDS = {
    Token.Keyword: "k", Token.Keyword.Constant: "m", Token.Keyword.Type: "b",
    Token.Operator.Word: "k", Token.Name.Tag: "k", Token.Literal.String: "s",
    Token.Literal.Number: "m", Token.Comment: "c", Token.Name.Function: "f",
    Token.Name.Class: "f", Token.Name.Attribute: "f", Token.Name.Builtin: "b",
    Token.Name.Builtin.Pseudo: "v", Token.Name.Decorator: "d", Token.Name.Variable: "v",
    Token.Generic.Deleted: "x", Token.Generic.Inserted: "i", Token.Generic.Heading: "f",
    Token.Generic.Subheading: "d", Token.Comment.Preproc: "d",
}
# fmt: on
"""Token types to class letters; the nearest ancestor counts, no ancestor means no span."""


def stylesheet() -> str:
    """The colours of the classes, as custom properties that both themes set."""
    letters = sorted(set(KINDS.values()))
    return "".join(f"pre .{letter}{{color:var(--code-{letter})}}\n" for letter in letters)


def language(name: str = "", file: str = "") -> str:
    """The Pygments alias for a fence's word or a file's name; "" if it is none of ours."""
    if name:
        return LANGUAGES.get(name.lower(), "")
    path = PurePosixPath(file.replace("\\", "/")[-300:])
    return LANGUAGES.get(path.suffix[1:].lower() or path.name.lower(), "")


def highlight(text: str, alias: str) -> Markup:
    """Spans for the inside of `<pre>`; plain escaped text for what has no lexer."""
    return sanitize(spans(text, alias)) if alias else Markup.escape(text)


def spans(text: str, alias: str) -> str:
    """`highlight` before the sanitizer, for text that passes it later as part of a whole."""
    return "".join(_span(run, kind) for run, kind in _runs(text, alias))


def lines(rows: Sequence[str], alias: str, marks: Mapping[int, Marks]) -> list[str]:
    """Each row by itself, coloured as one text, before the sanitizer.

    `marks` are stretches (start, end) of a row, by its place, that get the class `w` on top.
    """
    out: list[list[str]] = [[]]
    at = 0
    for run, kind in _runs("\n".join(rows), alias):
        for count, piece in enumerate(run.split("\n")):
            if count:
                out.append([])
                at = 0
            out[-1].append(_marked(piece, kind, at, marks.get(len(out) - 1, ())))
            at += len(piece)
    return ["".join(pieces) for pieces in out]


def _marked(piece: str, kind: str, at: int, marks: Marks) -> str:
    """A piece that begins at column `at`, cut where the marks begin and end."""
    if not marks:
        return _span(piece, kind)
    edges = {0, len(piece)} | {edge - at for mark in marks for edge in mark}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(piece))
    out: list[str] = []
    for start, end in pairwise(cuts):
        inside = any(first <= at + start < last for first, last in marks)
        out.append(_span(piece[start:end], f"{kind} w".strip() if inside else kind))
    return "".join(out)


def _has_long_line(text: str) -> bool:
    return any(len(line) > LONGEST_LINE for line in text.split("\n"))


@cache
def _lexer(alias: str) -> Lexer:
    return get_lexer_by_name(alias, stripnl=False, ensurenl=False)


@lru_cache(maxsize=512)
def _kind(token: object) -> str:
    """The class letter of a token type, "" for none."""
    while token is not None:
        if token in KINDS:
            return KINDS[token]  # type: ignore[index]
        token = getattr(token, "parent", None)
    return ""


def _runs(text: str, alias: str) -> Iterator[tuple[str, str]]:
    """Runs of one kind each, with white space joined to whatever stands before it."""
    if not alias or len(text) > MOST_CHARACTERS or _has_long_line(text):
        yield text, ""
        return
    run, kind, done = "", "", 0
    lexer = _lexer(alias)  # loading it, once in a process, is not the text's fault
    deadline = time.thread_time() + MOST_SECONDS
    for count, (index, token, value) in enumerate(lexer.get_tokens_unprocessed(text)):
        if not count % 64 and time.thread_time() > deadline:
            done = index
            break
        done = index + len(value)
        found = kind if value.isspace() else _kind(token)
        if found != kind and run:
            yield run, kind
            run = ""
        run, kind = run + value, found
    yield run, kind
    yield text[done:], ""


def _span(run: str, kind: str) -> str:
    if not run:
        return ""
    escaped = escape(run, quote=False)
    return f'<span class="{kind}">{escaped}</span>' if kind else escaped
