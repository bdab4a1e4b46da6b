"""Lines of a session, made up, and what they say together."""

from typing import Any

from ccshare.transcript.facts import Facts, FactsBuilder
from ccshare.transcript.model import Json


def facts(lines: list[Json]) -> Facts:
    builder = FactsBuilder()
    for line in lines:
        builder.line(line)
    return builder.result()


def user(content: Any, **more: Any) -> Json:
    return {"type": "user", "message": {"role": "user", "content": content}, **more}
