"""What the sharer wants to be taken out and what may stay, from flags and the user's own config.

`config.toml` may hold a table `[redaction]` with the lists `allow` (rules and SHA-256 digests),
`keep` (names and addresses that are no secret), `keep_personal` (classes of personal data that are
left alone) and `redact` (patterns). Flags add to them. A project cannot loosen anything.
"""

import argparse
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..transcript.personal import CLASSES
from ..transcript.redact import NOTHING_ALLOWED, Allowances
from .config import read_settings
from .environment import Environment
from .exits import ExitStatus, Failure
from .patterns import Pattern

_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_RULE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LISTS = ("allow", "keep", "keep_personal", "redact")


@dataclass(frozen=True, slots=True)
class Policy:
    """What is searched for beside the rules, and what stays."""

    allowed: Allowances = NOTHING_ALLOWED
    classes: frozenset[str] = CLASSES
    """Classes of personal data that are taken out."""
    keep: frozenset[str] = frozenset()
    """Names and addresses that stay."""
    patterns: tuple[Pattern, ...] = ()


DEFAULT = Policy()


def policy(environment: Environment, options: argparse.Namespace) -> Policy:
    """The policy of this run. Failure (usage) for what cannot be understood."""
    lists = configured(read_settings(environment).redaction)
    allow = [*lists["allow"], *options.allow]
    return Policy(
        allowed=allowances(allow),
        classes=CLASSES - personal_classes([*lists["keep_personal"], *options.keep_personal]),
        keep=frozenset(lists["keep"]),
        patterns=tuple(Pattern(text) for text in [*lists["redact"], *options.redact]),
    )


def configured(table: Any) -> dict[str, list[str]]:
    """The lists of the config's table, empty where it says nothing."""
    if not isinstance(table, dict):
        raise wrong("`redaction` must be a table")
    if unknown := sorted(set(table) - set(_LISTS)):
        raise wrong(f"`{unknown[0]}` is no setting of `[redaction]`; there are {', '.join(_LISTS)}")
    for name, value in table.items():
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(f"`{name}` must be a list of texts")
    return {name: table.get(name, []) for name in _LISTS}


def allowances(given: Iterable[str]) -> Allowances:
    """Rules and digests, told apart by their form."""
    rules, digests = set[str](), set[str]()
    for text in given:
        digest = _DIGEST.fullmatch(text.lower())
        if digest:
            digests.add(digest[1])
        elif _RULE.fullmatch(text):
            rules.add(text)
        else:
            # It may be the very value: it is not repeated.
            raise Failure(
                ExitStatus.USAGE,
                "What may stay is named by its rule (`github-token`) or its SHA-256, never by the "
                "value itself.",
                "Answer `v` at the prompt to see both, or run it with --dry-run --json.",
            )
    return Allowances(frozenset(rules), frozenset(digests))


def personal_classes(given: Iterable[str]) -> frozenset[str]:
    """The classes named; Failure (usage) for one that there is not."""
    chosen = frozenset(given)
    if unknown := sorted(chosen - CLASSES):
        known = ", ".join(sorted(CLASSES))
        raise Failure(ExitStatus.USAGE, f"{unknown[0]!r} is no personal data; choose of {known}.")
    return chosen


def wrong(what: str) -> Failure:
    """The config is not to be understood."""
    return Failure(ExitStatus.USAGE, f"config.toml: {what}.", "Correct it in your config folder.")
