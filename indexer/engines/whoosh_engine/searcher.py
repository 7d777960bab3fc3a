"""A plan carried out over a Whoosh index as array operations: one number per article and clause."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import facets, ranking
from indexer.engines.whoosh_engine.columns import Columns
from indexer.engines.whoosh_engine.lexicon import WhooshLexicon
from indexer.engines.whoosh_engine.postings import PLACE_SHIFT, PostingsReader
from indexer.engines.whoosh_engine.schema import ARTICLE, load_article
from indexer.model import Article, SearchRequest, Sort
from indexer.ports import Holding, Matches
from indexer.querying.plan import (
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    NoneOf,
    Plan,
    Published,
    Sequence,
    Spellings,
    TextClause,
)

Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Found:
    """Which articles match, their scores (0 elsewhere), and the number of clauses matched by a `MostOf`."""

    mask: Mask
    scores: Scores
    words: int = 0


class WhooshSearcher:
    """See `ports.Searcher`. Holds one reader; nothing in it changes after it is made."""

    def __init__(self, reader: Any, cache_bytes: int) -> None:
        self._reader = reader
        self._reader_lock = threading.Lock()  # Whoosh seeks in shared files
        self._columns = Columns(reader)
        self._postings = PostingsReader(reader, cache_bytes)
        self.lexicon = WhooshLexicon(reader)
        self._numbers = {id_: number for number, id_ in self._columns.live_ids()}

    def article_count(self) -> int:
        return len(self._numbers)

    def article(self, article_id: str) -> Article | None:
        number = self._numbers.get(article_id)
        if number is None:
            return None
        with self._reader_lock:
            stored = self._reader.stored_fields(number)[ARTICLE]
        return load_article(stored)

    def holdings(self) -> Iterator[tuple[str, Holding]]:
        with self._reader_lock:
            return iter(self._columns.holdings(self._reader))

    def close(self) -> None:
        """Left to the garbage collector: a search in another thread may still be reading."""

    def search(self, plan: Plan, request: SearchRequest) -> Matches:
        found = self._find(plan.match)
        base = found.mask & self._within(request.since, request.until) & self._not_excluded(request)
        author = self._columns.written_by(request.author.include) if request.author.include else self._columns.live
        year = _any_of(self._columns.years, map(int, request.year.include))
        month = _any_of(self._columns.months, map(_month, request.month.include))
        hits = np.flatnonzero(base & author & year & month)
        counts = {
            facets.AUTHOR: self._columns.count_authors(base & year & month),
            facets.YEAR: self._columns.count_years(base & author),
            facets.MONTH: self._columns.count_months(base & author & year),
        }
        scores = self._scores(plan, found)
        order = self._order(plan, scores, hits, request.sort)
        first = (request.page - 1) * request.page_size
        page = tuple(
            (self._columns.ids[number], float(scores[number]))
            for number in order[first : first + request.page_size].tolist()
        )
        return Matches(len(hits), int(found.mask.sum()), page, counts, found.words)

    # -- order

    def _scores(self, plan: Plan, found: _Found) -> Scores:
        scores = found.scores.copy()
        for bonus in plan.bonuses:
            scores += bonus.weight * self._find(bonus.clause).scores
        rounded: Scores = np.round(scores, ranking.SCORE_DIGITS)
        return rounded

    def _order(self, plan: Plan, scores: Scores, hits: NDArray[np.intp], sort: Sort) -> NDArray[np.intp]:
        published = self._columns.published[hits]
        by_id = self._columns.id_order[hits]
        if sort is Sort.RELEVANCE:
            tier = np.zeros(len(hits), bool)
            if plan.first_tier is not None:
                tier = ~self._find(plan.first_tier).mask[hits]
            order = np.lexsort((by_id, -published, -scores[hits], tier))  # the last key decides first
        else:
            order = np.lexsort((by_id, -published if sort is Sort.NEWEST else published, published == 0))
        return hits[order]

    # -- filters

    def _within(self, since: date | None, until: date | None) -> Mask:
        days = self._columns.days
        mask = self._columns.live.copy()
        if since is not None:
            mask &= days >= _day(since)
        if until is not None:
            mask &= (days <= _day(until)) & (days > 0)
        return mask

    def _not_excluded(self, request: SearchRequest) -> Mask:
        mask = self._columns.written_by(request.author.exclude)
        mask |= np.isin(self._columns.years, [int(year) for year in request.year.exclude])
        mask |= np.isin(self._columns.months, [_month(month) for month in request.month.exclude])
        return ~mask

    # -- clauses

    def _find(self, clause: Clause) -> _Found:
        match clause:
            case Spellings() | Sequence() | Compound():
                return self._text(clause)
            case ByAuthor(keys):
                return self._unscored(self._columns.written_by(keys))
            case Published(since, until):
                return self._unscored(self._within(since, until) & (self._columns.days > 0))
            case AllOf(clauses):
                return self._all(clauses)
            case AnyOf(clauses):
                parts = [self._find(part) for part in clauses]
                nothing = np.zeros(self._columns.size, bool)
                return _Found(reduce(np.logical_or, (part.mask for part in parts), nothing), self._sum(parts))
            case NoneOf(clauses):
                return self._unscored(self._columns.live & ~self._find(AnyOf(clauses)).mask)
            case MostOf(clauses, required):
                return self._most(clauses, self._all(required))

    def _unscored(self, mask: Mask) -> _Found:
        return _Found(mask, np.zeros(self._columns.size))

    def _sum(self, parts: Iterable[_Found]) -> Scores:
        return reduce(np.add, (part.scores for part in parts), np.zeros(self._columns.size))

    def _all(self, clauses: tuple[Clause, ...]) -> _Found:
        parts = [self._find(part) for part in clauses]
        mask = reduce(np.logical_and, (part.mask for part in parts), self._columns.live)
        return _Found(mask, np.where(mask, self._sum(parts), 0.0))

    def _most(self, clauses: tuple[Clause, ...], allowed: _Found) -> _Found:
        parts = [self._find(part) for part in clauses]
        words = reduce(np.add, (part.mask.astype(np.int64) for part in parts)) * allowed.mask
        most = int(words.max(initial=0))
        mask = (words == most) & (words > 0)
        return _Found(mask, np.where(mask, self._sum(parts) + allowed.scores, 0.0), most)

    # -- text

    def _text(self, clause: TextClause) -> _Found:
        """BM25F of a word, a phrase or a compound: its frequencies in the fields, weighted, added, saturated."""
        fields = (ranking.COMPOUNDS,) if isinstance(clause, Compound) else clause.fields
        frequency = np.zeros(self._columns.size)
        for name in fields:
            lengths = self._columns.lengths[name]
            frequency += ranking.field_frequency(
                name, self._occurrences(clause, name), lengths, self._columns.average_length[name]
            )
        mask = frequency > 0
        rarity = ranking.inverse_frequency(self.article_count(), int(mask.sum()))
        return _Found(mask, rarity * ranking.saturate(frequency))

    def _occurrences(self, clause: TextClause, field: str) -> Scores:
        match clause:
            case Sequence(parts):
                articles = self._sequence(parts, field) >> PLACE_SHIFT
                return np.bincount(articles, minlength=self._columns.size).astype(np.float64)
            case Compound(term):
                terms: tuple[str, ...] = (term,)
            case Spellings(terms):
                pass
        frequency = np.zeros(self._columns.size)
        for term in terms:
            postings = self._postings.get(field, term)
            frequency[postings.articles] += postings.frequencies
        return frequency

    def _sequence(self, parts: tuple[Spellings, ...], field: str) -> NDArray[np.int64]:
        """The places where a sequence begins: where each part stands, moved back by its offset, they all meet."""
        begins = (self._places(part, field) - offset for offset, part in enumerate(parts))
        return reduce(lambda left, right: np.intersect1d(left, right, assume_unique=True), begins)

    def _places(self, part: Spellings, field: str) -> NDArray[np.int64]:
        places = [self._postings.get(field, term).places for term in part.terms]
        return places[0] if len(places) == 1 else np.concatenate(places)


def _any_of(values: NDArray[np.int64], wanted: Iterable[int]) -> Mask:
    """Which values are wanted; all of them where nothing in particular is."""
    chosen = list(wanted)
    return np.isin(values, chosen) if chosen else np.ones(len(values), bool)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _month(value: str) -> int:
    """`2020-07` as 202007"""
    return int(value.replace("-", ""))
