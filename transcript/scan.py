"""The last look for secrets, on both ends: at the same strings with the same rules as `redact`.

It only looks, and reports nothing from which a value could be had back.
"""

from .detect import MIN_TEXT, find_sure
from .findings import Finding, digest_of
from .model import Json
from .walk import TOO_DEEP, Path, place, rewrite

MAX_FINDINGS = 1_000
"""Findings that one scan of a line returns."""


def scan(line: Json, allowed: frozenset[str] = frozenset()) -> list[Finding]:
    """Sure hits in a line that was to be clean, in every string and key of it.

    `allowed` holds the digests of values that the author let stay. At most MAX_FINDINGS.
    """
    findings: list[Finding] = []

    def look(text: str, _key: str, path: Path) -> str:
        if len(findings) < MAX_FINDINGS and len(text) >= MIN_TEXT:
            if text is TOO_DEEP:
                findings.append(Finding("nested-too-deep", place(path), digest_of("")))
            for span in find_sure(text):
                digest = digest_of(span.value)
                if digest not in allowed:
                    findings.append(Finding(span.rule, place(path), digest))
        return text

    rewrite(line, look)
    return findings[:MAX_FINDINGS]
