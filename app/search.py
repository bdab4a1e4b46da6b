"""Search in a session: what was asked, where it stands, and the words around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..transcript import spilled, words
from ..transcript.model import Json, Part, block_of
from ..transcript.part_text import MOST_CHARACTERS, shown_text
from ..transcript.plain import plain
from .addresses import ShareLinks, search_path
from .storage import finding, shares
from .storage.shares import Share
from .storage.word_search import Asked, passages

LONGEST_QUERY = 200
_MOST_WORDS = 12
HITS_ON_PAGE = 20
_MOST_PASSAGES = 60
_BEFORE, _AFTER = 60, 160
_PIECE = 2_000
_QUOTES = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_LABELS = {
    "prompt": "prompt",
    "answer": "answer",
    "thought": "thinking",
    "command": "command",
    "shell": "command",
    "compaction": "summary",
    "notice": "note",
}
_ROLES = {"result": "output", "notification": "report", "output": "output", "body": "attachment"}


@dataclass(frozen=True, slots=True)
class Query:
    """A question, made of words whatever stands in it."""

    text: str
    asked: Sequence[Asked]
    pattern: re.Pattern[str]
    """Finds any of the words in a folded text."""
    needed: Sequence[re.Pattern[str]]

    @classmethod
    def of(cls, text: str) -> "Query | None":
        """The words of a text, the last one as a beginning; None if there is none in it.

        Words in quotes must also follow each other.
        """
        text = " ".join(text[:LONGEST_QUERY].replace("\0", " ").split())
        runs = words.runs(text)[:_MOST_WORDS]
        if not runs:
            return None
        asked: list[Asked] = []
        for at, run in enumerate(runs):
            if words.unsegmented(run):
                asked += _pairs(run)
            else:
                last = at == len(runs) - 1
                asked.append(Asked(run[: words.LONGEST], last or len(run) > words.LONGEST))
        patterns = [_pattern(run) for run in runs[:-1]] + [_pattern(runs[-1], whole=False)]
        phrases = ["[\\W_]*".join(map(_pattern, quoted)) for quoted in _quoted(text)]
        needed = [re.compile(one) for one in dict.fromkeys([*patterns, *phrases])]
        return cls(text, asked, re.compile("|".join(dict.fromkeys([*phrases, *patterns]))), needed)


def _pattern(run: str, *, whole: bool = True) -> str:
    """Finds a word in a folded text; what only begins with it as well, if it need not be whole."""
    if words.unsegmented(run):
        return re.escape(run)
    end = f"(?!{words.LETTER})" if whole else ""
    inside = f"{words.HUMP}?".join(map(re.escape, run))
    return f"(?<!{words.LETTER}){inside}{end}"


def _quoted(text: str) -> list[list[str]]:
    """The words of each part in quotes that has several."""
    parts = _QUOTES.split(text)
    inside = parts[1::2] if len(parts) % 2 else parts[1:-1:2]
    found = [words.runs(part)[:_MOST_WORDS] for part in inside]
    return [runs for runs in found if len(runs) > 1]


def _pairs(run: str) -> list[Asked]:
    """The neighbours that must stand there; a single character as the beginning of a pair."""
    return [Asked(pair, False) for pair in words.pairs(run)[:-1]] or [Asked(run, True)]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that holds all the words."""

    href: str
    where: str
    """`Prompt 2 · Bash output`."""
    snippet: Markup


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; `more` leads on, to the rest of the session."""

    query: str
    hits: Sequence[Hit]
    more: str | None


def find(share: Share, text: str, start: int) -> Found:
    """What is found from line `start` on. Reads a bounded number of passages."""
    query = Query.of(text)
    if query is None:
        return Found(" ".join(text[:LONGEST_QUERY].split()), (), None)
    hits: list[Hit] = []
    for read, passage in enumerate(passages(share.pk, query.asked, start)):
        if len(hits) >= HITS_ON_PAGE or read >= _MOST_PASSAGES:
            return Found(query.text, hits, search_path(share.share_id, query.text, passage.first))
        hits += _in_passage(share, query, passage.first, passage.last)
    return Found(query.text, hits, None)


def _in_passage(share: Share, query: Query, first: int, last: int) -> Iterator[Hit]:
    """The items of a passage in which all words stand, in its order."""
    by_line = finding.parts_by_line(share.pk, first, last)
    lines = shares.lines(share, by_line)
    items: dict[tuple[str, int], list[tuple[Part, Json]]] = {}
    for sequence in sorted(by_line):
        for part in by_line[sequence]:
            if sequence in lines:
                items.setdefault((part.thread, part.n), []).append((part, lines[sequence]))
    for parts in items.values():
        hit = _in_item(share, query, parts)
        if hit is not None:
            yield hit


def _in_item(share: Share, query: Query, parts: list[tuple[Part, Json]]) -> Hit | None:
    missing = set(query.needed)
    best: tuple[Part, str] | None = None
    for part, line in parts:
        text = _text_of(share, line, part)
        folded = words.fold(words.humped(text))
        here = {word for word in missing if word.search(folded)}
        if here and best is None:
            best = (part, text)
        missing -= here
    if missing or best is None:
        return None
    part, text = best
    number = f"{part.thread}.{part.n}" if part.thread else str(part.n)
    href = ShareLinks(share.share_id).item(number)
    return Hit(href, _where(share, part), snippet(plain(text), query.pattern))


def _text_of(share: Share, line: Json, part: Part) -> str:
    """What is searched in a part, the output that lies beside its line included."""
    text = shown_text(line, part)
    path = spilled.named(block_of(line, part)) if part.role == "result" else ""
    if not path:
        return text
    beside = shares.text_of_file(share, path) or ""
    return f"{spilled.untagged(text)}\n{plain(beside[:MOST_CHARACTERS])}"


def _where(share: Share, part: Part) -> str:
    root = int(part.thread.partition(".")[0]) if part.thread else part.n
    turn = finding.turn_at(share.pk, root)
    if turn is None or turn.kind == "compaction":
        opened = "After a compaction" if turn else "At the start"
    else:
        opened = f"Prompt {turn.number}" if turn.number else turn.text.partition("\n")[0][:60]
    label = part.name[:60] if part.kind == "tool" else _LABELS.get(part.kind, part.kind)
    role = _ROLES.get(part.role, "input" if part.kind == "tool" else "")
    agent = "agent · " if part.thread else ""
    return f"{opened} · {agent}{label} {role}".strip()


def snippet(text: str, pattern: re.Pattern[str]) -> Markup:
    """The words around the first hit, hits marked. The text is escaped piece by piece."""
    begin = _piece_with_hit(text, pattern)
    folded, at = _folded_with_places(text, begin, begin + 2 * _PIECE)
    first = pattern.search(folded)
    middle = at[first.start()] if first else begin
    start, end = max(0, middle - _BEFORE), min(len(text), middle + _AFTER)
    html = Markup("… ") if start else Markup("")
    done = start
    for match in pattern.finditer(folded):
        low, high = at[match.start()], at[match.end()]
        if low < done or match.end() == match.start():
            continue
        if high > end:
            break
        html += Markup("{}<mark>{}</mark>").format(text[done:low], text[low:high])
        done = high
    html += text[done:end]
    return html + (" …" if end < len(text) else "")


def _piece_with_hit(text: str, pattern: re.Pattern[str]) -> int:
    """Where to look closely: finding places in all of a long text would take too long."""
    for start in range(0, max(1, len(text) - _PIECE), _PIECE):
        if pattern.search(words.fold(words.humped(text[start : start + 2 * _PIECE]))):
            return start
    return 0


def _folded_with_places(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A folded stretch and, for each of its characters and its end, the place in the text."""
    stretch = text[start:end]
    humps = words.humps(stretch)
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(stretch):
        plain = words.HUMP * (at in humps) + words.fold(character)
        folded.append(plain)
        places += [start + at] * len(plain)
    return "".join(folded), [*places, start + len(stretch)]
