"""The counts of the facets as aggregations, and what their answers say.

Each facet is counted over what passes the filters of the facets it heeds (`facets.HEEDED`). Authors who are one are
counted group by group, since an article that names two of them counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer import facets
from indexer.author_merges import Merges
from indexer.engines.opensearch_engine import filters
from indexer.engines.opensearch_engine.words import Query
from indexer.model import SearchRequest

MOST_VALUES = 10_000
"""Values of a facet that are counted at once; see `long_facets`."""

GROUP = "group."
"""Begins the names of the aggregations of authors who are one, then the key they are listed under."""

HITS = "hits"


def aggregations(request: SearchRequest, merges: Merges) -> Query:
    """To be asked over all that the plan, the dates and the exclusions leave."""
    asked = {HITS: {"filter": _all(filters.chosen(request, *facets.NAMES))}}
    for facet, heeded in facets.HEEDED.items():
        asked[facet] = {"filter": _all(filters.chosen(request, *heeded)), "aggs": _values(facet, merges)}
    if request.month.include:
        asked[facets.DAY] = {**asked[HITS], "aggs": {"values": _terms(facets.DAY)}}
    return asked


def _values(facet: str, merges: Merges) -> Query:
    values = {"values": _terms(facet)}
    if facet != facets.AUTHOR:
        return values
    listed = dict.fromkeys(merges.listed_under.values())
    groups = {f"{GROUP}{key}": {"filter": {"terms": {facet: [*merges.all_of((key,))]}}} for key in listed}
    return values | groups


def _terms(field: str) -> Query:
    return {"terms": {"field": field, "size": MOST_VALUES, "shard_size": MOST_VALUES}}


def _all(queries: list[Query]) -> Query:
    return {"bool": {"filter": queries}}


def hits_in(answer: Mapping[str, Any]) -> int:
    """How many articles pass all filters."""
    hits: int = answer["aggregations"][HITS]["doc_count"]
    return hits


def counts_in(answer: Mapping[str, Any], merges: Merges) -> dict[str, Mapping[str, int]]:
    """Facet -> value -> articles."""
    told = answer["aggregations"]
    counts: dict[str, Mapping[str, int]] = {
        facet: _counted(told[facet], merges if facet == facets.AUTHOR else None) for facet in facets.HEEDED
    }
    if facets.DAY in told:
        counts[facets.DAY] = {_day(value): count for value, count in _counted(told[facets.DAY], None).items()}
    return counts


def _counted(told: Mapping[str, Any], merges: Merges | None) -> dict[str, int]:
    single = {str(bucket["key"]): bucket["doc_count"] for bucket in told["values"]["buckets"]}
    if not merges:
        return single
    groups = {name.removeprefix(GROUP): each["doc_count"] for name, each in told.items() if name.startswith(GROUP)}
    alone = {key: count for key, count in single.items() if key not in merges.listed_under}
    return alone | {key: count for key, count in groups.items() if count}


def _day(number: str) -> str:
    """`20200701` -> `2020-07-01`"""
    return f"{number[:4]}-{number[4:6]}-{number[6:]}"
