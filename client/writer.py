"""The first pass: the shared document's lines, in the order of the contract, into the draft.

Each input line is read and cut down to what may be shared; some hundred KB of them are redacted at
a time, which is quicker than one by one. The second pass takes out what only became known later.
"""

import hashlib
import re
from collections.abc import Iterator

from ..transcript.allow import shared, shared_meta
from ..transcript.bundle import SpilledFile, SubagentFile
from ..transcript.document import Header, encode, file_line, place_of
from ..transcript.facts import FactsBuilder
from ..transcript.header import DocumentError
from ..transcript.model import Json
from ..transcript.reader import LineSource, RawLine, parse, read_lines
from ..transcript.redact import Line
from ..transcript.relink import Relinker
from .draft import Draft
from .exits import ExitStatus, Failure
from .part import Part, Rest, Unread
from .progress import Advance
from .redacting import Redaction
from .spilled import read_spilled

STATE_LINES = ("summary", "ai-title", "custom-title", "cost-state")
"""Re-appended again and again by Claude Code: the last of each is the one that counts."""
MOST_PULL_REQUESTS = 50
MOST_FOLDERS = 256
GIVE_UP_AFTER = 1_000
"""Unreadable lines at the start of a file, after which it is no session for sure."""
BATCH = 768 << 10
"""Bytes of a file whose lines are redacted at a time."""
SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class DocumentWriter:
    """Feed it the main file, then subagents and spilled outputs, then `finish`."""

    def __init__(self, draft: Draft, redaction: Redaction, name: str) -> None:
        self.redaction = redaction
        self.facts = FactsBuilder()
        self.folders: dict[str, None] = {}
        self.unread = Unread()
        self.size_before = 0
        self.files = 0
        self.redacted_before: dict[str, int] = {}
        """What the input says was taken out of it already, if it is a shared document."""
        self.advance: Advance = lambda _: None
        self._draft = draft
        self._name = name
        self._given: Header | None = None
        self._messages = 0
        self._read = 0
        self._states: dict[str, Json] = {}
        self._links: dict[str, Json] = {}
        self._session_id: str | None = None
        self._digest = ""
        self._counts = True
        self._met: list[Json] = []
        """Lines as they were read, to learn from."""
        self._waiting: list[Line] = []

    # -- what is read

    def main(self, stream: LineSource, rest: Rest | None = None) -> None:
        """The main file, or a shared document. Failure (no session) if it is neither.

        `rest` has what comes behind the stream's end.
        """
        relinker = Relinker()
        lines = self._lines(stream, self._name)
        for raw in lines:
            line = raw.value
            if line is None:
                self._check_hopeless()
            elif line.get("type") == "ccshare" and raw.number == 1:
                self._open(line)
            elif self._given and line.get("type") == "ccshare-file":
                self._end_of_main()
                self._files_of_document(line, lines)
                return
            else:
                self._main_line(line, relinker, raw.number)
        if rest is not None and rest.part is not None:
            self._take_over(rest.part, rest.draft, rest.lines, relinker)
        self._end_of_main()

    def part(self, stream: LineSource, start: int) -> Iterator[int]:
        """The end of the main file, from this byte on; the number of each line of it that was
        read."""
        relinker, self._counts = Relinker(), False  # whoever takes the part over counts
        for raw in self._lines(stream, self._name, start):
            if raw.value is not None:
                self._main_line(raw.value, relinker, raw.number)
            yield raw.number

    def given_part(self) -> Part:
        """What came of `part`."""
        self._write_states()
        return Part(
            self.redaction.known,
            self._draft.names,
            tuple(self.folders),
            self._session_id,
            self._messages,
            self._read,
            self.size_before,
            self.unread,
        )

    def subagent(self, file: SubagentFile) -> None:
        """A subagent's transcript; one that cannot be read is left out."""
        try:
            stream = file.path.open("rb")
        except OSError:
            return
        with stream:
            self._file(file.relative, file.meta)
            relinker = Relinker()
            for raw in self._lines(stream, file.path.name):
                if raw.value is not None and not is_state(raw.value):
                    self._chain(raw.value, relinker, file.path.name, raw.number)

    def spilled(self, file: SpilledFile) -> None:
        """A tool's output; one that cannot be read is left out."""
        try:
            text, size, unread = read_spilled(file.path)
        except OSError:
            return
        self._count(size)
        self._file(file.relative, None)
        self.redaction.learn([{"text": text}])
        self._text(text, file.relative, unread)

    def finish(self) -> None:
        """Check that it was a session after all. Failure (no session) if not."""
        if not self._messages:
            raise self._no_session("it holds no user and no assistant message")
        if self.unread.count > self._read:
            many = f"{self.unread.count:,} of its {self._read + self.unread.count:,} lines"
            raise self._no_session(f"{many} cannot be read")

    def header(self, session_id: str | None) -> Header:
        """The document's header, without the counts of what was redacted; after the second pass."""
        given, facts = self._given, self.facts.result()
        if given:
            self.redacted_before = given.redacted
            text = self.redaction.text
            return Header(
                session_id=given.session_id,
                title=self.redaction.title(given.title or facts.title),
                project=text(given.project, "the project's name"),
                branch=text(given.branch, "the branch"),
                expires_in=given.expires_in,
            )
        return Header(
            session_id=session_id or self._session_id or f"unnamed-{self._digest}",
            title=self.redaction.title(facts.title),
            project=self.redaction.project(next(iter(self.folders), "")),
            branch=self.redaction.text(facts.branch, "the branch"),
        )

    # -- how it is written

    def _lines(self, stream: LineSource, name: str, at: int = 0) -> Iterator[RawLine]:
        """The lines of a stream that begins at this byte of its file, counted."""
        for raw in read_lines(stream):
            self._count(raw.size)
            if raw.value is None:
                self.unread.add(name, raw)
            else:
                self._read += 1
            yield raw
            batch, at = at // BATCH, at + raw.size
            if at // BATCH != batch:
                self._redact()
        self._redact()

    def _count(self, size: int) -> None:
        self.size_before += size
        self.advance(size)

    def _chain(
        self, line: Json, relinker: Relinker, file: str, number: int, *, main: bool = False
    ) -> None:
        """Write what may be shared of a line."""
        self._met.append(line)
        kept = shared(line)
        if kept is None:
            relinker.link(line, kept=False)
            return
        relinker.link(kept, kept=True)
        self._waiting.append(Line(kept, file, number))
        if main and kept["type"] in ("user", "assistant"):
            self._messages += 1

    def _main_line(self, line: Json, relinker: Relinker, number: int) -> None:
        if not self._keep_state(line):
            self._learn(line)
            self._chain(line, relinker, "", number, main=True)

    def _take_over(self, part: Part, draft: Draft, lines: int, relinker: Relinker) -> None:
        """Add what somebody else wrote of the lines behind the first `lines`."""
        renumber = self.redaction.take_over(part.known, lines)
        draft.names = part.names
        for block in draft.blocks():
            for data, kind, number in draft.lines(block):
                data = renumber(data)
                line, _ = parse(data)
                assert line is not None
                if kind:
                    self._take_state(line)
                    continue
                if relinker.link(line, kept=True):
                    data = encode(line)
                self._put(line, data, "", number + lines)
        self.folders |= dict.fromkeys(part.folders[: MOST_FOLDERS - len(self.folders)])
        self._session_id = self._session_id or part.session_id
        self._messages += part.messages
        self._read += part.read
        self._count(part.size)
        self.unread.add_behind(part.unread, lines)

    def _redact(self) -> None:
        """Write the lines that wait."""
        met, self._met = self._met, []
        self.redaction.learn(met)
        waiting, self._waiting = self._waiting, []
        for line, clean in zip(waiting, self.redaction.lines(waiting), strict=True):
            if is_state(clean):
                self._take_state(clean)
            else:
                self._put(clean, encode(clean), line.file, line.number)

    def _put(self, clean: Json, data: bytes, file: str, number: int) -> None:
        if self._counts:
            self.facts.line(clean)
        self._digest = self._digest or hashlib.sha256(data).hexdigest()[:16]
        self._draft.write(data, file, number)

    def _file(self, path: str, meta: Json | None) -> None:
        """Begin the part of a file beside the main one."""
        self._redact()
        self.files += 1
        clean = None if meta is None else self.redaction.value(shared_meta(meta), path)
        self._draft.write(file_line(path, clean), path, 0)

    def _text(self, text: str, path: str, unread: int) -> None:
        """A spilled output; the second pass cuts it."""
        self._redact()
        clean = {"type": "ccshare-text", "text": self.redaction.text(text, path)}
        self._draft.write(encode(clean | {"unread": unread} if unread else clean), path, 0)

    def _learn(self, line: Json) -> None:
        """Take from a raw line what redaction will take out: its folder, and the session's id."""
        folder = line.get("cwd")
        if isinstance(folder, str) and folder and len(self.folders) < MOST_FOLDERS:
            self.folders.setdefault(folder)
        found = line.get("sessionId")
        if self._session_id is None and isinstance(found, str) and SAFE_ID.fullmatch(found):
            self._session_id = found

    # -- state lines

    def _keep_state(self, line: Json) -> bool:
        """Keep a state line for later; False if it is another line."""
        if not is_state(line):
            return False
        kept = shared(line)
        if kept is not None:
            kind = kept["type"]
            self._met.append(line)
            self._waiting.append(Line(kept, kind, 0))
        return True

    def _take_state(self, kept: Json) -> None:
        kind = kept["type"]
        self.facts.line(kept)
        if kind != "pr-link":
            self._states[kind] = kept
        elif isinstance(kept.get("prUrl"), str):
            self._links.pop(kept["prUrl"], None)
            self._links[kept["prUrl"]] = kept
            if len(self._links) > MOST_PULL_REQUESTS:
                del self._links[next(iter(self._links))]

    def _end_of_main(self) -> None:
        """Write the state lines, each once.

        A summary that gave no title may be about another session: its subject is nobody's
        business here.
        """
        self._redact()
        if self.facts.result().title_source != "summary":
            self._states.pop("summary", None)
        self._write_states()

    def _write_states(self) -> None:
        states = [self._states[kind] for kind in STATE_LINES if kind in self._states]
        for line in (*states, *self._links.values()):
            self._draft.write(encode(line), str(line["type"]), 0)

    # -- a document that was shared or redacted before

    def _open(self, line: Json) -> None:
        """Take over the header of a document."""
        try:
            self._given = Header.from_json(line)
        except DocumentError as problem:
            raise Failure(
                ExitStatus.NO_SESSION, f"{self._name}: line 1: {problem.what}.", problem.todo
            ) from problem

    def _files_of_document(self, line: Json, lines: Iterator[RawLine]) -> None:
        """The files of a document, from the first `ccshare-file` line on."""
        relinker = Relinker()
        self._file_of_document(line)
        path = str(line.get("path"))
        for raw in lines:
            if raw.value is None:
                continue
            kind = raw.value.get("type")
            if kind == "ccshare-file":
                path = str(raw.value.get("path"))
                self._file_of_document(raw.value)
                relinker = Relinker()
            elif kind == "ccshare-text":
                text = raw.value.get("text")
                if isinstance(text, str):
                    self._text(text, path, 0)
            else:
                self._chain(raw.value, relinker, "", raw.number)

    def _file_of_document(self, line: Json) -> None:
        path, meta = line.get("path"), line.get("meta")
        if not isinstance(path, str) or place_of(path) is None:
            raise self._no_session("it names a file that no session has")
        self._file(path, meta if isinstance(meta, dict) else None)

    # -- no session

    def _check_hopeless(self) -> None:
        if self.unread.count >= GIVE_UP_AFTER and not self._messages:
            raise self._no_session(f"its first {self.unread.count:,} lines cannot be read")

    def _no_session(self, why: str) -> Failure:
        detail = ""
        if self.unread.first:
            name, number, problem = self.unread.first[0]
            detail = f" Line {number} {problem}." if name == self._name else ""
        return Failure(
            ExitStatus.NO_SESSION,
            f"{self._name} is not a Claude Code session: {why}.{detail}",
            "Session files are in ~/.claude/projects/, one folder per project: NAME.jsonl.",
        )


def is_state(line: Json) -> bool:
    """True for a line that says something about the whole session."""
    kind = line.get("type")
    return kind == "pr-link" or kind in STATE_LINES
