"""Facets of more values than are counted at once, as authors may be: the values of all, in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from indexer import facets
from indexer.engines.opensearch_engine import facet_counts, filters
from indexer.engines.opensearch_engine.questions import Questions
from indexer.engines.opensearch_engine.words import Query
from indexer.model import SearchRequest


def complete(answer: Mapping[str, Any], found: Query, request: SearchRequest, questions: Questions) -> dict[str, Any]:
    """The answer of `facet_counts.aggregations` over what was found, with no value left out."""
    told = dict(answer["aggregations"])
    for facet in facets.HEEDED:
        if told[facet]["values"]["sum_other_doc_count"]:
            passing = {"bool": {"filter": [found, *filters.chosen(request, *facets.HEEDED[facet])]}}
            told[facet] = {**told[facet], "values": {"buckets": [*_values(facet, passing, questions)]}}
    return {**answer, "aggregations": told}


def _values(facet: str, passing: Query, questions: Questions) -> Iterator[dict[str, Any]]:
    after: Query = {}
    while not questions.is_partial:
        values = {"size": facet_counts.MOST_VALUES, "sources": [{"value": {"terms": {"field": facet}}}], **after}
        asked = {"size": 0, "track_total_hits": False, "query": passing, "aggs": {"values": {"composite": values}}}
        told = questions.ask([asked])[0]["aggregations"]["values"]
        yield from ({"key": each["key"]["value"], "doc_count": each["doc_count"]} for each in told["buckets"])
        if "after_key" not in told:
            return
        after = {"after": told["after_key"]}
