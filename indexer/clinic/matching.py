"""Fingerprints -> which of them are of one text. Pure; 100,000 in half a second, one among them in some milliseconds.

Comparing all with all would take hours. Two sketches are compared where they agree on the four bytes of a band, or
where the digests are the same (locality-sensitive hashing: Indyk, Motwani 1998). The bands overlap, but no two of them
share more than one byte, so that each is nearly a trial of its own: of texts with a share of 0.6 in common, one pair in
10,000 agrees on none of the 64.
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

_BAND = (0, 1, 4, 6)
"""The bytes of a band, from each byte on: no two of these places are as far apart as two others."""

_AT_ONCE = 2**14
"""Pairs whose sketches are compared at once: they fit in the processor's cache."""

Rows = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""Two columns of rows, the smaller row first; sorted, each pair once."""

NO_PAIRS: Pairs = np.empty((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """Fingerprints, one a column: `digests` of 64 bits, and the bytes of both sketches, all zero where there is none."""

    digests: npt.NDArray[np.uint64]
    texts: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.digests)

    def of(self, rows: npt.NDArray[np.bool_] | Rows) -> Prints:
        """Those of some rows only."""
        return Prints(self.digests[rows], self.texts[:, rows], self.numbers[:, rows])

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


def find_pairs(prints: Prints, fresh: Rows) -> Pairs:
    """The pairs of one text with at least one row among `fresh`.

    Of a text with hundreds of copies not all pairs are given, but enough to join all copies.
    """
    candidates = np.unique(np.concatenate([np.empty(0, np.int64), *_candidates(prints, fresh)]))
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


def _candidates(prints: Prints, fresh: Rows) -> Iterator[npt.NDArray[np.int64]]:
    """Pairs that may be copies, each as one number: the first row in the upper half."""
    everywhere = np.arange(len(prints))
    yield from _neighbours(everywhere, prints.digests, fresh)
    sketched = np.flatnonzero(prints.texts.any(axis=0))
    texts = prints.texts if len(sketched) == len(prints) else prints.texts[:, sketched]
    fresh_sketched = np.flatnonzero(np.isin(sketched, fresh))
    for first in range(TEXT_POINTS):
        yield from _neighbours(sketched, _band(texts, first), fresh_sketched)


def _band(texts: npt.NDArray[np.uint8], first: int) -> npt.NDArray[np.uint32]:
    key = np.zeros(texts.shape[1], np.uint32)
    for place, step in enumerate(_BAND):
        key |= texts[(first + step) % TEXT_POINTS].astype(np.uint32) << np.uint32(8 * place)
    return key


def _neighbours(rows: Rows, keys: npt.NDArray[np.uint32], fresh: Rows) -> Iterator[npt.NDArray[np.int64]]:
    """Pairs of rows with one key, where a fresh one has it, too; `fresh` are places in `rows` and `keys`."""
    if len(fresh) < len(keys):
        concerned = np.isin(keys, keys[fresh])
        rows, keys = rows[concerned], keys[concerned]
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
