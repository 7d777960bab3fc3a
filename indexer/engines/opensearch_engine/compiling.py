"""A planner's clauses as OpenSearch queries: pure, so that what is asked can be read without a server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.engines.opensearch_engine import words
from indexer.engines.opensearch_engine.filters import between
from indexer.engines.opensearch_engine.statistics import Statistics
from indexer.engines.opensearch_engine.words import Query, Verified, any_of
from indexer.querying.plan import (
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Published,
    Sequence,
    Spellings,
    Weighted,
)

EVERY_ARTICLE: Query = {"match_all": {"boost": 0}}
"""Scores nothing, as clauses do that look for no text."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles with what is known of a build, and of what was verified beforehand; `most_terms` as `words` says."""

    statistics: Statistics
    verified: Verified
    most_terms: int = words.most_terms(1)

    def scoring(self, clause: Clause) -> Query:
        """Finds what the clause matches, scored as it is to be ranked."""
        match clause:
            case Spellings() | Sequence() | Near() | Compound():
                return words.scored(clause, self.statistics, self.verified, self.most_terms)
            case AllOf(clauses):
                return self._all(clauses)
            case AnyOf(clauses):
                return any_of([self.scoring(part) for part in clauses])
            case Weighted(part, weight):
                return {"bool": {"must": [self.scoring(part)], "boost": weight}}
            case ByAuthor() | Published() | NoneOf():
                return unscored(self.filtering(clause))

    def _all(self, clauses: Iterable[Clause]) -> Query:
        """What scores nothing goes where nothing is scored."""
        scoring, filtering = [], []
        for part in clauses:
            if scores(part):
                scoring.append(self.scoring(part))
            else:
                filtering.append(self.filtering(part))
        return {"bool": {"must": scoring or [EVERY_ARTICLE], "filter": filtering}}

    def filtering(self, clause: Clause) -> Query:
        """Finds the same, and scores nothing."""
        match clause:
            case Spellings() | Sequence() | Near() | Compound():
                return words.matching(clause, self.verified)
            case AllOf(clauses):
                return {"bool": {"filter": [self.filtering(part) for part in clauses] or [EVERY_ARTICLE]}}
            case AnyOf(clauses):
                return any_of([self.filtering(part) for part in clauses])
            case NoneOf(clauses):
                return {"bool": {"must_not": [self.filtering(part) for part in clauses]}}
            case Weighted(part):
                return self.filtering(part)
            case ByAuthor(keys):
                return {"terms": {"author": [*keys]}}
            case Published(since, until):
                return between(since, until)

    # -- most of the words

    def most(self, match: MostOf, least: int) -> Query:
        """The articles with so many of the words, scored by all that they have."""
        should = [self.scoring(part) for part in match.clauses]
        allowed = self._all(match.required)
        return {"bool": {"must": [allowed], "should": should, "minimum_should_match": least}}

    def with_most(self, match: MostOf, least: int) -> Query:
        """The same, as a filter."""
        should = [self.filtering(part) for part in match.clauses]
        required = [self.filtering(part) for part in match.required] or [EVERY_ARTICLE]
        return {"bool": {"should": should, "filter": required, "minimum_should_match": least}}

    def how_many(self, match: MostOf) -> Query:
        """The articles with any of the words; the score is how many clauses they match."""
        should = [unscored(self.filtering(part), 1) for part in match.clauses]
        required = [self.filtering(part) for part in match.required]
        return {"bool": {"must": [any_of(should)], "filter": required}}


def unscored(query: Query, score: float = 0) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def scores(clause: Clause | MostOf) -> bool:
    """Whether it looks for text, so that some articles may match it better than others."""
    match clause:
        case ByAuthor() | Published() | NoneOf():
            return False
        case AllOf(clauses) | AnyOf(clauses):
            return any(map(scores, clauses))
        case Weighted(part):
            return scores(part)
        case _:
            return True
