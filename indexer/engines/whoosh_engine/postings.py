"""Where terms stand, as arrays: for each term of a field the articles, how often in each, and at which positions.

<field>.begins       where the postings of a term begin in the next two; its length is the number of terms + 1
<field>.articles     article numbers, ascending within a term: 16 bits, as a segment holds at most 65,536 articles
<field>.frequencies  8 bits; 255 means "255 or more", then the true number stands in
<field>.often_at, <field>.often   the places in `frequencies` with 255 or more, and the true numbers
<field>.positions_begin           where the positions of a term begin (fields with positions only)
<field>.positions    for each posting as many as its frequency says, ascending
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, ArrayFile, starts_of

ARTICLE_BITS = 16

SEGMENT_LIMIT = 1 << ARTICLE_BITS
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
    """A field's postings as they stand in the file, but for articles and positions."""
    frequencies = postings.frequencies
    often = np.flatnonzero(frequencies >= MANY)
    return {
        f"{field}.begins": postings.begins.astype(np.uint32),
        f"{field}.frequencies": np.minimum(frequencies, MANY).astype(np.uint8),
        f"{field}.often_at": often.astype(np.uint32),
        f"{field}.often": frequencies[often].astype(np.uint32),
    }


def positions_begin(postings: Postings) -> NDArray[np.uint32]:
    """Where the positions of each term begin: there are as many as the frequencies say."""
    return starts_of(postings.frequencies)[postings.begins].astype(np.uint32)


class FieldPostings:
    """One field of an open segment; `base` is the field in whose postings those of this one have their places."""

    def __init__(self, file: ArrayFile, field: str, base: FieldPostings | None = None) -> None:
        self._file, self._field, self._base = file, field, base
        self._begins = file.array(f"{field}.begins").data
        self._often_at, self._often = file.array(f"{field}.often_at").data, file.array(f"{field}.often")
        self.has_positions = f"{field}.positions" in file
        if self.has_positions:
            self._positions_begin = file.array(f"{field}.positions_begin").data

    def __len__(self) -> int:
        return len(self._begins) - 1

    def count(self, term: int) -> int:
        """How many articles are listed for the term, deleted ones included."""
        return int(self._begins[term + 1]) - int(self._begins[term])

    def counts(self) -> NDArray[np.int64]:
        """The same for every term."""
        begins = self.begins_of(0, len(self))
        return begins[1:] - begins[:-1]

    def articles(self, term: int) -> Numbers:
        if self._base is not None:
            return self._base.articles(term).take(self.places(term))
        begin, end = self._begins[term], self._begins[term + 1]
        return self._file.part(f"{self._field}.articles", begin, end).astype(np.intp)

    def places(self, term: int) -> Numbers:
        """Where the postings of the term stand among those of the base field."""
        begin, end = self._begins[term], self._begins[term + 1]
        return self._file.part(f"{self._field}.places", begin, end).astype(np.intp)

    def frequencies(self, term: int) -> Array:
        """Aligned with `articles`."""
        return self._frequencies(self._begins[term], self._begins[term + 1])

    def positions(self, term: int) -> Array:
        """Of all postings of the term, one after the other: as many of each as its frequency says."""
        return self._file.part(f"{self._field}.positions", self._positions_begin[term], self._positions_begin[term + 1])

    def slice(self, first: int, last: int) -> Postings:
        """The postings of the terms from `first` up to `last`, without those of frequency 0, for merging."""
        begin, end = self._begins[first], self._begins[last]
        begins = self.begins_of(first, last) - begin
        frequencies = self._frequencies(begin, end)
        positions = None
        if self.has_positions:
            stretch = self._positions_begin[first], self._positions_begin[last]
            positions = self._file.part(f"{self._field}.positions", *stretch)
        if self._base is None:
            return _without_zeros(Postings(begins, self.listed(first, last), frequencies, positions))
        base_begins = self._base.begins_of(first, last)
        places = np.repeat(base_begins[:-1] - base_begins[0], np.diff(begins))
        places += self._file.part(f"{self._field}.places", begin, end)
        return Postings(begins, self._base.listed(first, last)[places], frequencies, positions)

    def begins_of(self, first: int, last: int) -> NDArray[np.int64]:
        return np.frombuffer(self._begins, np.uint32)[first : last + 1].astype(np.int64)

    def listed(self, first: int, last: int) -> NDArray[np.uint16]:
        """The articles of all postings of a range of terms."""
        return self._file.part(f"{self._field}.articles", self._begins[first], self._begins[last])

    def _frequencies(self, begin: int, end: int) -> Array:
        frequencies = self._file.part(f"{self._field}.frequencies", begin, end)
        first = bisect_left(self._often_at, begin)
        if first == len(self._often_at) or self._often_at[first] >= end:
            return frequencies
        last = bisect_left(self._often_at, end)
        exact = frequencies.astype(np.uint32)
        exact[np.array(self._often_at[first:last]) - begin] = self._often[first:last]
        return exact


def _without_zeros(postings: Postings) -> Postings:
    kept = postings.frequencies > 0
    if kept.all():
        return postings
    begins = starts_of(kept)[postings.begins]
    return Postings(begins, postings.articles[kept], postings.frequencies[kept], postings.positions)


def position_type(longest: int) -> np.dtype[Any]:
    """What holds a position in articles of at most so many words: hardly ever more than 16 bits."""
    return np.dtype(np.uint16 if longest <= SEGMENT_LIMIT else np.uint32)


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
