"""The wire: what is sent, what is tried again, what never happens to the key."""

import io
import time
from datetime import UTC, datetime

import pytest
from ccshare.client.config import Access
from ccshare.client.exits import ExitStatus, Failure
from ccshare.client.progress import bar
from ccshare.client.send import Answer, Body, Server, is_link, is_loopback, retry_after


@pytest.fixture
def talk(known, server, make):
    """The client's end of the fake server."""
    with Server(Access(server.url, make.key), known.environment()) as talking:
        yield talking


def send(talk, data=b"x" * 300_000):
    calls = []

    def fresh():
        calls.append(0)

        def advance(size):
            calls[-1] += size

        return advance

    parts = [io.BytesIO(data[:100]), io.BytesIO(data[100:])]
    return talk.upload(parts, len(data), fresh), calls


def test_one_upload(talk, server, make):
    data = bytes(range(256)) * 1000
    share, calls = send(talk, data)
    assert share["id"] == "AbCdEf123456"
    assert calls == [len(data)]
    (seen,) = server.seen
    assert (seen.method, seen.path, seen.body) == ("POST", "/api/sessions", data)
    assert seen.headers["Content-Length"] == str(len(data))
    assert seen.headers["Content-Encoding"] == "gzip"
    assert seen.headers["Authorization"] == f"Bearer {make.key}"
    assert "Transfer-Encoding" not in seen.headers
    assert seen.headers["User-Agent"].startswith("ccshare/")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(talk, server, known, status):
    server.script = [server.problem(status, "Busy"), server.problem(status, "Busy")]
    _, calls = send(talk)
    assert calls == [300_000] * 3
    assert {seen.body for seen in server.seen} == {b"x" * 300_000}
    assert len(known.slept) == 2
    assert 0.25 <= known.slept[0] <= 0.5 <= known.slept[1] <= 1.0


@pytest.mark.parametrize("how", ["cut", "cut early"])
def test_a_cut_connection_is_tried_again(talk, server, how):
    server.script = [how, how]
    share, _ = send(talk, b"y" * 2_000_000)
    assert share["revision"] == 1
    assert server.seen[-1].body == b"y" * 2_000_000


def test_it_gives_up_after_five_tries(talk, server, known):
    server.script = [server.problem(503, "Busy", "Try later.")] * 9
    with pytest.raises(Failure, match="Busy") as raised:
        send(talk)
    assert raised.value.status is ExitStatus.NETWORK
    assert raised.value.todo == "Try later."
    assert len(server.seen) == 5
    assert len(known.slept) == 4


def test_retry_after_is_honoured(talk, server, known):
    server.script = [(429, {"Retry-After": "7"}, b"")]
    send(talk)
    assert known.slept == [7.0]


def test_a_long_retry_after_is_not_waited_for(talk, server, known):
    server.script = [(429, {"Retry-After": "3600"}, b"{}")]
    with pytest.raises(Failure) as raised:
        send(talk)
    assert raised.value.status is ExitStatus.NETWORK
    assert known.slept == []
    assert len(server.seen) == 1


def test_retry_after_as_a_date():
    now = datetime(2026, 11, 1, 10, 0, 0, tzinfo=UTC)
    answer = Answer(429, {"Retry-After": "Sun, 01 Nov 2026 10:00:30 GMT"}, b"")
    assert retry_after(answer, now) == 30
    assert retry_after(Answer(429, {"Retry-After": "soon"}, b""), now) == 0


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, ExitStatus.NETWORK),
        (401, ExitStatus.NOT_ALLOWED),
        (403, ExitStatus.NOT_ALLOWED),
        (409, ExitStatus.USAGE),
        (413, ExitStatus.NO_SESSION),
        (418, ExitStatus.NETWORK),
    ],
)
def test_what_will_not_pass_is_not_tried_again(talk, server, known, status, code):
    server.script = [server.problem(status, "No\x1b[31m", "Do this\r.")]
    with pytest.raises(Failure, match="No\ufffd") as raised:
        send(talk)
    assert raised.value.status is code
    assert "Do this" in raised.value.todo
    assert "\x1b" not in raised.value.todo
    assert len(server.seen) == 1
    assert known.slept == []


def test_the_servers_findings_are_shown(talk, server):
    found = [{"rule": "github-token", "place": f"message {n}"} for n in range(12)]
    server.script = [server.problem(422, "Secrets", "Look.", findings=found)]
    with pytest.raises(Failure) as raised:
        send(talk)
    assert raised.value.status is ExitStatus.PRIVACY
    assert "github-token in message 0" in raised.value.todo
    assert "message 10" not in raised.value.todo
    assert "--allow" in raised.value.todo and "report" in raised.value.todo


def test_an_invalid_document_is_no_session(talk, server):
    kind = "urn:ccshare:problem:invalid-document"
    server.script = [server.problem(400, "Not a shared session", type=kind)]
    with pytest.raises(Failure) as raised:
        send(talk)
    assert raised.value.status is ExitStatus.NO_SESSION


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(talk, server, status):
    server.script = [(status, {"Location": f"{server.url}/elsewhere"}, b"")]
    with pytest.raises(Failure, match="sends on to") as raised:
        send(talk)
    assert raised.value.status is ExitStatus.NETWORK
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"[]", b'{"url":"javascript:alert(1)","id":"x"}', b"{}" + b" " * 9_000_000],
)
def test_an_answer_of_something_else(talk, server, body):
    server.script = [(200, {}, body)]
    with pytest.raises(Failure, match="does not answer like a ccshare server"):
        send(talk)


def test_no_server(known, make):
    with (
        Server(Access("http://127.0.0.1:9", make.key), known.environment()) as talking,
        pytest.raises(Failure, match="cannot be reached") as raised,
    ):
        talking.check_key()
    assert raised.value.status is ExitStatus.NETWORK
    assert raised.value.todo
    assert len(known.slept) == 4


def test_a_netrc_entry_does_not_replace_the_key(talk, server, make, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    talk.check_key()
    assert server.seen[0].headers["Authorization"] == f"Bearer {make.key}"


@pytest.mark.parametrize("key", ["a b", "a\nb", "ключ", "x" * 600])
def test_a_key_that_is_none_is_never_sent(known, server, key):
    with (
        Server(Access(server.url, key), known.environment()) as talking,
        pytest.raises(Failure) as raised,
    ):
        talking.check_key()
    assert raised.value.status is ExitStatus.NOT_ALLOWED
    assert key not in raised.value.message
    assert server.seen == []


def test_plain_http_to_elsewhere_warns(known, make):
    environment = known.environment()
    with Server(Access("http://share.example", make.key), environment):
        pass
    assert "not https" in environment.stderr.getvalue()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:3000", True),
        ("http://127.0.0.9", True),
        ("http://[::1]:80", True),
        ("http://x.localhost", True),
        ("http://localhost.example", False),
        ("http://10.0.0.1", False),
    ],
)
def test_loopback(url, expected):
    assert is_loopback(url) is expected


def test_the_list_follows_the_cursor(talk, server):
    server.shares = [{"id": str(n)} for n in range(5)]
    assert [row["id"] for row in talk.sessions()] == list("01234")
    assert len(server.seen) == 3


def test_links_are_plain():
    assert is_link("https://x/s/a")
    assert not is_link("https://x/\x1b[0m")
    assert not is_link("file:///etc/passwd")


def test_the_bar_is_for_terminals_only(machine):
    for terminal in (True, False):
        machine.terminal = terminal
        environment = machine.environment()
        with bar(environment, "Reading", 100, shown=True) as advance:
            time.sleep(0.35)
            advance(50)
        assert ("Reading:  50%" in environment.stderr.getvalue()) is terminal


def test_a_body_is_read_in_pieces_and_can_be_sent_twice():
    parts = [io.BytesIO(b"abc"), io.BytesIO(b""), io.BytesIO(b"defg")]
    for _ in range(2):
        body = Body(parts, 7, lambda _: None)
        assert len(body) == 7
        assert list(iter(lambda body=body: body.read(2), b"")) == [b"ab", b"c", b"de", b"fg"]
