"""Which title a session gets: what its owner called it, else what says best what was asked."""

import re
from collections import deque

from .model import Json
from .plain import plain

PROMPT_TITLE = 90
NAMED_TITLE = 200
_SUMMARIES = 16
_RECENT = 64
_LOOK_AT = 2_000
# Control characters and those that turn the direction of the text around them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_MARKDOWN = re.compile(r"^[#>*\s-]+|[`*]+")


def clean(text: object, most: int) -> str:
    """One line of at most `most` characters, cut at a word; "" for anything that is no text."""
    if type(text) is not str:
        return ""
    words = " ".join(_UNSEEN.sub(" ", plain(text[:_LOOK_AT])).split())
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < most // 3 else cut).rstrip() + "…"


def unmarked(text: str) -> str:
    """A text without the signs of Markdown that mean nothing to who cannot see it drawn."""
    return _MARKDOWN.sub("", text[:_LOOK_AT].strip())


class Titles:
    """Collects every candidate. The last one written wins within its kind."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._summaries: dict[str, str] = {}
        self._own_summary = ""
        self._recent: deque[str] = deque(maxlen=_RECENT)
        self._prompt = ""
        self._command = ""

    @property
    def asked(self) -> bool:
        """True once a prompt or a command is known that can be the title."""
        return bool(self._prompt or self._command)

    def line(self, line: Json) -> None:
        """Look at any line, to learn titles and which summaries are about this file."""
        kind = line.get("type")
        if kind == "custom-title":
            self._named["custom"] = clean(line.get("customTitle"), NAMED_TITLE)
        elif kind == "ai-title":
            self._named["ai"] = clean(line.get("aiTitle"), NAMED_TITLE)
        elif kind == "summary":
            self._summary(clean(line.get("summary"), NAMED_TITLE), line.get("leafUuid"))
        elif type(uuid := line.get("uuid")) is str:
            self._recent.append(uuid)
            if uuid in self._summaries:
                self._own_summary = self._summaries[uuid]

    def prompt(self, text: str) -> None:
        """A person's prompt; the first one with words counts."""
        if not self._prompt:
            self._prompt = clean(unmarked(text), PROMPT_TITLE)

    def command(self, text: str) -> None:
        """A slash command with its arguments; the first one counts, without a prompt."""
        if not self._command:
            self._command = clean(text, PROMPT_TITLE)

    def best(self) -> tuple[str, str]:
        """(title, source): custom, ai, summary, prompt, command; ("", "") if there is none.

        A summary whose `leafUuid` is not in the file is about another session (old versions
        wrote them on top of the next one): it says nothing here.
        """
        candidates = (
            ("custom", self._named.get("custom", "")),
            ("ai", self._named.get("ai", "")),
            ("summary", self._own_summary),
            ("prompt", self._prompt),
            ("command", self._command),
        )
        return next(((title, source) for source, title in candidates if title), ("", ""))

    def _summary(self, text: str, leaf: object) -> None:
        if type(leaf) is str and leaf in self._recent:
            self._own_summary = text
        elif len(self._summaries) < _SUMMARIES:
            self._summaries[leaf if type(leaf) is str else ""] = text
