"""What a page knows of its whole session, gathered line by line: index, changes, words.

Uploads are indexed as they come (see outline). A share from before this was stored, or one that
was copied from such a database, is indexed from its stored lines when somebody looks at it.
"""

from .frames import Frames
from .index_rows import Index
from .problems import gone
from .services import here
from .storage import finding, shares, writer
from .storage.shares import Share

_ROWS = 500
_BYTES = 8 << 20


def indexed(share: Share) -> Share:
    """The share with its index; makes it now if it has none. Raises 410 if it vanished."""
    if share.counts:
        return share
    with here().spool.file() as file:
        rows = Frames(file)
        _read(share, rows)
        if not writer.add_index(share.pk, share.edition, rows):
            raise gone()
    made = shares.load(share.pk)
    if made is None:
        raise gone()
    return made


def _read(share: Share, rows: Frames) -> None:
    index = Index(rows)
    offset = 0
    while found := shares.messages(share, offset, _ROWS, _BYTES):
        last = found[-1].sequence
        parts = finding.parts_by_line(share.pk, offset, last)
        for message in found:
            index.take(message.sequence, message.line, parts.get(message.sequence, []))
        offset = last + 1
    index.finish()
