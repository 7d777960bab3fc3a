"""What scoring needs to know of an index: asked once, and kept, as a committed index never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from indexer.engines.opensearch_engine import near, words
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.kept import Kept
from indexer.engines.opensearch_engine.mapping import length_of, to_article
from indexer.engines.opensearch_engine.questions import Questions
from indexer.engines.opensearch_engine.statistics import Statistics, to_count
from indexer.engines.opensearch_engine.words import Query, Verified
from indexer.model import Article
from indexer.ports import Lexicon
from indexer.querying.plan import TEXT_FIELDS, Compound, Near, Spellings, TextClause
from indexer.ranking import FIELDS

KEPT = 20_000
"""Clauses whose number of articles is kept; a few MB."""

NEAR_KEPT = 64
"""Clauses whose articles are kept; 10 MB at most."""

Key = TypeVar("Key")


class Measures:
    """Of one index. Safe to share between threads."""

    def __init__(self, cluster: Cluster, index: str, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._holding: Kept[TextClause, int] = Kept(KEPT)
        self._near: Kept[Near, Mapping[str, float]] = Kept(NEAR_KEPT)
        sums = {field: {"sum": {"field": length_of(field)}} for field in FIELDS}
        answer = cluster.request(
            "POST",
            f"/{index}/_search",
            {"size": 0, "track_total_hits": True, "aggs": sums},
            on_all_shards=True,
        )
        self.articles: int = answer["hits"]["total"]["value"]
        totals = {field: answer["aggregations"][field]["value"] for field in FIELDS}
        self._averages = {field: total / max(1, self.articles) for field, total in totals.items()}

    @property
    def nothing(self) -> Statistics:
        """Enough for what is not scored."""
        return Statistics(self.articles)

    def of(self, clauses: Sequence[TextClause], questions: Questions) -> Statistics:
        """Enough to score these clauses."""
        counted = {part: None for clause in clauses for part in to_count(clause)}
        known = self._holding.get(counted)
        told = {clause: self._told(clause) for clause in counted if clause not in known}
        holding = known | {clause: count for clause, count in told.items() if count is not None}
        holding |= self._ask([clause for clause in counted if clause not in holding], questions)
        return Statistics(self.articles, self._averages, holding)

    def _told(self, clause: TextClause) -> int | None:
        """What the lexicon knows already."""
        match clause:
            case Compound(term):
                return self._lexicon.compound_frequency(term)
            case Spellings((term,), fields) if fields == TEXT_FIELDS:
                return self._lexicon.frequency(term)
        return None

    def _ask(self, clauses: Sequence[TextClause], questions: Questions) -> Mapping[TextClause, int]:
        found = self._count({clause: words.matching(clause, {}) for clause in clauses}, questions)
        if not questions.is_partial:
            self._holding.put(found)
        return found

    def _count(self, queries: Mapping[Key, Query], questions: Questions) -> dict[Key, int]:
        """How many articles each query finds."""
        if not queries:
            return {}
        answers = questions.ask([{"size": 0, "track_total_hits": True, "query": query} for query in queries.values()])
        return {key: answer["hits"]["total"]["value"] for key, answer in zip(queries, answers, strict=True)}

    # -- words near each other

    def verified(self, clauses: Sequence[Near], questions: Questions) -> Verified:
        """The articles each clause matches, with its frequencies there, but for those that the cluster must tell.

        Where it cannot, and there are too many to be looked at, the newest are, and the answer is partial.
        """
        known = self._near.get(clauses)
        unknown = [clause for clause in clauses if clause not in known]
        if not unknown:
            return known
        candidates = {
            clause: words.any_of([words.in_field(clause, field) for field in clause.fields]) for clause in unknown
        }
        totals = self._count(candidates, questions)
        few = [clause for clause in unknown if totals[clause] <= near.most_looked_at(clause)]
        cut = [clause for clause in unknown if clause not in few and not near.is_told(clause)]
        answers = questions.ask([_newest(candidates[clause]) for clause in (*few, *cut)])
        found = {clause: self._look_at(clause, answer) for clause, answer in zip((*few, *cut), answers, strict=True)}
        if not questions.is_partial:
            self._near.put({clause: found[clause] for clause in few})
        questions.is_partial |= bool(cut)
        return {**known, **found}

    def _look_at(self, clause: Near, answer: Mapping[str, Any]) -> dict[str, float]:
        articles = (to_article(hit["_source"]) for hit in answer["hits"]["hits"])
        return {id_: value for article in articles for id_, value in self.one(clause, article).items()}

    def one(self, clause: Near, article: Article) -> dict[str, float]:
        """The article with the clause's frequency in it; empty where it does not match."""
        frequency = near.frequency(clause, article, self._averages)
        return {article.id: frequency} if frequency > 0 else {}


def _newest(candidates: Query) -> Query:
    return {
        "size": near.MOST_LOOKED_AT,
        "track_total_hits": False,
        "query": {"bool": {"filter": [candidates]}},
        "sort": [{"moment": "desc"}, {"id": "asc"}],
        "_source": ["article"],
    }
