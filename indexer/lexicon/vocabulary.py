"""Sorted distinct terms as arrays: the bytes of all, one after the other, and where each begins.

A term's number is its place in the order. Terms sort by their UTF-8 bytes, as Whoosh sorts them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.array_file import Array, ArrayFile, runs, starts_of

ABSENT = -1


def vocabulary_arrays(name: str, terms: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of a vocabulary called `name`; the terms come sorted."""
    starts = starts_of(np.fromiter(map(len, terms), np.int64, len(terms)))
    return {f"{name}.bytes": np.frombuffer(b"".join(terms), np.uint8), f"{name}.starts": starts.astype(np.uint32)}


class Vocabulary(Sequence[bytes]):
    """The terms of a file, read in place."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._bytes = file.array(f"{name}.bytes").data
        self._starts = file.array(f"{name}.starts").data  # plain ints: faster one by one than numpy's scalars
        self._length = len(self._starts) - 1

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # slices are not needed
        if not 0 <= number < self._length:
            raise IndexError(number)
        return bytes(self._bytes[self._starts[number] : self._starts[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        content = bytes(self._bytes)
        return (content[start:stop] for start, stop in runs(np.frombuffer(self._starts, np.uint32)))

    def texts(self) -> list[str]:
        """All terms as text; where all are ASCII, as ids are, they are cut from one string."""
        content = bytes(self._bytes)
        if not content.isascii():
            return [term.decode() for term in self]
        text = content.decode("ascii")
        return [text[start:stop] for start, stop in runs(np.frombuffer(self._starts, np.uint32))]

    def find(self, term: bytes) -> int:
        """The number of a term, or ABSENT."""
        number = self.first_at_least(term)
        return number if number < self._length and self[number] == term else ABSENT

    def first_at_least(self, term: bytes) -> int:
        """The number of the first term that does not sort before this one; the length where there is none."""
        return bisect_left(self, term)
