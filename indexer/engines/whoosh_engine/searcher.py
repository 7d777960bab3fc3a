"""Answers from one unchanging state of a Whoosh index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from indexer import facets
from indexer.author_merges import NO_MERGES, Merges, widen, widen_plan, widen_request
from indexer.budget import UNLIMITED, Budget
from indexer.engines.whoosh_engine.cache import MatchCache
from indexer.engines.whoosh_engine.codec import ArraySegment, read_contents
from indexer.engines.whoosh_engine.counting import Counter
from indexer.engines.whoosh_engine.evaluation import Evaluation
from indexer.engines.whoosh_engine.filters import Narrowed, narrow
from indexer.engines.whoosh_engine.lexicon import lexicon_of
from indexer.engines.whoosh_engine.matching import Mask
from indexer.engines.whoosh_engine.page import choose_page
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.segment import FIELDS, Segment
from indexer.engines.whoosh_engine.stored import StoredArticles
from indexer.engines.whoosh_engine.tallies import Tallies
from indexer.engines.whoosh_engine.verification import problems_of
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.lexicon.parted import PartedLexicon
from indexer.lexicon.vocabulary import ABSENT
from indexer.model import Article, SearchRequest
from indexer.ports import Holding, Matches, Weighing
from indexer.querying.plan import NOTHING, Bonus, Clause, Plan, TextClause


class WhooshSearcher:
    """See `ports.Searcher`. Nothing in it changes after it is made, but for what it keeps to answer faster.

    Args:
        storage: Whoosh's, over the folder of the index.
        name: Whoosh's name of the index.
        cache_bytes: room for what clauses were found to match.
    """

    def __init__(self, storage: Any, name: str, cache_bytes: int) -> None:
        segments: list[ArraySegment] = read_contents(storage, name).segments
        segments.sort(key=lambda segment: -segment.doc_count())  # a search that runs out of time has seen most of it
        self._stored = [StoredArticles(Path(storage.folder), segment) for segment in segments]
        self._views = _views(Path(storage.folder), segments)
        self._cache = MatchCache(cache_bytes)
        self._counter = Counter(self._views, self._cache)
        self._article_count = sum(len(view.everything) for view in self._views)
        self._merges = NO_MERGES

    @cached_property
    def _tallies(self) -> Tallies:
        """Made with the first search: a run of index never searches."""
        return Tallies(self._views, self._merges)

    @cached_property
    def lexicon(self) -> PartedLexicon:
        """Made when it is first asked for, as above."""
        return lexicon_of(self._views)

    def merging(self, merges: Merges) -> WhooshSearcher:
        """It shares all but the author counts with this one: what is kept of clauses names no merged author."""
        other = copy(self)
        other._merges = merges
        vars(other).pop("_tallies", None)
        vars(other)["lexicon"] = self.lexicon.merging(merges)
        return other

    def article_count(self) -> int:
        return self._article_count

    def article(self, article_id: str) -> Article | None:
        place = self._place(article_id)
        return self._stored[place[0]].article(place[1], article_id) if place else None

    def _place(self, article_id: str) -> tuple[int, int] | None:
        """The place of the article's segment, and its number there."""
        for place, view in enumerate(self._views):
            number = view.columns.find(article_id)
            if number != ABSENT and view.live[number]:
                return place, number
        return None

    def weigh(self, clauses: Sequence[TextClause], article_id: str) -> tuple[Weighing, ...] | None:
        place = self._place(article_id)
        if place is None:
            return None
        only_weighed = Plan(NOTHING, tuple(Bonus(clause, 1.0) for clause in clauses))
        evaluation = Evaluation(self._views, only_weighed, self._cache, UNLIMITED)
        return tuple(evaluation.weigh(clause, *place) for clause in clauses)

    def ids(self) -> Iterator[str]:
        for view in self._views:
            ids = view.columns.all_ids()
            yield from (ids[article] for article in view.everything.tolist())

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        for view, stored in zip(self._views, self._stored, strict=True):
            ids, holdings = view.columns.all_ids(), stored.holdings()
            for article in view.everything.tolist():
                yield ids[article], holdings[article]

    def holding(self, article_id: str) -> Holding | None:
        place = self._place(article_id)
        return self._stored[place[0]].holding(place[1]) if place else None

    def held_from(self, is_wanted: Callable[[str], bool]) -> Iterator[str]:
        for view, stored in zip(self._views, self._stored, strict=True):
            yield from (view.columns.id(article) for article in stored.held_from(is_wanted) if view.live[article])

    def published_in(self, year: int) -> Iterator[tuple[str, int]]:
        found = [
            (day, view.columns.id(article))
            for view in self._views
            for article, day in zip(*view.published_in(year), strict=True)
        ]
        return ((article_id, day) for day, article_id in sorted(found))

    def verify(self) -> Iterator[str]:
        for view in self._views:
            yield from problems_of(view.segment, view.size)

    def close(self) -> None:
        """Left to the garbage collector: a search in another thread may still be reading."""

    def count(self, clause: Clause, request: SearchRequest, budget: Budget = UNLIMITED) -> int | None:
        return self._counter.count(widen(clause, self._merges), widen_request(request, self._merges), budget)

    def search(self, plan: Plan, request: SearchRequest, budget: Budget = UNLIMITED) -> Matches:
        evaluation = Evaluation(self._views, widen_plan(plan, self._merges), self._cache, budget)
        widened = widen_request(request, self._merges)
        narrowed = [
            narrow(view, found.articles, widened)
            for view, found in zip(evaluation.views, evaluation.found, strict=True)
        ]
        return Matches(
            total=sum(len(each.hits) for each in narrowed),
            unfiltered_total=sum(len(found.articles) for found in evaluation.found),
            page=choose_page(evaluation, narrowed, request),
            counts=self._counts(narrowed, request),
            words_found=evaluation.words_found,
            is_partial=evaluation.is_partial,
        )

    def _counts(self, narrowed: Sequence[Narrowed], request: SearchRequest) -> dict[str, Mapping[str, int]]:
        tallies = self._tallies
        everything = tallies.number([each.articles for each in narrowed])

        def passing(facet: str) -> Numbers:
            names = facets.HEEDED[facet]
            if not any(request.choice(name).include for name in names):
                return everything
            return tallies.number([each.passing(*names) for each in narrowed])

        for_years = tallies.count_months(passing(facets.YEAR))
        for_months = tallies.count_months(passing(facets.MONTH)) if request.year.include else for_years
        days = {facets.DAY: tallies.count_days([each.hits for each in narrowed])} if request.month.include else {}
        return {
            **days,
            facets.AUTHOR: tallies.count_authors(passing(facets.AUTHOR)),
            **{facet: tallies.count_labels(facet, passing(facet)) for facet in facets.LABELS},
            facets.YEAR: tallies.by_year(for_years),
            facets.MONTH: tallies.by_month(for_months),
        }


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
