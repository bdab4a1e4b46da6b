"""Memory goes back to the system after a large upload or answer, where the C library is glibc.

By itself glibc gives each of some forty threads a pool of its own and, once a large block was
freed, keeps the next ones of that size in those pools: mostly empty, never given back.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of mallopt's settings in <malloc.h>."""
_LARGE = 256 << 10
_POOLS = 2


def give_back() -> bool:
    """Set it so for this process; False where it cannot be."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    settings = ((_ARENA_MAX, _POOLS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE))
    return all(mallopt(name, value) for name, value in settings)
