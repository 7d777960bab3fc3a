"""The results of one page: what is asked for them, tier by tier, and how answers are put in order.

The cluster sorts within a tier, by scores to single precision; results that get bonuses are put in order again here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer import ranking
from indexer.engines.opensearch_engine import filters
from indexer.engines.opensearch_engine.compiling import EVERY_ARTICLE, Compiler
from indexer.engines.opensearch_engine.words import Query
from indexer.model import SearchRequest, Sort
from indexer.querying.plan import Bonus, Plan

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

    def plus(self, bonus: float) -> Result:
        return replace(self, score=self.score + bonus)


def is_rescored(plan: Plan, request: SearchRequest) -> bool:
    """Whether bonuses decide what stands on the page."""
    first = (request.page - 1) * request.page_size
    return request.sort is Sort.RELEVANCE and bool(plan.bonuses) and first < ranking.RESCORED


def to_ask(plan: Plan, request: SearchRequest, scoring: Query, compiler: Compiler) -> list[Query]:
    """A search for each tier, then one for the rest."""
    passing = filters.everything(request)
    size = request.page * request.page_size
    if request.sort is not Sort.RELEVANCE:
        return [_listing(scoring, passing, [], NEWEST if request.sort is Sort.NEWEST else OLDEST, size)]
    if is_rescored(plan, request):
        size = max(size, ranking.RESCORED)
    tiers = [compiler.filtering(tier) for tier in plan.tiers]
    levels = [([*passing, tier], tiers[:place]) for place, tier in enumerate(tiers)] + [(passing, tiers)]
    return [_listing(scoring, allowed, excluded, BY_SCORE, size) for allowed, excluded in levels]


def _listing(scoring: Query, allowed: list[Query], excluded: list[Query], order: list[Query], size: int) -> Query:
    return {
        "size": size,
        "query": {"bool": {"must": [scoring], "filter": allowed, "must_not": excluded}},
        "sort": order,
        "track_scores": True,
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": ["id", "moment"],
    }


def read(answers: Sequence[Mapping[str, Any]]) -> list[Result]:
    """The results of all tiers, one after the other."""
    return [_result(tier, hit) for tier, answer in enumerate(answers) for hit in answer["hits"]["hits"]]


def _result(tier: int, hit: Mapping[str, Any]) -> Result:
    return Result(tier, hit["_score"], int(hit["fields"]["moment"][0]), hit["fields"]["id"][0])


def in_order(results: Iterable[Result]) -> list[Result]:
    return sorted(
        results, key=lambda each: (each.tier, -round(each.score, ranking.SCORE_DIGITS), -each.moment, each.id)
    )


def cut(results: Sequence[Result], request: SearchRequest) -> tuple[tuple[str, float], ...]:
    """Ids and scores of the page."""
    first = (request.page - 1) * request.page_size
    shown = results[first : first + request.page_size]
    return tuple((each.id, round(each.score, ranking.SCORE_DIGITS)) for each in shown)


def bonuses_of(ids: list[str], bonuses: Sequence[Bonus], compiler: Compiler) -> Query:
    """What the bonuses add to the scores of these articles."""
    added = [{"bool": {"must": [compiler.scoring(bonus.clause)], "boost": bonus.weight}} for bonus in bonuses]
    query = {"bool": {"must": [EVERY_ARTICLE], "filter": [{"ids": {"values": ids}}], "should": added}}
    return {"size": len(ids), "_source": False, "track_total_hits": False, "query": query}


def scores_in(answer: Mapping[str, Any]) -> dict[str, float]:
    return {hit["_id"]: hit["_score"] for hit in answer["hits"]["hits"]}
