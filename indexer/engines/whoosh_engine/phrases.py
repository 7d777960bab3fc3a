"""Words side by side, or near each other, in one field of a segment: which articles have them, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.array_file import in_runs, starts_of
from indexer.engines.whoosh_engine.matching import NOTHING, Scored, add_up, common, is_in, mask_of, places_in
from indexer.engines.whoosh_engine.pairs import PairPostings
from indexer.engines.whoosh_engine.postings import FieldPostings, Numbers
from indexer.engines.whoosh_engine.segment import Segment

PLACE = 32
"""A place is article number << PLACE | position, so that places sort and compare as plain integers."""

Places = NDArray[np.int64]

Spellings = Sequence[int]
"""The words, as numbers, of which any may stand in one place of a phrase."""


def find_sequence(segment: Segment, field: str, parts: Sequence[Spellings], size: int) -> Scored:
    """The articles that have the parts side by side in this order, and how many times."""
    if not all(parts):
        return NOTHING
    if len(parts) == 2:
        return _find_pair(segment, field, parts[0], parts[1], size)
    return _count(_sequence_begins(segment, field, parts, size))


def _find_pair(segment: Segment, field: str, left: Spellings, right: Spellings, size: int) -> Scored:
    """By the postings of pairs where they are kept; any other two by their positions, of which there are few."""
    pairs = segment.pairs[field]
    kept_left, rare_left = _split(pairs, left)
    kept_right, rare_right = _split(pairs, right)
    found = [
        Scored(pairs.postings.articles(pair), pairs.postings.frequencies(pair).astype(float))
        for pair in (pairs.find(kept_left, kept_right) if kept_left and kept_right else ())
    ]
    for lefts, rights in ((rare_left, right), (kept_left, rare_right)):
        if lefts and rights:
            found.append(_count(_sequence_begins(segment, field, (lefts, rights), size)))
    return add_up(found, size)


def _split(pairs: PairPostings, words: Spellings) -> tuple[list[int], list[int]]:
    return [word for word in words if pairs.has(word)], [word for word in words if not pairs.has(word)]


def find_near(segment: Segment, field: str, parts: Sequence[Spellings], distance: int, size: int) -> Scored:
    """The articles in which every other part stands at most `distance` words from the first, and how many times."""
    if not all(parts):
        return NOTHING
    among = _articles_of_all(segment.postings[field], parts, size)
    first, *others = (_places(segment.postings[field], words, among, size) for words in parts)
    for places in others:
        near = places.searchsorted(first + distance, side="right") - places.searchsorted(first - distance)
        near -= is_in(first, places)  # a word is not near itself
        first = first[near > 0]
    return _count(first)


def _sequence_begins(segment: Segment, field: str, parts: Sequence[Spellings], size: int) -> Places:
    """Where the sequence begins: where each part stands, moved back by its offset, they all meet."""
    among = _articles_of_all(segment.postings[field], parts, size)
    for left, right in pairwise(parts) if len(parts) > 2 else ():
        among = _only_with_pair(segment.pairs[field], left, right, among, size)
    begins = [_places(segment.postings[field], words, among, size) - offset for offset, words in enumerate(parts)]
    return reduce(_in_both, sorted(begins, key=len))


def _articles_of_all(postings: FieldPostings, parts: Sequence[Spellings], size: int) -> Numbers:
    """The articles, ascending, that hold each of the parts somewhere."""
    rarest, *rest = sorted(parts, key=lambda words: sum(map(postings.count, words)))
    found = _articles_of(postings, rarest, size)
    for words in rest:
        found = common(found, _articles_of(postings, words, size), size)
    return found


def _articles_of(postings: FieldPostings, words: Spellings, size: int) -> Numbers:
    if len(words) == 1:
        return postings.articles(words[0])
    return np.flatnonzero(mask_of(np.concatenate([postings.articles(word) for word in words]), size))


def _only_with_pair(pairs: PairPostings, left: Spellings, right: Spellings, among: Numbers, size: int) -> Numbers:
    """Those of the articles that hold the two side by side, where the pairs' postings tell."""
    if not all(map(pairs.has, (*left, *right))):
        return among
    found = [pairs.postings.articles(pair) for pair in pairs.find(left, right)]
    return among[mask_of(np.concatenate([among[:0], *found]), size).take(among)]


def _places(postings: FieldPostings, words: Spellings, among: Numbers, size: int) -> Places:
    """Where any of the words stands in the articles given, ascending."""
    places = [_places_of_word(postings, word, among, size) for word in words]
    if len(places) == 1:
        return places[0]
    joined = np.concatenate(places)
    joined.sort()
    return joined


def _places_of_word(postings: FieldPostings, word: int, among: Numbers, size: int) -> Places:
    articles, frequencies = postings.articles(word), postings.frequencies(word)
    kept = places_in(articles, among, size)
    counts = frequencies.take(kept).astype(np.int64)
    places = np.repeat(articles.take(kept) << PLACE, counts)
    places += postings.positions(word).take(in_runs(starts_of(frequencies).take(kept), counts))
    return places


def _in_both(few: Places, many: Places) -> Places:
    return few[is_in(few, many)]


def _count(places: Places) -> Scored:
    """How many of the places, which ascend, lie in each article."""
    articles = (places >> PLACE).astype(np.intp)
    if not len(articles):
        return NOTHING
    begins = np.flatnonzero(np.diff(articles, prepend=-1))
    return Scored(articles[begins], np.diff(begins, append=len(articles)).astype(float))
