"""How good one ranked list is, by the judged grades of what is in it: pure arithmetic, as trec_eval counts.

A list is ids, the best first. Grades are for the documents somebody judged; all others count as 0, not relevant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

Grades = Mapping[str, int]
"""Document -> 0 (not relevant) and up."""


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """1 / the place of the first relevant document, 0 when none is among the first `depth`."""
    places = (place for place, found in enumerate(ranking[:depth], 1) if grades.get(found, 0) > 0)
    return 1 / next(places, float("inf"))


def ndcg(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Discounted gain of the first `depth`, as a share of the best that could be; the gain is the grade itself.

    1 where nothing is relevant: no list could do better.
    """
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted([grades.get(found, 0) for found in ranking[:depth]]) / ideal if ideal else 1.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def recall(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """The share of the relevant documents that is among the first `depth`; 1 where there are none."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 1.0
