"""The prompt index: one entry per prompt, command and compaction, and what followed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..render import words
from .addresses import ShareLinks, prompts_path, with_prompts_path
from .problems import no_such_page
from .storage import finding
from .storage.finding import TURNS_ON_PAGE, Turn
from .storage.shares import Share


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index, ready to be shown."""

    href: str
    n: int
    kind: str
    number: int
    """Of the prompt; 0 for what is none."""
    text: str
    tools: int
    errors: int
    added: int
    removed: int
    commit: str


@dataclass(frozen=True, slots=True)
class PromptIndex:
    """A page of the index. Fragments hold further pages; paths lead there without scripts."""

    entries: Sequence[Entry]
    prompts: int
    """In the whole session."""
    prev_path: str | None
    prev_fragment: str | None
    next_path: str | None
    next_fragment: str | None


def page_around(share: Share, n: int) -> int:
    """The page of the index that names what item `n` belongs to."""
    turn = finding.turn_at(share.pk, n)
    return 1 if turn is None else (turn.ordinal - 1) // TURNS_ON_PAGE + 1


def build(share: Share, page: int) -> PromptIndex:
    """A page of the index, from 1. Raises Problem 404 past the end."""
    last = max(1, -(-share.counts.get("turns", 0) // TURNS_ON_PAGE))
    if page > last:
        raise no_such_page()
    turns = finding.turns(share.pk, page)
    changed = _changed(share, turns)
    links = ShareLinks(share.share_id)
    name, before, after = share.share_id, page > 1, page < last
    return PromptIndex(
        entries=[_entry(turn, links, *changed[turn.n]) for turn in turns],
        prompts=share.counts.get("prompts", 0),
        prev_path=with_prompts_path(name, page - 1) if before else None,
        prev_fragment=prompts_path(name, page - 1) + "&up=1" if before else None,
        next_path=with_prompts_path(name, page + 1) if after else None,
        next_fragment=prompts_path(name, page + 1) if after else None,
    )


def _changed(share: Share, turns: Sequence[Turn]) -> dict[int, tuple[int, int]]:
    """Lines added and removed after each of the entries, until the next one."""
    sums: dict[int, tuple[int, int]] = {turn.n: (0, 0) for turn in turns}
    if not turns:
        return sums
    end = finding.next_turn(share.pk, turns[-1].n)
    opens = iter([turn.n for turn in turns[1:]])
    at, following = turns[0].n, next(opens, None)
    for root, added, removed in finding.changed_between(share.pk, turns[0].n, end):
        while following is not None and root >= following:
            at, following = following, next(opens, None)
        sums[at] = (sums[at][0] + added, sums[at][1] + removed)
    return sums


def _entry(turn: Turn, links: ShareLinks, added: int, removed: int) -> Entry:
    return Entry(
        href=links.item(str(turn.n)),
        n=turn.n,
        kind=turn.kind,
        number=turn.number,
        text=_compaction(turn.text) if turn.kind == "compaction" else turn.text,
        tools=turn.tools,
        errors=turn.errors,
        added=added,
        removed=removed,
        commit=turn.commit,
    )


def _compaction(stored: str) -> str:
    trigger, _, tokens = stored.partition(" ")
    text = "Conversation compacted" + (" automatically" if trigger == "auto" else "")
    return f"{text} · {words.short(int(tokens))} tokens" if tokens not in ("", "0") else text
