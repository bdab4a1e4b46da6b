"""Every string of a line, wherever it stands: values, keys, nested tool results.

Only ids, timestamps and type words are left out, by place and only if they look like one, and
the data of base64 images. Everything else is text in which a secret can stand. The lines of a
patch, which are a list of strings, are visited as one text: a secret may have several.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import allow_tables
from .allow_tools import TOOL_RESULT
from .model import Json

Path = Sequence[str | int]
Visit = Callable[[str, str, Path], str]
"""Called with the string, the key it stands under ("" for keys themselves) and its place, which
is only right during the call."""

_HOLDS_TEXT = (str, dict, list)

PATCH = "\n"
"""The key that the lines of a patch are visited under. What `visit` makes of them has as many."""
_PATCH_HEAD = "@@ "
"""Stands before them, so that their signs are known for those of a patch."""

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

_IMAGE_KEYS = frozenset({"data", "base64"})
_IMAGE_STARTS = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR")
"""Base64 of the first bytes of PNG, JPEG, GIF and WebP."""

_KEYS_OF_TOOLS = (
    "file_path command description old_string new_string replace_all pattern output_mode"
    " timeout offset limit prompt subagent_type run_in_background todos activeForm status"
    " content query questions question header options label multiSelect notebook_path new_source"
    " cell_type edit_mode allowed_domains blocked_domains plan skill"
)


def _names_in(spec: Any) -> Iterator[str]:
    """Every key that a form of the allow-list names, at any depth."""
    if isinstance(spec, Mapping):
        yield from (key for key in spec if key is not None)
        spec = list(spec.values())
    elif isinstance(spec, allow_tables.Either):
        spec = list(spec.rules)
    elif isinstance(spec, allow_tables.Map):
        spec = [spec.of]
    if isinstance(spec, list):
        for inner in spec:
            yield from _names_in(inner)


_FORMS = [
    *(allow_tables.USER, allow_tables.ASSISTANT, allow_tables.ATTACHMENT, allow_tables.META),
    *(allow_tables.BLOCK_FORMS, allow_tables.SYSTEM_FORMS, allow_tables.STATE_FORMS, TOOL_RESULT),
]
_KNOWN_KEYS = frozenset([*_names_in(_FORMS), *_KEYS_OF_TOOLS.split()])


_LONGEST_NAME = 80


_SHOWN_KEY = re.compile(r"[A-Za-z_-]{1,17}|[A-Z]{1,12}(?:_[A-Z]{1,12})*")


def place(path: Path) -> str:
    """The place as a pointer one can read: `message.content[2].input.command`.

    A key that may be a value itself, a token or an address, is `{…}`: places are shown and logged.
    """
    return "".join(map(_step, path)).removeprefix(".")


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if step in _KNOWN_KEYS or _SHOWN_KEY.fullmatch(step) else ".{…}"


def rewrite(value: Any, visit: Visit, path: Path = ()) -> Any:
    """`value` with `visit` applied to every string and key in it.

    The input is not touched; parts without a change are shared with it. Two keys that become the
    same stay two: the later one gets a ` (2)`. What is nested deeper than MAX_DEPTH is replaced by
    what `visit` makes of TOO_DEEP (this very object). Keys that are words of the session format or
    of the usual tools are not visited: they are literals and tell nothing.
    """
    return _rewrite(value, visit, list(path), _key_of(path))


class Slot(NamedTuple):
    """Where a string stands that `rewrite` would visit."""

    holder: Any
    """The dict or list that holds it; None for a key, and for what is nested too deep."""
    at: Any
    text: str
    key: str
    """What `visit` is told."""

    def put(self, text: str) -> None:
        """Replace the string."""
        self.holder[self.at] = _lines_of(text) if self.key == PATCH else text


def slots(value: Json) -> list[Slot]:
    """Every string of a line that `rewrite` visits, in the same order."""
    found: list[Slot] = []
    _slots_of_dict(value, [], found)
    return found


def _slots_of_dict(items: dict[str, Any], path: list[str | int], found: list[Slot]) -> None:
    ids = _ids_at(path, items)
    path.append("")
    for key, item in items.items():
        if _is_foreign(key):
            found.append(Slot(None, None, key, ""))
        kind = item.__class__
        if kind is str:
            if not _passes(items, key, item, ids):
                found.append(Slot(items, key, item, _name_of(items, key)))
        elif kind is dict or kind is list:
            patch = _patch_text(items, key, item)
            if patch is None:
                path[-1] = key
                _slots_below(item, path, key, found)
            else:
                found.append(Slot(items, key, patch, PATCH))
    path.pop()


def _slots_below(value: Any, path: list[str | int], key: str, found: list[Slot]) -> None:
    """Those of a dict or list; `key` is that of the list."""
    if len(path) > MAX_DEPTH:
        found.append(Slot(None, None, TOO_DEEP, ""))
    elif value.__class__ is dict:
        _slots_of_dict(value, path, found)
    else:
        path.append(0)
        for index, item in enumerate(value):
            kind = item.__class__
            if kind is str:
                found.append(Slot(value, index, item, key))
            elif kind is dict or kind is list:
                path[-1] = index
                _slots_below(item, path, key, found)
        path.pop()


def _rewrite(value: Any, visit: Visit, path: list[str | int], key: str) -> Any:
    """The same, with the key that strings in `value` stand under."""
    if isinstance(value, str):
        return visit(value, key, path)
    if len(path) > MAX_DEPTH:
        return visit(TOO_DEEP, "", path)
    if isinstance(value, dict):
        return _rewrite_dict(value, visit, path)
    if isinstance(value, list):
        return _rewrite_list(value, visit, path, key)
    return value


def _key_of(path: Path) -> str:
    """The key over the string: list items stand under their list's key."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _rewrite_list(items: list[Any], visit: Visit, path: list[str | int], key: str) -> list[Any]:
    changed: list[Any] | None = None
    path.append(0)
    for index, item in enumerate(items):
        if not isinstance(item, _HOLDS_TEXT):
            continue
        path[-1] = index
        new = _rewrite(item, visit, path, key)
        if new is not item:
            changed = changed or list(items)
            changed[index] = new
    path.pop()
    return items if changed is None else changed


def _rewrite_dict(items: dict[str, Any], visit: Visit, path: list[str | int]) -> dict[str, Any]:
    ids = _ids_at(path, items)
    values: dict[str, Any] = {}
    renamed: dict[str, str] = {}
    path.append("")
    for key, item in items.items():
        if _is_foreign(key):
            path[-1] = key
            new_key = visit(key, "", path)
            if new_key is not key and new_key != key:
                renamed[key] = new_key
        kind = item.__class__
        if kind is str:
            if _passes(items, key, item, ids):
                continue
            path[-1] = key
            new = visit(item, _name_of(items, key), path)
        elif kind is dict or kind is list:
            path[-1] = key
            patch = _patch_text(items, key, item)
            if patch is None:
                new = _rewrite(item, visit, path, key)
            else:
                after = visit(patch, PATCH, path)
                new = item if after is patch else _lines_of(after)
        else:
            continue
        if new is not item:
            values[key] = new
    path.pop()
    if renamed:
        return _with_new_keys(items | values, renamed)
    return items | values if values else items


def _patch_text(items: dict[str, Any], key: str, value: Any) -> str | None:
    """The lines of a hunk as one text; None if `value` is something else."""
    if key != "lines" or value.__class__ is not list or "newStart" not in items:
        return None
    try:
        text = "\n".join([_PATCH_HEAD, *value])
    except TypeError:
        return None
    return text if text.count("\n") == len(value) else None


def _lines_of(patch: str) -> list[str]:
    return patch.split("\n")[1:]


_VALUE_KEYS = frozenset(
    {"value", "Value", "val", "text", "new_value", "secret_value", "ParameterValue", "OptionValue"}
)
_NAME_KEYS = (
    "name",
    "Name",
    "key",
    "Key",
    "field",
    "variable",
    "env",
    "setting",
    "label",
    "selector",
    "element",
    "placeholder",
    "ParameterKey",
    "OptionName",
)


def _is_foreign(key: str) -> bool:
    """True for a key that is read like a text."""
    return key not in _KNOWN_KEYS and len(key) >= 5


def _passes(items: dict[str, Any], key: str, text: str, ids: frozenset[str]) -> bool:
    """True for what is not read: an id in its place, and an image."""
    return (key in ids and _AN_ID.fullmatch(text) is not None) or (
        key in _IMAGE_KEYS and _is_image(items, text)
    )


def _name_of(items: dict[str, Any], key: str) -> str:
    """The key, or what another member says is the name of its value: `{"key": …, "value": …}`."""
    if key == "content":
        return _name_of_file(items) or key
    if key not in _VALUE_KEYS:
        return key
    for name in _NAME_KEYS:
        named = items.get(name)
        if isinstance(named, str) and len(named) <= _LONGEST_NAME:
            field = _FIELD.search(named)
            return field[1] if field else named
    return key


_FIELD = re.compile(
    r"(?i)^(?:\#|[\w.]{0,40}\[[^\]]{0,40}?[=\"'#]|)(password|passphrase|passcode|secret|token)"
    r"(?:[\"'\]]|$|[ ](?:field|input|box))"
)
"""What a page is asked for: `input[name=password]`, `Password field`."""
_HOLDS_ONE = re.compile(
    r"(?:^|[/\\])(?:(?P<key>master|credentials[/\\]\w{1,40})\.key"
    r"|(?P<name>[\w.-]{0,60}(?:password|passwd|secret|token|api[_-]?key)s?)(?:\.txt|\.key)?)$"
)
"""A file that holds nothing but one secret, as Rails and Docker keep them."""


def _name_of_file(items: dict[str, Any]) -> str:
    """What the path beside a file's content says that it holds; "" if nothing."""
    path = items.get("file_path", items.get("filePath"))
    if not isinstance(path, str):
        return ""
    found = _HOLDS_ONE.search(path[-200:])
    if found is None:
        return ""
    return found["name"] or "master_key"


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


def _is_image(items: dict[str, Any], value: str) -> bool:
    """True for the data of an image: the base64 says so by its first bytes, not only the type."""
    if not value.startswith(_IMAGE_STARTS):
        return False
    kind = items.get("media_type", items.get("type", ""))
    return isinstance(kind, str) and kind.startswith("image/")
