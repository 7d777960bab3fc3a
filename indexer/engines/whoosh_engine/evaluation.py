"""One plan carried out over the segments of an index.

First every text clause is looked up in every segment, which tells how rare it is in the whole archive; then, segment by
segment, the sets are put together with their scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.budget import Budget, BudgetSpent
from indexer.engines.whoosh_engine.cache import MatchCache
from indexer.engines.whoosh_engine.matching import (
    NOTHING,
    Floats,
    Found,
    Mask,
    Scored,
    add_up,
    mask_of,
    unscored,
    values_at,
)
from indexer.engines.whoosh_engine.phrases import Known
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.ports import Weighing
from indexer.querying.plan import (
    TEXT_FIELDS,
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Plan,
    Published,
    Spellings,
    TextClause,
    Weighted,
    texts_in,
)
from indexer.querying.plan import (
    Sequence as SideBySide,
)

Part = TypeVar("Part")

NO_DAY, LAST_DAY = 0, 99_999_999

TEXT = (Spellings, SideBySide, Near, Compound)
FILTERS = (ByAuthor, Published, NoneOf)
"""Clauses that score nothing, and are cheap to ask of each article."""


class Evaluation:
    """What one plan finds. When the budget is spent, the segments not yet looked at are left out: `is_partial`. The
    first, which is the largest, is still looked at: some of the archive is better than none. Once the budget is
    overdrawn, that is broken off as well, and what ranks what was found is left out.

    `found` holds the matches of each segment that was looked at, in the order of the views.
    """

    def __init__(self, views: Sequence[SegmentView], plan: Plan, cache: MatchCache, budget: Budget) -> None:
        self._plan, self._cache, self._budget = plan, cache, budget
        clauses = tuple(dict.fromkeys(_text_clauses(plan)))
        self._texts = list(self._look_up(views, clauses))
        self.is_partial = len(self._texts) < len(views)
        self.views = views[: len(self._texts)]
        articles = sum(len(view.everything) for view in self.views)
        self._own_rarity = {
            clause: ranking.inverse_frequency(articles, sum(texts[clause].count for texts in self._texts))
            for clause in clauses
            if not isinstance(clause, SideBySide | Near)
        }
        self.words_found = 0
        self.found = (
            self._most_of(plan.match)
            if isinstance(plan.match, MostOf)
            else self._in_time(partial(self._find, plan.match))
        )

    def _look_up(
        self, views: Sequence[SegmentView], clauses: Sequence[TextClause]
    ) -> Iterator[dict[TextClause, Found]]:
        for place, view in enumerate(views):
            texts: dict[TextClause, Found] = {}
            for clause in clauses:
                if place and self._budget.is_spent:
                    return
                try:
                    self._budget.go_on()
                    texts[clause] = self._cache.get((place, clause), partial(view.find, clause, self._budget))
                except BudgetSpent:
                    return
            yield texts

    @property
    def has_bonuses(self) -> bool:
        return bool(self._plan.bonuses)

    # -- order

    def bonuses(self, place: int, articles: Numbers) -> Floats:
        """What the plan's bonuses add to the scores of some articles of a segment, which ascend."""
        total = np.zeros(len(articles))
        known: dict[str, Known] = {field: {} for field in TEXT_FIELDS}
        for bonus in self._plan.bonuses:
            if self._budget.is_overdrawn:
                self.is_partial = True
                break
            frequencies = self.views[place].find_among(bonus.clause, articles, known=known)
            total += bonus.weight * self._score(bonus.clause, frequencies)
        return total

    def weigh(self, clause: TextClause, place: int, article: int) -> Weighing:
        """What one of the plan's bonuses, without its weight, or clauses counts in one article of a segment."""
        frequencies = self.views[place].find_among(clause, np.array([article], np.intp))
        return Weighing(float(frequencies[0]), self._rarity(clause), float(self._score(clause, frequencies)[0]))

    def heights(self, place: int) -> NDArray[Any] | None:
        """How high the tier of each match of a segment stands, 0 outside of all; None where the plan has no tiers."""
        if not self._plan.tiers:
            return None
        heights = np.zeros(self.views[place].size, np.int8)
        try:
            for height, tier in enumerate(reversed(self._plan.tiers), 1):
                heights[self._find(tier, place).articles] = height
        except BudgetSpent:
            self.is_partial = True
        return heights.take(self.found[place].articles)

    # -- clauses

    def _score(self, clause: TextClause, frequencies: Floats) -> Floats:
        return ranking.score(frequencies, self._rarity(clause))

    def _rarity(self, clause: TextClause) -> float:
        if isinstance(clause, SideBySide | Near):
            return max(self._own_rarity[part] for part in clause.parts)
        return self._own_rarity[clause]

    def _scored(self, clause: TextClause, place: int) -> Scored:
        found = self._texts[place][clause].all()
        return Scored(found.articles, self._score(clause, found.scores))

    def _in_time(self, find: Callable[[int], Part]) -> list[Part]:
        """What is found in each segment; those that there is no time for are taken from the views."""
        found: list[Part] = []
        try:
            for place in range(len(self.views)):
                found.append(find(place))
        except BudgetSpent:
            self.is_partial = True
            self.views = self.views[: len(found)]
        return found

    def _find(self, clause: Clause, place: int) -> Scored:
        self._budget.go_on()
        view = self.views[place]
        match clause:
            case Spellings() | SideBySide() | Near() | Compound():
                return self._scored(clause, place)
            case AllOf(clauses):
                return self._all_of(clauses, place)
            case AnyOf(clauses):
                return add_up([self._find(part, place) for part in clauses], view.size)
            case Weighted(part, weight):
                found = self._find(part, place)
                return Scored(found.articles, found.scores * weight)
            case ByAuthor() | Published() | NoneOf():
                return unscored(np.flatnonzero(self._mask(clause, place) & view.live))

    def _all_of(self, clauses: Sequence[Clause], place: int) -> Scored:
        """Words are looked up for the articles that are still left, the rarest word first; then the filters."""
        texts = [clause for clause in clauses if isinstance(clause, TEXT)]
        filters = [clause for clause in clauses if isinstance(clause, FILTERS)]
        found = self._all_words(texts, place) if texts else unscored(self.views[place].everything)
        for clause in clauses:
            if not isinstance(clause, (*TEXT, *FILTERS)):
                found = _in_both(found, self._find(clause, place), self.views[place].size)
        for clause in filters:
            found = found.only(self._mask(clause, place).take(found.articles))
        return found

    def _all_words(self, clauses: Sequence[TextClause], place: int) -> Scored:
        texts = self._texts[place]
        rarest, *rest = sorted(clauses, key=lambda clause: texts[clause].count)
        found = self._scored(rarest, place)
        for clause in rest:
            frequencies = texts[clause].at(found.articles)
            left = np.flatnonzero(frequencies)
            scores = found.scores.take(left) + self._score(clause, frequencies.take(left))
            found = Scored(found.articles.take(left), scores)
        return found

    def _mask(self, clause: ByAuthor | Published | NoneOf, place: int) -> Mask:
        view = self.views[place]
        match clause:
            case ByAuthor(keys):
                return view.by_authors(keys)
            case Published(since, until):
                return view.between(*day_numbers(since, until))
            case NoneOf(clauses):
                excluded = [self._find(part, place).articles for part in clauses]
                return ~mask_of(np.concatenate([view.everything[:0], *excluded]), view.size)

    def _most_of(self, match: MostOf) -> list[Scored]:
        def ask(place: int) -> tuple[list[Scored], Scored]:
            return [self._find(clause, place) for clause in match.clauses], self._all_of(match.required, place)

        asked = self._in_time(ask)
        places = range(len(asked))
        parts, allowed = [found for found, _ in asked], [left for _, left in asked]
        words = [self._words(parts[place], allowed[place], place) for place in places]
        self.words_found = max((int(counts.max(initial=0)) for counts in words), default=0)
        least = match.least(self.words_found)
        if self.words_found < least:
            return [NOTHING] * len(self.views)
        return [self._matching_most(parts[place], allowed[place], words[place] >= least, place) for place in places]

    def _words(
        self, parts: Sequence[Scored], allowed: Scored, place: int
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """How many of the parts each allowed article is in."""
        counts = np.zeros(self.views[place].size, np.int64)
        for part in parts:
            counts[part.articles] += 1
        return counts.take(allowed.articles)

    def _matching_most(self, parts: Sequence[Scored], allowed: Scored, are_most: Mask, place: int) -> Scored:
        chosen = allowed.only(are_most)
        size = self.views[place].size
        summed = add_up(parts, size)
        return Scored(chosen.articles, chosen.scores + values_at(chosen.articles, summed.articles, summed.scores, size))


def _in_both(left: Scored, right: Scored, size: int) -> Scored:
    kept = np.flatnonzero(mask_of(right.articles, size).take(left.articles))
    articles = left.articles.take(kept)
    return Scored(articles, left.scores.take(kept) + values_at(articles, right.articles, right.scores, size))


def day_numbers(since: date | None, until: date | None) -> tuple[int, int]:
    """Two days as yyyymmdd; an open side takes in every dated article."""
    return (
        since.year * 10_000 + since.month * 100 + since.day if since else NO_DAY,
        until.year * 10_000 + until.month * 100 + until.day if until else LAST_DAY,
    )


def _text_clauses(plan: Plan) -> Iterator[TextClause]:
    """What has to be looked up in the whole archive: what is to be found, and what tells how rare a bonus is."""
    found = list(texts_in(plan.match))
    for tier in plan.tiers:
        found += texts_in(tier)
    yield from found
    for clause in (*found, *(bonus.clause for bonus in plan.bonuses)):
        yield from clause.parts if isinstance(clause, SideBySide | Near) else (clause,)
