"""What a text column can hold: PostgreSQL takes neither NUL nor half a surrogate pair."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with U+FFFD for each character that not every engine can store."""
    # Nearly all texts are printable, which is a cheap question.
    return text if text.isprintable() else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
