"""`clone`: a shared session becomes one of your own, which `claude --resume` continues.

What a link gives is somebody else's text: it decides no path and no name here. The new file gets a
new session id, every line a new id, and the folder is that of the project it is cloned into.
"""

import argparse
import io
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit
from uuid import UUID, uuid4, uuid5

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from ..transcript.document import DocumentReader, FileEvent, HeaderEvent, LineEvent, encode
from ..transcript.facts import iso
from ..transcript.header import DocumentError, Header
from ..transcript.model import Json
from ..transcript.relink import Relinker
from .config import access
from .environment import Environment
from .exits import ExitStatus, Failure
from .find import project_folder
from .send import CONNECT_TIMEOUT, GONE, READ_TIMEOUT
from .shares import ID, LINK
from .wording import count, one_line

_KINDS = ("user", "assistant", "system")
_LEFT_OUT = frozenset({"teamName", "agentName", "slug", "sourceToolAssistantUUID", "agentId"})
"""Keys that point to what is not there any more."""
_IDS = ("uuid", "parentUuid", "logicalParentUuid")
_UNSIGNED = ("thinking", "redacted_thinking")
"""Blocks that the model's API refuses without their signature, which is never shared."""


class _NoKey(AuthBase):
    """Sends nothing that names the reader, whatever .netrc says: a link is enough."""

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        return r


def command(environment: Environment, options: argparse.Namespace) -> ExitStatus:
    """Write the session and print the command that continues it."""
    url = _address(environment, options)
    project = Path(options.project or environment.folder).expanduser().resolve()
    if not project.is_dir():
        raise Failure(ExitStatus.USAGE, f"{project} is no folder.", "Name one: --project DIR.")
    folder = project_folder(environment, project)
    with _fetched(url) as stream:
        clone = Clone(str(project), environment.now())
        try:
            path = _written(folder, clone, DocumentReader(stream))
        except DocumentError as problem:
            raise Failure(
                ExitStatus.NO_SESSION,
                f"{one_line(url, 200)} gives no session: {one_line(problem.what, 200)}.",
                "Check the link in a browser.",
            ) from problem
        except HTTPError as problem:
            raise _unreachable(url, problem) from problem
    if options.json:
        environment.answer(json.dumps({"session_id": clone.session_id, "path": str(path)}))
    else:
        environment.answer(f"claude --resume {clone.session_id}")
    if not options.quiet:
        environment.say(
            f"Cloned “{one_line(clone.title)}”, {count(clone.messages, 'message')}, to {path}.\n"
            f"Run the command above in {project}. Read the session first: all of it becomes your "
            "model's context."
        )
    return ExitStatus.DONE


class Clone:
    """Makes the lines of a new session, begun at `now`, for the project at this path."""

    def __init__(self, project: str, now: datetime) -> None:
        self.session_id = str(uuid4())
        self.title = ""
        self.messages = 0
        self._project = project
        self._now = iso(now.timestamp())
        self._space = UUID(self.session_id)
        self._relinker = Relinker()

    def lines(self, document: DocumentReader) -> Iterator[Json]:
        """The main thread's lines and a title. Raises DocumentError for what is no document."""
        last: Json | None = None
        in_main = True
        for event in document:
            if isinstance(event, HeaderEvent):
                self.title = _titled(event.header)
            elif isinstance(event, FileEvent):
                in_main = False
            elif in_main and isinstance(event, LineEvent):
                line = self._line(event.line)
                if line is not None:
                    if last is not None:
                        yield last
                    last = line
        if last is None:
            raise DocumentError(0, "there is no message in it", "Check the link in a browser.")
        yield last | {"timestamp": self._now}  # the list of sessions is ordered by it
        yield {"type": "custom-title", "customTitle": self.title, "sessionId": self.session_id}

    def _line(self, line: Json) -> Json | None:
        kind = line.get("type")
        kept = kind in _KINDS and not line.get("isSidechain") and isinstance(line.get("uuid"), str)
        message = _message(line) if kept and kind != "system" else None
        if not kept or (kind != "system" and message is None):
            self._relinker.link(line, kept=False)
            return None
        self._relinker.link(line, kept=True)
        new = {key: value for key, value in line.items() if key not in _LEFT_OUT}
        for key in _IDS:
            if isinstance(new.get(key), str):
                new[key] = str(uuid5(self._space, new[key]))
        new |= {"sessionId": self.session_id, "cwd": self._project}
        new.setdefault("parentUuid", None)
        if message is not None:
            new["message"] = message
            self.messages += 1
        return new


def _message(line: Json) -> Json | None:
    """The message as the model's API takes it; None if nothing is left of it."""
    message = line.get("message")
    if not isinstance(message, dict):
        return None
    content = message.get("content")
    if isinstance(content, list):
        content = [_block(block) for block in content if not _is_unsigned(block)]
        if not content:
            return None
    if line["type"] == "user":
        return message | {"content": content}
    envelope = {"type": "message", "stop_reason": None, "stop_sequence": None}
    return envelope | message | {"content": content}


def _is_unsigned(block: object) -> bool:
    return isinstance(block, dict) and block.get("type") in _UNSIGNED


def _block(block: Any) -> Any:
    if not isinstance(block, dict) or block.get("type") != "tool_result":
        return block
    content = block.get("content")
    if content is None or isinstance(content, (str, list)):
        return block
    return block | {"content": json.dumps(content, ensure_ascii=False)}


def _titled(header: Header) -> str:
    return one_line(header.title, 200) or "Shared session"


def _written(folder: Path, clone: Clone, document: DocumentReader) -> Path:
    """Write the lines beside their place first: a broken download leaves nothing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{clone.session_id}.jsonl"
    handle, name = tempfile.mkstemp(prefix=".ccshare-", dir=folder)  # 0600
    try:
        with os.fdopen(handle, "wb") as file:
            for line in clone.lines(document):
                file.write(encode(line))
        os.link(name, path)  # fails where a file is, which a rename would not
    finally:
        Path(name).unlink()
    return path


def _address(environment: Environment, options: argparse.Namespace) -> str:
    """Where the document of a link or an id is."""
    text: str = options.share
    if ID.fullmatch(text):
        return f"{access(environment, options.server).server}/s/{text}.jsonl"
    parts = urlsplit(text)
    found = LINK.search(parts.path)
    if parts.scheme not in ("http", "https") or not parts.netloc or not found:
        raise Failure(
            ExitStatus.USAGE,
            f"{one_line(text)} is neither a share's link nor its id.",
            "A link ends like /s/h2fyfhEIHuaA.",
        )
    before = parts.path[: found.start()]
    return f"{parts.scheme}://{parts.netloc}{before}/s/{found[1]}.jsonl"


def _fetched(url: str) -> IO[bytes]:
    """The document, unpacked as it comes. Failure if there is none."""
    try:
        answer = requests.get(
            url, stream=True, auth=_NoKey(), timeout=(CONNECT_TIMEOUT, READ_TIMEOUT)
        )
    except requests.RequestException as problem:
        raise _unreachable(url, problem) from problem
    if answer.ok:
        answer.raw.decode_content = True
        answer.raw.auto_close = False  # or the reader around it finds it closed at its end
        return cast(IO[bytes], io.BufferedReader(answer.raw))
    answer.close()
    gone = {404: "is not shared", GONE: "was taken back or has expired"}
    told = gone.get(answer.status_code, f"cannot be had: {answer.status_code}")
    raise Failure(
        ExitStatus.NETWORK, f"{one_line(url, 200)} {told}.", "Ask who shared it for a new link."
    )


def _unreachable(url: str, problem: Exception) -> Failure:
    return Failure(
        ExitStatus.NETWORK,
        f"{one_line(url, 200)} cannot be reached ({type(problem).__name__}).",
        "Nothing was written. Check the link and the network, then try again.",
    )
