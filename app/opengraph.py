"""What chat programs show of a link. They read the first 32 KB of the page and no script."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from ..transcript.export_calls import QUIET
from ..transcript.export_rows import Row
from ..transcript.facts import Facts
from ..transcript.titles import clean, unmarked
from .storage.shares import Share

_TITLE = 90
_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """The card of a page; `labels` are two (label, data) pairs that Slack shows as fields."""

    title: str
    description: str
    url: str
    image: str
    image_alt: str
    site_name: str
    labels: list[tuple[str, str]]
    oembed: str


def card(share: Share, facts: Facts, url: str, quoted: Row | None = None) -> OpenGraph:
    """The card of a share, or of one item of it; all of it is text after redaction."""
    title, description = share.title, describe(share, facts)
    if quoted:
        title, said = _quote(quoted)
        description = " — ".join(filter(None, (said, " · ".join(summary(share, facts)))))
    address = f"{url}?m={quoted.number}" if quoted else url
    return OpenGraph(
        title=shorten(title or "A Claude Code session", _TITLE),
        description=shorten(description, _DESCRIPTION),
        url=address,
        # The edition makes programs that keep pictures for days ask for a new one.
        image=f"{url}/card.png?v={share.edition}",
        image_alt=shorten(f"Card of the session: {share.title}", _DESCRIPTION),
        site_name="ccshare",
        labels=[
            ("Messages", f"{count(facts.prompts, 'prompt')}, {count(facts.answers, 'answer')}"),
            ("Tools", f"{count(facts.tool_calls, 'call')}, {count(facts.errors, 'error')}"),
        ],
        oembed=f"{url[: url.rindex('/s/')]}/oembed?" + urlencode({"url": address}),
    )


def _quote(item: Row) -> tuple[str, str]:
    """Title and text for one item: its first words, and what follows them."""
    if item.call is not None:
        call = item.call
        # What was only read says less about the call than how it went.
        output = "" if call.name in QUIET and not call.error else shorten(call.output, 120)
        return f"{call.name} {call.target}".strip(), f"{call.outcome} {output}".strip()
    words = " ".join(unmarked(item.text).split())
    line = clean(words, _TITLE - len(item.label) - 2)
    rest = words[len(line) - 1 :].strip() if line.endswith("…") else ""
    return f"{item.label}: {line}" if line else item.label, rest and shorten("…" + rest, 150)


def describe(share: Share, facts: Facts) -> str:
    """`shop · 3 prompts · 18 tools · +22 −5 · Opus 4.5 · 20 Nov 2026`, then the first prompt."""
    text = " · ".join(summary(share, facts))
    if share.first_prompt and share.first_prompt != share.title:
        text += " — " + share.first_prompt
    return shorten(text, _DESCRIPTION)


def summary(share: Share, facts: Facts) -> list[str]:
    """The facts of one line, those that are known."""
    changed = facts.lines_added or facts.lines_removed
    bits = [
        share.project_name,
        count(facts.prompts, "prompt"),
        count(facts.tool_calls, "tool"),
        f"+{facts.lines_added} −{facts.lines_removed}" if changed else "",
        model_name(share.model),
        day(share.session_date),
    ]
    return [bit for bit in bits if bit]


def model_name(model: str) -> str:
    """`claude-opus-4-5-20251101` as people say it: `Opus 4.5`; other names as they are."""
    words = model.removeprefix("claude-").split("-")
    names = [w.capitalize() for w in words if w.isalpha()]
    numbers = [w for w in words if w.isdigit() and len(w) < 3]
    if not model.startswith("claude-") or not names:
        return model[:40]
    return " ".join([*names, ".".join(numbers)]).strip()


def count(number: int, noun: str) -> str:
    """`1 prompt`, `3 prompts`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def day(seconds: int | None) -> str:
    """`20 Nov 2026`, UTC; "" if it is not known."""
    if seconds is None:
        return ""
    date = datetime.fromtimestamp(seconds, UTC)
    return f"{date.day} {date:%b %Y}"


def shorten(text: str, most: int) -> str:
    """One line of at most `most` characters, cut with an ellipsis."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
