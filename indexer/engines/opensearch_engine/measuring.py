"""What scoring needs to know of an index: asked once, and kept, as a committed index never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indexer.engines.opensearch_engine import near, words
from indexer.engines.opensearch_engine.articles import Articles
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.kept import Kept
from indexer.engines.opensearch_engine.mapping import length_of, to_article
from indexer.engines.opensearch_engine.questions import Questions
from indexer.engines.opensearch_engine.statistics import Statistics, to_count
from indexer.model import Article
from indexer.ports import Lexicon
from indexer.querying.plan import TEXT_FIELDS, Compound, Near, Spellings, TextClause
from indexer.ranking import FIELDS

KEPT = 20_000
"""Clauses whose number of articles is kept; a few MB."""


class Measures:
    """Of one index. Safe to share between threads."""

    def __init__(self, cluster: Cluster, index: str, lexicon: Lexicon, articles: Articles) -> None:
        self._index, self._lexicon, self._stored = index, lexicon, articles
        self._holding: Kept[TextClause, int] = Kept(KEPT)
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

    def _ask(self, clauses: list[TextClause], questions: Questions) -> dict[TextClause, int]:
        if not clauses:
            return {}
        asked = [{"size": 0, "track_total_hits": True, "query": words.matching(clause, {})} for clause in clauses]
        answers = questions.ask(asked)
        found = {clause: answer["hits"]["total"]["value"] for clause, answer in zip(clauses, answers, strict=True)}
        if not questions.is_partial:
            self._holding.put(found)
        return found

    # -- words near each other

    def verified(self, clauses: Iterable[Near], questions: Questions) -> dict[Near, Mapping[str, float]]:
        """The articles each clause matches, with its frequencies there. Of too many candidates only some are looked at,
        and the answer is partial.
        """
        return {clause: self._verify(clause, questions) for clause in clauses}

    def _verify(self, clause: Near, questions: Questions) -> dict[str, float]:
        candidates = words.any_of([words.in_field(clause, field) for field in clause.fields])
        answer = questions.ask(
            [
                {
                    "size": near.MOST_LOOKED_AT,
                    "track_total_hits": True,
                    "query": {"bool": {"filter": [candidates]}},
                    "sort": [{"moment": "desc"}, {"id": "asc"}],
                    "_source": ["article"],
                }
            ]
        )[0]
        questions.is_partial |= answer["hits"]["total"]["value"] > near.MOST_LOOKED_AT
        articles = (to_article(hit["_source"]) for hit in answer["hits"]["hits"])
        return {id_: value for article in articles for id_, value in self.one(clause, article).items()}

    def one(self, clause: Near, article: Article) -> dict[str, float]:
        """The article with the clause's frequency in it; empty where it does not match."""
        frequency = near.frequency(clause, article, self._averages)
        return {article.id: frequency} if frequency > 0 else {}
