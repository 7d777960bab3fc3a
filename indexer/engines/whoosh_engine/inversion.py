"""From the tokens of articles, in reading order, to the postings of terms: the inversion, as array work.

A range of terms is taken at a time, so that the memory needed beside the tokens and the result is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, narrowest, starts_of
from indexer.engines.whoosh_engine.postings import Postings, position_type

PART = 4_000_000
"""Tokens inverted at a time: about 100 MB of work space."""

MOST_TERMS = 1 << 16
"""Terms inverted at a time: numpy sorts 16-bit keys by counting, in one pass."""


def invert(terms: NDArray[np.int32], lengths: Array, count: int, *, positions: bool) -> Iterator[Postings]:
    """The postings of `count` terms, a range of terms at a time.

    `terms` holds a term's number for every token, article after article; negative numbers are passed over but take
    up a position. `lengths` is the number of tokens of each article.
    """
    starts = starts_of(lengths)
    article_of = np.repeat(np.arange(len(lengths), dtype=np.uint16), lengths)
    kind = position_type(int(lengths.max(initial=0))) if positions else None
    counts = np.bincount(terms + 1, minlength=count + 1)[1:]
    for first, last in term_ranges(counts, PART):
        tokens = _tokens_of(terms, first, counts[first:last])
        articles = article_of.take(tokens)
        found = None if kind is None else (tokens - starts.take(articles)).astype(kind)
        yield _postings(articles, counts[first:last], found)


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


def _tokens_of(terms: NDArray[np.int32], first: int, counts: Array) -> NDArray[np.intp]:
    """Where the terms from `first` on stand, term after term, each in reading order."""
    wanted = np.flatnonzero((terms >= first) & (terms < first + len(counts)))
    keys = (terms.take(wanted) - first).astype(np.uint16)
    return wanted.take(np.argsort(keys, kind="stable"))


def _postings(articles: NDArray[np.uint16], counts: Array, positions: Array | None) -> Postings:
    """From the article of every occurrence, term after term: `counts` occurrences of each term."""
    term_begins = starts_of(counts)
    is_first = np.ones(len(articles), bool)
    np.not_equal(articles[1:], articles[:-1], out=is_first[1:])
    is_first[term_begins[:-1][counts > 0]] = True
    begins = np.flatnonzero(is_first)
    frequencies = narrowest(np.diff(begins, append=len(articles)))
    return Postings(np.searchsorted(begins, term_begins), articles[begins], frequencies, positions)
