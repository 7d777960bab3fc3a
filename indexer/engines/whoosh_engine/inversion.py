"""From the tokens of articles, in reading order, to the postings of terms: the inversion, as array work.

A range of terms is taken at a time, so that the memory needed beside the tokens and the result is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import Array, narrowest, starts_of
from indexer.engines.whoosh_engine.postings import Postings, join

PART = 4_000_000
"""Tokens inverted at a time: about 100 MB of work space."""

MOST_TERMS = 1 << 16
"""Terms inverted at a time: numpy sorts 16-bit keys by counting, in one pass."""


def invert(terms: NDArray[np.int32], lengths: Array, count: int, *, positions: bool) -> Postings:
    """The postings of `count` terms.

    `terms` holds a term's number for every token, article after article; negative numbers are passed over but take
    up a position. `lengths` is the number of tokens of each article.
    """
    starts = starts_of(lengths)
    article_of = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    parts = (
        _invert_range(terms, article_of, starts, first, last, positions=positions)
        for first, last in term_ranges(np.bincount(terms + 1, minlength=count + 1)[1:], PART)
    )
    return join(parts)


def term_ranges(counts: Array, most: int) -> Iterator[tuple[int, int]]:
    """Cuts all terms into ranges of at most MOST_TERMS terms and `most` tokens; a term with more stands alone."""
    ends = np.cumsum(counts)
    first = 0
    while True:
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + most, side="right"))
        last = min(max(last, first + 1), first + MOST_TERMS, len(counts))
        yield first, last
        if last == len(counts):
            return
        first = last


def _invert_range(
    terms: NDArray[np.int32],
    article_of: NDArray[np.uint16],
    starts: NDArray[np.int64],
    first: int,
    last: int,
    *,
    positions: bool,
) -> Postings:
    places = np.flatnonzero((terms >= first) & (terms < last))
    keys = (terms[places] - first).astype(np.uint16)
    order = np.argsort(keys, kind="stable")  # within a term the tokens stay in reading order
    places, keys = places[order], keys[order]
    articles = article_of[places]
    begins = run_begins(keys, articles)
    frequencies = narrowest(np.diff(begins, append=len(places)))
    counts = np.bincount(keys[begins], minlength=last - first)
    found = narrowest(places - starts[articles]) if positions else None
    return Postings(starts_of(counts), articles[begins], frequencies, found)


def run_begins(*keys: Array) -> NDArray[np.intp]:
    """Where in sorted arrays a run of equal elements begins."""
    if not len(keys[0]):
        return np.zeros(0, np.intp)
    changes = np.empty(len(keys[0]), bool)
    changes[0] = True
    np.not_equal(keys[0][1:], keys[0][:-1], out=changes[1:])
    for key in keys[1:]:
        changes[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(changes)
