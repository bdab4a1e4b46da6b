"""What a row of the table holds."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..checks import is_real

Check = Callable[[str], bool]

LEFT = r"(?<![A-Za-z0-9])"
"""No letter or digit stands before: for shapes whose first characters could end a word."""

RIGHT = r"(?![\w-])"
"""Nothing of a word follows: for shapes of an exact length."""

_LEFT_EDGE = re.compile(r"^\(\?<!(?:\[[^\]]*\]|\\[wd])\)")
_RIGHT_EDGE = re.compile(r"\(\?!(?:\[[^\]]*\]|\\[wd])\)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; the package's docstring says what each column means."""

    id: str
    what: str
    keywords: tuple[str, ...]
    pattern: str
    example: str
    counter: str
    source: str
    check: Check | None = is_real
    sure: bool = True

    @property
    def core(self) -> str:
        """The pattern without its edges: what every regular expression engine understands.

        Finds at least all that `pattern` finds; google-re2, for one, has no look-around.
        """
        return _RIGHT_EDGE.sub("", _LEFT_EDGE.sub("", self.pattern))
