"""What a text is worth: one quick look for each search, so that most texts are done at once.

With google-re2 a look at all names, or at all structures, costs less than one search of the
standard library. Without it only what is quick is asked, and the searches run more often; they
find the same.
"""

from . import engines, name_looks, pairs, structures
from .dumps import HEX
from .shapes import MIN_SHAPE, SHAPES, long_words
from .turned import SIGNS as TURNS
from .views import ASCII_INSIDE, BASE64_IN_BYTES, MIN_BASE64

__all__ = ["FastLook", "Look", "PlainLook", "folds", "look"]

_NAMED = engines.any_of_groups(name_looks.GROUPS, pairs.PATTERNS)
_STRUCTURED = engines.any_of_groups((TURNS,), structures.LOOKS)
_HEX_THERE = engines.quick_look(HEX)
_HEX = engines.any_of([HEX])
_SHORT = 300
"""Characters up to which the search for names is done before re2 has begun with its looks."""


def folds(text: str) -> bool:
    """True if it holds letters beyond ASCII that stand for `k` and `s` where case does not count:
    re2 takes them for other letters."""
    return not text.isascii() and ("\u212a" in text or "\u017f" in text)


class PlainLook:
    """The looks at one text, each taken when it is asked for."""

    __slots__ = ("_words",)

    def __init__(self, text: str) -> None:
        self._words = long_words(text)

    def suspects(self) -> str:
        """The words in which a known shape may stand; "" if there is none."""
        return SHAPES.suspected(self._words)

    def base64(self) -> bool:
        """False only if no base64 of a text is in there."""
        return ASCII_INSIDE(self._words)

    def in_hex(self) -> bool:
        """False only if no text is in there in hex."""
        return _HEX_THERE(self._words)

    def named(self, low: str) -> bool:
        """False only if no value stands beside a secret's name; `low` is the text in lower case."""
        return bool(low)

    def structured(self) -> bool:
        """False only if no secret is known by where it stands, and nothing is turned."""
        return True


class FastLook(PlainLook):
    """The same by re2."""

    __slots__ = ("_data", "_folded", "_is_structured")

    def __init__(self, text: str) -> None:
        self._data = text.encode("utf-8", "surrogatepass")
        self._is_structured: bool | None = None
        self._folded = folds(text)

    def suspects(self) -> str:
        if len(self._data) < MIN_SHAPE:
            return ""
        return b" ".join(SHAPES.suspects(self._data)).decode("ascii")

    def base64(self) -> bool:
        long = len(self._data) >= MIN_BASE64
        return long and (BASE64_IN_BYTES is None or BASE64_IN_BYTES(self._data))

    def in_hex(self) -> bool:
        return _HEX is None or _HEX(self._data)

    def named(self, low: str) -> bool:
        if len(low) < _SHORT:
            return True
        return _NAMED(f"\n{low}\n".encode("utf-8", "surrogatepass"))

    def structured(self) -> bool:
        if self._is_structured is None:
            self._is_structured = self._folded or _STRUCTURED(self._data)
        return self._is_structured


Look = PlainLook
look: type[PlainLook] = PlainLook if engines.re2 is None else FastLook
