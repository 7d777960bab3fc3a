"""Fingerprints -> which of them are of one text. Pure.

A few are compared with all. To compare all with all would take hours, so that many are compared where they agree on the
four bytes of a band, or on the digest (locality-sensitive hashing: Indyk, Motwani 1998). Bands overlap, but no two of
them share more than one byte, so that each is nearly a trial of its own: of pairs just alike enough, one in 170 agrees
on none of the 32; of those with nine of ten syllables in common, one in 2,000.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.clinic.fingerprints import NUMBER_POINTS, TEXT_POINTS, Fingerprint

LEAST_TEXT = 0.62
"""Of the shingles of both, in common: three of four in each. Below it stand articles on one event that tell of its
beginning in the same words; a copy with each tenth word altered has 0.68."""

LEAST_NUMBERS = 0.5
"""Of the numbers of both. Two lottery results have a third in common; a copy with each tenth word altered 0.8."""

WINDOW = 8
"""Rows compared with each in a band, beside the first: where thousands of texts are alike, not all pairs are needed."""

FEW = 50
"""So many are compared with all of 100,000 in the time it takes to sort these by their bands."""

_BANDS = tuple((first, first + 1, first + 4, first + 6) for first in range(0, TEXT_POINTS, 2))
"""The bytes of each, modulo all: no two of its places are as far apart as two others."""

_AT_ONCE = 2**14
"""Pairs whose sketches are compared at once: they fit in the processor's cache."""

Rows = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""Two columns of rows, the smaller row first; sorted, each pair once."""

NO_PAIRS: Pairs = np.empty((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """Fingerprints, one a column: `digests` of 64 bits, and the bytes of both sketches, zeros where there is none."""

    digests: npt.NDArray[np.uint64]
    texts: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.digests)

    def only(self, stays: npt.NDArray[np.bool_]) -> Prints:
        """Those of some rows."""
        if stays.all():
            return self
        # Line by line: numpy takes six times as long for a mask over the second axis.
        texts, numbers = (np.stack([line[stays] for line in lines]) for lines in (self.texts, self.numbers))
        return Prints(self.digests[stays], texts, numbers)

    def __add__(self, more: Prints) -> Prints:
        return Prints(
            np.concatenate((self.digests, more.digests)),
            np.concatenate((self.texts, more.texts), axis=1),
            np.concatenate((self.numbers, more.numbers), axis=1),
        )


def prints_of(fingerprints: Iterable[Fingerprint]) -> Prints:
    """In the same order."""
    each = list(fingerprints)
    return Prints(
        np.frombuffer(b"".join(print_.digest for print_ in each), "<u8"),
        _columns([print_.text for print_ in each], TEXT_POINTS),
        _columns([print_.numbers for print_ in each], NUMBER_POINTS),
    )


def _columns(sketches: list[bytes], points: int) -> npt.NDArray[np.uint8]:
    rows = np.frombuffer(b"".join(sketch or bytes(points) for sketch in sketches), np.uint8)
    return np.ascontiguousarray(rows.reshape(-1, points).T)


def find_pairs(prints: Prints, begin: int) -> Pairs:
    """The pairs of one text with a row from `begin` on; maybe others, too.

    Of a text with dozens of copies not all pairs are given, but enough to join all copies.
    """
    fresh = range(begin, len(prints))
    found = (_beside_all(prints, row) for row in fresh) if len(fresh) <= FEW else _neighbours_in_bands(prints)
    candidates = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
    pairs = np.stack((candidates >> 32, candidates & 0xFFFFFFFF), axis=1)
    chunks = (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
    return np.concatenate([NO_PAIRS, *(chunk[_are_copies(prints, chunk)] for chunk in chunks)])


def are_twins(prints: Prints, pairs: Pairs) -> npt.NDArray[np.bool_]:
    """Which of the pairs have the same title and text."""
    return np.asarray(prints.digests[pairs[:, 0]] == prints.digests[pairs[:, 1]])


def _are_copies(prints: Prints, pairs: Pairs) -> npt.NDArray[np.bool_]:
    is_alike = _agreement(prints.texts, pairs) >= LEAST_TEXT
    return are_twins(prints, pairs) | (is_alike & ~(_agreement(prints.numbers, pairs) < LEAST_NUMBERS))


def _agreement(sketches: npt.NDArray[np.uint8], pairs: Pairs) -> npt.NDArray[np.float64]:
    """The share of equal bytes; not a number where one of the two has no sketch."""
    one, other = sketches[:, pairs[:, 0]], sketches[:, pairs[:, 1]]
    return np.where(one.any(axis=0) & other.any(axis=0), (one == other).mean(axis=0), np.nan)


# Candidates: pairs that may be copies, each as one number with its first row in the upper half.


def _beside_all(prints: Prints, row: int) -> npt.NDArray[np.int64]:
    """Of one row with every other."""
    agreeing = (prints.texts == prints.texts[:, [row]]).sum(axis=0, dtype=np.uint8)
    others = np.flatnonzero((agreeing >= LEAST_TEXT * TEXT_POINTS) | (prints.digests == prints.digests[row]))
    others = others[others != row]
    return np.asarray(np.minimum(others, row) << 32 | np.maximum(others, row), np.int64)


def _neighbours_in_bands(prints: Prints) -> Iterator[npt.NDArray[np.int64]]:
    yield from _neighbours(np.arange(len(prints)), (prints.digests >> np.uint64(32)).astype(np.uint32))
    sketched = np.flatnonzero(prints.texts.any(axis=0))
    texts = prints.texts if len(sketched) == len(prints) else prints.texts[:, sketched]
    for band in _BANDS:
        keys = np.zeros(len(sketched), np.uint32)
        for place in band:
            keys = keys << np.uint32(8) | texts[place % TEXT_POINTS]
        yield from _neighbours(sketched, keys)


def _neighbours(rows: Rows, keys: npt.NDArray[np.uint32]) -> Iterator[npt.NDArray[np.int64]]:
    """Of rows with one key."""
    in_order = np.sort(keys.astype(np.uint64) << np.uint64(32) | rows.astype(np.uint64))
    keys, rows = (in_order >> np.uint64(32)).astype(np.uint32), (in_order & np.uint64(0xFFFFFFFF)).astype(np.int64)
    for distance in range(1, WINDOW + 1):
        near = np.flatnonzero(keys[distance:] == keys[:-distance])
        if not len(near):
            return
        yield rows[near] << 32 | rows[near + distance]
    begins = np.concatenate(([True], keys[1:] != keys[:-1]))
    firsts = rows[np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0))]
    yield (firsts << 32 | rows)[~begins]
