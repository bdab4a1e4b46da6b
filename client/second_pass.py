"""The second pass: echoes of known values go, long results are cut, and all is looked at again.

The first pass has found every value; now each is removed wherever else it stands. Most blocks hold
no trace of one and pass as they are. Last comes a second look, with the server's eyes, at what will
really be sent.
"""

import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from ..transcript import engines, truncate
from ..transcript.document import encode, file_line, place_of, text_line
from ..transcript.findings import Finding
from ..transcript.model import Json
from ..transcript.propagate import Echoes
from ..transcript.reader import parse
from ..transcript.scan import scan
from ..transcript.shapes import SureFilter
from ..transcript.strip import where
from .draft import BLOCK, Block, Draft
from .exits import ExitStatus, Failure
from .redacting import Redaction
from .spilled import with_removed
from .spool import Spool
from .wording import one_line

LOOKING = 2 if engines.re2 is not None else 1
"""Threads that look at blocks; without re2 they would only wait for each other."""
AHEAD = 3 * BLOCK
"""Bytes of blocks that wait."""
LARGE = 16 << 20
"""Bytes of a draft after which its second pass begins with little memory."""
_SPECIAL = b'{"type":"ccshare-'
"""How lines begin that are no session's."""


class _Seen(NamedTuple):
    """What the quick looks saw in a block."""

    changes: frozenset[int]
    """The numbers of the lines in which something may have to change."""
    sure: frozenset[int]
    """Of those in which a sure secret may be."""


class _Filters(threading.local):
    """A filter for each thread: it remembers words, and that is not to be done by two at once."""

    def __init__(self) -> None:
        self.of_thread = SureFilter()


class SecondPass:
    """Takes the draft and fills the spool. Failure (privacy) if a sure secret is left in it."""

    def __init__(self, redaction: Redaction, draft: Draft, spool: Spool) -> None:
        self._redaction = redaction
        self._draft = draft
        self._spool = spool
        if draft.size > LARGE:
            engines.let_go()  # the searches of the first pass have grown; here run others
        self._echoes: Echoes = redaction.know_all()
        self._filters = _Filters()
        self._files = 0

    def run(self) -> None:
        """Everything in the draft, in order."""
        for block, seen in self._seen(self._draft.blocks()):
            if not seen.changes and not seen.sure:
                self._spool.write(block.data)
                continue
            for number, (data, file, line) in enumerate(self._draft.lines(block)):
                if number in seen.changes:
                    self._send(self._finished(data, file, line), file, line)
                elif number in seen.sure:
                    self._send(data, file, line)
                else:
                    self._spool.write(data)

    def _seen(self, blocks: Iterator[Block]) -> Iterator[tuple[Block, _Seen]]:
        """Each block, and what was seen in it.

        The quick looks work without Python's lock: some blocks ahead are looked at meanwhile.
        """
        waiting: deque[tuple[Block, Future[_Seen]]] = deque()
        with ThreadPoolExecutor(LOOKING, "looking") as pool:
            for block in blocks:
                waiting.append((block, pool.submit(self._look, block)))
                while sum(len(one.data) for one, _ in waiting) > AHEAD:
                    first, seen = waiting.popleft()
                    yield first, seen.result()
            for block, seen in waiting:
                yield block, seen.result()

    def _look(self, block: Block) -> _Seen:
        # One line alone may be large: no copy of it.
        alone = len(block.origins) == 2
        lines = [block.data] if alone else block.data.splitlines(keepends=True)
        special = [
            number
            for number, line in enumerate(lines)
            if self._redaction.rewrites_all
            or len(line) > truncate.LIMIT
            or line.startswith(_SPECIAL)
        ]
        touched = where(lines, self._echoes.possible)
        sure = self._filters.of_thread.suspicious(lines)
        return _Seen(frozenset([*special, *touched]), frozenset(sure))

    def check(self, data: bytes, file: str, line: int) -> None:
        """Look at lines as they will be sent. Failure (privacy) if there is a secret in them."""
        if not self._filters.of_thread.possible(data):
            return
        for encoded in data.splitlines():
            value, _ = parse(encoded)
            for finding in scan(value or {}):
                if not self._redaction.permits(finding.rule, finding.digest):
                    raise refused(finding, file, line)

    def _send(self, data: bytes, file: str, line: int) -> None:
        self.check(data, file, line)
        self._spool.write(data)

    def _finished(self, data: bytes, file: str, line: int) -> bytes:
        """A line as it is sent."""
        special = data.startswith(_SPECIAL)
        looked_for = self._redaction.rewrites_all or self._echoes.possible(data)
        if not (special or len(data) > truncate.LIMIT or looked_for):
            return data
        value, _ = parse(data)
        if value is None:
            return data
        kind = value.get("type")
        if kind == "ccshare-file":
            return self._file(value)
        if kind == "ccshare-text":
            return self._text(value, file)
        clean = self._redaction.again(value, file, line)
        if clean is not value:
            data = encode(clean)
        return encode(truncate.results(clean)) if len(data) > truncate.LIMIT else data

    def _file(self, value: Json) -> bytes:
        """The line that begins a file: a mark would be no file name."""
        self._files += 1
        path, meta = value["path"], value.get("meta")
        if self._redaction.text(path, "a file's name") != path:
            number = self._files
            path = (
                f"subagents/agent-redacted-{number}.jsonl"
                if place_of(path) == "subagent"
                else f"tool-results/output-redacted-{number}.txt"
            )
        return file_line(path, None if meta is None else self._redaction.again(meta, path))

    def _text(self, value: Json, file: str) -> bytes:
        """A spilled output, cut; `unread` bytes of it were too far from its ends to be read."""
        text = truncate.text(self._redaction.again(value["text"], file))
        unread = value.get("unread")
        return text_line(with_removed(text, unread) if unread else text)


def refused(finding: Finding, file: str, line: int) -> Failure:
    """Why nothing is sent: rule and place, never the value; its hash is what allows it."""
    source = " ".join(part for part in (file, f"line {line}" if line else "") if part)
    place = one_line(f"{source}, {finding.place}" if finding.place else source, 160)
    return Failure(
        ExitStatus.PRIVACY,
        f"Nothing was sent: a secret would still be in it: {finding.rule} in {place}.",
        f"If it is none, let it stay: --allow {finding.digest}\n"
        "If it is one, take it out (--redact REGEX) and report that the redaction missed it, "
        "without the value.",
    )
