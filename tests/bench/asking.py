"""Asks an archive judged queries in every way of typing them, and measures what it answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import mean

from indexer.archive import Archive
from indexer.model import SearchRequest
from tests.bench.measure import no_collection, p50, p95
from tests.bench.wordings import WORDINGS
from tests.relevance.judgements import Qrels, Queries
from tests.relevance.measures import ndcg, recall, reciprocal_rank

WARM_UP = 20
"""Queries asked before the clock runs: what is read once per process is nobody's time."""


@dataclass(frozen=True, slots=True)
class Task:
    """Queries for one archive, and judgements of what it may answer by name."""

    name: str
    open: Callable[[], Archive]
    queries: Queries
    qrels: Mapping[str, Qrels]


@dataclass(frozen=True, slots=True)
class Answers:
    """What one way of typing brought: a list of ids and the CPU ms for each query, and how many were cut short."""

    rankings: Mapping[str, Sequence[str]]
    milliseconds: Sequence[float]
    cut: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over the queries of one wording; `cut` answers ran out of time."""

    task: str
    wording: str
    queries: int
    mrr: float
    ndcg: float
    recall: float
    p50: float
    p95: float
    cut: int


def ask_in_every_wording(task: Task) -> dict[str, Answers]:
    """Wording -> answers. Each has the index opened anew, so that none profits from what another one was told."""
    _ask(task.open(), islice(task.queries.items(), WARM_UP))
    answers = {}
    for wording, typed in WORDINGS.items():
        with no_collection():
            answers[wording] = _ask(task.open(), ((name, typed(text)) for name, text in task.queries.items()))
    return answers


def _ask(archive: Archive, queries: Iterable[tuple[str, str]]) -> Answers:
    rankings, spent, cut = {}, [], 0
    for name, text in queries:
        started = time.process_time()
        archive.search(SearchRequest(text))
        spent.append((time.process_time() - started) * 1000)
        page = archive.search(SearchRequest(text, page_size=100))
        rankings[name] = [hit.id for hit in page.hits]
        cut += page.is_partial
    return Answers(rankings, spent, cut)


def measure(task: str, wording: str, answers: Answers, qrels: Qrels) -> Measured:
    """MRR@10, nDCG@10, recall@100 and times of the answers. Raises KeyError for a query nobody judged."""
    judged = [(ranking, qrels[name]) for name, ranking in answers.rankings.items()]
    return Measured(
        task=task,
        wording=wording,
        queries=len(judged),
        mrr=mean(reciprocal_rank(ranking, grades, 10) for ranking, grades in judged),
        ndcg=mean(ndcg(ranking, grades, 10) for ranking, grades in judged),
        recall=mean(recall(ranking, grades, 100) for ranking, grades in judged),
        p50=p50(answers.milliseconds),
        p95=p95(answers.milliseconds),
        cut=answers.cut,
    )


def answered_otherwise(expected: Answers, found: Answers) -> list[str]:
    """The queries whose articles, or their order, are not the same."""
    return [name for name, ranking in expected.rankings.items() if found.rankings[name] != ranking]
