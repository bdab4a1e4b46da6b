"""Personal data that can be told by its shape: e-mail and public IP addresses, card numbers.

What is the same for everybody (example.com, 8.8.8.8, the card numbers of test systems) stays.
"""

import ipaddress
import re
from collections.abc import Iterator

from .engines import may_match
from .span import Span

_LOCAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-%'"
_BEFORE_AT = frozenset(_LOCAL)
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![\w-])"
)
_NO_DOMAIN = re.compile(
    r"(?i)(?:^|\.)(?:example\.(?:com|org|net|edu|io|dev)|test\.com|domain\.(?:com|tld)|email\.com"
    r"|company\.com|acme\.com|foo\.com|bar\.com|yourdomain\.com|ingest\.(?:[a-z]{2}\.)?sentry\.io)$"
    r"|\.(?:test|invalid|localhost|example|local|internal)$"
    r"|\.(?:png|jpe?g|svg|gif|webp|js|ts|tsx|jsx|py|rb|rs|go|json|css|html|md|so|service|timer"
    r"|target|socket|mount|whl|tgz|gz|zip|app|sh|lock|yaml|yml|toml|cfg|txt)$"
)
_NOBODY = frozenset(("copilot", "claude", "dependabot", "renovate", "web-flow", "github", "user"))
"""Who writes to GitHub without being a person."""
_NO_LOCAL = re.compile(
    r"(?i)^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|git|hg|svn|user|username|you|your.*|name|someone|root)$"
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses of somebody, in order."""
    at = text.find("@")
    while at >= 0:
        if text[at - 1 : at] not in _BEFORE_AT or not text[at + 1 : at + 2].isalnum():
            at = text.find("@", at + 1)
            continue
        head = text[max(0, at - 64) : at]
        local = head[len(head.rstrip(_LOCAL)) :].lstrip(".+-%'")
        domain = _DOMAIN.match(text, at + 1) if local else None
        if domain and not _of_nobody(local, domain[0]):
            escaped = text[at - len(local) - 1 : at - len(local)] == "\\" and local[0] in "nrt"
            start = at - len(local) + escaped
            if (
                text[max(0, start - 3) : start] != "://"
                and text[domain.end() : domain.end() + 2] != ":/"
            ):
                yield Span(start, domain.end(), "email", False)
        at = text.find("@", at + 1)


def _of_nobody(local: str, domain: str) -> bool:
    """True for an address that is the same for everybody, or made up."""
    if domain.lower().endswith("noreply.github.com"):  # the part before is somebody's login
        login = local.rpartition("+")[2].lower()
        return domain.lower() == "noreply.github.com" or login in _NOBODY
    return bool(_NO_LOCAL.match(local) or _NO_DOMAIN.search(domain))


_IPV4 = re.compile(r"\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w-]|\.\d)")
_IPV6 = re.compile(r":(?=[0-9a-fA-F:]{2,40})")
_HEX = "0123456789abcdefABCDEF:"
_VERSION = re.compile(
    r"(?i)(?:version|ver\.?|v|release|==|>=|<=|~=|\^|[a-z0-9]-|[a-z]/|\w\.|\"version\": \")[ :\"=]{0,3}$"  # noqa: E501
)
_RESOLVERS = frozenset(
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 1.2.3.4 4.4.4.4 208.67.222.222 208.67.220.220".split()  # noqa: SIM905
)


def addresses(text: str) -> Iterator[Span]:
    """Public IP addresses."""
    for found in _IPV4.finditer(text):
        head = text[max(0, found.start() - 20) : found.start()]
        before = head.rstrip("0123456789")
        value = head[len(before) :] + found[0]
        if before[-1:].isalpha() or before[-1:] in ("_", ".") or value in _RESOLVERS:
            continue
        if value.endswith(".0") or (_VERSION.search(before) and not before.endswith("//")):
            continue
        if _is_public(value):
            yield Span(found.end() - len(value), found.end(), "ip-address", False)
    if "::" in text or text.count(":", 0, 1 << 20) >= 7:
        yield from _addresses6(text)


def _addresses6(text: str) -> Iterator[Span]:
    end = 0
    for found in re.finditer(r"[23][0-9a-fA-F]{3}:", text):
        start = found.start()
        if (
            start < end
            or text[max(0, start - 1) : start].isalnum()
            or text[max(0, start - 1) : start] in (":", ".")
        ):
            continue
        run = text[start : start + 41]
        value = run[: len(run) - len(run.lstrip(_HEX))].rstrip(":")
        end = start + len(value)
        if value.count(":") >= 3 and _is_public(value):
            yield Span(start, end, "ip-address", False)


def _is_public(value: str) -> bool:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast


_CARD = re.compile(
    r"[2-6](?<![\w.-].)(?:\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}|(?<=3)[47]\d{2}[ -]?\d{6}[ -]?\d{5})(?!\w)"  # noqa: E501
)
_GROUPED = re.compile(
    r"\d+|\d{4}( \d{4}){2} \d{1,7}|\d{4}(-\d{4}){2}-\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5}"
)
_ISSUERS = re.compile(
    r"4|5[1-5]|2(?:2[2-9]|[3-6]\d|7[01]|720)|3[47]|36|38|30[0-5]|6011|65|64[4-9]|35"
)
_TEST_CARDS = frozenset(
    "4242424242424242 4111111111111111 5555555555554444 378282246310005 4000000000000002 6011111111111117".split()  # noqa: E501, SIM905
)
_IS_ID = re.compile(
    r"(?i)(?:id|ts|time|timestamp|seed|hash|key|number_of|count|size)[\"']?[ ]?[:=][ ]?[\"']?$"
)


def cards(text: str) -> Iterator[Span]:
    """Card numbers with a right check digit."""
    for found in _CARD.finditer(text):
        before = text[max(0, found.start() - 16) : found.start()]
        after = text[found.end() : found.end() + 2]
        if after[:1] in (".", "_") and after[1:].isalnum():
            continue
        digits = re.sub(r"[ -]", "", found[0])
        if not _GROUPED.fullmatch(found[0]) or text[found.end() : found.end() + 1] == "-":
            continue
        if len(digits) not in (14, 15, 16, 19) or digits in _TEST_CARDS or _IS_ID.search(before):
            continue
        if _ISSUERS.match(digits) and len(set(digits)) > 3 and _luhn(digits):
            yield Span(found.start(), found.end(), "card-number", False)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


LOOKS = (
    r"[\w.+%'-]@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2}",
    *(rf"\d{_IPV4.pattern}", r"[23][0-9a-fA-F]{3}:[0-9a-fA-F]{0,4}:", _CARD.pattern),
)
"""Where none of these matches, nothing here finds anything."""
numbers = may_match(LOOKS[1:])
"""False only if neither `addresses` nor `cards` finds anything in a text."""
