"""Words side by side, or near each other, in one field of a segment: which articles have them, and how often.

Each word's places are a step of their own: where the budget has run out before one, BudgetSpent is raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.array_file import Array, in_runs, starts_of
from indexer.budget import UNLIMITED, Budget
from indexer.engines.whoosh_engine.matching import NOTHING, Scored, add_up, common, is_in, mask_of, places_in
from indexer.engines.whoosh_engine.pairs import PairPostings
from indexer.engines.whoosh_engine.postings import FieldPostings, Numbers
from indexer.engines.whoosh_engine.segment import Segment

PLACE = 32
"""A place is article number << PLACE | position, so that places sort and compare as plain integers."""

FEW = 8
"""Summing up between the postings wanted beats keeping a sum for each, where so many times fewer are wanted."""

Places = NDArray[np.int64]

Spellings = Sequence[int]
"""The words, as numbers, of which any may stand in one place of a phrase."""

Known = dict[int, Places]
"""Word -> its places in some articles of a field, as far as they were looked up: phrases of one query share words."""


def find_sequence(
    segment: Segment,
    field: str,
    parts: Sequence[Spellings],
    size: int,
    among: Numbers | None = None,
    budget: Budget = UNLIMITED,
    known: Known | None = None,
) -> Scored:
    """The articles that have the parts side by side in this order, and how many times.

    With `among` only these articles, which ascend, are looked at; `known` keeps what is looked up in them for pairs.
    """
    if not all(parts):
        return NOTHING
    if len(parts) == 2:
        return _find_pair(segment, field, parts, size, among, budget, known)
    return _count(_sequence_begins(segment, field, parts, size, among, budget, None))


def _find_pair(
    segment: Segment,
    field: str,
    parts: Sequence[Spellings],
    size: int,
    among: Numbers | None,
    budget: Budget,
    known: Known | None,
) -> Scored:
    """By the postings of pairs where they are kept; any other two by their positions, of which there are few."""
    left, right = parts
    pairs = segment.pairs[field]
    kept_left, rare_left = _split(pairs, left)
    kept_right, rare_right = _split(pairs, right)
    kept = pairs.find(kept_left, kept_right) if kept_left and kept_right else []
    found = [_only(_postings_of_pair(pairs, pair), among, size) for pair in kept]
    for lefts, rights in ((rare_left, right), (kept_left, rare_right)):
        if lefts and rights:
            found.append(_count(_sequence_begins(segment, field, (lefts, rights), size, among, budget, known)))
    return add_up(found, size)


def _postings_of_pair(pairs: PairPostings, pair: int) -> Scored:
    return Scored(pairs.postings.articles(pair), pairs.postings.frequencies(pair).astype(float))


def _only(found: Scored, among: Numbers | None, size: int) -> Scored:
    return found if among is None else found.only(places_in(found.articles, among, size))


def _split(pairs: PairPostings, words: Spellings) -> tuple[list[int], list[int]]:
    return [word for word in words if pairs.has(word)], [word for word in words if not pairs.has(word)]


def find_near(
    segment: Segment,
    field: str,
    parts: Sequence[Spellings],
    distance: int,
    size: int,
    among: Numbers | None = None,
    budget: Budget = UNLIMITED,
) -> Scored:
    """The articles in which every other part stands at most `distance` words from the first, and how many times."""
    if not all(parts):
        return NOTHING
    among = _articles_of_all(segment.postings[field], parts, size, among)
    first = _places(segment.postings[field], parts[0], among, size)
    for words in parts[1:]:
        budget.go_on()
        places = _places(segment.postings[field], words, among, size)
        near = places.searchsorted(first + distance, side="right") - places.searchsorted(first - distance)
        near -= is_in(first, places)  # a word is not near itself
        first = first[near > 0]
    return _count(first)


def _sequence_begins(
    segment: Segment,
    field: str,
    parts: Sequence[Spellings],
    size: int,
    among: Numbers | None,
    budget: Budget,
    known: Known | None,
) -> Places:
    """Where the sequence begins: where each part stands, moved back by its offset, they all meet."""
    among = _articles_of_all(segment.postings[field], parts, size, among)
    for left, right in pairwise(parts) if len(parts) > 2 else ():
        among = _only_with_pair(segment.pairs[field], left, right, among, size)
    postings = segment.postings[field]
    rarest, *rest = sorted(enumerate(parts), key=lambda part: sum(map(postings.count, part[1])))
    begins = _places(postings, rarest[1], among, size, known) - rarest[0]
    for offset, words in rest:
        budget.go_on()
        if known is None:
            among = _count(begins).articles  # with every part fewer are left
        begins = _in_both(begins, _places(postings, words, among, size, known) - offset)
    return begins


def _articles_of_all(postings: FieldPostings, parts: Sequence[Spellings], size: int, among: Numbers | None) -> Numbers:
    """The articles, ascending, that hold each of the parts somewhere; `among` where that is known already."""
    if among is not None:
        return among
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


def _places(postings: FieldPostings, words: Spellings, among: Numbers, size: int, known: Known | None = None) -> Places:
    """Where any of the words stands in the articles given, ascending; `known` are places in these very articles."""
    known = {} if known is None else known
    for word in words:
        if word not in known:
            known[word] = _places_of_word(postings, word, among, size)
    places = [known[word] for word in words]
    if len(places) == 1:
        return places[0]
    joined = np.concatenate(places)
    joined.sort()
    return joined


def _places_of_word(postings: FieldPostings, word: int, among: Numbers, size: int) -> Places:
    articles, frequencies = postings.articles(word), postings.frequencies(word)
    kept = places_in(articles, among, size)
    if not len(kept):
        return np.zeros(0, np.int64)
    counts = frequencies.take(kept).astype(np.int64)
    places = np.repeat(articles.take(kept) << PLACE, counts)
    places += postings.positions(word).take(in_runs(_starts_at(frequencies, kept), counts))
    return places


def _starts_at(frequencies: Array, wanted: Numbers) -> NDArray[np.int64]:
    """Where the positions of the wanted postings begin: the sum of the frequencies before each."""
    if len(wanted) * FEW > len(frequencies):
        return starts_of(frequencies).take(wanted)
    last = int(wanted[-1]) if len(wanted) else 0
    if not last:
        return np.zeros(len(wanted), np.int64)
    begins = np.concatenate([[0], wanted[:-1]])
    sums = np.add.reduceat(frequencies[:last], begins, dtype=np.int64)
    sums[begins == wanted] = 0  # there is nothing before the first posting, where reduceat gives that one
    starts: NDArray[np.int64] = np.cumsum(sums)
    return starts


def _in_both(left: Places, right: Places) -> Places:
    few, many = sorted((left, right), key=len)
    return few[is_in(few, many)]


def _count(places: Places) -> Scored:
    """How many of the places, which ascend, lie in each article."""
    articles = (places >> PLACE).astype(np.intp)
    if not len(articles):
        return NOTHING
    begins = np.flatnonzero(np.diff(articles, prepend=-1))
    return Scored(articles[begins], np.diff(begins, append=len(articles)).astype(float))
