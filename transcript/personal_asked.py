"""Commands that ask who somebody is, and how names stand in their answers.

`whoami` and `hostname` answer with one name; `git log --format='%h %an %ar'` and `git shortlog`
with one to a line, where the format says.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_NAME = r"([^\W\d_][\w.'\u2019-]{0,40}(?: [^\W\d_][\w.'\u2019-]{0,40}){1,4}?)"
_TWO_WORDS = r"([^\W\d_][\w.'\u2019-]{0,40} [^\W\d_][\w.'\u2019-]{0,40})"
"""What of a name is told where a text follows it."""
_ONE = re.compile(r"\A([\w. -]{2,64})\s?\Z")
_WORDS = {
    "hostname": "hostname",
    "uname -n": "hostname",
    "hostname -f": "hostname",
    "hostname -s": "hostname",
    "whoami": "username",
    "id -un": "username",
    "npm whoami": "username",
    "gh api user -q .login": "username",
    "gh api user --jq .login": "username",
    "git config user.name": "person",
    "git config --global user.name": "person",
}
_ONE_LINE = re.compile(
    r"(?:pwd|date|arch|nproc|uname|echo|which|node|npm|python3?|go|git branch --show-current"
    r"|git config (?:--global )?user\.email|git rev-parse)(?: [\w.,:=%+/\"' -]{0,60})?"
)
"""Other commands that print one line."""
_CHAINED = re.compile(r"[ \t]{0,8}(?:&&|[;\n])[ \t\n]{0,8}")
_MOST_CHAINED = 12
_FORMAT = re.compile(
    r"[ ]--(?:pretty|format)[= ](?:t?format:)?"
    r"(?:[\"'](?:t?format:)?(?P<quoted>[^\"'\n]{2,200})|(?P<bare>(?:\\ |[^\s|;&\"'\\]){2,200}))"
)
_SHOWS = frozenset({"log", "show", "rev-list", "for-each-ref", "branch", "tag"})
_COMMAND_END = re.compile(r"[\n|;&]")
_LONGEST_COMMAND = 4_000
_COUNTED = re.compile(
    rf"(?m)^[ \t]{{0,12}}\d{{1,7}}(?:[ ]|\t){{1,2}}{_NAME}(?:[ ]<|[ \t]*$)|^{_NAME} \(\d{{1,6}}\):$"
)
_FIELD = re.compile(
    r"%(?:\((?P<field>[a-z:]{2,40})\)|x[0-9a-fA-F]{2}|C(?:\([^)]{0,40}\)|red|green|blue|reset)"
    r"|[ac][a-zA-Z]|[a-zA-Z%])"
)
_NAMES = ("an", "aN", "cn", "cN", "authorname", "committername", "taggername")
_HASHES = ("h", "H", "t", "T", "p", "P", "objectname", "objectname:short")
_DATES = re.compile(r"[ac][dDriIsth]|(?:author|committer|creator|tagger)date(?::\w+)?")
_NOTHING = r"(?:\x1b\[[0-9;]{0,12}m)?"
_PRINTED = {
    "hash": "[0-9a-f ]{4,200}",
    "date": r"[^\n]{4,40}?",
    "any": r"[^\n]{1,80}?",
    "nothing": _NOTHING,
}
_BEGINS = {
    "hash": "[0-9a-f]{4}",
    "date": r"(?:\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|yesterday)",
    "end": "$",
}
_COUNT = r"(?:[ ]{0,10}\d{1,7} )?"
"""Of `uniq -c`."""
_LINE_END = r"[ \t]*$"
_MOST_PARTS = 12
_MOST_NAMES = 500


class _Part(NamedTuple):
    """A part of a format: text, or what kind of thing is printed there."""

    kind: str
    text: str = ""


class Question(NamedTuple):
    """What a command asks for (a rule's name), and the pattern of the names in its answer."""

    rule: str
    pattern: re.Pattern[str]
    lines: tuple[str, ...] = ()
    """Of several commands that answer with a line each: what each asks for, "" for nothing."""

    def names(self, answer: str) -> Iterator[tuple[str, str]]:
        """Those that an answer tells, with their rules."""
        if self.lines:
            for rule, line in zip(self.lines, answer.splitlines(), strict=False):
                if rule and self.pattern.match(line):
                    yield rule, line.strip()
            return
        for found in islice(self.pattern.finditer(answer), _MOST_NAMES):
            yield self.rule, next(name for name in found.groups() if name).strip()


def question(command: str) -> Question | None:
    """What a command asks; None if it is not who somebody is."""
    rule = _WORDS.get(command)
    if rule:
        return Question(rule, _ONE)
    return ("git" in command and _of_git(command)) or _chained(command)


def _of_git(command: str) -> Question | None:
    for one in _COMMAND_END.split(command[:_LONGEST_COMMAND]):
        words = one.split()
        if "git" in words and "shortlog" in words:
            return Question("person", _COUNTED)
    for found in _FORMAT.finditer(command, 0, _LONGEST_COMMAND):
        words = _COMMAND_END.split(command[: found.start()])[-1].split()
        if "git" in words and not _SHOWS.isdisjoint(words):
            pattern = _of_format(found["quoted"] or found["bare"])
            return Question("person", re.compile(pattern)) if pattern else None
    return None


def _chained(command: str) -> Question | None:
    """What several commands ask, as far as each answers with one line: `whoami; hostname`."""
    parts = _CHAINED.split(command[:_LONGEST_COMMAND].strip(), _MOST_CHAINED)
    lines: list[str] = []
    for part in parts if len(parts) > 1 else ():
        if part not in _WORDS and not _ONE_LINE.fullmatch(part):
            break
        lines.append(_WORDS.get(part, ""))
    return Question("", _ONE, tuple(lines)) if any(lines) else None


def _of_format(format_: str) -> str | None:
    """The pattern of what such a format prints, up to the first name; None if there is none, or
    nothing tells where it ends."""
    parts = [*_parts(format_.replace("\\ ", " ")), _Part("end")]
    kinds = [part.kind for part in parts]
    if "name" not in kinds or kinds.index("name") > _MOST_PARTS:
        return None
    at = kinds.index("name")
    before = "".join(map(_printed, parts[:at]))
    end = _end(*parts[at + 1 : at + 3])
    name = _NAME
    if not end and parts[at + 1].text == " ":
        name, end = _TWO_WORDS, "[ ]"
    return f"(?m)^{_COUNT}{before}{name}{end}" if end and kinds[:at].count("any") < 3 else None


def _printed(part: _Part) -> str:
    return re.escape(part.text) or _PRINTED[part.kind]


def _end(follows: _Part, behind: _Part | None = None) -> str | None:
    """What stands behind a name: text that no name holds, or a blank and what is no word."""
    if follows.kind == "end" or follows.text[:1] == "\n":
        return _LINE_END
    if follows.text.strip(" "):
        return re.escape(follows.text)
    if follows.kind == "nothing" and behind and behind.kind == "end":
        return _NOTHING + _LINE_END
    begins = _BEGINS.get(behind.kind) if follows.text and behind else None
    return begins and re.escape(follows.text) + begins


def _parts(format_: str) -> Iterator[_Part]:
    """The parts of a format, in order."""
    at = 0
    for found in _FIELD.finditer(format_):
        if found.start() > at:
            yield _Part("text", format_[at : found.start()])
        at = found.end()
        field = found["field"] or found[0][1:]
        if field == "n":
            yield _Part("text", "\n")
        elif field.startswith("x"):
            yield _Part("text", chr(int(field[1:], 16)))
        elif field in _NAMES:
            yield _Part("name")
        elif field in _HASHES:
            yield _Part("hash")
        elif _DATES.fullmatch(field):
            yield _Part("date")
        else:
            yield _Part("nothing" if field.startswith("C") else "any")
    if at < len(format_):
        yield _Part("text", format_[at:])
