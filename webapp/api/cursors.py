"""Cursors: a place in one list of results, in letters that mean nothing to whoever passes them on. Pure.

A list belongs to a question and to what it is answered from. When either is another one a cursor leads nowhere: pages
of two lists side by side would show some articles twice and others never.
"""

from __future__ import annotations

import hashlib
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode

SHAPE = re.compile(r"[A-Za-z0-9_-]{16}")
"""What a cursor looks like: 12 bytes, the page and a checksum over page and list."""

_LAYOUT = struct.Struct(">I8s")


def write(page: int, question: str, edition: str) -> str:
    """The cursor of a page in the list that `question` has while `edition` answers."""
    return urlsafe_b64encode(_LAYOUT.pack(page, _checksum(page, question, edition))).decode("ascii")


def read(cursor: str, question: str, edition: str) -> int | None:
    """The page, None if the cursor leads through another list. `cursor` must have the SHAPE of one."""
    page, checksum = _LAYOUT.unpack(urlsafe_b64decode(cursor))
    return page if checksum == _checksum(page, question, edition) else None


def _checksum(page: int, question: str, edition: str) -> bytes:
    return hashlib.blake2b(f"{page}\n{question}\n{edition}".encode(errors="replace"), digest_size=8).digest()
