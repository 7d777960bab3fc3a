"""Whether what an index says of articles agrees with those it keeps, and its words with the lexicon beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer import facets
from indexer.documents import field_length, terms_in
from indexer.engines.opensearch_engine import scans, words
from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.mapping import fields_of, length_of, to_article
from indexer.lexicon.parted import PartedLexicon
from indexer.model import Article
from indexer.querying.plan import BODY, TITLE, Spellings

MOST_WORDS = 2000
"""Words that are counted in the index, frequent ones and rare ones: all would take minutes."""

AT_ONCE = 200

FIELDS = [length_of(TITLE), length_of(BODY), "id", "moment", "day", *facets.NAMES]
"""What is looked at of an article: all that can be told from it without cutting it into words of several syllables."""


def problems_of(cluster: Cluster, index: str, lexicon: PartedLexicon) -> Iterator[str]:
    """Every article is read. Raises ClusterAway, ClusterRefused."""
    yield from _in_copies(cluster, index)
    articles = 0
    for hit in scans.stored(cluster, index, FIELDS):
        articles += 1
        yield from (f"article {hit['_id']} of the index {index}: {problem}" for problem in _in_article(hit))
    if (known := lexicon.article_count()) != articles:
        yield f"the index {index} holds {articles} articles, the words beside it are those of {known}"
    yield from _in_words(cluster, index, lexicon)


def _in_copies(cluster: Cluster, index: str) -> Iterator[str]:
    """The copies of a shard are written one by one."""
    told = cluster.request("GET", f"/{index}/_stats/docs", params={"level": "shards"}, patience_s=LONG_PATIENCE_S)
    for shard, copies in told["indices"][index]["shards"].items():
        counts = {copy["docs"]["count"] for copy in copies}
        if len(counts) > 1:
            yield f"the copies of shard {shard} of the index {index} hold {sorted(counts)} articles"


def _in_article(hit: Mapping[str, Any]) -> Iterator[str]:
    try:
        article = to_article(hit["_source"])
    except (KeyError, TypeError, ValueError):
        yield "cannot be read"
        return
    said = {field: sorted(values) for field, values in hit["fields"].items()}
    wanted = {field: sorted(values) for field, values in _values(article).items() if values}
    for field in FIELDS:
        if said.get(field) != wanted.get(field):
            yield f"its field {field} says {said.get(field)} instead of {wanted.get(field)}"
    if hit["_id"] != article.id:
        yield f"is kept under the id {hit['_id']}"


def _values(article: Article) -> dict[str, set[Any]]:
    """By field; OpenSearch gives each value once."""
    fields = {field: {*value} if isinstance(value, list) else {value} for field, value in fields_of(article).items()}
    return fields | {length_of(field): {field_length(terms)} for field, terms in terms_in(article).items()}


def _in_words(cluster: Cluster, index: str, lexicon: PartedLexicon) -> Iterator[str]:
    known = lexicon.beginning_with("")
    chosen = known[:: max(1, len(known) // MOST_WORDS)]
    for first in range(0, len(chosen), AT_ONCE):
        terms = chosen[first : first + AT_ONCE]
        for term, count in zip(terms, _holding(cluster, index, terms), strict=True):
            if count != lexicon.frequency(term):
                told = f"the index {index} has the word {term!r} in {count} articles, the words beside it"
                yield f"{told} in {lexicon.frequency(term)}"


def _holding(cluster: Cluster, index: str, terms: Sequence[str]) -> list[int]:
    asked = [{"size": 0, "track_total_hits": True, "query": words.matching(Spellings((term,)), {})} for term in terms]
    return [answer["hits"]["total"]["value"] for answer in cluster.msearch(index, asked)]
