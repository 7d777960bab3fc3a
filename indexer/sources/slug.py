"""Any text -> an id that stands in an address as it is."""

from __future__ import annotations

import re
from hashlib import sha256

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold

_MOST_CHARS = 150
"""Keeps addresses short, and file names made from ids within what file systems allow."""

_HASH_CHARS = 6


def latin(text: str) -> str:
    """What is left of a text in an address, of any length: `Mưa lớn, gió` -> `Mua-lon-gio`."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", fold(canonical(text))).strip("-")


def slug(text: str) -> str:
    """Latin letters without marks, digits, `-` and `_`; `/` becomes `-`; never empty.

    Where anything else had to go, a hash of the whole text is added, so that two texts do not become one id.
    """
    plain = latin(text)[:_MOST_CHARS]
    if plain and plain == text.replace("/", "-"):
        return plain
    mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
    return f"{plain or 'article'}-{mark}"
