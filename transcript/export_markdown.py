"""A session as Markdown that any renderer may show: no HTML, no other scheme, no open fence."""

import re
from collections.abc import Iterable, Iterator

from .export_calls import QUIET, CallText, counted
from .export_rows import Head, Row, row
from .model import Item
from .plain import ends, one_line

HEAD_LINES, TAIL_LINES, WIDEST = 60, 40, 5_000
"""Of one output or diff."""
_BACKTICKS = re.compile(r"`+")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)([^`]*)(?<!`)\1(?!`)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_TARGET = re.compile(r"\](\(|:)(?=[ \t\n>]*(<?[^\s)]{0,300}))")
_SAFE = re.compile(r"<?(?:https?://|mailto:|#|[\w./-]*(?:$|[#?]))", re.IGNORECASE)
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,}).*$")
_ODD_FENCE = re.compile(r"^(?!```|~~~)[ \t>*+\d.)-]+(?:```|~~~)", re.MULTILINE)
_HEADING = re.compile(r"^(\s{0,3})(#{1,6})(?=\s)")
_UNDERLINE = re.compile(r"^([\s>]*)(=+|-+)\s*$")


def export(head: Head, items: Iterable[Item]) -> Iterator[str]:
    """The whole document, a row at a time; items in reading order, threads behind their row."""
    yield f"# {_inline(' '.join(head.title.split()), 200) or 'Untitled session'}\n\n"
    facts = " · ".join(_inline(fact, 200) for fact in head.facts)
    for line in (facts, *(_inline(note, 300) for note in head.notes)):
        if line:
            yield line + "\n\n"
    yield (
        f"A Claude Code session, shared with ccshare: <{head.url}>. Outputs are cut to "
        f"{HEAD_LINES} + {TAIL_LINES} lines, files that were only read are left out; "
        f"all of it is in <{head.url}.jsonl>.\n\n"
    )
    for item in items:
        found = row(item)
        if found:
            yield _drawn(found)


def _drawn(found: Row) -> str:
    text = "".join(_parts(found))
    return _quoted(text, found.depth) + "\n" if found.depth else text


def _parts(found: Row) -> Iterator[str]:
    clock = f" · {found.clock} UTC" if found.clock else ""
    if found.call is not None:
        yield from _call(found.call)
    elif found.sort == "prompt":
        yield f"## #{found.number} {_inline(found.label, 80)}{clock}\n\n"
        yield _quoted(safe(found.text), 1) + "\n"
    elif found.sort == "answer":
        yield safe(found.text) + "\n\n"
    elif found.sort == "thought":
        yield f"*Thought:* {_inline(found.text, 1_000)}\n\n"
    else:
        first = _inline(found.text, 300)
        yield f"*{_inline(found.label, 300)}*{': ' if first else ''}{first}\n\n"


def _call(call: CallText) -> Iterator[str]:
    target = f" {_code(call.target)}" if call.target else ""
    yield f"- **{_inline(call.name, 80)}**{target} — {_inline(call.outcome, 80)}\n\n"
    if "\n" in call.command:
        yield fenced(call.command, "sh")
    quiet = call.name in QUIET and not call.error
    text = call.diff or ("" if quiet else call.output)
    if text:
        yield fenced(text, "diff" if call.diff else "")


def fenced(text: str, language: str) -> str:
    """A code block that nothing in it can close; long texts keep both ends."""
    first, hidden, last = ends(text, HEAD_LINES, TAIL_LINES, WIDEST)
    lines = [*first, f"… {counted(hidden, 'line')} left out …", *last] if hidden else first
    longest = max((len(run) for line in lines for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n" + "\n".join(lines) + f"\n{fence}\n\n"


def safe(text: str) -> str:
    """Markdown of the session as it was meant, without tags, foreign schemes and remote images.

    Code stays as it is where every renderer agrees that it is code: in fences at the start of
    a line, and in spans within one line. Headings step down, so that none poses as ours.
    """
    fences = _ODD_FENCE.search(text) is None
    done: list[str] = []
    prose: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            done.append(line)
            if (
                line.strip()
                and set(line.rstrip()) == {fence[0]}
                and len(line.rstrip()) >= len(fence)
            ):
                fence = ""
            continue
        opened = _FENCE.match(line) if fences else None
        if opened:
            done += [_prose(prose)] if prose else []
            prose = []
            fence = opened[1] or opened[2]
            done.append(fence + re.sub(r"[^\w+#.-]", "", line[len(fence) :])[:40])
        else:
            prose.append(line)
    if prose:
        done.append(_prose(prose))
    return "\n".join([*done, fence] if fence else done)


def _prose(lines: list[str]) -> str:
    done: list[str] = []
    spans, before = True, ""
    for line in lines:
        if not line.strip():
            spans = True
        underlined = _UNDERLINE.match(line) and before.strip()
        stepped = _HEADING.sub(_lower, line)
        text, whole = _line(stepped, spans)
        spans = spans and whole
        done.append(re.sub(r"[=-]", r"\\\g<0>", text, count=1) if underlined else text)
        before = line
    return _TARGET.sub(_checked, "\n".join(done))


def _lower(heading: re.Match[str]) -> str:
    return heading[1] + "#" * min(6, len(heading[2]) + 2)


def _line(line: str, spans: bool) -> tuple[str, bool]:
    """The line without tags and images; False if a backtick is left that may pair up later."""
    if not spans or "\\`" in line or "|" in line:  # cells end before spans do
        return _bare(line), "`" not in line
    done, at = [], 0
    for span in _SPAN.finditer(line):
        done += [_bare(line[at : span.start()]), span[0]]
        at = span.end()
    rest = "".join(done[::2]) + line[at:]
    return "".join([*done, _bare(line[at:])]), "`" not in rest


def _bare(text: str) -> str:
    return _TAG.sub("&lt;", text).replace("![", "!\\[")


def _checked(link: re.Match[str]) -> str:
    return link[0] if _SAFE.match(link[2]) else "]\\" + link[1]


def _inline(text: str, most: int) -> str:
    """One line of text in which no character means anything to Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", one_line(text, most))


def _code(text: str) -> str:
    """A code span."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _quoted(text: str, depth: int) -> str:
    mark = "> " * depth
    return "".join(f"{mark}{line}".rstrip() + "\n" for line in text.rstrip("\n").split("\n"))
