"""Every file that a session changed: what was done to it where, and all of it as a patch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request

from ..transcript import patches
from ..transcript.model import Item, Json
from . import access, headers, lists
from .addresses import ShareLinks, changes_path
from .download import check, etag
from .headers import OK, UNCHANGED, Prepared
from .indexing import indexed
from .problems import no_such_page
from .session_page import SessionPage, items_of
from .steady import begun, retried
from .storage import finding, shares
from .storage.finding import Edit
from .storage.shares import Share

FILES_ON_PAGE = 40
EDITS_OF_A_FILE = 10
EDITS_ON_PAGE = 200
_AT_ONCE = 50
_NOTES = """\
Changes of a Claude Code session, in the order they were made.
Only what its editing tools did is here, not what commands did.
"""
_MISSING = """\
{} left out for want of line numbers; what follows in the same files may not fit without.
"""
_UNKNOWN = {
    "texts": "line numbers unknown",
    "everywhere": "once, replaced as often as it stood there; line numbers unknown",
    "content": "written whole; what stood there before is unknown",
}
"""What the view says of a change that is not known by its lines."""
_LEFT_OUT = {
    "texts": "the session does not say at which lines",
    "everywhere": "the session does not say at which lines, nor how often",
    "content": "the session does not say what stood there before",
}


@dataclass(frozen=True, slots=True)
class ChangedEdit:
    """One result that changed a file."""

    href: str
    number: str
    added: int
    removed: int | None
    """None if nobody knows."""
    created: bool
    unknown: str
    """What the session does not say about it, "" if its lines are known."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file and its edits, the first ones; `more` leads to all."""

    path: str
    added: int
    removed: int
    count: int
    edits: Sequence[ChangedEdit]
    more: str | None


@retried
def page(share_id: str) -> Response:
    """GET /s/<id>/changes: the files, a page after `?after=`; `?file=` all edits of one."""
    if "file" in request.args:
        return _of_one_file(share_id, request.args["file"], lists.number_of("from"))
    after = request.args.get("after", "")

    def draw(share: Share, page: SessionPage) -> str:
        found = finding.changed_files(share.pk, after, FILES_ON_PAGE + 1)
        files = [_file(share, *file) for file in found[:FILES_ON_PAGE]]
        further = len(found) > FILES_ON_PAGE
        more = changes_path(share_id, after=files[-1].path) if further else None
        return _drawn(share, page, files, more)

    return lists.answer(share_id, ("changes", after), draw)


def _of_one_file(share_id: str, path: str, start: int) -> Response:
    def draw(share: Share, page: SessionPage) -> str:
        total = finding.changed_file(share.pk, path)
        edits = finding.edits_of(share.pk, path, start, EDITS_ON_PAGE + 1)
        if total is None or not edits:
            raise no_such_page()
        shown = [_edit(share, edit) for edit in edits[:EDITS_ON_PAGE]]
        further = len(edits) > EDITS_ON_PAGE
        more = changes_path(share_id, file=path, start=edits[-1].ordinal) if further else None
        files = [ChangedFile(*total, shown, None)]
        return _drawn(share, page, files, more)

    return lists.answer(share_id, ("changes of", path, start), draw)


def _drawn(share: Share, page: SessionPage, files: Sequence[ChangedFile], more: str | None) -> str:
    missing = finding.edits_without_lines(share.pk)
    return render_template("changes.html", page=page, files=files, more=more, missing=missing)


def _file(share: Share, path: str, added: int, removed: int, count: int) -> ChangedFile:
    edits = finding.edits_of(share.pk, path, 0, EDITS_OF_A_FILE)
    more = changes_path(share.share_id, file=path) if count > len(edits) else None
    shown = [_edit(share, edit) for edit in edits]
    return ChangedFile(path, added, removed, count, shown, more)


def _edit(share: Share, edit: Edit) -> ChangedEdit:
    href = ShareLinks(share.share_id).item(edit.number)
    unknown = _UNKNOWN.get(edit.basis, "")
    removed = None if edit.basis == "content" else edit.removed
    return ChangedEdit(href, edit.number, edit.added, removed, edit.created, unknown)


@retried
def patch(share_id: str) -> Response:
    """GET /s/<id>/changes.patch: a unified diff, streamed."""
    share = indexed(access.readable(share_id))
    tag = etag(share, "patch")
    fields = [
        *headers.SHARE,
        ("ETag", tag),
        ("Content-Type", "text/x-diff; charset=utf-8"),
        ("Content-Disposition", f'attachment; filename="{share_id}.patch"'),
    ]
    if tag in request.headers.get("If-None-Match", ""):
        return Prepared(b"", UNCHANGED, fields)
    if not share.facts.get("files_changed"):
        raise no_such_page()
    return Prepared(begun(share, _patch(share)), OK, fields)


def _patch(share: Share) -> Iterator[bytes]:
    yield _NOTES.encode()
    if missing := finding.edits_without_lines(share.pk):
        yield _MISSING.format("1 edit is" if missing == 1 else f"{missing:,} edits are").encode()
    yield b"\n"
    start = 0
    while edits := finding.edits(share.pk, start, _AT_ONCE):
        for edit in edits:
            made = _diff(share, edit).encode("utf-8", "replace")
            check(share)
            yield made
        start = edits[-1].ordinal + 1


def _diff(share: Share, edit: Edit) -> str:
    """The diff of one edit, or a line that says why there is none."""
    told = "".join(c if c.isprintable() else "?" for c in edit.path)
    if not patches.is_inside(edit.path):
        return f"Left out: message {edit.number} changed a file outside the project.\n\n"
    if why := _LEFT_OUT.get(edit.basis):
        count = f"+{edit.added}" + ("" if edit.basis == "content" else f" −{edit.removed}")
        return f"Left out: message {edit.number} changed {told}, {count}: {why}.\n\n"
    parts = shares.parts_of_item(share.pk, edit.thread, edit.n)
    items = items_of(share, parts)
    text = _text_of(items[0], edit) if items else ""
    if not text and items and items[0].name == "NotebookEdit":
        return f"Left out: message {edit.number} edited a cell of {told}, a notebook.\n\n"
    if not text:
        return f"Left out: what message {edit.number} did to {told} is not in the session.\n\n"
    if patches.is_altered(text):
        why = "something was removed before upload"
        return f"Not exact: message {edit.number}, {told}: {why}.\n{text}"
    return text


def _text_of(item: Item, edit: Edit) -> str:
    line: Json = next((b.line for b in item.blocks if b.sequence == edit.sequence), {})
    result = line.get("toolUseResult")
    opened = item.first("open")
    if edit.created:
        given = opened.content.get("input") if opened else None
        content = given.get("content") if isinstance(given, dict) else None
        return patches.creation(edit.path, content) if isinstance(content, str) else ""
    return (
        patches.diff(edit.path, result.get("structuredPatch")) if isinstance(result, dict) else ""
    )
