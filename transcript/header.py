"""The first line of a shared document, and what is said when a document is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeGuard

from .model import Json

VERSION = 1
MAX_TEXT = {"title": 300, "project": 200, "branch": 300}
MAX_RULES = 500
MAX_ALLOWED = 2_000
MAX_COUNT = 10**9
_SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_RULE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_EXPIRES_IN = re.compile(r"never|[0-9]{1,5}[hdw]")


class DocumentError(ValueError):
    """A document that cannot be taken: where, what, and what to do about it.

    Says nothing of the document's content.
    """

    def __init__(self, line_number: int, what: str, todo: str) -> None:
        """`line_number` counts from 1; 0 means the document as a whole."""
        self.line_number = line_number
        self.what = what
        self.todo = todo
        place = f"line {line_number}" if line_number else "the document"
        super().__init__(f"{place}: {what}. {todo}")


class DocumentTooLarge(DocumentError):
    """The document is over a limit of the server."""


@dataclass(frozen=True)
class PartOf:
    """Which items of the whole session were cut out: `first` to `last` of `of`, from 1."""

    first: int
    last: int
    of: int


@dataclass(frozen=True)
class Header:
    """What the client says about the document before its lines."""

    session_id: str
    title: str = ""
    project: str = ""
    branch: str = ""
    redacted: dict[str, int] = field(default_factory=dict)
    """Rule -> how many values it marked."""
    allowed: tuple[str, ...] = ()
    """SHA-256 (hex) of values that the sharer decided to keep."""
    part: PartOf | None = None
    expires_in: str | None = None
    """"30d", "12h", "2w" or "never"; None = the server's default."""

    def as_json(self) -> Json:
        """The header line as JSON. Texts over their limit are cut, as the reader refuses them."""
        part = self.part
        return {
            "type": "ccshare",
            "version": VERSION,
            "session_id": self.session_id,
            **{name: getattr(self, name)[:most] for name, most in MAX_TEXT.items()},
            "redacted": self.redacted,
            "allowed": list(self.allowed),
            "part": part and {"first": part.first, "last": part.last, "of": part.of},
            "expires_in": self.expires_in,
        }

    @classmethod
    def from_json(cls, value: Json, line_number: int = 1) -> "Header":
        """Check and take over; unknown keys are ignored. Raises DocumentError."""
        check = _Checks(value, line_number)
        if value.get("type") != "ccshare":
            check.fail("it is not the header of a shared document", "Upload it with ccshare.")
        version = value.get("version")
        if type(version) is not int or version != VERSION:
            check.fail("its version is unknown to this server", "Use a ccshare that fits it.")
        return cls(
            session_id=check.matching("session_id", _SESSION_ID),
            **{name: check.text(name, most) for name, most in MAX_TEXT.items()},
            redacted=check.redacted(),
            allowed=check.allowed(),
            part=check.part(),
            expires_in=check.expires_in(),
        )


class _Checks:
    """The fields of a header, each taken or refused."""

    def __init__(self, value: Json, line_number: int) -> None:
        self._value = value
        self._line_number = line_number

    def fail(self, what: str, todo: str = "Upload it again with ccshare.") -> NoReturn:
        raise DocumentError(self._line_number, what, todo)

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        found = self._value.get(name)
        if type(found) is not str or not pattern.fullmatch(found):
            self.fail(f"`{name}` is missing or malformed")
        return found

    def text(self, name: str, most: int) -> str:
        found = self._value.get(name)
        if found is None:
            return ""
        if type(found) is not str:
            self.fail(f"`{name}` is no text")
        if len(found) > most:
            self.fail(f"`{name}` is longer than {most} characters", "Shorten it.")
        return found

    def redacted(self) -> dict[str, int]:
        found = self._container("redacted", dict, MAX_RULES)
        for rule, count in found.items():
            if not _RULE.fullmatch(rule) or not _is_count(count):
                self.fail("`redacted` does not map rules to counts")
        return found

    def allowed(self) -> tuple[str, ...]:
        found = self._container("allowed", list, MAX_ALLOWED)
        if not all(type(digest) is str and _DIGEST.fullmatch(digest) for digest in found):
            self.fail("`allowed` holds something else than SHA-256 digests")
        return tuple(found)

    def part(self) -> PartOf | None:
        found = self._value.get("part")
        if found is None:
            return None
        numbers = found if type(found) is dict else {}
        first, last, of = (numbers.get(key) for key in ("first", "last", "of"))
        if not (_is_count(first) and _is_count(last) and _is_count(of)):
            self.fail("`part` does not say first, last and of")
        if not 1 <= first <= last <= of:
            self.fail("`part` is no range of the session")
        return PartOf(first, last, of)

    def expires_in(self) -> str | None:
        if self._value.get("expires_in") is None:
            return None
        return self.matching("expires_in", _EXPIRES_IN)

    def _container(self, name: str, kind: Callable[[], Any], most: int) -> Any:
        found = self._value.get(name)
        if found is None:
            return kind()
        if type(found) is not kind or len(found) > most:
            self.fail(f"`{name}` is malformed or holds more than {most} entries")
        return found


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= MAX_COUNT
