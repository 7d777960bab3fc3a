"""The results of one page, chosen from the matches of all segments, in their exact order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import ranking
from indexer.engines.whoosh_engine.evaluation import Evaluation
from indexer.engines.whoosh_engine.filters import Narrowed
from indexer.engines.whoosh_engine.matching import Floats
from indexer.engines.whoosh_engine.ordering import UNIT, best_by_rank, best_by_score, in_order
from indexer.engines.whoosh_engine.postings import Numbers
from indexer.model import SearchRequest, Sort


def choose_page(
    evaluation: Evaluation, narrowed: Sequence[Narrowed], request: SearchRequest
) -> tuple[tuple[str, float], ...]:
    """Ids and scores of the page the request asks for; see `ports.Searcher.search` for the order."""
    first, last = (request.page - 1) * request.page_size, request.page * request.page_size
    if request.sort is not Sort.RELEVANCE:
        found = _join(_best_by_date(evaluation, place, each, request.sort, last) for place, each in enumerate(narrowed))
        return _page(evaluation, _sorted(evaluation, found, request.sort), first, last)
    rescored = ranking.RESCORED if evaluation.has_bonuses else 0
    most = max(last, rescored)
    found = _join(_best_by_score(evaluation, place, each, most) for place, each in enumerate(narrowed))
    by_words = _sorted(evaluation, found, request.sort)
    best = _sorted(evaluation, _with_bonuses(evaluation, by_words.part(0, rescored)), request.sort)
    return _page(evaluation, _join([best, by_words.part(rescored, most)]), first, last)


@dataclass(frozen=True, slots=True)
class _Results:
    """Results of several segments: the place of each one's segment, its number there, score, height of its tier
    and moment."""

    places: Numbers
    articles: Numbers
    scores: Floats
    heights: NDArray[Any]
    moments: NDArray[np.int64]

    def part(self, first: int, last: int) -> _Results:
        return self.only(slice(first, last))

    def only(self, wanted: Any) -> _Results:
        return _Results(
            self.places[wanted],
            self.articles[wanted],
            self.scores[wanted],
            self.heights[wanted],
            self.moments[wanted],
        )


def _join(parts: Iterable[_Results]) -> _Results:
    parts = list(parts)
    return _Results(
        np.concatenate([np.zeros(0, np.intp), *(part.places for part in parts)]),
        np.concatenate([np.zeros(0, np.intp), *(part.articles for part in parts)]),
        np.concatenate([np.zeros(0), *(part.scores for part in parts)]),
        np.concatenate([np.zeros(0, np.int8), *(part.heights for part in parts)]),
        np.concatenate([np.zeros(0, np.int64), *(part.moments for part in parts)]),
    )


def _best_by_score(evaluation: Evaluation, place: int, narrowed: Narrowed, count: int) -> _Results:
    scores, heights = evaluation.found[place].scores, evaluation.heights(place)
    if narrowed.places is not None:
        scores, heights = scores.take(narrowed.places), None if heights is None else heights.take(narrowed.places)
    columns, articles = evaluation.views[place].columns, narrowed.hits
    chosen = best_by_score(scores, heights, columns.newest.take(articles), count)
    own = np.zeros(len(chosen), np.int8) if heights is None else heights.take(chosen)
    return _results(evaluation, place, articles.take(chosen), scores.take(chosen), own)


def _best_by_date(evaluation: Evaluation, place: int, narrowed: Narrowed, sort: Sort, count: int) -> _Results:
    scores = evaluation.found[place].scores
    if narrowed.places is not None:
        scores = scores.take(narrowed.places)
    columns, articles = evaluation.views[place].columns, narrowed.hits
    chosen = best_by_rank((columns.newest if sort is Sort.NEWEST else columns.oldest).take(articles), count)
    return _results(evaluation, place, articles.take(chosen), scores.take(chosen), np.zeros(len(chosen), np.int8))


def _results(evaluation: Evaluation, place: int, articles: Numbers, scores: Floats, heights: NDArray[Any]) -> _Results:
    moments = evaluation.views[place].columns.moments.take(articles)
    return _Results(np.full(len(articles), place), articles, scores, heights, moments)


def _with_bonuses(evaluation: Evaluation, results: _Results) -> _Results:
    scores = results.scores.copy()
    for place in np.unique(results.places).tolist():
        own = np.flatnonzero(results.places == place)
        own = own[np.argsort(results.articles[own])]
        scores[own] += evaluation.bonuses(place, results.articles[own])
    return replace(results, scores=scores)


def _sorted(evaluation: Evaluation, results: _Results, sort: Sort) -> _Results:
    moments = results.moments
    keys: tuple[NDArray[Any], ...]
    if sort is Sort.RELEVANCE:
        keys = (-results.heights, -np.rint(results.scores * UNIT), -moments)
    else:
        keys = (moments == 0, -moments if sort is Sort.NEWEST else moments)
    return results.only(in_order(keys, lambda at: _id(evaluation, results, at)))


def _page(evaluation: Evaluation, results: _Results, first: int, last: int) -> tuple[tuple[str, float], ...]:
    return tuple(
        (_id(evaluation, results, at), round(float(results.scores[at]), ranking.SCORE_DIGITS))
        for at in range(first, min(last, len(results.articles)))
    )


def _id(evaluation: Evaluation, results: _Results, at: int) -> str:
    return evaluation.views[int(results.places[at])].columns.id(int(results.articles[at]))
