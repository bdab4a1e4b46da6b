"""Requests as raw bytes: http libraries are too polite to send most of these."""

import random
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from . import hostile_uploads


@dataclass(frozen=True)
class Target:
    """What is there to be attacked: shares, one of them gone, and keys."""

    ids: tuple[str, ...]
    gone: str
    key: str
    other_key: str


@dataclass
class Raw:
    """One connection: `pieces` are sent one after the other; `cut` ends sending early."""

    pieces: list[bytes]
    cut: bool = False
    kind: str = ""


@dataclass
class Request:
    """A request that is still well-formed, before something is done to it."""

    method: bytes = b"GET"
    path: bytes = b"/"
    fields: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    length: bool = True

    def head(self) -> bytes:
        """Request line and header."""
        lines = [b"%b %b HTTP/1.1" % (self.method, self.path)]
        lines += [b"%b: %b" % pair for pair in self.fields]
        if self.body and self.length:
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join([*lines, b"", b""])

    def raw(self, kind: str) -> Raw:
        """As it is."""
        return Raw([self.head(), self.body], kind=kind)


ODD_TEXT = (
    b"", b"0", b"-1", b"1", b"99999999999999999999", b"1e9", b"%00", b"%ff%fe", b"\xff\xfe", b"NaN",
    b"'\"<>", b"../..", b"%2e%2e%2f", b"%0d%0aX-Evil:%201", b"1" * 3_000, b"{{7*7}}", b"%", b"%zz",
    b"1.2.3", b"1-", b"0x1", b"%F0%9F%92%A9", b"null", b"[]", b"a=b&a=c", b"+", b"%E2%80%AE",
)  # fmt: skip
METHODS = (
    b"HEAD", b"OPTIONS", b"PUT", b"TRACE", b"CONNECT", b"PROPFIND", b"get", b"G\0T", b"X" * 50,
    b"PATCH", b"POST", b"LOCK", b"M-SEARCH", b"",
)  # fmt: skip
"""No DELETE: with its owner's key it would take the target from under all that follows."""
ODD_FIELDS = (
    (b"Range", b"bytes=0-1,5-,-7"), (b"Range", b"bytes=99999999999999999999-"), (b"Range", b"x"),
    (b"If-None-Match", b"*"), (b"If-None-Match", b'"' * 2_000), (b"If-Match", b'W/"x"'),
    (b"If-Modified-Since", b"Thu, 99 Foo 99999 99:99:99 GMT"), (b"If-Range", b"\xff"),
    (b"Accept", b"*/*;q=nan,text/\xff;q=1e999"), (b"Accept-Encoding", b"gzip;q=,;;,,gzip;q=2"),
    (b"Accept-Language", b"," * 3_000), (b"Cookie", b"a=b;" * 500), (b"Cookie", b"=;=\xff"),
    (b"Authorization", b"Bearer"), (b"Authorization", b"Bearer  \xff\xfe"),
    (b"Authorization", b"Basic " + b"A" * 500), (b"Authorization", b"Bearer ccs_" + b"0" * 36),
    (b"Content-Type", b"multipart/form-data; boundary=" + b"a" * 300), (b"Content-Type", b"\xff"),
    (b"Content-Type", b"application/x-www-form-urlencoded"), (b"Content-Type",
    b"text/html;charset=x"),
    (b"Expect", b"100-continue"), (b"Expect", b"200-ok"), (b"Upgrade", b"h2c"), (b"TE",
    b"trailers"),
    (b"HX-Request", b"true"), (b"HX-Current-URL", b"javascript:1"), (b"X-Forwarded-Host",
    b"evil\xff"),
    (b"X-Forwarded-Proto", b"javascript"), (b"X-Forwarded-For", b"a:b:c%x, ::1%eth0"),
    (b"X-HTTP-Method-Override", b"DELETE"), (b"Host", b"evil.example"), (b"Host", b"a b"),
    (b"Host", b"[::1"), (b"Host", b"\xff\xfe:99999"), (b"Transfer-Encoding", b"gzip"),
    (b"User-Agent", b"\x80" * 200), (b"Referer", b"http://[::"), (b"Content-Encoding", b"gzip"),
)  # fmt: skip
BROKEN = (
    b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\0",
    b"GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", b"GET / HTTP/1.1\r\nNo colon here\r\n\r\n",
    b"GET / HTTP/1.1\r\n: empty\r\n\r\n", b"GET / HTTP/1.1\r\nA b: c\r\n\r\n", b"\0" * 4_000,
    b"GET " + b"/" * 9_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n",
    b"GET  /  HTTP/1.1",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: x\r\n\r\n", b"GET //evil.example/%2f.. HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"y" * 9_000 + b"\r\n\r\n", b"GET / HTTP/1.0\r\nHost:\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"PROXY TCP4 1.1.1.1 1.1.1.1 1 1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(150)) + b"\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 1e3\r\n\r\n",
)  # fmt: skip
TEMPLATES = (
    b"/", b"/healthz", b"/robots.txt", b"/static/%b", b"/s/%b", b"/s/%b?page=%b", b"/s/%b?m=%b",
    b"/s/%b?m=%b&all=1", b"/s/%b/messages?page=%b", b"/s/%b/messages?page=%b&up=1",
    b"/s/%b/items/%b", b"/s/%b/items/%b?page=%b", b"/s/%b/items/1?all=%b", b"/s/%b.jsonl",
    b"/s/%b/images/%b.png", b"/api/sessions?cursor=%b", b"/api/sessions/%b",
    b"/api/sessions/%b/messages?offset=%b&limit=%b", b"/api/sessions/%b/messages?limit=%b",
    b"/api/openapi.json", b"/api/%b", b"/%b", b"//%b//%b", b"/s/%b/../%b", b"/embed/s/%b",
)  # fmt: skip
CHUNKS = (
    b"zz\r\nabc\r\n0\r\n\r\n", b"5\r\nabc", b"-5\r\nabc\r\n0\r\n\r\n",
    b"5\r\nabcdefgh\r\n0\r\n\r\n",
    b"ffffffffffffffffffff\r\nabc\r\n", b"5;" + b"x" * 5_000 + b"\r\nabcde\r\n0\r\n\r\n",
    b"5\nabcde\n0\n\n",
    b"3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n", b"", b"0\r\n\r\n", b"0x5\r\nabcde\r\n0\r\n\r\n",
    b"3\r\nabc\r\n0\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", b"5 \r\nabcde\r\n0\r\n\r\n", b"\r\n\r\n",
)  # fmt: skip
LENGTHS = (b"", b"0", b"-5", b"abc", b"9" * 30, b"%d", b"%d, %d", b"+%d", b" ", b"long", b"huge")
PATCHES = (
    b"{}", b'{"title":""}', b'{"title":1}', b'{"title":"\\u0000\\ud800"}', b'{"expires_in":"0d"}',
    b'{"expires_in":[]}', b'{"owner":"bob"}', b"[]", b"[" * 9_000, b"{" + b" " * 20_000 + b"}",
    b"\xff",
    b'{"title":NaN}', b'{"title":"New","title":"Newer"}', b'{"expires_in":"99999w"}', b"",
    b'{"title":"' + b"x" * 301 + b'"}', b'{"title":"fine","expires_in":"12h"}', b"\x1f\x8b\x08",
)  # fmt: skip


def _authorization(target: Target, source: random.Random) -> tuple[bytes, bytes]:
    key = source.choices((target.key, target.other_key, "ccs_wrong"), (8, 3, 1))[0]
    return b"Authorization", b"Bearer " + key.encode()


def _common(source: random.Random) -> list[tuple[bytes, bytes]]:
    # Addresses by the thousand: else the limits would answer, and nothing behind them be tried.
    address = b"10.%d.%d.1" % (source.randrange(8), source.randrange(256))
    return [(b"Host", b"localhost"), (b"X-Forwarded-For", address), (b"Connection", b"close")]


def _id(target: Target, source: random.Random) -> bytes:
    fixed = (*target.ids, *target.ids, target.gone, "0" * 12, "a" * 11, "../../../..ab")
    return source.choice((*(text.encode() for text in fixed), source.choice(ODD_TEXT)))


def reading(target: Target, source: random.Random) -> Raw:
    """A page, fragment or API address with odd parts, and now and then odd header fields."""
    template = source.choice(TEMPLATES)
    parts = [source.choice(ODD_TEXT) for _ in range(template.count(b"%b"))]
    if parts and template.startswith((b"/s/", b"/api/sessions/", b"/embed")):
        parts[0] = _id(target, source)
    path = template % tuple(parts)
    if source.random() < 0.05:
        path += b"?" + urllib.parse.urlencode([("q", "x" * 9)] * 300).encode()
    request = Request(path=path.replace(b" ", b"+"), fields=_common(source))
    request.fields += source.sample(ODD_FIELDS, source.choice((0, 0, 1, 3)))
    if source.random() < 0.5:
        request.fields.append(_authorization(target, source))
    if source.random() < 0.2:
        request.method = source.choice(METHODS)
    return request.raw("reading")


def changing(target: Target, source: random.Random) -> Raw:
    """PATCH and DELETE with odd bodies, of one's own shares and of others'."""
    own = source.choice((*target.ids, target.gone, "0" * 12)).encode()
    method = source.choice((b"PATCH", b"PATCH", b"PATCH", b"DELETE", b"PUT", b"POST"))
    fields = [*_common(source), (b"Authorization", b"Bearer " + target.other_key.encode())]
    if method != b"DELETE" and source.random() < 0.8:
        fields[-1] = (b"Authorization", b"Bearer " + target.key.encode())
    request = Request(method, b"/api/sessions/" + own, fields, source.choice(PATCHES))
    if source.random() < 0.3:
        return chunked(request, source)
    return request.raw("changing")


def uploading(target: Target, source: random.Random) -> Raw:
    """An upload with a hostile body, its length told, mistold or sent in chunks."""
    body, coding = hostile_uploads.body(source)
    fields = [*_common(source), _authorization(target, source)]
    if coding:
        fields.append((b"Content-Encoding", coding))
    if source.random() < 0.15:
        fields.append(source.choice(ODD_FIELDS))
    request = Request(b"POST", b"/api/sessions", fields, body)
    act = source.random()
    if act < 0.65:
        return request.raw("uploading")
    if act < 0.85:
        return chunked(request, source)
    return mistold(request, source)


def chunked(request: Request, source: random.Random) -> Raw:
    """The body in chunks, sound, broken or cut off."""
    request.length = False
    request.fields.append((b"Transfer-Encoding", b"chunked"))
    if source.random() < 0.1:
        request.fields.append((b"Content-Length", b"5"))
    body, pieces = request.body, [request.head()]
    for at in range(0, min(len(body), 3 << 20), 1 << 16):
        piece = body[at : at + (1 << 16)]
        pieces.append(b"%x\r\n%b\r\n" % (len(piece), piece))
    act = source.random()
    if act < 0.4:
        return Raw([*pieces, b"0\r\n\r\n"], kind="chunked")
    if act < 0.7:
        return Raw([*pieces, source.choice(CHUNKS)], cut=True, kind="chunked")
    last = pieces[-1]
    return Raw([*pieces[:-1], last[: source.randrange(len(last))]], cut=True, kind="chunked")


def mistold(request: Request, source: random.Random) -> Raw:
    """A Content-Length that is not the body's: missing, doubled, absurd, too long."""
    request.length = False
    real, told = len(request.body), source.choice(LENGTHS)
    if told == b"long":
        told = b"%d" % (real + 1_000)
    elif told == b"huge":
        told = b"%d" % (1 << 40)
    if told:
        told = told % ((real,) * told.count(b"%d")) if b"%d" in told else told
        request.fields.append((b"Content-Length", told))
        if source.random() < 0.2:
            request.fields.append((b"Content-Length", b"7"))
    return Raw([request.head(), request.body], cut=True, kind="mistold")


def broken(_target: Target, source: random.Random) -> Raw:
    """What is hardly HTTP."""
    data = source.choice(BROKEN)
    if source.random() < 0.3:
        at = source.randrange(len(data))
        data = data[:at] + source.randbytes(source.randint(1, 20)) + data[at:]
    return Raw([data], cut=True, kind="broken")


def pipelined(target: Target, source: random.Random) -> Raw:
    """Several requests at once on one connection, the last with the rest of them as its body."""
    path = b"/api/sessions/" + _id(target, source).replace(b" ", b"")
    host = (b"Host", b"localhost")
    first = Request(path=path, fields=[host]).head()
    smuggled = Request(b"POST", b"/api/sessions", [host, (b"Content-Length", b"30")]).head()
    return Raw([first * source.randint(1, 5) + smuggled + first], cut=True, kind="pipelined")


Kind = Callable[[Target, random.Random], Raw]
KINDS: tuple[tuple[Kind, int], ...] = (
    (reading, 45), (uploading, 30), (changing, 10), (broken, 10), (pipelined, 5),
)  # fmt: skip


def one(target: Target, source: random.Random) -> Raw:
    """A hostile request of any kind."""
    kinds, weights = zip(*KINDS, strict=True)
    return source.choices(kinds, weights)[0](target, source)
