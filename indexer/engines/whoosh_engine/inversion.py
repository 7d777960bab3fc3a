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
    places, bits = _places(lengths)
    counts = np.bincount(terms + 1, minlength=count + 1)[1:]
    return join(
        _invert_range(terms, places, bits, counts[first:last], first, positions=positions)
        for first, last in term_ranges(counts, PART)
    )


def _places(lengths: Array) -> tuple[Array, int]:
    """Of each token its article << bits | its position, as one number to be moved around; and the bits."""
    bits = max(16, int(lengths.max(initial=1)).bit_length())
    starts = starts_of(lengths)
    firsts = (np.arange(len(lengths)) << bits) - starts[:-1]
    kind = np.dtype(np.uint32 if bits == 16 else np.uint64)
    # Some wrap around below 0, and back when the token's own number is added.
    places = np.repeat(firsts.astype(kind), lengths)
    places += np.arange(starts[-1], dtype=kind)
    return places, bits


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
    terms: NDArray[np.int32], places: Array, bits: int, counts: Array, first: int, *, positions: bool
) -> Postings:
    wanted = np.flatnonzero((terms >= first) & (terms < first + len(counts)))
    keys = (terms.take(wanted) - first).astype(np.uint16)
    found = places.take(wanted.take(np.argsort(keys, kind="stable")))  # within a term they stay in reading order
    term_begins = starts_of(counts)
    articles = (found >> bits).astype(np.uint16)
    is_first = np.ones(len(found), bool)
    np.not_equal(articles[1:], articles[:-1], out=is_first[1:])
    is_first[term_begins[:-1][counts > 0]] = True
    begins = np.flatnonzero(is_first)
    frequencies = narrowest(np.diff(begins, append=len(found)))
    postings_before = np.searchsorted(begins, term_begins)
    within = (found & found.dtype.type((1 << bits) - 1)).astype(np.uint16 if bits == 16 else np.uint32)
    return Postings(postings_before, articles[begins], frequencies, within if positions else None)


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
