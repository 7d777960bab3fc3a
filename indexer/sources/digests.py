"""Files known by their bytes: whatever they are called, and whenever they were written."""

from __future__ import annotations

import hashlib
import os
from functools import partial

from indexer.sources.walk import check_regular

_blake2b = partial(hashlib.blake2b, digest_size=16)


def file_digest(path: str) -> str:
    """BLAKE2b of the bytes, 128 bits in hexadecimal; "" where they cannot be read."""
    try:
        check_regular(path, os.stat(path))
        with open(path, "rb") as file:
            return hashlib.file_digest(file, _blake2b).hexdigest()
    except OSError:
        return ""
