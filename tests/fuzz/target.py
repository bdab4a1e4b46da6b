"""What a hostile line meets on its way: reader, allow-list, redaction, staging, a page's HTML.

`python tests/fuzz/target.py [FOLDER] [libFuzzer options]` fuzzes with atheris until it is stopped
or something is raised that should not be.
"""

import io
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ccshare"]):
    from ccshare.app.addresses import ShareLinks
    from ccshare.app.frames import MESSAGE, PART
    from ccshare.app.problems import Problem
    from ccshare.app.spool import Spool
    from ccshare.app.staging import Staged, Staging
    from ccshare.app.storage import packing
    from ccshare.render import item_text, page
    from ccshare.transcript.allow import shared
    from ccshare.transcript.assemble import assemble
    from ccshare.transcript.document import Limits, encode
    from ccshare.transcript.model import Part
    from ccshare.transcript.paths import Places
    from ccshare.transcript.reader import parse, read_lines
    from ccshare.transcript.redact import Redactor
    from ccshare.transcript.scan import scan

HEADER = b'{"type":"ccshare","version":1,"session_id":"fuzz"}\n'
PROMPT = b'{"type":"user","message":{"role":"user","content":"Hello"}}\n'
PART_ROW = ("thread", "n", "page", "sequence", "block", "role", "kind", "name", "error", "about")
"""The columns of a part as app/outline.py writes them."""
LIMITS = Limits(line_bytes=1 << 20, total_bytes=4 << 20, lines=2_000, files=20)
FOLDER = tempfile.TemporaryDirectory(prefix="ccshare-fuzz-")
SPOOL = Spool(Path(FOLDER.name))
page.RAISE = True


def one_input(data: bytes) -> None:
    """The lines as the author's machine handles them, then as the server does."""
    upload(data if data.startswith(b'{"type":"ccshare"') else HEADER + PROMPT + data)
    upload(HEADER + PROMPT + prepared(data))


def prepared(data: bytes) -> bytes:
    """The client's way: only what is allowed, redacted; a second pass finds nothing sure."""
    redactor, lines = Redactor(Places("/home/alice")), []
    for raw in read_lines(io.BytesIO(data), max_line_bytes=1 << 20):
        assert (raw.value is None) != (raw.problem is None)
        line = shared(raw.value) if raw.value else None
        if line is not None:
            clean = redactor.line(line)
            assert scan(clean) == []
            lines.append(encode(clean))
    return b"".join(lines)


def upload(document: bytes) -> None:
    """The server's way: staged or refused; what is staged can be drawn."""
    with SPOOL.file() as body:
        body.write(document)
        body.seek(0)
        try:
            with closing(Staging(SPOOL, LIMITS, "refuse")) as staging:
                staged = staging.staged(body)
        except Problem as problem:
            assert 400 <= problem.status < 500 and problem.detail and problem.todo
            return
    with closing(staged):
        draw(staged)


def draw(staged: Staged) -> None:
    """Every item of the main thread and of the others, closed and open."""
    lines, parts = {}, []
    for kind, row, body in staged.rows():
        if kind == MESSAGE and body is not None:
            lines[row[0]], problem = parse(packing.unpack(body, staged.dictionary))
            assert problem is None
        elif kind == PART:
            parts.append(Part(**dict(zip(PART_ROW, row, strict=True))))
    items = assemble(parts, lines)
    links = ShareLinks("0" * 12)
    page.items(items, links)
    for item in items:
        page.body(item, links, True)
        page.body(item, links, False)
        item_text.output(item)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
