"""Personal data that the session itself gives away: who, on which machine, from which address.

`learn` reads lines once, in a first pass: home folders and prompts give user and host names, git
gives authors. `find` then says where these stand, and finds e-mail and public IP addresses and
card numbers. What is the same for everybody (`root`, `ubuntu`, example.com, 8.8.8.8) stays.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from . import engines
from .bounded import Bounded, key
from .engines import in_passing, may_match
from .model import Json
from .personal_asked import Question, question
from .personal_places import LOOKS, told
from .personal_shapes import addresses, cards, emails, numbers
from .personal_words import COMMON, MADE_UP
from .prompts import dict_blocks
from .span import Span
from .strip import Strip

CLASSES = frozenset(
    {"path", "email", "username", "hostname", "person", "ip-address", "card-number"}
)
"""What can be looked for; also the rules in the marks, but for `path`: `Places` sees to that."""

_LEAST_READ = 8
_MOST_READ = 2_000
_LONGEST_READ = 256
_MOST_USUAL = 4
"""Texts that are remembered as read, and characters of the longest."""

_MOST_ASKED = 512
"""Questions whose answers are waited for."""
MOST_NAMES = 64
"""Names learned per class; a session that lists more people is no longer about its author."""

_ESCAPE = re.compile(r"(?:\\[nrt]|\x1b\[[\d;]{0,8}m|%[23][0-9A-Fa-f])$")
_SEPARATOR = r"(?:[\\/]{1,4}|%2[fF]|%5[cC])"
_NAME = r"([^\W\d][\w.]{1,31}(?:-[\w.]{1,20}){0,2})"
_HOME = re.compile(
    r"(?:(?:(?<![\w.~)\]}])|(?<=[A-Za-z]:)|(?<=/[a-z])|(?<=\\[nrt])|(?<=\dm))/(?:(?<=/)/)?"
    rf"|\\{{1,4}}|%2[fF]|%5[cC])(?:home|Users){_SEPARATOR}{_NAME}"
    r"|(?:(?<!\w)-(?:home|Users)|--Users)-([^\W\d_]\w{1,31})"
)
_SPACED_HOME = re.compile(r"[\\/]Users\\{1,4}([^\W\d_][\w.-]{0,30}(?: [\w.-]{1,30}){1,2})(?=\\)")
_FILE = re.compile(
    r"\.(?:html?|[jt]sx?|[cm]js|py|md|json|s?css|vue|svelte|php|txt|png|svg|sh|go|rs|dart|rb|ya?ml)$"
)
_LOGIN = re.compile(
    r"(?m)\b(?:USER|LOGNAME|USERNAME)=[\"']?([A-Za-z_][\w.-]{1,31})[\"']?$"
    r"|\b[ug]id=\d{3,10}\(([A-Za-z_][\w.-]{1,31})\)"
)
_AT_HOST = (
    r"(?:\([\w.-]{1,30}\) )?\[?([a-z_][\w.-]{1,31})@([A-Za-z][\w.-]{1,62})(?::[~/][^\n$#%]{0,80}"
    r"|[ ][~/\w][^\n$#%]{0,80})?[\]]?[ ]?[$#%](?:[ ]|$)"
)
_PROMPT = re.compile(rf"(?m)^{_AT_HOST}")
_SHOWN_PROMPT = re.compile(rf"(?m)<bash-(?:stdout|stderr|input)>{_AT_HOST}")
_UNAME = re.compile(r"(?m)^(?:Linux|Darwin) ([A-Za-z][\w.-]{1,62}) \d+\.\d+")
_SSH_KEY = re.compile(
    r"\bssh-(?:rsa|ed25519|dss) [A-Za-z0-9+/=]{40,800} ([\w.-]{2,32})@([\w.-]{2,63})"
)
_PERSON = r"([^\W\d_][^\n<>@:\"'`()\\]{1,60}?)"
_AUTHOR = re.compile(
    rf"(?:\b(?i:author|commit|committer|co-authored-by|signed-off-by|reviewed-by|tagger):[ \t]{{1,8}}{_PERSON}[ ]<"  # noqa: E501
    rf"|\buser\.name[= ][\"']?{_PERSON}(?:[\"'\n\\]|$)|^[ \t]{{0,6}}\d{{1,6}}\t{_PERSON}[ ]<[^\s<>@]{{1,64}}@"  # noqa: E501
    rf"|^\^?[0-9a-f]{{7,40}} [^\n(]{{0,80}}\({_PERSON}[ ]{{1,30}}\d{{4}}-\d\d-\d\d)",
    re.MULTILINE,
)
_SIGNED = re.compile(rf":(?<=[rtyRTY]:)[ \t]{{1,8}}{_PERSON}[ ]<")
_COUNTED = re.compile(rf"\t(?<=\d\t){_PERSON}[ ]<")
_BLAMED = re.compile(r"-(?<=[ ]\d{4}-)\d\d-\d\d")
"""What is there wherever _AUTHOR finds a name; each search begins with one literal."""
_TELLING = (
    *(
        one.pattern
        for one in (_HOME, _SPACED_HOME, _LOGIN, _PROMPT, _SHOWN_PROMPT, _UNAME, _SSH_KEY, _AUTHOR)
    ),
    *LOOKS,
)
"""Where none of these matches, `Personal` learns nothing."""
_NO_PERSON = re.compile(
    r"(?i)\[bot\]|\bbot\b|^(?:claude|github|gitlab|dependabot|renovate|copilot|anthropic|your name"
    r"|not committed yet|unknown|the )"
)
_FULL_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}$")


class Personal:
    """Who the session is about; see the module's docstring.

    `home`, `user` and `host` are those of the machine that redacts; `classes` holds what to look
    for (of CLASSES), `keep` the names and addresses that stay, in any case.
    """

    def __init__(
        self,
        home: str = "",
        user: str | None = None,
        host: str | None = None,
        classes: frozenset[str] = CLASSES,
        keep: frozenset[str] = frozenset(),
    ) -> None:
        self._classes = classes
        self._keep = frozenset(name.casefold() for name in keep)
        self._known: dict[str, dict[str, None]] = {"username": {}, "hostname": {}, "person": {}}
        self._asked: Bounded[str, Question] = Bounded(_MOST_ASKED)
        self.homes: dict[str, None] = {}
        """Names of home folders, in the order of finding: whoever lives there goes from paths."""
        self._read: set[str] = set()
        self._met: set[str] = set()
        self._usual: list[str] = []
        self._pattern: re.Pattern[str] | None = None
        self._names_pattern = ""
        self._may_be_named: Callable[[str], bool] = bool
        self._rules: dict[str, str] = {}
        self._learn_text(home + "/")
        for rule, name in (("username", user), ("hostname", host)):
            if name:
                self._add(rule, name)
        self._compile()

    def learn(self, lines: Iterable[Json]) -> None:
        """Take in lines of the first pass; many at once take less time."""
        before = sum(map(len, self._known.values()))
        texts: dict[str, None] = {}
        for line in lines:
            _gather(line, self._read, texts)
            self._learn_answers(line)
        for text in self._telling(list(texts)):
            self._learn_text(text)
        for text in texts:
            self._note_read(text)
        if sum(map(len, self._known.values())) != before:
            self._compile()

    def _telling(self, texts: list[str]) -> Iterable[str]:
        """Those of the texts that may tell something new."""
        if engines.re2 is None:
            return texts
        strip = Strip(texts)
        for home in self._usual:
            known = home.replace("/home/", "/~~~~/").replace("/Users/", "/~~~~~/")
            strip.replace(home.encode(), known.encode())
        return [texts[number] for number in sorted({*strip.hits(engines.search_any(_TELLING))})]

    def take_over(self, known: Mapping[str, Iterable[str]], homes: Iterable[str]) -> None:
        """Take in what another one learned of the same session."""
        for rule, names in known.items():
            mine = self._known[rule]
            for name in names:
                if len(mine) < MOST_NAMES:
                    mine.setdefault(name)
        for name in homes:
            self._add_home(name)
        self._compile()

    @property
    def known(self) -> dict[str, dict[str, None]]:
        """All names by rule, in lower case."""
        return self._known

    @property
    def names(self) -> dict[str, str]:
        """The names to take out wherever they stand, in lower case, and the rule of each."""
        return self._rules

    @property
    def names_pattern(self) -> str:
        """A pattern for any of these names in lower-cased text; "" if there is none."""
        return self._names_pattern

    def find(self, text: str) -> list[Span]:
        """The personal data in `text`: spans in order, not overlapping."""
        spans: list[Span] = []
        if "email" in self._classes and "@" in text:
            spans += [span for span in emails(text) if self._goes(text, span)]
        if numbers(text):
            if "ip-address" in self._classes:
                spans += [span for span in addresses(text) if self._goes(text, span)]
            if "card-number" in self._classes:
                spans += cards(text)
        if self._pattern and self._may_be_named(text.lower()):
            spans += self._names(text, self._pattern)
        return _apart(spans) if spans else spans

    def _names(self, text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
        low = text.lower()
        if len(low) != len(text):  # a few letters change length
            low = "".join(c.lower() if c.isascii() else c for c in text)
        for found in pattern.finditer(low):
            start = found.start()
            if not (start and low[start - 1].isalnum()) or _ESCAPE.search(
                text[max(0, start - 12) : start]
            ):
                yield Span(start, found.end(), self._rules[found[0]], False)

    def _goes(self, text: str, span: Span) -> bool:
        return text[span.start : span.end].casefold() not in self._keep

    def _note_read(self, text: str) -> None:
        """Lines repeat their short texts: a second reading would tell nothing new."""
        if len(text) <= _LONGEST_READ:
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            self._read.add(text)

    def _learn_text(self, text: str) -> None:
        self._learn_homes(text)
        self._learn_told(text)
        if "@" in text:
            for pattern in (_PROMPT, _SHOWN_PROMPT, _SSH_KEY):
                for found in pattern.finditer(text):
                    self._add("username", found[1])
                    self._add("hostname", found[2])
        if "USER" in text or "LOGNAME=" in text or "id=" in text:
            for found in _LOGIN.finditer(text):
                self._add("username", found[1] or found[2])
        if "Linux " in text or "Darwin " in text:
            for found in _UNAME.finditer(text):
                self._add("hostname", found[1])
        if _may_name_authors(text):
            for found in _AUTHOR.finditer(text):
                self._add("person", next(name for name in found.groups() if name).strip())

    def _learn_told(self, text: str) -> None:
        for rule, name in told(text):
            self._add(rule, name)

    def _learn_homes(self, text: str) -> None:
        if ("home" in text or "Users" in text) and not self._only_met(text):
            for found in _HOME.finditer(text):
                self._add_home(found[1] or found[2])
            if "Users\\" in text:
                for found in _SPACED_HOME.finditer(text):
                    self._add_home(found[1])

    def _only_met(self, text: str) -> bool:
        """True if each home folder in `text` stands there as it often does, and was met before."""
        known = sum(map(text.count, self._usual))
        return known > 0 and known == text.count("home") + text.count("Users")

    def _add_home(self, name: str) -> None:
        if name in self._met:
            return
        if len(self._met) < _MOST_READ:
            self._met.add(name)
        if len(self._usual) < _MOST_USUAL:
            self._usual += [f"/home/{name}/", f"/Users/{name}/"]
        name = name.rstrip(".")
        low = name.lower()
        if low in COMMON or low in self._keep or "example" in low or _FILE.search(low):
            return
        if len(self.homes) < MOST_NAMES:
            self.homes.setdefault(name)
        if low not in MADE_UP:
            self._add("username", name)

    def _learn_answers(self, line: Json) -> None:
        """The answer to a question who somebody is, in a later line than the question."""
        for block in dict_blocks(line):
            asked = block.get("input")
            command = asked.get("command") if isinstance(asked, dict) else None
            if isinstance(command, str) and (asks := question(command)):
                self._asked[key(block.get("id")) or ""] = asks
            elif self._asked and (asks := self._asked.get(key(block.get("tool_use_id")) or "")):
                answer = block.get("content")
                for rule, name in asks.names(answer) if isinstance(answer, str) else ():
                    self._add(rule, name)

    def _add(self, rule: str, name: str) -> None:
        known, low = self._known[rule], name.lower()
        if low in known or len(known) >= MOST_NAMES or low in COMMON or low in self._keep:
            return
        if rule == "person":
            if not _FULL_NAME.match(name) or _NO_PERSON.search(name):
                return
            if sum(word[0] != word[0].lower() for word in name.split()) < 2 and name.isascii():
                return
        elif len(name) < 4 or "example" in low or name.startswith("$"):
            return
        known[low] = None

    def _compile(self) -> None:
        self._rules = {
            name: rule
            for rule, names in self._known.items()
            if rule in self._classes
            for name in names
        }
        names = sorted(self._rules, key=len, reverse=True)
        self._names_pattern = "|".join(map(re.escape, names))
        self._pattern = re.compile(rf"(?:{self._names_pattern})(?![^\W_])") if names else None
        self._may_be_named = may_match(map(re.escape, names), in_passing) if names else bool


def _may_name_authors(text: str) -> bool:
    said = (
        "uthor" in text
        or "ommit" in text
        or "-by: " in text
        or "-By: " in text
        or "user.name" in text
        or ("\t" in text and "@" in text)
        or (" +" in text and "(" in text)
        or (" 1) " in text)
    )
    return said and (
        "user.name" in text
        or _SIGNED.search(text) is not None
        or ("\t" in text and "@" in text and _COUNTED.search(text) is not None)
        or ("(" in text and _BLAMED.search(text) is not None)
    )


def _gather(line: Json, read: set[str], found: dict[str, None]) -> None:
    """Add the different texts in a line that are long enough to tell something, but for `read`."""
    waiting: list[Any] = [line]
    for value in waiting:
        for inner in value.values() if value.__class__ is dict else value:
            kind = inner.__class__
            if kind is str:
                if len(inner) >= _LEAST_READ and inner not in read:
                    found[inner] = None
            elif kind is dict or kind is list:
                waiting.append(inner)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In order; of two that overlap the one that begins first, then the longer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
