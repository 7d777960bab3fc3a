"""What scores are made of beside the article itself: how long fields are on the average, how rare clauses are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer import ranking
from indexer.querying.plan import Near, Sequence, TextClause


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one build, as far as some clauses need them.

    `averages` is by field, in tokens; `holding` the number of articles that match a clause, but for sequences and such
    as are near each other, which are as rare as the rarest of their words.
    """

    articles: int
    averages: Mapping[str, float] = field(default_factory=dict)
    holding: Mapping[TextClause, int] = field(default_factory=dict)

    def rarity(self, clause: TextClause) -> float:
        """See `ranking.inverse_frequency`."""
        if isinstance(clause, Sequence | Near):
            return max(map(self.rarity, clause.parts))
        return ranking.inverse_frequency(self.articles, self.holding[clause])


def to_count(clause: TextClause) -> tuple[TextClause, ...]:
    """The clauses whose numbers of articles the rarity of one is told from."""
    return clause.parts if isinstance(clause, Sequence | Near) else (clause,)
