"""How many articles match a clause, and nothing else about them: no scores, no facets, no page.

Sets are kept as masks over a segment: it has few enough articles that laying them out beats comparing lists, and where
nothing is scored, any of a word's spellings is one more list laid over the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from indexer.budget import Budget, BudgetSpent
from indexer.engines.whoosh_engine.cache import MatchCache
from indexer.engines.whoosh_engine.evaluation import day_numbers
from indexer.engines.whoosh_engine.filters import passing
from indexer.engines.whoosh_engine.matching import Mask, mask_of
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.model import SearchRequest
from indexer.querying.plan import (
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    Near,
    NoneOf,
    Published,
    Spellings,
    Weighted,
)
from indexer.querying.plan import Sequence as SideBySide

MANY = 1 / 4
"""Share of a segment's articles: to find a phrase in so many takes half as long as in all, and cannot be kept."""


def count_matches(
    views: Sequence[SegmentView], clause: Clause, request: SearchRequest, cache: MatchCache, budget: Budget
) -> int | None:
    """How many articles match the clause and the request's filters; None when the budget ran out first."""
    total = 0
    for place, view in enumerate(views):
        try:
            found = _Counting(view, place, cache, budget).find(clause, passing(view, request))
        except BudgetSpent:
            return None
        total += int(np.count_nonzero(found))
    return total


class _Counting:
    """The articles of one segment that clauses match."""

    def __init__(self, view: SegmentView, place: int, cache: MatchCache, budget: Budget) -> None:
        self._view, self._place, self._cache, self._budget = view, place, cache, budget

    def find(self, clause: Clause, among: Mask) -> Mask:
        """Those of `among` that match."""
        view = self._view
        match clause:
            case Spellings() | Compound():
                return self._word(clause) & among
            case SideBySide() | Near():
                return self._phrase(clause, among)
            case AllOf(clauses):
                return self._all_of(clauses, among)
            case AnyOf(clauses):
                return self._any_of(clauses, among)
            case NoneOf(clauses):
                return among & ~self._any_of(clauses, among)
            case Weighted(part):
                return self.find(part, among)
            case ByAuthor(keys):
                return view.by_authors(keys) & among
            case Published(since, until):
                return view.between(*day_numbers(since, until)) & among

    def _all_of(self, clauses: Sequence[Clause], among: Mask) -> Mask:
        """Phrases last: they are looked for only in the articles that are still left."""
        for clause in sorted(clauses, key=_has_phrase):
            among = self.find(clause, among)
        return among

    def _any_of(self, clauses: Sequence[Clause], among: Mask) -> Mask:
        found = np.zeros(self._view.size, bool)
        for clause in sorted(clauses, key=_has_phrase):
            found |= self.find(clause, among & ~found)
        return found

    def _word(self, clause: Spellings | Compound) -> Mask:
        self._spend()
        return self._view.mask(clause)

    def _phrase(self, clause: SideBySide | Near, among: Mask) -> Mask:
        """What a search has kept; where many articles are left, what it would find and keep; else only these."""
        view, key = self._view, (self._place, clause)
        whole = self._cache.kept(key)
        if whole is None and np.count_nonzero(among) > view.size * MANY:
            self._spend()
            whole = self._cache.get(key, partial(view.find, clause, self._budget))
        if whole is not None:
            return mask_of(whole.all().articles, view.size) & among
        if len(clause.parts) > 2 or isinstance(clause, Near):
            among = self._all_of(clause.parts, among)
        self._spend()
        articles = np.flatnonzero(among)
        return mask_of(articles[view.find_among(clause, articles, self._budget) > 0], view.size)

    def _spend(self) -> None:
        if self._budget.is_spent:
            raise BudgetSpent


def _has_phrase(clause: Clause) -> bool:
    match clause:
        case SideBySide() | Near():
            return True
        case AllOf(clauses) | AnyOf(clauses) | NoneOf(clauses):
            return any(map(_has_phrase, clauses))
        case Weighted(part):
            return _has_phrase(part)
        case _:
            return False
