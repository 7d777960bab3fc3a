"""The counts of facets: what is asked, and what the answer says."""

from __future__ import annotations

from typing import Any

from indexer import facets
from indexer.author_merges import NO_MERGES, read_merges
from indexer.engines.opensearch_engine import facet_counts
from indexer.model import Choice, SearchRequest

MERGES = read_merges("Đình Lâm = Thu Hòa").merges
BY_YEAR, IN_JULY = {"terms": {"year": ["2020"]}}, {"terms": {"month": ["2020-07"]}}
NARROWED = SearchRequest(year=Choice(("2020",)), month=Choice(("2020-07",)))


def filters_of(asked: dict[str, Any], name: str) -> list[Any]:
    found: list[Any] = asked[name]["filter"]["bool"]["filter"]
    return found


def test_a_facet_heeds_the_choices_in_others() -> None:
    asked = facet_counts.aggregations(NARROWED, NO_MERGES)
    assert filters_of(asked, facet_counts.HITS) == [BY_YEAR, IN_JULY]
    assert filters_of(asked, facets.AUTHOR) == filters_of(asked, facets.SECTION) == [BY_YEAR, IN_JULY]
    assert filters_of(asked, facets.YEAR) == []
    assert filters_of(asked, facets.MONTH) == [BY_YEAR]


def test_days_are_counted_where_months_are_chosen() -> None:
    assert filters_of(facet_counts.aggregations(NARROWED, NO_MERGES), facets.DAY) == [BY_YEAR, IN_JULY]
    assert facets.DAY not in facet_counts.aggregations(SearchRequest(), NO_MERGES)


def values(**counts: int) -> dict[str, Any]:
    return {"values": {"buckets": [{"key": key, "doc_count": count} for key, count in counts.items()]}}


def test_authors_who_are_one_are_counted_as_a_group() -> None:
    groups = facet_counts.aggregations(SearchRequest(), MERGES)[facets.AUTHOR]["aggs"]
    assert groups["group.đình lâm"] == {"filter": {"terms": {"author": ["đình lâm", "thu hoà"]}}}
    authors = {"values": {"buckets": [{"key": key, "doc_count": 2} for key in ("đình lâm", "thu hoà", "văn kỳ")]}}
    told = {
        facet_counts.HITS: {"doc_count": 7},
        facets.AUTHOR: {**authors, "group.đình lâm": {"doc_count": 3}},
        facets.SECTION: values(tin=4),
        facets.SOURCE: values(),
        facets.YEAR: values(),
        facets.MONTH: values(),
        facets.DAY: {"values": {"buckets": [{"key": 20200701, "doc_count": 1}]}},
    }
    counts = facet_counts.counts_in({"aggregations": told}, MERGES)
    assert counts[facets.AUTHOR] == {"đình lâm": 3, "văn kỳ": 2}
    assert counts[facets.SECTION] == {"tin": 4}
    assert counts[facets.DAY] == {"2020-07-01": 1}
    assert facet_counts.hits_in({"aggregations": told}) == 7
