"""Credentials behind the word for how they are given: `Bearer …`, `Basic …`."""

import re
from collections.abc import Iterator

from .checks import basic_credentials
from .mixture import is_random
from .span import Span
from .values import is_plain

_BEARER = re.compile(r"(?P<scheme>bearer|basic)[ \t]{1,4}(?=[\w+/~.\-]{16})")
SCHEME = re.compile(
    r"(?i)(bearer|basic|token|geniekey|oauth|apitoken|session|client-id|access|apikey|api-key|digest|negotiate|bot|key|splunk|sso-key)[ \t=]{1,4}"  # noqa: E501
)
"""Behind the name of a header, before its value."""
_CREDENTIALS = re.compile(r"[\w+/=~.:\-]{8,4096}")


def given(text: str, low: str) -> Iterator[Span]:
    """Those behind `bearer` or `basic`, whatever stands before."""
    if "bearer" in low or "basic" in low:
        for found in _BEARER.finditer(low):
            yield from behind(text, found.end(), found["scheme"])


def behind(text: str, at: int, scheme: str) -> Iterator[Span]:
    """What stands at `at`, behind the word `scheme`."""
    found = _CREDENTIALS.match(text, at)
    if not found:
        return
    value = found[0].rstrip(".,:")
    if basic_credentials(value) if scheme == "basic" else is_random(value) and not is_plain(value):
        yield Span(at, at + len(value), "authorization", False)
