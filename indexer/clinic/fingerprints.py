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

from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.syllables import fold
from indexer.model import Article

FINGERPRINT_VERSION = 2
"""Raised when an article gives another fingerprint: those kept with older builds are then of no use.

1: by words hashed one by one.
"""

TEXT_POINTS, NUMBER_POINTS = 64, 16
"""Bytes of the two sketches. The estimate of a share of one half is 0.06 off in one text of three, and 0.12."""

FEWEST_SHINGLES, FEWEST_NUMBERS = 20, 6
"""With fewer there is no sketch: too little to tell a share of."""

_FIRST, _SECOND, _MIX = map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD))
"""Odd numbers with well mixed bits, those of xxHash and MurmurHash3."""

_FACTORS = np.cumprod(np.full(32, _SECOND))
"""Of a letter by its place in a word; beyond the last they begin again."""

_CHARACTERS = 2**16
_MARKED = "\u2000"
"""Letters with marks stand before it."""

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
    title, _ = _hash_words(article.title)
    words, numbers = _hash_words("\n".join((article.lead, *article.paragraphs)))
    return Fingerprint(
        digest=blake2b(title.tobytes() + b"/" + words.tobytes(), digest_size=8).digest(),
        text=_sketch(words[:-1] * _FIRST + words[1:] * _SECOND, _TEXT_CIRCLE, FEWEST_SHINGLES),
        numbers=_sketch(numbers * _FIRST, _NUMBER_CIRCLE, FEWEST_NUMBERS),
    )


def _hash_words(text: str) -> tuple[Hashes, Hashes]:
    """All words, and those of them that begin with a digit.

    A word's hash is the sum of its letters', each times a factor of its place. The whole text is worked on at once: to
    look each word up takes three times as long.
    """
    codes = np.frombuffer(f"\n{text}\n".encode("utf-16-le", "surrogatepass"), "<u2")
    letters = _letters.of(codes)
    inside = letters != 0
    starts = np.flatnonzero(inside[1:] > inside[:-1]) + 1
    if not len(starts):
        return letters[:0], letters[:0]
    places = np.arange(starts[0], len(letters)) - np.repeat(starts, np.diff(starts, append=len(letters)))
    words = np.add.reduceat(letters[starts[0] :] * _FACTORS[places & 31], starts - starts[0])
    first = codes[starts]
    return words, words[(first >= ord("0")) & (first <= ord("9"))]


class _Letters:
    """Of each character: a hash of the letter or digit it is, without marks and capitals; 0 for any other.

    Made for a character when it first comes: all of them take longer than an article.
    """

    def __init__(self) -> None:
        self._hashes = np.zeros(_CHARACTERS, np.uint64)
        self._is_made = np.zeros(_CHARACTERS, np.bool_)

    def of(self, codes: npt.NDArray[np.uint16]) -> Hashes:
        """The hashes of characters given by their codes."""
        if not (known := self._is_made[codes]).all():
            new = np.unique(codes[~known])
            letters = np.array([_letter(chr(code)) for code in new.tolist()], np.uint64)
            self._hashes[new] = _mix(letters * _FIRST)  # 0 stays 0
            self._is_made[new] = True
        return self._hashes[codes]


def _letter(character: str) -> int:
    """The code of the letter or digit it is, 0 for any other."""
    if not character.isalnum():
        return 0
    return ord(fold(character)[0].lower()[0]) if character < _MARKED else ord(character)


_letters = _Letters()


def _mix(numbers: Hashes) -> Hashes:
    """The finish of MurmurHash3, in place: every bit comes to depend on all."""
    numbers ^= numbers >> np.uint64(32)
    numbers *= _MIX
    numbers ^= numbers >> np.uint64(29)
    return numbers


def _sketch(features: Hashes, circle: Hashes, fewest: int) -> bytes:
    """The features next to the points of the circle; none of too few features."""
    if len(features) < fewest:
        return b""
    features = _mix(features)
    features.sort()
    if np.count_nonzero(features[1:] != features[:-1]) + 1 < fewest:
        return b""
    chosen = features[np.searchsorted(features, circle) % len(features)]  # past the last one the circle begins again
    return chosen.astype(np.uint8).tobytes()
