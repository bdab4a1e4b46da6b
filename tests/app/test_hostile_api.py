"""Documents made from sound ones: taken or refused with a problem document, never half."""

import datetime
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ccshare.app import intake
from ccshare.app.storage import models
from ccshare.bench import hostile_uploads
from gunicorn.http.errors import InvalidChunkSize
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TABLES = (models.Session, models.Message, models.Part, models.File, models.Image)
Document = Callable[..., bytes]


def stored() -> list[Any]:
    """How many rows each table has, and the revisions."""
    revisions = sorted(models.Session.select(models.Session.revision).tuples())
    return [*(table.select().count() for table in TABLES), revisions]


def refused(answer: Any, *statuses: int) -> None:
    """It is a problem document: what, where, what next."""
    assert answer.status_code in statuses, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    assert answer.json["type"].startswith("urn:ccshare:problem:")
    assert answer.json["title"]
    assert answer.json["detail"]
    assert answer.json["todo"]


@pytest.fixture
def alice_at_will(make_app: Any, person: Any) -> Any:
    """Alice, with no limit on how often she uploads."""
    return person(make_app(UPLOAD_RATE="1000000/hour", MAX_UPLOAD_MB=4), "alice")


@BOUNDED
@given(source=st.randoms(use_true_random=False))
def test_taken_or_refused(
    alice_at_will: Any, spool: Callable[[], list[Path]], source: random.Random
) -> None:
    body, coding = hostile_uploads.body(source)
    before = stored()
    answer = alice_at_will.upload(body, **({"Content_Encoding": coding.decode()} if coding else {}))
    if answer.status_code in {200, 201}:
        share_id = answer.json["id"]
        for path in ("/s/{}", "/s/{}/items/2?all=1", "/s/{}.jsonl", "/api/sessions/{}/messages"):
            seen = alice_at_will.get(path.format(share_id))
            assert seen.data
            assert seen.status_code in {200, 404}
        assert alice_at_will.get("/api/sessions").status_code == 200
    else:
        refused(answer, 400, 409, 413, 415, 422)
        assert stored() == before
    assert spool() == []


def test_real_images_of_30_mb_pass(alice: Any, document: Document, lines: Any) -> None:
    data = hostile_uploads.PNG + bytes(22 << 20)
    share_id = alice.share(document(lines.user([hostile_uploads.image(data)])))
    assert models.Image.select().count() == 1
    assert len(alice.get(f"/s/{share_id}.jsonl").data) > 29 << 20


@pytest.mark.parametrize("filling", [b"a", b"\n", b"\0", b"[", b'{"type":"user"}\n'])
def test_a_bomb_is_refused(
    make_app: Any, person: Any, spool: Callable[[], list[Path]], filling: bytes
) -> None:
    owner = person(make_app(MAX_UPLOAD_MB=8, MAX_LINE_MB=2), "alice")
    answer = owner.upload(hostile_uploads.bomb(24, filling), Content_Encoding="gzip")
    refused(answer, 413)
    assert spool() == []


class Wire:
    """A body that ends as gunicorn says when it cannot go on."""

    def __init__(self, first: bytes, error: Exception) -> None:
        self._first, self._error = first, error

    def read(self, _size: int = -1, /) -> bytes:
        first, self._first = self._first, b""
        if not first:
            raise self._error
        return first


@pytest.mark.parametrize(
    ("error", "status"),
    [(InvalidChunkSize(b"zz"), 400), (TimeoutError(), 408), (ConnectionResetError(), 400)],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_body_that_breaks_off(
    alice: Any, document: Document, spool: Any, error: Exception, status: int, method: str
) -> None:
    path = "/api/sessions"
    if method == "PATCH":
        path += "/" + alice.share(document())
    before = stored()
    wire = {"wsgi.input": Wire(document(), error), "wsgi.input_terminated": True}
    answer = alice.client.open(path, method=method, headers=alice.headers, environ_overrides=wire)
    refused(answer, status)
    assert stored() == before
    assert spool() == []


def test_silence_is_bounded_on_gunicorns_own_socket() -> None:
    class Socket:
        timeout = 0

        def settimeout(self, seconds: int) -> None:
            self.timeout = seconds

    wire = Socket()
    intake.bound_silence({"gunicorn.socket": wire})
    assert wire.timeout == 60
    intake.bound_silence({})


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_times_outside_the_calendar_are_shown_as_none(
    alice: Any, document: Document, lines: Any, moment: str
) -> None:
    line = {**lines.user("Hello"), "timestamp": moment}
    share_id = alice.share(document(line))
    assert alice.get(f"/s/{share_id}").status_code == 200
    shown = alice.get(f"/api/sessions/{share_id}").json["session_date"]
    assert shown is None or datetime.datetime.fromisoformat(shown)
    rows = alice.get(f"/api/sessions/{share_id}/messages").json["messages"]
    assert rows[0]["timestamp"] is None


def test_no_column_holds_a_nul(alice: Any, document: Document, lines: Any) -> None:
    call = {"type": "tool_use", "id": "t", "name": "a\0b", "input": {}}
    body = document(lines.user("a\0b"), lines.assistant(call), title="t\0", project="p\0")
    share_id = alice.share(body)
    for table in TABLES:
        for row in table.select().tuples():
            assert not any(isinstance(value, str) and "\0" in value for value in row)
    assert alice.patch(share_id, title="a\0b").json["title"] == "a\ufffdb"


def test_doubled_keys_hold_one_value(alice: Any, lines: Any) -> None:
    line = json.dumps(lines.user("LAST")).replace('"content"', '"content":"FIRST","content"')
    head = b'{"type":"ccshare","version":9,"version":1,"session_id":"a"}\n'
    share_id = alice.share(head + line.encode() + b"\n")
    assert b"FIRST" not in alice.get(f"/s/{share_id}.jsonl").data
    assert "LAST" in alice.get(f"/s/{share_id}").text
