"""Every string of a line, wherever it stands: values, keys, nested tool results.

Only ids, timestamps and type words are left out, by place and only if they look like one, and
the data of base64 images. Everything else is text in which a secret can stand.
"""

import re
from collections.abc import Callable
from typing import Any

Path = tuple[str | int, ...]
Visit = Callable[[str, str, Path], str]
"""Called with the string, the key it stands under ("" for keys themselves) and its place."""

MAX_DEPTH = 200
TOO_DEEP = "[nested too deep: removed]"

_IDS_OF_A_LINE = (
    "type subtype uuid parentUuid logicalParentUuid sessionId session_id timestamp version userType"
    " requestId promptId promptSource messageId leafUuid agentId sourceToolAssistantUUID"
    " sourceToolUseID toolUseID parentToolUseID entrypoint level permissionMode"
)
_LINE_IDS = frozenset(_IDS_OF_A_LINE.split())
_MESSAGE_IDS = frozenset({"id", "type", "role", "model", "stop_reason"})
_BLOCK_IDS = frozenset({"type", "id", "tool_use_id", "media_type", "sha256"})
_AN_ID = re.compile(r"[A-Za-z0-9_.:@/+-]{0,80}")
"""What may pass unseen at such a place; anything else there is read like text."""

_IMAGE_STARTS = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR")
"""Base64 of the first bytes of PNG, JPEG, GIF and WebP."""


def place(path: Path) -> str:
    """The place as a pointer one can read: `message.content[2].input.command`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def rewrite(value: Any, visit: Visit, path: Path = ()) -> Any:
    """`value` with `visit` applied to every string and key in it.

    The input is not touched; parts without a change are shared with it. Two keys that become the
    same stay two: the later one gets a ` (2)`. What is nested deeper than MAX_DEPTH is replaced by
    what `visit` makes of TOO_DEEP (this very object).
    """
    if isinstance(value, str):
        return visit(value, _key_of(path), path)
    if len(path) > MAX_DEPTH:
        return visit(TOO_DEEP, "", path)
    if isinstance(value, dict):
        return _rewrite_dict(value, visit, path)
    if isinstance(value, list):
        return _rewrite_list(value, visit, path)
    return value


def _key_of(path: Path) -> str:
    """The key over the string: list items stand under their list's key."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _rewrite_list(items: list[Any], visit: Visit, path: Path) -> list[Any]:
    changed: list[Any] | None = None
    for index, item in enumerate(items):
        if not isinstance(item, str | dict | list):
            continue
        new = rewrite(item, visit, (*path, index))
        if new is not item:
            changed = changed or list(items)
            changed[index] = new
    return items if changed is None else changed


def _rewrite_dict(items: dict[str, Any], visit: Visit, path: Path) -> dict[str, Any]:
    ids = _ids_at(path, items)
    values: dict[str, Any] = {}
    renamed: dict[str, str] = {}
    for key, item in items.items():
        if len(key) >= 5:
            new_key = visit(key, "", (*path, key))
            if new_key is not key and new_key != key:
                renamed[key] = new_key
        if isinstance(item, str):
            if (key in ids and _AN_ID.fullmatch(item)) or _is_image(items, key, item):
                continue
            new = visit(item, key, (*path, key))
        elif isinstance(item, dict | list):
            new = rewrite(item, visit, (*path, key))
        else:
            continue
        if new is not item:
            values[key] = new
    if renamed:
        return _with_new_keys(items | values, renamed)
    return items | values if values else items


def _with_new_keys(items: dict[str, Any], renamed: dict[str, str]) -> dict[str, Any]:
    taken = {key for key in items if key not in renamed}
    result: dict[str, Any] = {}
    for key, item in items.items():
        new = base = renamed.get(key, key)
        number = 2
        while key in renamed and new in taken:
            new = f"{base} ({number})"
            number += 1
        taken.add(new)
        result[new] = item
    return result


def _ids_at(path: Path, items: dict[str, Any]) -> frozenset[str]:
    """The keys of this object that hold ids, by where the object stands."""
    if not path:
        return _LINE_IDS
    if path[0] != "message":
        return frozenset({"type"}) if path[0] == "toolUseResult" and len(path) <= 2 else frozenset()
    if len(path) == 1:
        return _MESSAGE_IDS
    # message.content[i], message.content[i].content[j] and their sources; never a tool's input
    return _BLOCK_IDS if "input" not in path and "type" in items else frozenset()


def _is_image(items: dict[str, Any], key: str, value: str) -> bool:
    """True for the data of an image: the base64 says so by its first bytes, not only the type."""
    if key not in ("data", "base64") or not value.startswith(_IMAGE_STARTS):
        return False
    kind = items.get("media_type", items.get("type", ""))
    return isinstance(kind, str) and kind.startswith("image/")
