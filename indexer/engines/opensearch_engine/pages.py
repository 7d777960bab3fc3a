"""The results of one page: what is asked for them, tier by tier, and how answers are put in order.

The cluster sorts within a tier, by scores to single precision; results that get bonuses are put in order again here.
They are rounded there already, as far as that goes: from 8 on single precision tells fewer digits apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer import ranking
from indexer.engines.opensearch_engine import filters
from indexer.engines.opensearch_engine.compiling import Compiler, scores
from indexer.engines.opensearch_engine.words import Query, scripted
from indexer.model import SearchRequest, Sort
from indexer.querying.plan import Bonus, Plan

ROUNDED = "floor(_score * unit + 0.5) / unit"

BY_SCORE: list[Query] = [{"_score": "desc"}, {"moment": "desc"}, {"id": "asc"}]
NEWEST: list[Query] = [{"moment": "desc"}, {"id": "asc"}]
OLDEST: list[Query] = [{"day": {"order": "asc", "missing": "_last"}}, {"moment": "asc"}, {"id": "asc"}]
"""Undated articles have the moment 0, and no day."""


@dataclass(frozen=True, slots=True)
class Result:
    """One article; `tier` counts from 0, the best."""

    tier: int
    score: float
    moment: int
    id: str

    @classmethod
    def read(cls, tier: int, hit: Mapping[str, Any]) -> Result:
        """Of a hit's values those that it was sorted by are enough: nothing has to be looked up for it."""
        moment, article_id = hit["sort"][-2:]
        return cls(tier, hit["_score"], moment, article_id)

    def plus(self, bonus: float) -> Result:
        return Result(self.tier, self.score + bonus, self.moment, self.id)


def is_rescored(plan: Plan, request: SearchRequest) -> bool:
    """Whether bonuses decide what stands on the page."""
    first = (request.page - 1) * request.page_size
    return request.sort is Sort.RELEVANCE and bool(plan.bonuses) and first < ranking.RESCORED


def places(plan: Plan, request: SearchRequest) -> tuple[int, int]:
    """The results that make the page, counted from the best one, and the end of them: all before as well, where bonuses
    decide.
    """
    last = request.page * request.page_size
    return (0, max(last, ranking.RESCORED)) if is_rescored(plan, request) else (last - request.page_size, last)


def to_ask(plan: Plan, request: SearchRequest, scoring: Query, compiler: Compiler) -> list[Query]:
    """A search for each tier, then one for the rest; how many results of it, is for the caller to add.

    Where all score nothing, the cluster need not look at all of them to find the newest.
    """
    passing = filters.everything(request)
    if request.sort is not Sort.RELEVANCE:
        return [_listing(scoring, passing, [], NEWEST if request.sort is Sort.NEWEST else OLDEST)]
    tiers = [compiler.filtering(tier) for tier in plan.tiers]
    levels = [([*passing, tier], tiers[:place]) for place, tier in enumerate(tiers)] + [(passing, tiers)]
    if not scores(plan.match):
        return [_listing(scoring, allowed, excluded, NEWEST) for allowed, excluded in levels]
    rounded_off = scripted(scoring, ROUNDED, {"unit": 10**ranking.SCORE_DIGITS})
    return [_listing(rounded_off, allowed, excluded, BY_SCORE) for allowed, excluded in levels]


def _listing(scoring: Query, allowed: list[Query], excluded: list[Query], order: list[Query]) -> Query:
    return {
        "query": {"bool": {"must": [scoring], "filter": allowed, "must_not": excluded}},
        "sort": order,
        "track_scores": True,
        **ONLY_SORTED,
    }


ONLY_SORTED: Query = {"track_total_hits": False, "_source": False, "stored_fields": "_none_"}
"""No more of a hit than what it was sorted by."""


def read(answers: Sequence[Mapping[str, Any]]) -> list[Result]:
    """The results of all tiers, one after the other."""
    return [Result.read(tier, hit) for tier, answer in enumerate(answers) for hit in answer["hits"]["hits"]]


def in_order(results: Iterable[Result]) -> list[Result]:
    return sorted(
        results, key=lambda each: (each.tier, -round(each.score, ranking.SCORE_DIGITS), -each.moment, each.id)
    )


def rounded(results: Iterable[Result]) -> tuple[tuple[str, float], ...]:
    """Ids and scores."""
    return tuple((each.id, round(each.score, ranking.SCORE_DIGITS)) for each in results)


def bonuses_of(ids: list[str], bonuses: Sequence[Bonus], compiler: Compiler) -> Query:
    """What the bonuses add to the scores of those of these articles that get any."""
    added = [{"bool": {"must": [compiler.scoring(bonus.clause)], "boost": bonus.weight}} for bonus in bonuses]
    query = {"bool": {"filter": [{"ids": {"values": ids}}], "should": added, "minimum_should_match": 1}}
    return {"size": len(ids), "query": query, **WITH_SCORES}


WITH_SCORES: Query = {"sort": [{"id": "asc"}], "track_scores": True, **ONLY_SORTED}
"""For a search that is asked for the scores of some articles."""


def scores_in(answer: Mapping[str, Any]) -> dict[str, float]:
    return {hit["sort"][0]: hit["_score"] for hit in answer["hits"]["hits"]}
