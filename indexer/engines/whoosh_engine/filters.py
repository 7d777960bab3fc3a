"""A request's filters over the matches of a segment: dates, exclusions, and what was chosen in each facet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer import facets
from indexer.engines.whoosh_engine.evaluation import day_numbers
from indexer.engines.whoosh_engine.matching import Mask
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.model import SearchRequest

YEAR_UNIT, MONTH_UNIT = 10_000, 100
"""A day as yyyymmdd divided by these is its year, its month."""


@dataclass(frozen=True)
class Narrowed:
    """Matches of one segment under the request's filters.

    `articles` are those within the dates and not excluded, `kept` their places among all matches (None: all of them);
    `chosen` says for each facet in which something was chosen which of `articles` have it.
    """

    articles: Numbers
    kept: Numbers | None
    chosen: Mapping[str, Mask]

    def passing(self, *names: str) -> Numbers:
        """The articles that pass what was chosen in these facets."""
        mask = _all_true(self.chosen[name] for name in names if name in self.chosen)
        return self.articles if mask is None else self.articles[mask]

    @cached_property
    def hits(self) -> Numbers:
        """The articles that pass every choice."""
        return self.passing(*self.chosen)

    @property
    def places(self) -> Numbers | None:
        """Where among all matches the hits stand; None: all of them, in order."""
        mask = _all_true(self.chosen.values())
        if mask is None:
            return self.kept
        return np.flatnonzero(mask) if self.kept is None else self.kept[mask]


def _all_true(masks: Iterable[Mask]) -> Mask | None:
    together: Mask | None = None
    for mask in masks:
        together = mask if together is None else together & mask
    return together


def narrow(view: SegmentView, articles: Numbers, request: SearchRequest) -> Narrowed:
    kept: Numbers | None = None
    if limits := list(_limits(view, request)):
        kept = np.flatnonzero(np.logical_and.reduce([mask.take(articles) for mask in limits]))
        articles = articles.take(kept)
    return Narrowed(articles, kept, {name: mask.take(articles) for name, mask in _choices(view, request)})


def passing(view: SegmentView, request: SearchRequest) -> Mask:
    """Which articles of a segment pass all filters of a request; deleted ones never do."""
    chosen = _all_true([*_limits(view, request), *(mask for _, mask in _choices(view, request))])
    return view.live if chosen is None else view.live & chosen


def _limits(view: SegmentView, request: SearchRequest) -> Iterator[Mask]:
    """Masks of what the dates and exclusions of a request leave."""
    if request.since or request.until:
        yield view.between(*day_numbers(request.since, request.until))
    for facet in facets.NAMES:
        if excluded := request.choice(facet).exclude:
            yield ~_having(view, facet, excluded)


def _choices(view: SegmentView, request: SearchRequest) -> Iterator[tuple[str, Mask]]:
    for facet in facets.NAMES:
        if included := request.choice(facet).include:
            yield facet, _having(view, facet, included)


def _having(view: SegmentView, facet: str, values: tuple[str, ...]) -> Mask:
    """Which articles have any of the values in a facet."""
    if facet == facets.AUTHOR:
        return view.by_authors(values)
    if facet in facets.LABELS:
        return view.labelled(facet, values)
    if facet == facets.YEAR:
        return view.in_periods(map(int, values), YEAR_UNIT)
    return view.in_periods(map(_month, values), MONTH_UNIT)


def _month(value: str) -> int:
    """`2020-07` as 202007"""
    return int(value.replace("-", ""))
