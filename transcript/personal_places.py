"""Where a person's or a machine's name is told outright: settings of git, hostnamectl, mail.

Also the name beside an e-mail address of somebody, as manifests, logs and tables have it.
"""

import re
from collections.abc import Iterator

from .engines import holds
from .personal_shapes import emails

_NAME = r"([^\W\d_][\w.'\u2019-]{1,30}(?: [^\W\d_][\w.'\u2019-]{0,30}){1,3})"
_USER = re.compile(
    rf"\[user\]\s{{1,8}}(?:\w{{1,20}} ?= ?[^\n]{{0,120}}\n\s{{0,8}}){{0,4}}name ?= ?\"?{_NAME}\"?[ \t]*(?:\n|$)"  # noqa: E501
)
_MAIL = re.compile(rf"(?m)^(?:From|To|Cc|Reply-To): \"?{_NAME}\"? <[^\s<>@]{{1,64}}@")
_HOST = re.compile(
    r"(?m)(?:\bStatic hostname:|\bComputerName:|\bLocalHostName:|\bCOMPUTERNAME=|(?:^|<bash-stdout>)HOSTNAME=|^[$#%>] hostname(?: -[fs])?\n)"  # noqa: E501
    r"[ \t]*([A-Za-z][\w.-]{2,62})[ \t]*(?:\r?$|</bash-)"
)
_SYSLOG = re.compile(
    r":(?<=[A-Z][a-z]{2} [ \d]\d \d\d:)\d\d:\d\d ([A-Za-z][\w.-]{2,62}) "
    r"(?:[\w./@-]{1,48}\[\d{1,10}\]|kernel|sudo|su|sshd|systemd): "
)
_NO_HOST = re.compile(
    r"[0-9a-f]{12}$|(?i:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|fatal|critical|panic)$"
)
"""A container, or how grave a line is."""
_ACCOUNT = re.compile(
    rf"(?m)(?:^|[\n>\t\u2192])[a-z_][\w.-]{{0,31}}:[x*!]?:(?:[1-5]\d{{3,4}}|50\d):\d{{1,6}}:{_NAME}[,:]"
)
"""A line of passwd whose number is that of a person."""
_OWNER = re.compile(
    r"(?m)^[ \t\d\u2192|]{0,16}[dl-](?:[r-][w-][xsStT-]){3}[@+.]? {1,6}\d{1,7} ([a-z][\w.-]{2,31}) {1,8}(?:staff|users) "  # noqa: E501
)
"""A file of a person, as `ls -l` shows it: the group is the one that all people are in."""
_LOGGED_IN = re.compile(r"Logged in to \S{4,60} (?:as|account) ([A-Za-z][\w.-]{2,38})")
_FINGERPRINT = re.compile(
    r"\d{3,4} SHA256:[\w+/]{43} ([A-Za-z][\w.-]{2,31})@([A-Za-z][\w.-]{2,62})"
    r" \((?:ED25519|RSA|ECDSA)"
)
_FULL = r"[^\W\d_][\w.'\u2019-]{0,30}(?: [^\W\d_][\w.'\u2019-]{0,30}){1,3}"
_Q = r"\\{0,3}[\"']"
_CELL = r"[\"']?[ ]{0,8}[|,;\t\u2502][ ]{0,8}[\"'<]?"
_FIELD = rf"{_Q},?\s{{0,40}}(?:{_Q})?[eE]?-?[mM]ail(?:{_Q})?[ ]{{0,4}}[:=][ ]{{0,4}}{_Q}"
"""What stands between a name and its address in a table, and among named fields."""
_BESIDE = re.compile(
    rf"(?:(?:^|[^\w.@-])({_FULL})(?:[ ]{{0,2}}<|{_FIELD})"
    rf"|(?:^|[\n>|,;\t\u2192\u2502])[ ]{{0,8}}[\"']?({_FULL}){_CELL})\Z"
)
_LINE_ABOVE = re.compile(rf"(?:^|[\n>])({_FULL})\r?\n\Z")
_NEXT_FIELD = re.compile(
    rf"{_Q},?\s{{0,40}}(?:{_Q})?name(?:{_Q})?[ ]{{0,4}}[:=][ ]{{0,4}}{_Q}({_FULL})[\"'\\]"
)
_LOGIN = (
    rf"(?:login|username|userName|user_name|accountId|account_id){_Q}:[ ]?{_Q}[\w.@:-]{{1,64}}{_Q}"
)
_NAME_OF = rf"(?:name|displayName|display_name|fullName|full_name|realName|real_name){_Q}:[ ]?{_Q}"
_PROFILE = re.compile(
    rf"{_LOGIN},\s{{0,40}}{_Q}{_NAME_OF}({_FULL}){_Q}|{_NAME_OF}({_FULL}){_Q},\s{{0,40}}{_Q}{_LOGIN}"
)
"""What the interfaces of forges and trackers tell of a user."""
_BEFORE = 190
_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "da", "di", "du", "del", "della", "la", "le", "bin", "el")
)
_ROLE = re.compile(
    r"(?i)(?:info|sales|support|contact|hello|hi|team|admin|security|dev|mail|office|press|jobs|help"
    r"|hr|billing|abuse|postmaster|webmaster|notifications?|alerts?|ci|builds?|bot|legal|privacy)$"
)
"""Addresses of an office rather than of a person."""
_NO_NAME = re.compile(
    r"(?i)(?:^|[^a-z])(?:foundation|inc|llc|ltd|gmbh|corp(?:oration)?|company|team|contributors?"
    r"|authors?|developers?|maintainers?|community|projects?|software|labs?|group|organi[sz]ation|authority"
    r"|university|institute|consortium|alliance|support|security|services?|actions?|automation|bot"
    r"|admin(?:istrator)?|release|builds?|systems?|technolog(?:y|ies)|solutions|studios?|media"
    r"|networks?|packages?|mailing|list|e?-?mail|contact|user|account|customer|sales|info|api|http"
    r"|licen[cs]e|copyright|the|and|for|by|to|from|python|javascript|node|rust|google|microsoft|apache"
    r"|example|test|demo|sample|name)(?:$|[^a-z])"
)
"""Words that no person is called by."""
_ADDRESS = r"[\w.+%'-]{1,64}@"
LOOKS = (
    *(_USER.pattern, _MAIL.pattern, _HOST.pattern, _SYSLOG.pattern, r" (?:staff|users) "),
    *(_LOGGED_IN.pattern, _FINGERPRINT.pattern),
    r":[x*!]?:(?:[1-5]\d{3,4}|50\d):\d{1,6}:[^\W\d_]",
    rf"[<|,;\t\n\"'\u2502][ ]{{0,8}}{_ADDRESS}[A-Za-z0-9]",
    _PROFILE.pattern,
)
"""Where none of these matches, nothing is told."""


_TOLD: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("person", _USER, ("[user]",)),
    ("person", _MAIL, ("From: ", "To: ", "Cc: ")),
    ("person", _ACCOUNT, (":x:", ":*:")),
    ("username", _OWNER, (" staff ", " users ")),
    ("username", _LOGGED_IN, ("Logged in to ",)),
    ("hostname", _HOST, ("ostname", "ostName:", "uterName:", "NAME=")),
    ("hostname", _SYSLOG, ("]: ", "kernel: ", "sudo: ", "systemd: ", "sshd: ", "su: ")),
)
"""Rule, pattern, and literals of which one must be in the text."""
_OF_PROFILES = ("login", "sername", "serName", "ser_name", "ccountId", "ccount_id")


def told(text: str) -> Iterator[tuple[str, str]]:
    """Rule and name of what `text` says."""
    for rule, pattern, signs in _TOLD:
        if holds(text, signs):
            for found in pattern.finditer(text):
                if rule == "person" or not _NO_HOST.match(found[1]):
                    yield rule, found[1]
    if " SHA256:" in text:
        yield from _of_keys(text)
    if holds(text, _OF_PROFILES):
        yield from _profiled(text)
    if "@" in text:
        for name in _named_beside(text):
            yield "person", name


def _of_keys(text: str) -> Iterator[tuple[str, str]]:
    """Who made a key and where: what ssh-keygen writes behind its fingerprint."""
    for found in _FINGERPRINT.finditer(text):
        yield "username", found[1]
        yield "hostname", found[2]


def _profiled(text: str) -> Iterator[tuple[str, str]]:
    """People in the answers of forges."""
    for found in _PROFILE.finditer(text):
        for name in _person(found[1] or found[2]):
            yield "person", name


def _named_beside(text: str) -> Iterator[str]:
    """The names that stand beside an address of somebody."""
    for mail in emails(text):
        if _ROLE.match(text[mail.start : mail.end].partition("@")[0]):
            continue
        head = text[max(0, mail.start - _BEFORE) : mail.start]
        found = _BESIDE.search(head)
        if found:
            yield from _person(found[1] or found[2])
        elif head.endswith("\n"):  # a name alone on its line, and an address made of it
            found = _LINE_ABOVE.search(head)
            local = text[mail.start : mail.end].partition("@")[0].lower()
            if found and any(len(w) > 2 and w.lower() in local for w in found[1].split()):
                yield from _person(found[1])
        else:
            found = _NEXT_FIELD.match(text, mail.end)
            if found:
                yield from _person(found[1])


def _person(name: str) -> Iterator[str]:
    """The words with a capital at the end of `name`, if there are two to four and none of them
    names something else: `Written by Karla van Dam` gives `Karla van Dam`."""
    words = name.split()
    kept: list[str] = []
    while words and (words[-1][0].isupper() or words[-1] in _PARTICLES or not words[-1].isascii()):
        kept.insert(0, words.pop())
    while kept and (kept[0] in _PARTICLES or _NO_NAME.search(kept[0])):
        kept.pop(0)
    made = " ".join(kept)
    if len(kept) > 1 and not _NO_NAME.search(made) and not made.isupper():
        yield made
