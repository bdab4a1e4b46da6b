"""What chat programs show of a link. They read the first 32 KB of the page and no script."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ..transcript.facts import Facts
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


def card(share: Share, facts: Facts, url: str, image: str) -> OpenGraph:
    """The card of a share; all of it is text after redaction."""
    return OpenGraph(
        title=shorten(share.title, _TITLE),
        description=describe(share, facts),
        url=url,
        image=image,
        image_alt="A Claude Code session shared with ccshare",
        site_name="ccshare",
        labels=[
            ("Messages", f"{count(facts.prompts, 'prompt')}, {count(facts.answers, 'answer')}"),
            ("Tools", f"{count(facts.tool_calls, 'call')}, {count(facts.errors, 'error')}"),
        ],
    )


def describe(share: Share, facts: Facts) -> str:
    """`shop · 3 prompts · 18 tools · +22 −5 · Opus 4.5 · 20 Nov 2026`, then the first prompt."""
    changed = facts.lines_added or facts.lines_removed
    bits = [
        share.project_name,
        count(facts.prompts, "prompt"),
        count(facts.tool_calls, "tool"),
        f"+{facts.lines_added} −{facts.lines_removed}" if changed else "",
        model_name(share.model),
        day(share.session_date),
    ]
    text = " · ".join(bit for bit in bits if bit)
    if share.first_prompt and share.first_prompt != share.title:
        text += " — " + share.first_prompt
    return shorten(text, _DESCRIPTION)


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
