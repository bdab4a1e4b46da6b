"""How bodies are compressed: raw deflate with a dictionary of the session's own.

Lines of one session repeat the same keys, paths and ids, but each is too short to compress well
alone. A preset dictionary cut from its first lines shows every line what the others look like.
"""

import zlib
from collections.abc import Sequence

from isal import isal_zlib

SAMPLE_LINES = 8
_PER_LINE = 1500
_MOST = 6000
_RAW = -15
_LEVEL = 2
"""Of isal's: 3 % more bytes than zlib's level 3 for 45 % of its time."""


def dictionary_of(lines: Sequence[bytes]) -> bytes:
    """The dictionary for a session that starts with `lines`."""
    return b"".join(line[:_PER_LINE] for line in lines[:SAMPLE_LINES])[:_MOST]


def pack(data: bytes, dictionary: bytes) -> bytes:
    """`data`, compressed."""
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _RAW, zdict=dictionary)
    return packer.compress(data) + packer.flush()


def unpack(data: bytes, dictionary: bytes) -> bytes:
    """What `pack` was given."""
    opener = zlib.decompressobj(_RAW, zdict=dictionary)
    return opener.decompress(data) + opener.flush()
