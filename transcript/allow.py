"""What of a line may be shared: the copy that holds only allow-listed types and keys.

The tables are in allow_tables.py; here they become functions. `shared` never changes its input
and gives the same again when it is run on its own result, so both ends run it.
"""

import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import allow_tables as tables
from .allow_tools import TOOL_RESULT
from .model import Json

_DROP = object()
Rule = frozenset[type] | Callable[[Any], Any]

LINE_TYPES = frozenset({"user", "assistant", "system", "attachment", *tables.STATE_FORMS})
"""Every line type that may stand in a shared document."""

IMAGE_MAGIC: Mapping[str, re.Pattern[bytes]] = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,40}")
_BLOCK_TYPE = re.compile(r"[a-z][a-z0-9_]{0,63}")


def shared(line: Json) -> Json | None:
    """The part of a line that may leave the machine, or None if nothing of it may.

    User and assistant lines without a message are nothing; unknown block types pass as their
    bare type. Containers under `input` are the input's own, not copies.
    """
    kind = line.get("type")
    copy = _LINE_RULES.get(kind) if type(kind) is str else None
    return copy(line) if copy else None


def shared_meta(meta: Json) -> Json:
    """The keys of a subagent's `.meta.json` that may leave the machine."""
    return _meta(meta)


def image_blocks(line: Json) -> Iterator[Json]:
    """Every image block of a shared line, in order; the caller may exchange their `source`."""
    message, attachment = line.get("message"), line.get("attachment")
    if type(message) is dict:
        yield from _images_in(message.get("content"))
    elif type(attachment) is dict:
        yield from _images_in(attachment.get("prompt"))


def _images_in(content: Any) -> Iterator[Json]:
    if type(content) is not list:
        return
    for block in content:
        if type(block) is dict:
            if block.get("type") == "image":
                yield block
            else:
                yield from _images_in(block.get("content"))


# The tables, made into functions


def _compile(spec: Any) -> Rule:
    if isinstance(spec, frozenset):
        return spec
    if isinstance(spec, tables.Special):
        return _SPECIAL[spec.name]
    if isinstance(spec, tables.Map):
        return _map_rule(_compile(spec.of))
    if isinstance(spec, tables.Either):
        return _either_rule(spec)
    if isinstance(spec, list):
        return _list_rule(_compile(spec[0]))
    return _form_rule(spec)


def _form(spec: tables.Form) -> Callable[[Json], Json]:
    rules = {key: _compile(rule) for key, rule in spec.items()}
    get = rules.get

    def copy(value: Json) -> Json:
        out: Json = {}
        for key, item in value.items():
            rule = get(key)
            if rule is None:
                continue
            if rule.__class__ is frozenset:
                if item.__class__ in rule:  # pyright: ignore[reportOperatorIssue]
                    out[key] = item
            elif (kept := rule(item)) is not _DROP:  # pyright: ignore[reportCallIssue]
                out[key] = kept
        return out

    return copy


def _form_rule(spec: tables.Form) -> Rule:
    copy = _form(spec)
    return lambda item: copy(item) if item.__class__ is dict else _DROP


def _keep(rule: Rule, item: Any) -> Any:
    if isinstance(rule, frozenset):
        return item if item.__class__ in rule else _DROP
    return rule(item)


def _list_rule(rule: Rule) -> Rule:
    def copy(items: Any) -> Any:
        if items.__class__ is not list:
            return _DROP
        return [kept for item in items if (kept := _keep(rule, item)) is not _DROP]

    return copy


def _map_rule(rule: Rule) -> Rule:
    def copy(value: Any) -> Any:
        if value.__class__ is not dict:
            return _DROP
        pairs = ((key, _keep(rule, item)) for key, item in value.items())
        return {key: kept for key, kept in pairs if kept is not _DROP}

    return copy


def _either_rule(spec: tables.Either) -> Rule:
    by_type: dict[type, Rule] = {}
    for option in spec.rules:
        rule = _compile(option)
        if isinstance(rule, frozenset):
            by_type.update(dict.fromkeys(rule, rule))
        else:
            by_type[dict if isinstance(option, (dict, tables.Map)) else list] = rule

    def copy(item: Any) -> Any:
        rule = by_type.get(item.__class__)
        if rule is None:
            return _DROP
        return item if rule.__class__ is frozenset else _keep(rule, item)

    return copy


# Content blocks


def _blocks(content: Any) -> Any:
    return _block_list(content, _block)


def _twin_blocks(content: Any) -> Any:
    return _block_list(content, _twin_block)


def _block_list(content: Any, copy: Callable[[Json], Json]) -> Any:
    if content.__class__ is not list:
        return _DROP
    return [copy(block) for block in content if block.__class__ is dict]


def _block(block: Json) -> Json:
    kind = block.get("type")
    copy = _BLOCK_RULES.get(kind) if type(kind) is str else None
    return copy(block) if copy else _bare(kind)


def _twin_block(block: Json) -> Json:
    """A block of `toolUseResult`: nothing but text, so that an image is shared only once."""
    kind = block.get("type")
    if kind == "text" or kind == "tool_reference":
        return _BLOCK_RULES[kind](block)
    return _bare(kind)


def _bare(kind: Any) -> Json:
    """What stands for a block that does not pass: its type, if that is a plain word."""
    named = type(kind) is str and _BLOCK_TYPE.fullmatch(kind)
    return {"type": kind if named else "unknown"}


def _image(block: Json) -> Json:
    source = block.get("source")
    source = source if type(source) is dict else {}
    if source.get("type") != "base64":
        return _removed("it was not part of the session file")
    media_type, data = source.get("media_type"), source.get("data")
    if type(media_type) is not str or media_type not in IMAGE_MAGIC:
        known = type(media_type) is str and _MEDIA_TYPE.fullmatch(media_type)
        return _removed(f"{media_type if known else 'its format'} is not shared")
    if type(data) is not str or not _is_image(media_type, data):
        return _removed(f"it is no {media_type}")
    return {
        "type": "image",
        "source": {"type": "base64", "media_type": media_type, "data": data},
    }


def _is_image(media_type: str, data: str) -> bool:
    try:
        content = binascii.a2b_base64(data, strict_mode=True)
    except ValueError:
        return False
    return IMAGE_MAGIC[media_type].match(content) is not None


def _removed(why: str) -> Json:
    return {"type": "text", "text": f"[image removed: {why}]"}


def _document(block: Json) -> Json:
    """Documents pass as text; a PDF leaves only its size."""
    source = block.get("source")
    source = source if type(source) is dict else {}
    data = source.get("data")
    if source.get("type") != "text" or type(data) is not str:
        data = _document_note(source.get("media_type"), data)
    return {
        "type": "document",
        "source": {"type": "text", "media_type": "text/plain", "data": data},
    }


def _document_note(media_type: Any, data: Any) -> str:
    name = "PDF" if media_type == "application/pdf" else "document"
    if type(data) is not str:
        return f"[{name}, not shared]"
    size = len(data) * 3 // 4 - data[-2:].count("=")
    return f"[{name}, {size} bytes, not shared]"


# Tool results


def _tool_use_result(result: Any) -> Any:
    if result.__class__ is str:
        return result
    if result.__class__ is not dict:
        return _twin_blocks(result)
    kept = _tool_result_form(result)
    if kept.get("type") in ("create", "update"):
        kept.pop("content", None)  # Write: the call's input has it
    if kept.get("isImage"):
        kept.pop("stdout", None)  # a data: URL, twin of the image in the message
    return kept


_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "blocks": _blocks,
    "twin_blocks": _twin_blocks,
    "tool_use_result": _tool_use_result,
}
_BLOCK_RULES: dict[str, Callable[[Json], Json]] = {
    name: _form({"type": tables.TEXT, **form}) for name, form in tables.BLOCK_FORMS.items()
} | {"image": _image, "document": _document}
_tool_result_form = _form(TOOL_RESULT)
_meta = _form(tables.META)


# Lines

_SYSTEM = {subtype: _form(form) for subtype, form in tables.SYSTEM_FORMS.items()}
_attachment_form = _form(tables.ATTACHMENT)


def _message_line(spec: tables.Form) -> Callable[[Json], Json | None]:
    copy = _form(spec)

    def line_of(line: Json) -> Json | None:
        kept = copy(line)
        message = kept.get("message")
        return kept if message and type(message.get("content")) in (str, list) else None

    return line_of


def _system_line(line: Json) -> Json | None:
    subtype = line.get("subtype")
    if type(subtype) not in (str, type(None)):
        return None
    copy = _SYSTEM.get(subtype)
    return copy(line) if copy else None


def _attachment_line(line: Json) -> Json | None:
    attachment = line.get("attachment")
    kind = attachment.get("type") if type(attachment) is dict else None
    if type(kind) is not str or kind not in tables.ATTACHMENT_TYPES:
        return None
    return _attachment_form(line)


_LINE_RULES: dict[str, Callable[[Json], Json | None]] = {
    "user": _message_line(tables.USER),
    "assistant": _message_line(tables.ASSISTANT),
    "system": _system_line,
    "attachment": _attachment_line,
    **{name: _form(form) for name, form in tables.STATE_FORMS.items()},
}
