"""Sets of articles of one segment with their scores, and how they are put together. Pure array work.

Sets are kept as ascending article numbers, not as masks: most words stand in a small part of the articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.postings import Numbers

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

MUCH_LARGER = 16
"""From this ratio of sizes on, looking each number up in the larger set beats laying the larger set out."""

TINY = 512
"""So few numbers are faster sorted than laid out over a segment."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Articles, ascending, and a number for each: a frequency or a score."""

    articles: Numbers
    scores: Floats

    def only(self, kept: Mask | Numbers) -> Scored:
        return Scored(self.articles[kept], self.scores[kept])


NOTHING = Scored(np.zeros(0, np.intp), np.zeros(0))


def unscored(articles: Numbers) -> Scored:
    return Scored(articles, np.zeros(len(articles)))


def add_up(parts: Sequence[Scored], size: int) -> Scored:
    """Every article of any part, scores added; `size` is the number of articles in the segment. Scores may be 0."""
    parts = [part for part in parts if len(part.articles)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    if sum(len(part.articles) for part in parts) <= TINY:
        return _add_up_few(parts)
    if len(parts) == 2:
        small, large = sorted(parts, key=lambda part: len(part.articles))
        if len(small.articles) * MUCH_LARGER < len(large.articles):
            return _add_to(large, small)
    total, found = np.zeros(size), np.zeros(size, bool)
    for part in parts:
        total[part.articles] += part.scores
        found[part.articles] = True
    articles = np.flatnonzero(found)
    return Scored(articles, total.take(articles))


def _add_up_few(parts: Sequence[Scored]) -> Scored:
    articles = np.concatenate([part.articles for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    distinct, places = np.unique(articles, return_inverse=True)
    return Scored(distinct, np.bincount(places, scores, len(distinct)).astype(np.float64))


def _add_to(large: Scored, small: Scored) -> Scored:
    """The same for two parts of very different size, such as the titles and the bodies that hold a word."""
    places = large.articles.searchsorted(small.articles)
    inside = np.minimum(places, len(large.articles) - 1)
    is_in_both = large.articles.take(inside) == small.articles
    scores = large.scores.copy()
    scores[inside[is_in_both]] += small.scores[is_in_both]
    if is_in_both.all():
        return Scored(large.articles, scores)
    rest, before = small.only(~is_in_both), places[~is_in_both]
    return Scored(np.insert(large.articles, before, rest.articles), np.insert(scores, before, rest.scores))


def in_all(parts: Sequence[Scored], size: int) -> Scored:
    """The articles of every part, scores added; of no parts this is not defined."""
    first, *rest = sorted(parts, key=lambda part: len(part.articles))
    found = first
    for part in rest:
        own, others = places_of_common(found.articles, part.articles, size)
        found = Scored(found.articles.take(own), found.scores.take(own) + part.scores.take(others))
    return found


def scores_at(articles: Numbers, part: Scored, size: int) -> Floats:
    """The scores of `part` at the given articles, 0 where it has none."""
    scores = np.zeros(len(articles))
    own, others = places_of_common(articles, part.articles, size)
    scores[own] = part.scores.take(others)
    return scores


def places_of_common(left: Numbers, right: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Where in each of two sets the numbers stand that are in both."""
    if len(left) > len(right):
        places = places_of_common(right, left, size)
        return places[1], places[0]
    if len(left) * MUCH_LARGER < len(right):
        candidates = right.searchsorted(left)
        candidates[candidates == len(right)] = 0
        found = np.flatnonzero(right.take(candidates) == left)
        return found, candidates.take(found)
    place_of = np.zeros(size, np.uint32)
    place_of[right] = np.arange(1, len(right) + 1, dtype=np.uint32)
    candidates = place_of.take(left).astype(np.intp)
    found = np.flatnonzero(candidates)
    return found, candidates.take(found) - 1


def mask_of(articles: Numbers, size: int) -> Mask:
    mask = np.zeros(size, bool)
    mask[articles] = True
    return mask
