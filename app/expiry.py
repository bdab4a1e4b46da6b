"""How long a share lives: `30d`, `12h`, `never`."""

import re

NEVER = 0
_SHAPE = re.compile(r"([0-9]{1,5})([hdw])")
_UNITS = {"h": 3600, "d": 86_400, "w": 604_800}
_LONGEST = 3650 * 86_400


def lifetime(text: str) -> int:
    """Seconds of `30d`, `12h`, `2w`; 0 for `never`. Raises ValueError with what it expects."""
    text = text.strip().lower()
    if text == "never":
        return NEVER
    match = _SHAPE.fullmatch(text)
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if not 0 < seconds <= _LONGEST:
        raise ValueError("an expiry looks like 30d, 12h, 2w or never, ten years at most")
    return seconds


def expires_at(now: int, seconds: int) -> int | None:
    """The epoch second at which a share uploaded `now` ends; None if it does not."""
    return None if seconds == NEVER else now + seconds
