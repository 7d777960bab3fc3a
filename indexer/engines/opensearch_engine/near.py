"""Words near each other: the cluster finds articles where they may be, and each of these is looked at here.

OpenSearch cannot hold several words against one place, and counts other places than `plan.Near` does: of `mưa mưa gió`
those of the second `mưa` only. So where very many articles match, one that says a word twice may score a little less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer import ranking
from indexer.documents import field_length, terms_in
from indexer.model import Article
from indexer.querying.plan import Near

MOST_LOOKED_AT = 2000
"""Articles that are looked at, the newest of those where the words may be near each other: some 0.3 ms each."""

FEW = 200
"""So many are looked at where the cluster itself can tell which articles match; of more it counts the places, too."""


def is_told(clause: Near) -> bool:
    """Whether the cluster can tell which articles match: of two words that are never the same."""
    first, *others = clause.parts
    return not others or (len(others) == 1 and not {*first.terms} & {*others[0].terms})


def most_looked_at(clause: Near) -> int:
    return FEW if is_told(clause) else MOST_LOOKED_AT


def frequency(clause: Near, article: Article, averages: Mapping[str, float]) -> float:
    """BM25F's of the clause in one article; 0 where it does not match."""
    texts = terms_in(article)
    return sum(
        ranking.field_frequency(
            field, float(_places(clause, texts[field])), float(field_length(texts[field])), averages[field]
        )
        for field in clause.fields
    )


def _places(clause: Near, tokens: Sequence[str]) -> int:
    """How often the first word stands with each of the others near it."""
    first, *others = clause.parts
    standing = [[at for at, token in enumerate(tokens) if token in part.terms] for part in others]
    return sum(
        token in first.terms and all(_is_near(at, places, clause.distance) for places in standing)
        for at, token in enumerate(tokens)
    )


def _is_near(at: int, places: Sequence[int], distance: int) -> bool:
    """Whether one of the places is at most so far away, but not the same."""
    return any(0 < abs(place - at) <= distance for place in places)


def nears_in(clauses: Sequence[object]) -> tuple[Near, ...]:
    return tuple(dict.fromkeys(clause for clause in clauses if isinstance(clause, Near)))
