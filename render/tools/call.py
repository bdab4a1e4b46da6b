"""A tool call as the renderers see it, and what they give back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from ...transcript.model import Item, Json
from ...transcript.prompts import classify, queued_prompt, without_reminders
from .. import ansi, bidi, clip, terminal, values, words
from ..links import Links, raw, whole

TARGET_CHARACTERS = 200
"""The closed row shows one line; more would only be bytes."""
_REJECTED = ("The user doesn't want to proceed", "The user doesn't want to take this action")
_DENIALS = {
    "user-rejected": "rejected",
    "permission-rule": "not permitted",
    "automode-blocked": "blocked",
    "interrupted": "interrupted",
    "cancelled": "cancelled",
}
"""`toolDenialKind` of a result's line: why a call was not carried out."""
_ERROR, _ERROR_END = "<tool_use_error>", "</tool_use_error>"


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its result, read once; every field is of the type it says."""

    item: Item
    name: str
    input: Json
    details: Json
    """`toolUseResult` when it is an object, else {}."""
    printed: str
    """The result's text as the model saw it, without injected reminders."""
    result: str
    """The same without terminal escapes."""
    images: Sequence[Json]
    """Image blocks of the result."""
    done: bool
    error: bool

    @classmethod
    def of(cls, item: Item) -> "Call":
        """Read an item of kind "tool"."""
        opened, result = item.first("open"), item.first("result")
        call = opened.content if opened else {}
        block = result.content if result else {}
        content = block.get("content", block.get("text"))
        texts, images = _split(content)
        printed = _readable(texts)
        return cls(
            item=item,
            name=values.text(call.get("name")) or item.name or "Tool",
            input=values.record(call.get("input")),
            details=values.record(result.line.get("toolUseResult")) if result else {},
            printed=printed,
            result=ansi.plain(printed),
            images=images,
            done=result is not None,
            error=item.error or block.get("is_error") is True,
        )

    def given(self, key: str) -> str:
        """A text of the call's input, "" if there is none."""
        return values.text(self.input.get(key))

    @property
    def rejected(self) -> bool:
        """True if a person said no."""
        return self.result.startswith(_REJECTED) or self.denial == "rejected"

    @property
    def denial(self) -> str:
        """Why the call was not carried out, "" if it was (or nobody wrote down why not)."""
        result = self.item.first("result")
        return _DENIALS.get(values.text(result.line.get("toolDenialKind")), "") if result else ""

    @property
    def report(self) -> Mapping[str, str]:
        """What a background task reported later: `status`, `summary`, `result`; {} if nothing."""
        block = self.item.first("notification")
        if block is None:
            return {}
        found = queued_prompt(block.line) or classify(block.line)
        return {"summary": found.text, **found.extra}

    @property
    def seconds(self) -> float | None:
        """From the call to its result, None if one of the times is missing."""
        opened, result = self.item.first("open"), self.item.first("result")
        if not opened or not result:
            return None
        return words.seconds_between(opened.line.get("timestamp"), result.line.get("timestamp"))


def _split(content: object) -> tuple[str, list[Json]]:
    """Text and image blocks of a result's content, which is a string or a list of blocks."""
    if isinstance(content, str):
        return content, []
    blocks = values.records(content)
    texts = [values.text(b.get("text")) for b in blocks if b.get("type") == "text"]
    names = [values.text(b.get("tool_name")) for b in blocks if b.get("type") == "tool_reference"]
    return "\n".join(texts + names), [b for b in blocks if b.get("type") == "image"]


def _readable(text: str) -> str:
    text = without_reminders(text).strip("\n")
    if text.startswith(_ERROR):
        text = text.removeprefix(_ERROR).removesuffix(_ERROR_END)
    return text


Tone = Literal["", "add", "cut", "bad", "good"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the closed row says about the outcome."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The closed row: what was called, on what, and how it went."""

    name: str
    target: str = ""
    facts: Sequence[Fact] = ()
    hint: str = ""
    """A sentence for the mouse and for screen readers, such as a command's description."""
    progress: tuple[int, int] | None = None
    """How many of how many are done, drawn as a bar."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How an open body is looked at: clipped or whole, and where its links lead."""

    links: Links
    number: str
    clipped: bool = True
    level: int = 3
    """The level of headings in texts."""
    ordinal: int = 0
    """Which prompt of the session it is, from 1; 0 if nobody counted."""
    waited: float | None = None
    """Seconds since the line before it, None if unknown."""

    @property
    def raw_fragment(self) -> str:
        """The call as JSON; "" where there is no server to ask."""
        return raw(self.links.body(self.number))

    @property
    def output(self) -> str:
        """A file with all that the row's call printed; "" where there is no server to ask."""
        return self.links.output(self.number)

    @property
    def all_page(self) -> str:
        """The page with this row unclipped, for readers without scripts."""
        return whole(self.links.item(self.number))

    @property
    def all_fragment(self) -> str:
        """The unclipped body alone."""
        return whole(self.links.body(self.number))

    def lines(
        self, text: str, head: int = clip.HEAD_LINES, tail: int = clip.TAIL_LINES
    ) -> clip.Clip:
        """A text without escapes, clipped the way this sight wants it."""
        return clip.lines(bidi.named(ansi.plain(text)), head, tail, clip=self.clipped)

    def terminal(
        self, text: str, head: int = clip.HEAD_LINES, tail: int = clip.TAIL_LINES
    ) -> clip.Clip:
        """The same for what a terminal printed: with its colours."""
        return terminal.lines(bidi.named(text), head, tail, clip_it=self.clipped)


Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Family:
    """Tools that are drawn alike: how the row looks closed, and what its template needs."""

    names: Sequence[str]
    template: str
    closed: Callable[[Call], Closed]
    opened: Callable[[Call, Sight], Context]
    quiet: bool = False
    """True for looking around: many such rows in a run are folded into one."""
    output: Callable[[Call], str] = attrgetter("printed")
    """All that such a call printed or wrote, for a file of its own."""


def outcome(call: Call, *facts: Fact) -> tuple[Fact, ...]:
    """The facts of a call, or what went wrong with it."""
    if not call.done:
        return (Fact("no result"),)
    if call.rejected:
        return (Fact("rejected", "bad"),)
    if call.error and call.denial:
        return (Fact(call.denial, "bad"),)
    if call.error:
        return (Fact("error", "bad"),)
    return facts


def changes(added: int, removed: int) -> tuple[Fact, ...]:
    """`+12 −3`; a side without lines is left out unless both are."""
    facts = (Fact(f"+{added:,}", "add"),) if added or not removed else ()
    return (*facts, Fact(f"−{removed:,}", "cut")) if removed else facts


def took(call: Call) -> tuple[Fact, ...]:
    """How long it ran, if that was long enough to matter."""
    seconds = call.seconds
    return (Fact(words.span(seconds)),) if seconds and seconds >= 0.1 else ()


def one_line(text: str) -> str:
    """A text for the closed row."""
    return values.first_line(ansi.plain(text[: TARGET_CHARACTERS * 20]), TARGET_CHARACTERS)


def path_of(call: Call) -> str:
    """The file a call is about, whatever the tool calls its key."""
    path = call.given("file_path") or call.given("notebook_path") or call.given("path")
    return path.removeprefix("./")  # the project's folder, which redaction calls `.`
