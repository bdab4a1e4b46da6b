"""Terminal output as text: what a person would have seen once it had all been printed."""

import re

# Each escape is matched from its ESC on and never looks back, so hostile runs stay linear.
ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    r"|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC: titles, links
    r"|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?"  # DCS and its kin
    r"|\x1b[ -/]*[0-~]"  # two-character escapes
    r"|\x1b|\x9b[0-?]*[ -/]*[@-~]"
)
_ERASE = re.compile(r"\x1b\[[02]?K")
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ERASED = "\x00"


def plain(text: str) -> str:
    """Without escapes and control characters, with carriage returns and backspaces resolved."""
    if not _CONTROL.search(text) and "\r" not in text and "\b" not in text:
        return text
    text = text.replace(_ERASED, "").replace("\r\n", "\n")
    text = ESCAPE.sub("", _ERASE.sub(_ERASED, text))
    if "\r" in text or "\b" in text or _ERASED in text:
        text = "\n".join(map(_last_state, text.split("\n")))
    return _CONTROL.sub("", text)


def _last_state(line: str) -> str:
    """What stands on the line after all overprinting: later words cover earlier ones."""
    seen = ""
    for segment in reversed(line.split("\r")):
        before, erased, after = segment.rpartition(_ERASED)
        kept = after if erased and not before.strip(_ERASED) else before + after
        kept = _without_backspaces(kept)
        if len(kept) > len(seen):
            seen += kept[len(seen) :]
        if erased:
            break
    return seen


def _without_backspaces(text: str) -> str:
    if "\b" not in text:
        return text
    kept: list[str] = []
    for character in text:
        if character != "\b":
            kept.append(character)
        elif kept:
            kept.pop()
    return "".join(kept)
