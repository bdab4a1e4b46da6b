"""Direction controls: characters that make a text read otherwise than it is.

Where one line stands for something (a file's name, a command, a title) they are left out; where
a text is shown as it is (code, output, diffs) they are named, because there they deceive.
"""

import re

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without(text: str) -> str:
    """The text without overrides, embeddings and isolates."""
    return text if text.isascii() else _CONTROLS.sub("", text)


def named(text: str) -> str:
    """The text with each of them as `‹U+202E›`."""
    if text.isascii():
        return text
    return _CONTROLS.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)
