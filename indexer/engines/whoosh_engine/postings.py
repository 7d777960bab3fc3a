"""Where terms stand, as arrays: for each term of a field the articles, how often in each, and at which positions.

<field>.begins       where the postings of a term begin in the next two; its length is the number of terms + 1
<field>.articles     article numbers, ascending within a term: 16 bits, as a segment holds at most 65,536 articles
<field>.frequencies  8 bits; 255 means "255 or more", then the true number stands in
<field>.often_at, <field>.often   the places in `frequencies` with 255 or more, and the true numbers
<field>.positions_begin           where the positions of a term begin (fields with positions only)
<field>.positions    for each posting as many as its frequency says, ascending
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import Array, ArrayFile, narrowest, starts_of

SEGMENT_LIMIT = 1 << 16
"""Most articles in a segment: their numbers fit 16 bits, which halves the index, and what a query touches in one
segment fits a processor's cache, so that a large archive is searched in steps of this size."""

MANY = 255

Numbers = NDArray[np.intp]
"""Article numbers, ascending, in the type numpy indexes with."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of several terms, term after term; `begins` has one more entry than there are terms."""

    begins: NDArray[np.int64]
    articles: NDArray[np.uint16]
    frequencies: Array
    positions: Array | None = None


def postings_arrays(field: str, postings: Postings) -> dict[str, Array]:
    """A field's postings as they stand in the file."""
    frequencies = postings.frequencies
    often = np.flatnonzero(frequencies >= MANY)
    arrays: dict[str, Array] = {
        f"{field}.begins": postings.begins.astype(np.uint32),
        f"{field}.articles": postings.articles,
        f"{field}.frequencies": np.minimum(frequencies, MANY).astype(np.uint8),
        f"{field}.often_at": often.astype(np.uint32),
        f"{field}.often": frequencies[often].astype(np.uint32),
    }
    if postings.positions is not None:
        total = starts_of(frequencies)
        arrays[f"{field}.positions_begin"] = total[postings.begins].astype(np.uint32)
        arrays[f"{field}.positions"] = _at_least_16_bits(postings.positions)
    return arrays


def _at_least_16_bits(positions: Array) -> Array:
    narrow = narrowest(positions)
    return narrow.astype(np.uint16) if narrow.itemsize == 1 else narrow


class FieldPostings:
    """One field of an open segment."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file, self._field = file, field
        self._begins = file.array(f"{field}.begins").data
        self._often_at, self._often = file.array(f"{field}.often_at"), file.array(f"{field}.often")
        self.has_positions = f"{field}.positions" in file
        if self.has_positions:
            self._positions_begin = file.array(f"{field}.positions_begin").data

    def __len__(self) -> int:
        return len(self._begins) - 1

    def count(self, term: int) -> int:
        """How many articles hold the term, deleted ones included."""
        return int(self._begins[term + 1]) - int(self._begins[term])

    def counts(self) -> NDArray[np.int64]:
        """The same for every term."""
        begins = np.frombuffer(self._begins, np.uint32).astype(np.int64)
        return begins[1:] - begins[:-1]

    def articles(self, term: int) -> Numbers:
        begin, end = self._begins[term], self._begins[term + 1]
        return self._file.part(f"{self._field}.articles", begin, end).astype(np.intp)

    def frequencies(self, term: int) -> Array:
        """Aligned with `articles`."""
        return self._frequencies(self._begins[term], self._begins[term + 1])

    def positions(self, term: int) -> Array:
        """Of all postings of the term, one after the other: as many of each as its frequency says."""
        return self._file.part(f"{self._field}.positions", self._positions_begin[term], self._positions_begin[term + 1])

    def slice(self, first: int, last: int) -> Postings:
        """The postings of the terms from `first` up to `last`, for merging."""
        begin, end = self._begins[first], self._begins[last]
        begins = np.frombuffer(self._begins, np.uint32)[first : last + 1].astype(np.int64) - begin
        positions = None
        if self.has_positions:
            stretch = self._positions_begin[first], self._positions_begin[last]
            positions = self._file.part(f"{self._field}.positions", *stretch)
        articles = self._file.part(f"{self._field}.articles", begin, end)
        return Postings(begins, articles, self._frequencies(begin, end), positions)

    def _frequencies(self, begin: int, end: int) -> Array:
        frequencies = self._file.part(f"{self._field}.frequencies", begin, end)
        if not len(self._often_at):
            return frequencies
        first, last = np.searchsorted(self._often_at, (begin, end))
        if first == last:
            return frequencies
        exact = frequencies.astype(np.uint32)
        exact[self._often_at[first:last] - begin] = self._often[first:last]
        return exact


def join(parts: Iterable[Postings]) -> Postings:
    """The postings of successive ranges of terms as one."""
    parts = list(parts)
    counts = np.concatenate([np.diff(part.begins) for part in parts])
    positions = [part.positions for part in parts if part.positions is not None]
    return Postings(
        starts_of(counts),
        np.concatenate([part.articles for part in parts]),
        np.concatenate([part.frequencies for part in parts]),
        np.concatenate(positions) if len(positions) == len(parts) else None,
    )
