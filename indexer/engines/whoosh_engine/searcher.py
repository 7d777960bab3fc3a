"""Answers from one unchanging state of a Whoosh index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.index import TOC

from indexer import facets
from indexer.engines.whoosh_engine.cache import MatchCache
from indexer.engines.whoosh_engine.codec import ArraySegment
from indexer.engines.whoosh_engine.evaluation import Budget, Evaluation, day_numbers
from indexer.engines.whoosh_engine.lexicon import WhooshLexicon
from indexer.engines.whoosh_engine.matching import Mask
from indexer.engines.whoosh_engine.ordering import UNIT, best_by_rank, best_by_score
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.segment import FIELDS, Segment
from indexer.engines.whoosh_engine.stored import StoredArticles
from indexer.engines.whoosh_engine.tallies import Tallies
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.engines.whoosh_engine.vocabulary import ABSENT
from indexer.errors import IndexDamaged
from indexer.model import Article, SearchRequest, Sort
from indexer.ports import Holding, Matches
from indexer.querying.plan import Plan

YEAR_UNIT, MONTH_UNIT = 10_000, 100
"""A day as yyyymmdd divided by these is its year, its month."""


class WhooshSearcher:
    """See `ports.Searcher`. Nothing in it changes after it is made, but for what it keeps to answer faster.

    Args:
        storage: Whoosh's, over the folder of the index.
        name: Whoosh's name of the index.
        cache_bytes: room for what clauses were found to match.
        budget_seconds: processor time a search may take; None: any.
    """

    def __init__(self, storage: Any, name: str, cache_bytes: int, budget_seconds: float | None) -> None:
        segments: list[ArraySegment] = TOC.read(storage, name).segments
        segments.sort(key=lambda segment: -segment.doc_count())  # a search that runs out of time has seen most of it
        if foreign := [segment for segment in segments if not isinstance(segment, ArraySegment)]:
            raise IndexDamaged(f"{storage.folder} holds segments of another writer ({foreign[0].segment_id()})")
        self._stored = [StoredArticles(Path(storage.folder), segment) for segment in segments]
        self._views = _views(Path(storage.folder), segments)
        self._tallies = Tallies(self._views)
        self._cache = MatchCache(cache_bytes)
        self._budget_seconds = budget_seconds
        self._article_count = sum(len(view.everything) for view in self._views)
        self.lexicon = WhooshLexicon(self._views)

    def article_count(self) -> int:
        return self._article_count

    def article(self, article_id: str) -> Article | None:
        for view, stored in zip(self._views, self._stored, strict=True):
            number = view.columns.find(article_id)
            if number != ABSENT and view.live[number]:
                return stored.article(number)
        return None

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        for view, stored in zip(self._views, self._stored, strict=True):
            ids, holdings = view.columns.all_ids(), stored.holdings()
            for article in view.everything.tolist():
                yield ids[article], holdings[article]

    def close(self) -> None:
        """Left to the garbage collector: a search in another thread may still be reading."""

    def search(self, plan: Plan, request: SearchRequest) -> Matches:
        evaluation = Evaluation(self._views, plan, self._cache, Budget(self._budget_seconds))
        narrowed = [
            _narrow(view, found.articles, request)
            for view, found in zip(evaluation.views, evaluation.found, strict=True)
        ]
        return Matches(
            total=sum(len(each.hits) for each in narrowed),
            unfiltered_total=sum(len(found.articles) for found in evaluation.found),
            page=self._page(evaluation, narrowed, request),
            counts=self._counts(narrowed, request),
            words_found=evaluation.words_found,
            is_partial=evaluation.is_partial,
        )

    def _counts(self, narrowed: Sequence[_Narrowed], request: SearchRequest) -> dict[str, Mapping[str, int]]:
        tallies = self._tallies
        everything = tallies.number([each.articles for each in narrowed])

        def passing(*names: str) -> Numbers:
            if not any(request.choice(name).include for name in names):
                return everything
            return tallies.number([each.passing(*names) for each in narrowed])

        for_years = tallies.count_months(passing(facets.AUTHOR))
        for_months = tallies.count_months(passing(facets.AUTHOR, facets.YEAR)) if request.year.include else for_years
        return {
            facets.AUTHOR: tallies.count_authors(passing(facets.YEAR, facets.MONTH)),
            facets.YEAR: tallies.by_year(for_years),
            facets.MONTH: tallies.by_month(for_months),
        }

    def _page(
        self, evaluation: Evaluation, narrowed: Sequence[_Narrowed], request: SearchRequest
    ) -> tuple[tuple[str, float], ...]:
        last = request.page * request.page_size
        best = sorted(
            entry for place, each in enumerate(narrowed) for entry in _best(evaluation, place, each, request.sort, last)
        )
        # Ids decide between results that are equal otherwise; only those that can be on the page are looked up.
        near = best[: bisect_right(best, best[last - 1].key, key=lambda entry: entry.key)] if last < len(best) else best
        named = sorted((entry.key, evaluation.views[entry.place].columns.id(entry.article), entry) for entry in near)
        return tuple((article_id, entry.score) for _, article_id, entry in named[last - request.page_size : last])


@dataclass(frozen=True)
class _Narrowed:
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


def _narrow(view: SegmentView, articles: Numbers, request: SearchRequest) -> _Narrowed:
    kept: Numbers | None = None
    if limits := list(_limits(view, request)):
        kept = np.flatnonzero(np.logical_and.reduce([mask.take(articles) for mask in limits]))
        articles = articles.take(kept)
    return _Narrowed(articles, kept, {name: mask.take(articles) for name, mask in _choices(view, request)})


def _limits(view: SegmentView, request: SearchRequest) -> Iterator[Mask]:
    """Masks of what the dates and exclusions of a request leave."""
    if request.since or request.until:
        yield view.between(*day_numbers(request.since, request.until))
    if request.author.exclude:
        yield ~view.by_authors(request.author.exclude)
    if request.year.exclude:
        yield ~view.in_periods(map(int, request.year.exclude), YEAR_UNIT)
    if request.month.exclude:
        yield ~view.in_periods(map(_month, request.month.exclude), MONTH_UNIT)


def _choices(view: SegmentView, request: SearchRequest) -> Iterator[tuple[str, Mask]]:
    if request.author.include:
        yield facets.AUTHOR, view.by_authors(request.author.include)
    if request.year.include:
        yield facets.YEAR, view.in_periods(map(int, request.year.include), YEAR_UNIT)
    if request.month.include:
        yield facets.MONTH, view.in_periods(map(_month, request.month.include), MONTH_UNIT)


def _month(value: str) -> int:
    """`2020-07` as 202007"""
    return int(value.replace("-", ""))


class _Entry(NamedTuple):
    """A result: what it is sorted by (the lowest first; then its id), its segment's place, its number, its score."""

    key: tuple[float, ...]
    place: int
    article: int
    score: float


def _best(evaluation: Evaluation, place: int, narrowed: _Narrowed, sort: Sort, count: int) -> Iterator[_Entry]:
    """The best results of one segment in the order asked for."""
    columns = evaluation.views[place].columns
    scores, tier = evaluation.scores(place), evaluation.first_tier(place)
    if narrowed.places is not None:
        scores, tier = scores.take(narrowed.places), None if tier is None else tier.take(narrowed.places)
    articles = narrowed.hits
    if sort is Sort.RELEVANCE:
        chosen = best_by_score(scores, tier, columns.newest.take(articles), count)
    else:
        chosen = best_by_rank((columns.newest if sort is Sort.NEWEST else columns.oldest).take(articles), count)
    for at in chosen.tolist():
        article = int(articles[at])
        moment, score = int(columns.moments[article]), round(float(scores[at]) * UNIT) / UNIT
        if sort is Sort.RELEVANCE:
            key: tuple[float, ...] = (tier is not None and not tier[at], -score, -moment)
        else:
            key = (moment == 0, -moment if sort is Sort.NEWEST else moment)
        yield _Entry(key, place, article, score)


def _views(folder: Path, segments: Sequence[ArraySegment]) -> list[SegmentView]:
    """The segments, open, with lengths set against the average of all."""
    opened: list[tuple[Segment, Mask]] = []
    for segment in segments:
        live = np.ones(segment.doc_count_all(), bool)
        live[list(segment.deleted_docs())] = False
        opened.append((segment.open(folder), live))
    articles = sum(int(live.sum()) for _, live in opened)
    average = {
        field: sum(int(arrays.articles.lengths(field)[live].sum()) for arrays, live in opened) / max(1, articles)
        for field in FIELDS
    }
    return [SegmentView(arrays, live, average) for arrays, live in opened]
