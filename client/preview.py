"""`--preview`: the redacted session as readers will see it, in one file, before anything is sent.

The file is for this user alone and needs neither network nor script. It is read from the document
as it would be sent, so what is in it is what would leave.
"""

import base64
import binascii
import gzip
import hashlib
import importlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..transcript.allow import image_blocks
from ..transcript.assemble import assemble
from ..transcript.items import ItemBuilder
from ..transcript.model import Json, Part
from .environment import Environment
from .exits import ExitStatus, Failure
from .prepare import Prepared

MOST_ITEMS = 500
MOST_BYTES = 16 << 20
"""Of session lines, images included, that the file is made from."""
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(slots=True)
class Excerpt:
    """The beginning of a document: what a preview is drawn from."""

    parts: list[Part] = field(default_factory=list)
    lines: dict[int, Json] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    """SHA-256 -> `data:` address."""
    chosen: set[tuple[str, int]] = field(default_factory=set)
    room: int = field(default_factory=lambda: MOST_BYTES)
    left_out: int = 0
    """Items that are not in it, and results that were too large for it."""

    def add(self, part: Part, line: Json, size: int) -> None:
        """Take a part if its item is, or can be, among those that are shown."""
        place = (part.thread, part.n)
        if part.role == "open" and len(self.chosen) < MOST_ITEMS and self.room >= size:
            self.chosen.add(place)
        elif place not in self.chosen:
            self.left_out += part.role == "open"
            return
        if part.sequence not in self.lines:
            if self.room < size:
                self.left_out += 1
                return
            self.room -= size
            self.lines[part.sequence] = line
            self._take_images(line)
        self.parts.append(part)

    def _take_images(self, line: Json) -> None:
        for block in image_blocks(line):
            source = block.get("source")
            kind = source.get("media_type") if isinstance(source, dict) else None
            data = source.get("data") if isinstance(source, dict) else None
            if kind not in IMAGES or not isinstance(data, str):
                continue
            try:
                content = base64.b64decode(data, validate=True)
            except (binascii.Error, ValueError):
                continue
            digest = hashlib.sha256(content).hexdigest()
            self.images[digest] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
            block["source"] = {"sha256": digest, "media_type": kind}


def renderer() -> Any:
    """What draws pages. Failure (usage) where the extra `html` is not installed."""
    try:
        return importlib.import_module("ccshare.render.preview")
    except ImportError as problem:
        raise Failure(
            ExitStatus.USAGE,
            f"--preview draws pages, and {problem.name} is not installed.",
            "Install ccshare with its extra html (pip install 'ccshare[html]'), "
            "or look at the text: ccshare redact FILE -o OUT.",
        ) from problem


def excerpt(document: Prepared) -> Excerpt:
    """Read the packed document; memory holds MOST_BYTES of lines and one more line."""
    taken, builder = Excerpt(), ItemBuilder()
    document.body.seek(0)
    with gzip.GzipFile(fileobj=document.body, mode="rb") as lines:
        for sequence, data in enumerate(lines):
            line = json.loads(data)
            if line.get("type") == "ccshare-file":
                builder.file(line["path"], line.get("meta"))
            elif line.get("type") != "ccshare-text":
                for part in builder.line(sequence, line):
                    taken.add(part, line, len(data))
    document.body.seek(0)
    return taken


def write(document: Prepared) -> Path:
    """Write the file (0600) into a new folder (0700) and return its path."""
    draw = renderer()
    taken = excerpt(document)
    path = Path(tempfile.mkdtemp(prefix="ccshare-preview-")) / "preview.html"
    pieces = draw.document(
        document.header.title or "Untitled session",
        assemble(taken.parts, taken.lines),
        images=taken.images,
        redacted=document.header.redacted,
        left_out=taken.left_out,
    )
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.writelines(pieces)
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    return path


def has_screen(environment: Environment) -> bool:
    """True where a browser of this machine can show something."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(map(environment.variables.get, names))


def show(environment: Environment, document: Prepared, *, open_it: bool) -> Path:
    """Write the preview, open it if that is wished and can be, and say where it is."""
    path = write(document)
    environment.say(f"Preview: {path}")
    if open_it and has_screen(environment):
        environment.open_url(path.as_uri())
    return path


@contextmanager
def shown(environment: Environment, document: Prepared, *, open_it: bool) -> Iterator[None]:
    """A preview that is there while a person is asked, and gone afterwards."""
    path = show(environment, document, open_it=open_it)
    try:
        yield
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)
