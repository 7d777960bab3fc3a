"""Words side by side, or near each other, in one field of a segment: which articles have them, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import starts_of
from indexer.engines.whoosh_engine.matching import NOTHING, Mask, Scored, add_up, mask_of
from indexer.engines.whoosh_engine.postings import FieldPostings, Numbers
from indexer.engines.whoosh_engine.segment import Segment
from indexer.querying.plan import BODY

PLACE = 32
"""A place is article number << PLACE | position, so that places sort and compare as plain integers."""

Places = NDArray[np.int64]

Spellings = Sequence[int]
"""The words, as numbers, of which any may stand in one place of a phrase."""


def find_sequence(segment: Segment, field: str, parts: Sequence[Spellings], size: int) -> Scored:
    """The articles that have the parts side by side in this order, and how many times."""
    if not all(parts):
        return NOTHING
    if len(parts) == 2 and field == BODY:
        return _find_pair(segment, parts[0], parts[1], size)
    return _count(_sequence_begins(segment, field, parts, size))


def _find_pair(segment: Segment, left: Spellings, right: Spellings, size: int) -> Scored:
    """Common words by the postings of their pairs; any other two by their positions, of which there are few."""
    common_left, rare_left = _split(segment, left)
    common_right, rare_right = _split(segment, right)
    pairs = segment.pairs
    found = [
        Scored(pairs.postings.articles(pair), pairs.postings.frequencies(pair).astype(float))
        for pair in (pairs.find(common_left, common_right) if common_left and common_right else ())
    ]
    for lefts, rights in ((rare_left, right), (common_left, rare_right)):
        if lefts and rights:
            found.append(_count(_sequence_begins(segment, BODY, (lefts, rights), size)))
    return add_up(found, size)


def _split(segment: Segment, words: Spellings) -> tuple[list[int], list[int]]:
    common = [word for word in words if segment.pairs.is_common(word)]
    return common, [word for word in words if not segment.pairs.is_common(word)]


def find_near(segment: Segment, field: str, parts: Sequence[Spellings], distance: int, size: int) -> Scored:
    """The articles in which every other part stands at most `distance` words from the first, and how many times."""
    if not all(parts):
        return NOTHING
    among = _articles_of_all(segment.postings[field], parts, size)
    first, *others = (_places(segment.postings[field], words, among) for words in parts)
    for places in others:
        near = places.searchsorted(first + distance, side="right") - places.searchsorted(first - distance)
        near -= _is_in(first, places)  # a word is not near itself
        first = first[near > 0]
    return _count(first)


def _sequence_begins(segment: Segment, field: str, parts: Sequence[Spellings], size: int) -> Places:
    """Where the sequence begins: where each part stands, moved back by its offset, they all meet."""
    postings = segment.postings[field]
    among = _articles_of_all(postings, parts, size)
    begins = [_places(postings, words, among) - offset for offset, words in enumerate(parts)]
    return reduce(_in_both, sorted(begins, key=len))


def _articles_of_all(postings: FieldPostings, parts: Sequence[Spellings], size: int) -> Mask:
    """The articles that hold each of the parts somewhere."""
    rarest, *rest = sorted(parts, key=lambda words: sum(map(postings.count, words)))
    mask = mask_of(_articles_of(postings, rarest), size)
    for words in rest:
        mask &= mask_of(_articles_of(postings, words), size)
    return mask


def _articles_of(postings: FieldPostings, words: Spellings) -> Numbers:
    articles = [postings.articles(word) for word in words]
    return articles[0] if len(articles) == 1 else np.concatenate(articles)


def _places(postings: FieldPostings, words: Spellings, among: Mask) -> Places:
    """Where any of the words stands in the articles of the mask, ascending."""
    places = [_places_of_word(postings, word, among) for word in words]
    if len(places) == 1:
        return places[0]
    joined = np.concatenate(places)
    joined.sort()
    return joined


def _places_of_word(postings: FieldPostings, word: int, among: Mask) -> Places:
    articles, frequencies = postings.articles(word), postings.frequencies(word)
    kept = np.flatnonzero(among.take(articles))
    starts, counts = starts_of(frequencies).take(kept), frequencies.take(kept).astype(np.intp)
    ends = np.cumsum(counts)
    which = np.repeat(starts - ends + counts, counts)
    which += np.arange(len(which))
    places = np.repeat(articles.take(kept) << PLACE, counts)
    places += postings.positions(word).take(which)
    return places


def _in_both(few: Places, many: Places) -> Places:
    return few[_is_in(few, many)]


def _is_in(wanted: Places, sorted_places: Places) -> Mask:
    if not len(sorted_places):
        return np.zeros(len(wanted), bool)
    at = sorted_places.searchsorted(wanted)
    at[at == len(sorted_places)] = 0
    same: Mask = sorted_places.take(at) == wanted
    return same


def _count(places: Places) -> Scored:
    """How many of the places, which ascend, lie in each article."""
    articles = (places >> PLACE).astype(np.intp)
    if not len(articles):
        return NOTHING
    begins = np.flatnonzero(np.diff(articles, prepend=-1))
    return Scored(articles[begins], np.diff(begins, append=len(articles)).astype(float))
