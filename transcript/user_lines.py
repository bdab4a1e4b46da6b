"""Reads `user` lines: results, prompts, commands, notifications and injected text."""

from collections.abc import Callable
from typing import Any

from . import prompts, weights
from .bounded import digest
from .model import ItemKind, Json
from .prompts import UserText
from .sheet import WHOLE_LINE, Sheet, block_type
from .threads import Place


def read_user(sheet: Sheet) -> None:
    """Results first, each to its call, then what was typed."""
    blocks = prompts.content_blocks(sheet.line)
    attached: list[int] = []
    for index, block in enumerate(blocks):
        kind = block_type(block)
        if kind.endswith("tool_result"):
            read_result(sheet, index, block)
        elif kind in ("image", "document"):
            attached.append(index)
        elif kind != "text" and not sheet.is_meta:
            sheet.notice("unknown", index)
    if sheet.is_meta:
        _read_injected(sheet, blocks)
    else:
        _read_texts(sheet, attached)


def read_result(sheet: Sheet, index: int, block: Json) -> None:
    """A result joins the row of its call; without a call it is a notice."""
    failed = block.get("is_error") is True
    tool_id = block.get("tool_use_id")
    place = sheet.state.calls.find(tool_id)
    if place is None:
        sheet.notice("orphan-result", index, failed)
        return
    sheet.join(place, index, "result", weights.FAILURE if failed else weights.NOTHING, failed)
    result = sheet.line.get("toolUseResult")
    sheet.state.calls.answered(tool_id, result)
    sheet.state.sidechains.answered(place, result)
    sheet.state.tasks.answered(place.name, result, block.get("content"))


def _read_injected(sheet: Sheet, blocks: list[Any]) -> None:
    """A meta line: hidden, unless it is the body of a skill, which belongs to its call."""
    place = sheet.state.calls.find(sheet.line.get("sourceToolUseID"))
    if place is None:
        return
    for index, block in enumerate(blocks):
        if block_type(block) in ("text", "image", "document"):
            sheet.join(place, index, "body")


def _read_texts(sheet: Sheet, attached: list[int]) -> None:
    """The texts of a user line and what is attached to them: at most one prompt."""
    typed: list[tuple[int, str]] = []
    beside: list[int] = []
    boundary: Place | None = None
    for index, text in prompts.texts(sheet.line):
        if text.kind == "prompt" or (sheet.starts and text.kind != "hidden"):
            typed.append((index, text.text))
        elif text.kind == "ide":
            beside.append(index)
        elif text.kind == "summary":
            boundary = _read_summary(sheet, index, boundary)
        elif text.kind != "hidden":
            TEXT_READERS[text.kind](sheet, index, text)
    if typed or (attached and prompts.may_be_typed(sheet.line)):
        _open_prompt(sheet, typed, [*attached, *beside])
    else:
        for index in beside:
            sheet.notice("ide", index)


def _open_prompt(sheet: Sheet, typed: list[tuple[int, str]], others: list[int]) -> None:
    """One prompt: its first text opens it; more texts, images and chips are its body."""
    words = "\n\n".join(text for _, text in typed)
    if sheet.line.get("promptSource") == "queued" and sheet.state.queued.pop(digest(words), False):
        return  # it was shown when it was queued
    weight = weights.PROMPT_ROW.plus(weights.text(words))
    for _ in others[: weights.SHOWN_BLOCKS]:
        weight = weight.plus(weights.IMAGE)
    first, *more = [index for index, _ in typed] + others
    place = sheet.open("prompt", first, weight)
    for index in sorted(more):
        sheet.join(place, index, "body")


def _read_summary(sheet: Sheet, index: int, boundary: Place | None) -> Place:
    """The summary joins the boundary before it; a session that begins with one has none."""
    place = boundary or sheet.thread.boundary
    sheet.thread.boundary = None
    if place is None:
        place = sheet.open("compaction", WHOLE_LINE, weights.COMPACTION_ROW)
    sheet.join(place, index, "summary")
    return place


def _read_command(sheet: Sheet, index: int, text: UserText) -> None:
    kind: ItemKind = "shell" if text.kind == "shell" else "command"
    place = sheet.open(kind, index, weights.COMMAND_ROW)
    sheet.thread.command = place


def _read_output(sheet: Sheet, index: int, _text: UserText) -> None:
    if sheet.thread.command is None:
        sheet.open("notice", index, weights.NOTICE_ROW.plus(weights.OUTPUT), "output")
    else:
        sheet.join(sheet.thread.command, index, "output", weights.OUTPUT)


def _read_notification(sheet: Sheet, index: int, text: UserText) -> None:
    place = sheet.state.calls.find(text.extra.get("tool-use-id"))
    if place is None:
        sheet.notice("task-notification", index)
    else:
        sheet.join(place, index, "notification")


def _read_notice(sheet: Sheet, index: int, text: UserText) -> None:
    sheet.notice(text.extra.get("name", ""), index)


TEXT_READERS: dict[str, Callable[[Sheet, int, UserText], None]] = {
    "command": _read_command,
    "shell": _read_command,
    "output": _read_output,
    "shell-output": _read_output,
    "notification": _read_notification,
    "notice": _read_notice,
}
"""How to read a text that is no prompt, by its kind; shared by all lines that carry texts."""
