"""Secrets that a command prints, with nothing beside them that says so.

`pass show db`, `gcloud secrets versions access latest …`, `printenv API_TOKEN`: the call stands in
one line, the output in a later one. What was asked for is known by the call's id; an output of one
word is then judged as if it stood beside that name. A command that only mentions a secret's name
(`grep ^DB_PASSWORD .env | cut -d= -f2`) makes a secret of an output that is more random than any
identifier or hash.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from .bounded import Bounded, key
from .engines import holds
from .forms import no_word, said
from .model import Json
from .nearby import is_shuffled
from .prompts import dict_blocks
from .span import Span
from .stems import COMMON, RARE, rule_of, secret_stem
from .values import is_plain

if TYPE_CHECKING:  # it imports us
    from .detect import Found, More

_OPEN_CALLS = 512
_LONGEST_COMMAND = 4_000
_LONGEST_OUTPUT = 4_096
_MOST_LINES = 200
_LINE = re.compile(r"(?m)^[ \t]{0,8}([^\s\"'`<>()]{8,512})[ \t]{0,8}\r?$")
_MEMBER = re.compile(
    r"\"(?:value|Value|SecretString|SecretBinary|secret|data)\":[ ]?\"([^\"\s\\]{6,512})\""
)
"""What was asked for, in an answer in JSON."""
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f-]{36}")
"""Rather a commit's, or an id."""
_MOST_NAMES = 40
_MOST_WORDS = 200


class Ask(NamedTuple):
    """How a command asks: words of which one must be in it, what it is called, and what stands
    somewhere behind that.

    `stem` is the word for what comes. Without one the group `name` says what is asked for: unless
    it promises a secret, nothing is taken out.
    """

    there: tuple[str, ...]
    command: str
    then: str = ""
    stem: str = ""


_NAME = r"[\"']?(?P<name>[A-Za-z_][\w.-]{1,80})"

ASKS: tuple[Ask, ...] = (
    # Stores of secrets
    Ask(("get-secret-value",), r"\bget-secret-value\b", r"--query[ =]", "password"),
    Ask(("get-parameter",), r"\bget-parameters?\b", "--with-decryption", "password"),
    Ask(("versions access",), r"\bsecrets[ ]versions[ ]access\b", "", "password"),
    Ask(
        ("keyvault secret",),
        r"\bkeyvault[ ]secret[ ]show\b",
        "",
        "password",
    ),
    Ask(("vault ", "bao "), r"\b(?:vault|bao)[ ](?:kv[ ]get|read)\b", rf"-field[= ]{_NAME}"),
    Ask(
        ("vault ", "bao "),
        r"\b(?:vault|bao)[ ](?:kv[ ]get|read)\b",
        r"-field[= ](?:value|data)\b",
        "password",
    ),
    Ask(("op ",), r"\bop[ ](?:read|item[ ]get)\b", "", "password"),
    Ask(("pass ",), r"\b(?:go)?pass[ ](?:show[ ]|(?:-o|-c\d?)[ ]|[\w.-]{1,60}/)", "", "password"),
    Ask(("bw get", "lpass", "rbw"), r"\b(?:bw[ ]get|lpass[ ]show|rbw[ ]get)\b", "", "password"),
    Ask(("keepassxc-cli",), r"\bkeepassxc-cli[ ]show\b", "[Pp]assword", "password"),
    Ask(("find-",), r"\bfind-(?:generic|internet)-password\b", r"-\w{0,6}[wg]\b", "password"),
    Ask(("secret-tool", "keyring"), r"\bsecret-tool[ ]lookup\b|\bkeyring[ ]get\b", "", "password"),
    Ask(
        ("doppler", "infisical"),
        r"\b(?:doppler|infisical)[ ]secrets[ ]get\b",
        "--plain",
        "password",
    ),
    Ask(("chamber", "berglas"), r"\b(?:chamber[ ]read|berglas[ ]access)\b", "", "password"),
    Ask(("initial-password",), r"\binitial-password\b", "", "password"),
    Ask(("key:generate",), r"\bkey:generate\b", "--show", "key"),
    Ask((".erlang.cookie",), r"\.erlang\.cookie\b", "", "cookie"),
    Ask(("sops",), r"\bsops\b", "--extract", "password"),
    Ask(("get secret",), r"\bget[ ]secrets?\b", "jsonpath|template", "password"),
    # Tokens of whoever is logged in
    Ask(
        ("print-", "create token"),
        r"\bprint-(?:access|identity)-token\b|\bcreate[ ]token\b",
        "",
        "token",
    ),
    Ask(
        ("auth token", "login:ci", "whoami -t"),
        r"\b(?:gh|glab)[ ]auth[ ]token\b|\blogin:ci\b|\boc[ ]whoami[ ]-t\b",
        "",
        "token",
    ),
    Ask(("get-access-token",), r"\bget-access-token\b", r"--query|-o[ ]?tsv", "token"),
    Ask(("get-login-password",), r"\bget-login-password\b", "", "password"),
    Ask(("vault ", "bao "), r"\b(?:vault|bao)[ ](?:print[ ]token|token[ ]create)\b", "", "token"),
    # Made for this very purpose
    Ask(
        ("openssl", "secrets.token_", "random"),
        r"\bopenssl[ ]rand\b|\bsecrets\.token_|/dev/u?random\b",
        "",
        "secret",
    ),
    Ask(("wg ",), r"\bwg[ ]gen(?:key|psk)\b", "", "key"),
    Ask(("pwgen", "apg"), r"\b(?:pwgen|apg)[ ]", "", "password"),
    # By the name of what is asked for
    Ask(("printenv",), r"\bprintenv\b", rf"[ ]{_NAME}"),
    Ask(
        ("echo", "printf", "Write-Output"),
        r"\b(?:echo|printf|Write-Output)\b",
        rf"\$(?:env:|\{{)?{_NAME}",
    ),
    Ask(("environ", "getenv"), r"\benviron(?:\.get)?\b|\bgetenv\b", rf"[\[(]{_NAME}"),
    Ask(("process.env",), r"\bprocess\.env\b", rf"[.\[]{_NAME}"),
    Ask(
        (":get", " get"),
        r"\b(?:config|env):get\b|\b(?:env|secrets?|config|vars?|dotenv)[ ]get\b",
        rf"[ ]{_NAME}",
    ),
    Ask((" output",), r"\b(?:terraform|tofu|pulumi[ ]stack)[ ]output\b", rf"[ ]{_NAME}"),
    Ask(("jq ", "yq "), r"\b[jy]q\b", rf"\.{_NAME}[\"']?(?:[ ]|$)"),
    Ask(("/run/secrets/",), r"\b(?:cat|head|tail|type)\b", "/run/secrets/", "password"),
    Ask(
        ("cat ", "head ", "type ", "Get-Content "),
        r"\b(?:cat|head|type|Get-Content)\b",
        rf"[ /\\.]{_NAME}[\"']?(?:[ ]|$)",
    ),
)


class Asked(NamedTuple):
    """The word for what a command asks for (`password`, `token`, …); whether it surely does."""

    stem: str
    surely: bool


class _Compiled(NamedTuple):
    there: tuple[str, ...]
    command: re.Pattern[str]
    then: re.Pattern[str]
    stem: str


_COMPILED = [
    _Compiled(ask.there, re.compile(ask.command), re.compile(ask.then), ask.stem) for ask in ASKS
]
_WORD = re.compile(r"[A-Za-z_]\w{2,60}")
_MENTIONED = ("pass", "pw", "secret", "token", "key", "cred", "auth")
_COMMAND_END = re.compile(r"[\n;|&]+")
_FILES = {"master.key": "key", "vault-token": "token", "authtoken": "token"}
_FILE_ENDING = re.compile(r"\.(?:txt|key|secret|token|json|pem)$")


class Printed:
    """Knows of a session's latest calls which of them ask for a secret."""

    def __init__(self) -> None:
        self._asked: Bounded[str, Asked] = Bounded(_OPEN_CALLS)

    def learn(self, lines: Iterable[Json]) -> None:
        """Take in lines as they were read."""
        for line in lines:
            if line.get("type") == "assistant":
                for block in dict_blocks(line):
                    given = block.get("input")
                    command = given.get("command") if type(given) is dict else None
                    name = key(block.get("id"))
                    if type(command) is str and name and (asked := asked_for(command)):
                        self._asked[name] = asked

    def of(self, line: Json) -> dict[str, str]:
        """The texts of a line that are such an answer, and the secret's word for each."""
        if not self._asked or line.get("type") != "user":
            return {}
        found: dict[str, str] = {}
        for block in dict_blocks(line):
            asked = self._asked.get(key(block.get("tool_use_id")) or "")
            if asked:
                told = line.get("toolUseResult")
                outputs = (block.get("content"), told.get("stdout") if type(told) is dict else told)
                for text in _texts(outputs):
                    if _is_word(text):
                        if asked.surely or is_shuffled(text.strip()):
                            found[text] = asked.stem
                    elif asked.surely and any(_alone(text)):
                        found[text] = asked.stem
        return found


_SIGN = r"(?:[$%>\u276f\u279c]|[\w~/\])]#)"
"""Of a prompt; `#` at the beginning of a line is rather a comment."""
_SHOWN = re.compile(
    rf"{_SIGN}[ ](?P<command>[^\n]{{4,400}})\r?\n[ \t]{{0,8}}(?P<answer>[^\s\"'`<>]{{6,512}})[ \t]{{0,8}}(?=\r?\n|$)"  # noqa: E501
)
_LONGEST_PROMPT = 80
_MOST_SHOWN = 200
_CALLED = "|".join(re.escape(word) for ask in ASKS if ask.stem for word in ask.there)
SHOWN = (
    rf"{_SIGN} [^\n]*(?:{_CALLED}|(?i:{COMMON}|{RARE}))[^\n]*"
    r"\n[ \t]*[^\s\"'`<>]{6,}[ \t]*(?:\r?\n|$)"
)
"""Where this does not match, `shown` finds nothing."""


def shown(text: str) -> Iterator[Span]:
    """The same in a terminal that `text` shows: a prompt, the command, and below it one word."""
    if not holds(text, ("$ ", "# ", "% ", "> ", "\u276f ", "\u279c ")):
        return
    for found in islice(_SHOWN.finditer(text), _MOST_SHOWN):
        start = found.start()
        is_prompt = start <= _LONGEST_PROMPT or "\n" in text[start - _LONGEST_PROMPT : start]
        asked = asked_for(found["command"]) if is_prompt else None
        value = found["answer"]
        if asked and not is_plain(value) and (asked.surely or is_shuffled(value)):
            yield Span(*found.span("answer"), rule_of(asked.stem), False)


def asked_for(command: str) -> Asked | None:
    """What secret a command prints, or None."""
    command = command[:_LONGEST_COMMAND]
    possible = [ask for ask in _COMPILED if holds(command, ask.there)]
    for one in _COMMAND_END.split(command) if possible else ():
        for ask in possible:
            begin = ask.command.search(one)
            named = ask.then.finditer(one, begin.end()) if begin else ()
            for found in islice(named, _MOST_NAMES):
                stem = ask.stem or _stem_of(found["name"])
                if stem:
                    return Asked(stem, surely=True)
    if holds(command.lower(), _MENTIONED):
        for word in islice(_WORD.finditer(command), _MOST_WORDS):
            if stem := secret_stem(word[0]):
                return Asked(stem, surely=False)
    return None


def _stem_of(name: str) -> str | None:
    name = name.rpartition("/")[2]
    return _FILES.get(name) or secret_stem(_FILE_ENDING.sub("", name))


def _texts(outputs: Iterable[Any]) -> Iterator[str]:
    for output in outputs:
        if type(output) is str:
            yield output
        elif type(output) is list:
            yield from _texts(entry.get("text") for entry in output if type(entry) is dict)


def on_lines(stem: str, more: "More | None") -> "More":
    """Finds what stands alone on a line of a text that was asked for, and what `more` finds."""

    def look(text: str) -> "Iterator[Span | Found]":
        for found in _alone(text):
            yield Span(*found.span(1), rule_of(stem), False)
        if more:
            yield from more(text)

    return look


def _alone(text: str) -> Iterator[re.Match[str]]:
    """The words that stand alone on a line, and look like a secret."""
    for found in islice(_LINE.finditer(text[:_LONGEST_OUTPUT]), _MOST_LINES):
        value = found[1]
        if said(value) and not is_plain(value) and not _HASH.fullmatch(value):
            yield found
    for found in islice(_MEMBER.finditer(text[:_LONGEST_OUTPUT]), _MOST_LINES):
        if no_word(found[1]) and not _HASH.fullmatch(found[1]):
            yield found


def _is_word(text: str) -> bool:
    return len(text) <= _LONGEST_OUTPUT and len(text.split()) == 1
