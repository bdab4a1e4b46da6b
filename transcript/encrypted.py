"""Data that is encrypted already and made to be shown: it stands in repositories for all to read.

Ansible's vaults, values that SOPS or eyaml encrypted, the fields of a SealedSecret. What looks
like a secret in them opens nothing without a key that is elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class _Placed(Protocol):
    """What stands somewhere in a text."""

    @property
    def start(self) -> int: ...


Stretch = TypeVar("Stretch", bound=_Placed)

_END = r"(?:\\n|\r?\n|$)"
_MARGIN = r"(?:[\w./@-]{1,120}[:-]\d{1,7}[:-])?[ \t]{0,40}(?:\d{1,7}[\t\u2192])?[+>|-]?[ \t]{0,40}"
"""What a viewer or a diff puts before a line."""
_QUOTE = r"\\{0,3}[\"']?"
_VAULT = re.compile(
    rf"\$ANSIBLE_VAULT;[\d.]{{3}};AES(?:256)?(?:;[\w.-]{{1,64}})?[ \t]{{0,8}}{_END}"
    rf"(?:{_MARGIN}[0-9a-f]{{2,20000}}[ \t]{{0,8}}{_END}){{1,2000}}"
)
_VALUE = re.compile(r"ENC\[(?:AES256_GCM|PKCS7|GPG|KMS)[,:][A-Za-z0-9+/=,:_.-]{8,20000}\]?")
_SEALED = re.compile(
    rf"encryptedData\\{{0,3}}\"?:[ \t]{{0,4}}\{{?{_END}?"
    rf"(?:{_MARGIN}{_QUOTE}[\w.-]{{1,100}}{_QUOTE}:[ ]?{_QUOTE}Ag[A-P][A-Za-z0-9+/]{{60,20000}}"
    rf"={{0,2}}{_QUOTE},?"
    rf"[ \t]{{0,8}}{_END}?){{1,100}}"
)
_SEALED_ALONE = re.compile(r"(?<![\w+/])Ag[A-D][A-Za-z0-9+/]{680,20000}")
"""A field of it by itself: a key of 4096 bits, encrypted, then the rest."""
_KINDS = (
    ("$ANSIBLE_VAULT;", _VAULT),
    ("ENC[", _VALUE),
    ("encryptedData", _SEALED),
    ("Ag", _SEALED_ALONE),
)


def encrypted(text: str) -> Iterator[tuple[int, int]]:
    """Where something in `text` is encrypted."""
    for sign, pattern in _KINDS:
        if sign in text:
            for found in pattern.finditer(text):
                yield found.span()


def without_encrypted(text: str, spans: list[Stretch]) -> list[Stretch]:
    """The spans but for those that begin in encrypted data."""
    if not spans or not any(sign in text for sign, _ in _KINDS):
        return spans
    places = list(encrypted(text))
    return [span for span in spans if not _within(span, places)]


def _within(span: _Placed, places: Iterable[tuple[int, int]]) -> bool:
    return any(first <= span.start < last for first, last in places)
