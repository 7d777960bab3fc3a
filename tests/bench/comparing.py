"""Our engine against one rival: the same questions in turn, the answers compared, the times as ratios."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.bench.contenders import Answer, Asker
from tests.bench.measure import milliseconds, no_collection, p50, p95
from tests.bench.queries import Kind, Query


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to both: what differs in the answers, the share of the ten best in common, ms by round."""

    query: Query
    hits: int
    differs: str
    shared: float
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KindResult:
    """All questions of a kind. Times in ms: of each question its best round, of those the median and the 95th.

    Ratios are ours divided by the rival's. `first_ratio` is that of the medians in the first round, when neither has
    seen the question before.
    """

    kind: Kind
    hits: float
    ours_p50: float
    theirs_p50: float
    ratio_p50: float
    ours_p95: float
    theirs_p95: float
    ratio_p95: float
    first_ratio: float
    shared: float


def compare(ours: Asker, rival: Asker, queries: Sequence[Query], rounds: int) -> list[Asked]:
    """Put every question to both, one right after the other; who goes first changes from round to round."""
    prepared = [(ours.prepare(query), rival.prepare(query)) for query in queries]
    for asker, query in zip((ours, rival), prepared[0], strict=True):
        asker.ask(query)  # whatever is loaded with the very first question
    times: list[tuple[list[float], list[float]]] = [([], []) for _ in queries]
    with no_collection():
        for number in range(rounds):
            for (our_query, their_query), (our_times, their_times) in zip(prepared, times, strict=True):
                turns = [(our_times, ours, our_query), (their_times, rival, their_query)]
                for kept, asker, query in turns if number % 2 == 0 else reversed(turns):
                    kept.append(milliseconds(partial(asker.ask, query)))
    answers = ((ours.answer(ours_query), rival.answer(their_query)) for ours_query, their_query in prepared)
    return [
        Asked(query, our.total, _difference(our, their), _shared(our, their), *measured)
        for query, (our, their), measured in zip(queries, answers, times, strict=True)
    ]


def _difference(ours: Answer, theirs: Answer) -> str:
    """What of the two answers is not the same, "" if nothing. Scores differ by design, so the ten best may."""
    if ours.total != theirs.total:
        return f"total {ours.total} against {theirs.total}"
    if ours.authors != theirs.authors:
        return f"authors {_unlike(ours.authors, theirs.authors)}"
    if ours.years != theirs.years:
        return f"years {_unlike(ours.years, theirs.years)}"
    return ""


def _shared(ours: Answer, theirs: Answer) -> float:
    return len({*ours.best} & {*theirs.best}) / len(ours.best) if ours.best else 1.0


def _unlike(ours: Mapping[Any, int], theirs: Mapping[Any, int]) -> str:
    keys = [key for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]
    return ", ".join(f"{key}: {ours.get(key, 0)} against {theirs.get(key, 0)}" for key in keys[:3])


def summarise(asked: Sequence[Asked]) -> list[KindResult]:
    kinds = dict.fromkeys(each.query.kind for each in asked)
    return [_summarise(kind, [each for each in asked if each.query.kind is kind]) for kind in kinds]


def _summarise(kind: Kind, asked: Sequence[Asked]) -> KindResult:
    ours, theirs = [min(each.ours) for each in asked], [min(each.theirs) for each in asked]
    our_first, their_first = p50([each.ours[0] for each in asked]), p50([each.theirs[0] for each in asked])
    return KindResult(
        kind=kind,
        hits=statistics.mean(each.hits for each in asked),
        ours_p50=p50(ours),
        theirs_p50=p50(theirs),
        ratio_p50=p50(ours) / p50(theirs),
        ours_p95=p95(ours),
        theirs_p95=p95(theirs),
        ratio_p95=p95(ours) / p95(theirs),
        first_ratio=our_first / their_first,
        shared=statistics.mean(each.shared for each in asked),
    )
