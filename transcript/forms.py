"""One kind of structure around a secret, and the tests of what stands in it.

Each form has one literal that must be in the text before its pattern is tried. All quantifiers
are bounded, so that no pattern takes more than a fixed time per character.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .checks import basic_credentials
from .lazy import Headed, compiled
from .mixture import is_made_up, is_random, is_tangled, is_worded, is_wordless
from .present import Present
from .span import Span
from .values import Kind, is_dotted, is_plain, is_secret
from .wordlike import is_unlike_names

Check = Callable[[str], bool]


class Form(NamedTuple):
    """One structure: literals of which one must be there, the pattern, the test of its value."""

    rule: str
    there: tuple[str, ...]
    pattern: str
    check: Check
    sure: bool = False
    trace: str = ""
    """A quicker search that finds something in every text in which `pattern` does."""
    headed: Headed | None = None
    """The same as `pattern`, if it begins in several ways."""


def chosen(value: str) -> bool:
    """A password that a person may have made up, where nothing else can stand."""
    return is_secret(value, Kind.PASSWORD, literal=True, strong=True)


def no_word(value: str) -> bool:
    """The same, with a digit or a sign in it."""
    return chosen(value) and not value.isalpha()


def said(value: str) -> bool:
    """A password or a key, and no word of a sentence."""
    if is_made_up(value) or is_unlike_names(value):
        return True
    return (is_random(value) or is_tangled(value)) and not is_plain(value) and is_wordless(value)


def scrambled(value: str) -> bool:
    """A random value."""
    return len(value) >= 12 and is_random(value) and not is_plain(value)


def made(value: str) -> bool:
    """A key that a machine made."""
    return is_secret(value, Kind.KEY, literal=True, strong=True)


def in_url(value: str) -> bool:
    """A password in a URL: anything that is neither a placeholder nor code."""
    return len(value) >= 4 and (not is_plain(value) or is_dotted(value))


def password(value: str) -> bool:
    """A password in code, where words are names of something else."""
    return is_secret(value, Kind.PASSWORD, literal=True)


def real(value: str) -> bool:
    """No placeholder and no code."""
    return not is_plain(value)


def varied(value: str) -> bool:
    """Not the same letters over and over."""
    return len(set(value)) >= 8


def phrase(value: str) -> bool:
    """The words of a wallet."""
    words = value.split()
    return len(words) in (12, 15, 18, 21, 24) and len(set(words)) >= len(words) - 3


def basic(value: str) -> bool:
    """The base64 of `user:password`."""
    return basic_credentials(value) and len(value) >= 8


def webhook(value: str) -> bool:
    """The last part of a secret address: random, and neither a hash of a file nor a UUID alone."""
    last = value.rpartition("/")[2]
    return scrambled(last) and not is_worded(last)


Q = r"\\{0,3}[\"']?"
WORD12 = r"(?:[a-z]{3,8}[ \t,]{1,3}){11,23}[a-z]{3,8}"


def told(value: str) -> bool:
    """What stands alone on a line below its name: no word of a text or of code."""
    if value[-1:] in ":({[" or "=" in value.rstrip("=") or is_plain(value):
        return False
    if is_random(value):
        return is_wordless(value)
    return is_made_up(value)


def key(value: str) -> bool:
    """A key after an option that many programs have: random and no name."""
    return scrambled(value) and is_wordless(value)


def code(value: str) -> bool:
    """A number that is neither repeated nor counted up."""
    return value not in "01234567890" and len(set(value)) >= 3


def form(rule: str, there: str, pattern: str | Headed, check: Check, trace: str = "") -> Form:
    """A form; `there` and the literals in it are parted by bars."""
    words = tuple(there.split("|")) if there != "|" else ("|",)
    if isinstance(pattern, Headed):
        return Form(rule, words, pattern.pattern, check, trace=trace, headed=pattern)
    return Form(rule, words, pattern, check, trace=trace)


class Forms:
    """The forms of some tables."""

    def __init__(self, *tables: Iterable[Form]) -> None:
        self._all = tuple(form for table in tables for form in table)
        self._of_word: dict[str, list[int]] = {}
        for number, one in enumerate(self._all):
            for word in one.there:
                self._of_word.setdefault(word, []).append(number)
        self._present = Present(self._of_word)

    def spans(self, text: str) -> Iterator[Span]:
        """What they find in `text`."""
        here = self._present.of(text)
        for number in sorted({number for word in here for number in self._of_word[word]}):
            one = self._all[number]
            if not one.trace or compiled(one.trace).search(text):
                yield from _found(text, one)


def _found(text: str, one: Form) -> Iterator[Span]:
    for found in (one.headed or compiled(one.pattern)).finditer(text):
        value = found[1].rstrip("\"',;) \t\r\n") if one.rule != "password" else found[1]
        if value and one.check(value):
            yield Span(found.start(1), found.start(1) + len(value), one.rule, one.sure)
