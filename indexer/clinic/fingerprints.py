"""An article -> a few bytes that tell how much of its text another article has. Pure.

A text is the set of its shingles, three syllables in a row each, without marks, capitals and signs. Two texts are alike
by the share of their shingles that they have in common (Broder, On the resemblance and containment of documents, 1997).
A sketch estimates that share: all shingles are hashed onto one circle, and from each of 64 fixed points on it the next
shingle is taken. Of both texts together that is any shingle with equal chance, so that they have the same one there as
often as their share says (one permutation hashing: Li, Owen, Zhang 2012; Shrivastava, Li 2014). Eight bits of each are
kept (b-bit minwise hashing: Li, König 2010): two different ones look the same once in 256.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import numpy as np

from indexer.analysis.memo import Memo
from indexer.analysis.syllables import fold
from indexer.model import Article

FINGERPRINT_VERSION = 1
"""Raised when an article gives another fingerprint: those kept with older builds are then of no use."""

POINTS = 64
"""Bytes of a sketch. Its estimate of a half is right within 0.06 (one standard deviation)."""

SHINGLE = 3
"""Syllables. With two, articles on one subject share many; with four, a few altered words part two copies."""

FEWEST_SHINGLES = 20
"""A text with fewer has no sketch: it is too short for a share to say much."""

_PIECES_KEPT = 2**15

_WORD = re.compile(r"[^\W_]+")

_WEIGHTS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
"""Odd numbers with well mixed bits (those of xxHash and MurmurHash3): any others would do, but they must stay."""

_CIRCLE = np.arange(POINTS, dtype=np.uint64) << np.uint64(58)


class Fingerprint(NamedTuple):
    """What is kept of an article's text; captions and bylines, which differ from print to print, are no part of it.

    `digest` is the same for the same title and text; 8 bytes. `sketch` is `POINTS` bytes, or none for a short text.
    """

    digest: bytes
    sketch: bytes


def fingerprint(article: Article) -> Fingerprint:
    """Spelling makes no difference to it: marks and where they stand, capitals, blanks, signs."""
    title, text = _hash_words(article.title), _hash_words("\n".join((article.lead, *article.paragraphs)))
    return Fingerprint(blake2b(title + b"/" + text, digest_size=8).digest(), _sketch(text))


def _hash_words(text: str) -> bytes:
    """Four bytes for each word."""
    return b"".join(map(_hashed.__getitem__, text.split()))


def _hash_piece(piece: str) -> bytes:
    return b"".join(crc32(word.encode()).to_bytes(4, "little") for word in _WORD.findall(fold(piece).lower()))


_hashed = Memo(_hash_piece, _PIECES_KEPT)
"""By what stands between two blanks: `TP.HCM` is two words, and `–` is none."""


def _sketch(hashes: bytes) -> bytes:
    words = np.frombuffer(hashes, "<u4").astype(np.uint64)
    count = len(words) - SHINGLE + 1
    if count < FEWEST_SHINGLES:
        return b""
    shingles = sum(words[place : place + count] * weight for place, weight in enumerate(_WEIGHTS))
    shingles ^= shingles >> np.uint64(32)
    shingles *= _MIX
    shingles ^= shingles >> np.uint64(29)
    shingles.sort()
    chosen = shingles[np.searchsorted(shingles, _CIRCLE) % count]  # beyond the last one the circle begins again
    return chosen.astype(np.uint8).tobytes()
