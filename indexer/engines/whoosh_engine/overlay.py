"""One list of articles for title and body: the title's postings become places in those of the body."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import starts_of
from indexer.engines.whoosh_engine.inversion import PART, term_ranges
from indexer.engines.whoosh_engine.postings import ARTICLE_BITS, Postings


def overlay(base: Postings, over: Postings) -> tuple[Postings, NDArray[np.uint16]]:
    """`base` with what it lacks of `over`, at frequency 0; and the place of each posting of `over` within its term."""
    found = list(_look_up(base, over))
    places = np.concatenate([np.zeros(0, np.int64), *(place for place, _ in found)])
    lacking = np.concatenate([np.zeros(0, bool), *(is_lacking for _, is_lacking in found)])
    inserted_before = starts_of(lacking)
    begins = base.begins + inserted_before[over.begins]
    both = Postings(
        begins,
        np.insert(base.articles, places[lacking], over.articles[lacking]),
        np.insert(base.frequencies, places[lacking], 0),
    )
    within = places + inserted_before[:-1] - np.repeat(begins[:-1], np.diff(over.begins))
    return both, within.astype(np.uint16)


def _look_up(base: Postings, over: Postings) -> Iterator[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """For each posting of `over`, a range of terms at a time: where it stands or would stand, and whether it lacks."""
    for first, last in term_ranges(np.diff(base.begins), PART):
        held, wanted = _keys(base, first, last), _keys(over, first, last)
        places = held.searchsorted(wanted)
        lacks = np.ones(len(wanted), bool) if not len(held) else held.take(places, mode="clip") != wanted
        yield places + base.begins[first], lacks


def _keys(postings: Postings, first: int, last: int) -> NDArray[np.int64]:
    """Term and article of each posting of a range of terms as one number, ascending."""
    begins = postings.begins[first : last + 1]
    terms = np.repeat(np.arange(last - first, dtype=np.int64), np.diff(begins))
    return (terms << ARTICLE_BITS) | postings.articles[begins[0] : begins[-1]]
