"""`--preview`: one private file that loads nothing, runs nothing, and holds no secret."""

import base64
import hashlib
import re
import stat
import struct
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

HOSTILE = (
    "<script>alert(1)</script><!--rows--></style><img src=http://evil.example/x onerror=alert(1)>"
    "![x](http://evil.example/y.png) [go](javascript:alert(1)) <iframe src='//evil.example'>"
)
LOADING = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping"}


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def png() -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


@pytest.fixture
def preview(machine, tmp_path, monkeypatch):
    """Write the preview of these lines; gives its path and its text."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def go(*lines):
        path = machine.write(*lines)
        assert machine.run("redact", path, "--preview", "--no-open") == 0, machine.err
        file = Path(machine.out.strip())
        return file, file.read_text(encoding="utf-8")

    return go


def test_the_file_is_for_one_person_and_loads_nothing(preview, make):
    image = {"type": "base64", "media_type": "image/png", "data": png()}
    picture = {"type": "image", "source": image}
    call = {"type": "tool_use", "id": "t9", "name": HOSTILE, "input": {HOSTILE: HOSTILE}}
    lines = [
        *make.session(),
        make.chain("user", 7, [{"type": "text", "text": HOSTILE}, picture]),
        make.chain("assistant", 8, [{"type": "text", "text": HOSTILE}]),
        make.chain("assistant", 9, [call]),
        make.chain("user", 10, [{"type": "tool_result", "tool_use_id": "t9", "content": HOSTILE}]),
    ]
    path, html = preview(*lines)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert make.secret not in html and "[REDACTED:github-token#1]" in html
    assert "Why does the cart lose a cent?" in html and "/home/dana" not in html
    tags = Tags(html).tags
    names = {name for name, _ in tags}
    assert not names & {"script", "iframe", "object", "embed", "link", "base", "form"}
    for name, attributes in tags:
        assert not any(key.startswith("on") or key == "style" for key in attributes), name
        for key in LOADING & attributes.keys():
            assert attributes[key].startswith("data:image/png;base64,"), (name, key)
        assert "javascript:" not in attributes.get("href", "")
    pictures = [attributes["src"] for name, attributes in tags if name == "img"]
    assert pictures == [f"data:image/png;base64,{png()}"]


def test_the_policy_lets_in_its_own_style_alone(preview, make):
    _, html = preview(*make.session())
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(styles) == 1 and "url(" not in styles[0] and "@import" not in styles[0]
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    policy = next(
        attributes["content"]
        for name, attributes in Tags(html).tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_only_the_beginning_is_shown_and_it_says_so(preview, make):
    lines = [make.chain("user", n, f"prompt number {n}.") for n in range(1, 621)]
    _, html = preview(*lines)
    assert "prompt number 500." in html and "prompt number 501." not in html
    assert re.search(r"first 500\s+rows; 120\s+rows more", html)


def test_huge_results_do_not_make_a_huge_file(preview, make, monkeypatch):
    monkeypatch.setattr("ccshare.client.preview.MOST_BYTES", 100_000)
    lines = [make.chain("user", n, f"start {n} " + "word " * 2_000) for n in range(1, 101)]
    path, html = preview(*lines)
    assert path.stat().st_size < 400_000
    assert re.search(r"first \d+\s+rows; \d+\s+rows more", html)


def test_upload_shows_it_asks_and_takes_it_away(known, server, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = known.write()
    known.terminal, known.stdin = True, b"n\n"
    known.variables["DISPLAY"] = ":7"
    assert known.run("upload", path, "--preview") == 5
    [address] = known.opened
    assert address.startswith("file://") and address.endswith("preview.html")
    assert address.removeprefix("file://") in known.err
    assert not server.seen and not list(tmp_path.glob("ccshare-preview-*"))


def test_without_a_screen_it_only_says_where(known, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    path = known.write()
    assert known.run("upload", path, "--preview", "--dry-run") == 0
    assert not known.opened
    [file] = tmp_path.glob("ccshare-preview-*/preview.html")
    assert f"Preview: {file}" in known.err


def test_without_the_renderer_it_says_what_to_install(known, server, monkeypatch):
    monkeypatch.setitem(sys.modules, "ccshare.render.preview", None)
    path = known.write()
    assert known.run("upload", path, "--preview", "--yes") == 2
    assert "ccshare[html]" in known.err and not server.seen
