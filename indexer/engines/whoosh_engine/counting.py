"""How many articles match a clause, and nothing else about them: no scores, no facets, no page.

Sets are kept as bits, one for each article of a segment: to put two together is the work of a microsecond, and those of
words are so small that many are kept. What is counted beside a question are other spellings of it, which share most of
its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from indexer.budget import Budget, BudgetSpent
from indexer.engines.whoosh_engine.cache import MatchCache
from indexer.engines.whoosh_engine.evaluation import day_numbers
from indexer.engines.whoosh_engine.filters import passing
from indexer.engines.whoosh_engine.matching import Mask, mask_of
from indexer.engines.whoosh_engine.postings import Numbers
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

Bits = NDArray[np.uint8]
"""A set of a segment's articles, eight in a byte; what fills up the last byte is 0, but for what was inverted."""

MANY = 1 / 4
"""Share of a segment's articles: to find a phrase in so many takes half as long as in all, and cannot be kept."""

WORDS_KEPT = 512
"""Words whose articles are kept as bits: 4 MB at most, as a segment holds at most 65,536 articles."""

FindWord = Callable[[int, Spellings | Compound], Bits]
"""The articles that hold a word, given the place of the segment."""


class Counter:
    """Counts over the segments of one index. Safe to share between threads."""

    def __init__(self, views: Sequence[SegmentView], cache: MatchCache) -> None:
        self._views, self._cache = views, cache
        self._find_word: FindWord = lru_cache(WORDS_KEPT)(lambda place, word: np.packbits(views[place].mask(word)))

    def count(self, clause: Clause, request: SearchRequest, budget: Budget) -> int | None:
        """How many articles match the clause and the request's filters; None when the budget ran out first."""
        total = 0
        for place, view in enumerate(self._views):
            among = np.packbits(passing(view, request))
            try:
                found = _Counting(view, place, self._find_word, self._cache, budget).find(clause, among)
            except BudgetSpent:
                return None
            total += int(np.count_nonzero(np.unpackbits(found)))
        return total


class _Counting:
    """The articles of one segment that clauses match."""

    def __init__(self, view: SegmentView, place: int, find_word: FindWord, cache: MatchCache, budget: Budget) -> None:
        self._view, self._place, self._find_word, self._cache, self._budget = view, place, find_word, cache, budget

    def find(self, clause: Clause, among: Bits) -> Bits:
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
                return np.packbits(view.by_authors(keys)) & among
            case Published(since, until):
                return np.packbits(view.between(*day_numbers(since, until))) & among

    def _all_of(self, clauses: Sequence[Clause], among: Bits) -> Bits:
        """Phrases last: they are looked for only in the articles that are still left."""
        for clause in sorted(clauses, key=_has_phrase):
            if not among.any():
                break
            among = self.find(clause, among)
        return among

    def _any_of(self, clauses: Sequence[Clause], among: Bits) -> Bits:
        found = np.zeros(len(among), np.uint8)
        for clause in sorted(clauses, key=_has_phrase):
            found |= self.find(clause, among & ~found)
        return found

    def _word(self, clause: Spellings | Compound) -> Bits:
        self._spend()
        return self._find_word(self._place, clause)

    def _phrase(self, clause: SideBySide | Near, among: Bits) -> Bits:
        """What a search has kept; where many articles are left, what it would find and keep; else only these."""
        view, key = self._view, (self._place, clause)
        whole = self._cache.kept(key)
        if whole is None and np.count_nonzero(self._laid_out(among)) > view.size * MANY:
            self._spend()
            whole = self._cache.get(key, partial(view.find, clause, self._budget))
        if whole is not None:
            return self._bits(whole.all().articles) & among
        if len(clause.parts) > 2 or isinstance(clause, Near):
            among = self._all_of(clause.parts, among)
        self._spend()
        articles = np.flatnonzero(self._laid_out(among))
        return self._bits(articles[view.find_among(clause, articles, self._budget) > 0])

    def _laid_out(self, bits: Bits) -> Mask:
        return np.unpackbits(bits, count=self._view.size).view(np.bool_)

    def _bits(self, articles: Numbers) -> Bits:
        return np.packbits(mask_of(articles, self._view.size))

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
