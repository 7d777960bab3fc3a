"""An article -> a few bytes that tell how much of its text another article has. Pure.

A text is the set of its shingles: two syllables in a row, without marks, capitals and signs. Two texts are alike by the
share of their shingles that they have in common (Broder, On the resemblance and containment of documents, 1997).

A sketch estimates that share. All shingles are hashed onto one circle, and from each of some fixed points on it the
next shingle is taken. Of both texts together that is any shingle with the same chance, so that they agree on it as
often as their share says (one permutation hashing: Li, Owen, Zhang 2012; Shrivastava, Li 2014). Eight bits of each are
kept (b-bit minwise hashing: Li, König 2010): two that differ look the same once in 256.

Numbers have a sketch of their own. Lottery results, gold prices and storm bulletins say the same words every day; what
they tell is in their numbers.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from indexer.analysis.memo import Memo
from indexer.analysis.syllables import fold
from indexer.model import Article

FINGERPRINT_VERSION = 1
"""Raised when an article gives another fingerprint: those kept with older builds are then of no use."""

TEXT_POINTS, NUMBER_POINTS = 64, 16
"""Bytes of the two sketches. The estimate of a share of one half is 0.06 off in one text of three, and 0.12."""

FEWEST_SHINGLES, FEWEST_NUMBERS = 20, 6
"""With fewer there is no sketch: too little to tell a share of."""

_PIECES_KEPT = 2**15

_WORD = re.compile(r"[^\W_]+")

_FIRST, _SECOND, _MIX = map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD))
"""Odd numbers with well mixed bits, those of xxHash and MurmurHash3."""

_ONE = np.uint64(1)

Hashes = npt.NDArray[np.uint64]


def _circle(points: int) -> Hashes:
    return np.arange(points, dtype=np.uint64) * np.uint64(2**64 // points)


_TEXT_CIRCLE, _NUMBER_CIRCLE = _circle(TEXT_POINTS), _circle(NUMBER_POINTS)


class Fingerprint(NamedTuple):
    """What is kept of an article's text. Captions and bylines, which differ from print to print, are no part of it.

    `digest` is the same for the same title and text; 8 bytes. `text` and `numbers` are sketches of `TEXT_POINTS` and
    `NUMBER_POINTS` bytes, or empty.
    """

    digest: bytes
    text: bytes
    numbers: bytes


def fingerprint(article: Article) -> Fingerprint:
    """Spelling makes no difference to it: marks and where they stand, capitals, blanks, signs."""
    title, text = _hash_words(article.title), _hash_words("\n".join((article.lead, *article.paragraphs)))
    words = np.frombuffer(text, "<u4").astype(np.uint64)
    return Fingerprint(
        digest=blake2b(title + b"/" + text, digest_size=8).digest(),
        text=_sketch(words[:-1] * _FIRST + words[1:] * _SECOND, _TEXT_CIRCLE, FEWEST_SHINGLES),
        numbers=_sketch(words[words & _ONE == _ONE] * _FIRST, _NUMBER_CIRCLE, FEWEST_NUMBERS),
    )


def _hash_words(text: str) -> bytes:
    """Four bytes for each word, the first of them odd for a number."""
    return b"".join(map(_hashed.__getitem__, text.split()))


def _hash_piece(piece: str) -> bytes:
    folded = fold(piece).lower()
    return _hash_word(folded) if folded.isalpha() else b"".join(map(_hash_word, _WORD.findall(folded)))


def _hash_word(word: str) -> bytes:
    is_number = not word.isalpha()
    return (crc32(word.encode()) & ~1 | is_number).to_bytes(4, "little")


_hashed = Memo(_hash_piece, _PIECES_KEPT)
"""By what stands between two blanks: `TP.HCM` is two words, and `–` is none."""


def _sketch(features: Hashes, circle: Hashes, fewest: int) -> bytes:
    """The features next to the points of the circle; none of too few features."""
    features ^= features >> np.uint64(32)  # the finish of MurmurHash3: every bit comes to depend on all
    features *= _MIX
    features ^= features >> np.uint64(29)
    features.sort()
    if np.count_nonzero(features[1:] != features[:-1]) + 1 < fewest:
        return b""
    chosen = features[np.searchsorted(features, circle) % len(features)]  # past the last one the circle begins again
    return chosen.astype(np.uint8).tobytes()
