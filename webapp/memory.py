"""What a long-lived process tells the C library about memory."""

from __future__ import annotations

import ctypes

# Of glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3

KEPT_BYTES = 64_000_000
"""Free memory a process keeps: a query's arrays take a few MB."""


def keep_freed_memory() -> bool:
    """Keep what a query gave back for the next one, instead of handing it to the system and asking for it again.

    Each page that comes fresh from the system costs a fault; a query over a large archive had hundreds and took half
    as long again. Only glibc knows these settings: elsewhere nothing is done, and False returned.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, KEPT_BYTES // 2) and mallopt(_M_TRIM_THRESHOLD, KEPT_BYTES))
