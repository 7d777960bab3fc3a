"""Sets of articles of one segment with their scores, and how they are put together. Pure array work.

Sets are kept as ascending article numbers, not as masks: most words stand in a small part of the articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

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
    """Every article of any part, scores added; `size` is the number of articles in the segment."""
    parts = [part for part in parts if len(part.articles)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    if sum(len(part.articles) for part in parts) <= TINY:
        return _add_up_few(parts)
    total = np.zeros(size)
    for part in parts:
        total[part.articles] += part.scores
    articles = _articles_of_any(parts, size) if any(part.scores.min() <= 0 for part in parts) else np.flatnonzero(total)
    return Scored(articles, total.take(articles))


def _articles_of_any(parts: Sequence[Scored], size: int) -> Numbers:
    """Where some parts score nothing, as filters do, sums do not tell which articles are in."""
    found = np.zeros(size, bool)
    for part in parts:
        found[part.articles] = True
    return np.flatnonzero(found)


def _add_up_few(parts: Sequence[Scored]) -> Scored:
    articles = np.concatenate([part.articles for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    distinct, places = np.unique(articles, return_inverse=True)
    return Scored(distinct, np.bincount(places, scores, len(distinct)).astype(np.float64))


def values_at(wanted: Numbers, articles: Numbers, values: NDArray[Any], size: int) -> NDArray[Any]:
    """What `values`, aligned with `articles`, has for each wanted article; 0 where it has none."""
    if len(wanted) * MUCH_LARGER < len(articles):
        places = _nearest(wanted, articles)
        return np.where(articles.take(places) == wanted, values.take(places), 0)
    laid_out = np.zeros(size, values.dtype)
    laid_out[articles] = values
    return laid_out.take(wanted)


def places_in(articles: Numbers, wanted: Numbers, size: int) -> Numbers:
    """The places of those of the articles that are wanted; both ascend."""
    if len(wanted) * MUCH_LARGER < len(articles):
        places = _nearest(wanted, articles)
        found: Numbers = places[articles.take(places) == wanted]
        return found
    if len(articles) * MUCH_LARGER < len(wanted):
        return np.flatnonzero(is_in(articles, wanted))
    return np.flatnonzero(mask_of(wanted, size).take(articles))


def common(few: Numbers, many: Numbers, size: int) -> Numbers:
    """The numbers in both sets."""
    if len(few) * MUCH_LARGER < len(many):
        return few[is_in(few, many)]
    return few[mask_of(many, size).take(few)]


def is_in(few: NDArray[Any], many: NDArray[Any]) -> Mask:
    """Which of the numbers are among the others, which ascend."""
    if not len(many):
        return np.zeros(len(few), bool)
    found: Mask = many.take(_nearest(few, many)) == few
    return found


def _nearest(few: NDArray[Any], many: NDArray[Any]) -> Numbers:
    """Where in `many`, which ascends and is not empty, each number stands if it is there; else some other place."""
    places = many.searchsorted(few)
    places[places == len(many)] = 0
    return places


def mask_of(articles: Numbers, size: int) -> Mask:
    mask = np.zeros(size, bool)
    mask[articles] = True
    return mask


class Found(Protocol):
    """What a text clause matches in a segment: how many articles, which, and its frequency in each."""

    @property
    def count(self) -> int: ...

    def all(self) -> Scored:
        """All of the articles."""
        ...

    def at(self, articles: Numbers) -> Floats:
        """The frequencies in the given articles, 0 where the clause does not match."""
        ...


@dataclass(frozen=True, slots=True)
class Worked(Found):
    """A result that had to be worked out whole."""

    scored: Scored
    size: int

    @property
    def count(self) -> int:
        return len(self.scored.articles)

    def all(self) -> Scored:
        return self.scored

    def at(self, articles: Numbers) -> Floats:
        return values_at(articles, self.scored.articles, self.scored.scores, self.size)


@dataclass(frozen=True, slots=True)
class InOneField(Found):
    """A word in one field, read from its postings: only what is asked for is worked out."""

    articles: Numbers
    frequencies: NDArray[Any]
    factors: Floats

    @property
    def count(self) -> int:
        return len(self.articles)

    def without_zeros(self) -> InOneField:
        """The word in the body alone, without the articles that are listed for their titles."""
        held = np.flatnonzero(self.frequencies)
        return InOneField(self.articles.take(held), self.frequencies.take(held), self.factors)

    def all(self) -> Scored:
        return Scored(self.articles, self.frequencies * self.factors.take(self.articles))

    def at(self, articles: Numbers) -> Floats:
        frequencies = values_at(articles, self.articles, self.frequencies, len(self.factors))
        at: Floats = frequencies * self.factors.take(articles)
        return at


@dataclass(frozen=True, slots=True)
class InBothFields(Found):
    """A word in title and body: the body's postings list the articles of both, those of the title lie over them."""

    body: InOneField
    places: Numbers
    title_frequencies: NDArray[Any]
    title_factors: Floats

    @property
    def count(self) -> int:
        return self.body.count

    def all(self) -> Scored:
        articles, scores = self.body.articles, self.body.all().scores
        scores[self.places] += self.title_frequencies * self.title_factors.take(articles.take(self.places))
        return Scored(articles, scores)

    def at(self, articles: Numbers) -> Floats:
        titles = InOneField(self.body.articles.take(self.places), self.title_frequencies, self.title_factors)
        return self.body.at(articles) + titles.at(articles)
