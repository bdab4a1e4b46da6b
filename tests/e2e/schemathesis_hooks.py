"""What schemathesis cannot know: a document, a share that exists, and one address per guess."""

import itertools
import os
from typing import Any

import schemathesis
from ccshare.bench import hostile_uploads
from hypothesis import strategies as st

SHARES = os.environ["CCSHARE_TEST_SHARES"].split(",")
_addresses = itertools.count()


def document(number: int) -> bytes:
    """A sound document with a session id of its own."""
    first = {**hostile_uploads.HEADER, "session_id": f"generated-{number}"}
    return hostile_uploads.dumps(first) + hostile_uploads.dumps(hostile_uploads.user("Hello"))


schemathesis.openapi.media_type(
    "application/x-ndjson", st.integers(min_value=0, max_value=50).map(document)
)


@schemathesis.auth()
class Key:
    """Alice's key, where an operation wants one."""

    def get(self, _case: Any, _context: Any) -> str:
        """From the test's environment."""
        return os.environ["CCSHARE_TEST_KEY"]

    def set(self, case: Any, data: str, _context: Any) -> None:
        """As the description says."""
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> Any:
    """Every other id is one of a share that is there."""
    if path_parameters and "share_id" in path_parameters:
        number = next(_addresses)
        if number % 2:
            path_parameters["share_id"] = SHARES[number // 2 % len(SHARES)]
    return path_parameters


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A new address each time: else the limits against guessing would answer everything."""
    number = next(_addresses)
    case.headers["X-Forwarded-For"] = f"10.{number >> 8 & 255}.{number & 255}.1"
