"""A request's filters as OpenSearch queries: dates, exclusions, and what is chosen in each facet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer import facets
from indexer.engines.opensearch_engine.words import Query
from indexer.model import SearchRequest


def between(since: date | None, until: date | None) -> Query:
    """Articles published between two days that both count; those without a day never are."""
    days = {"gte": number_of(since)} if since else {"gte": 1}
    return {"range": {"day": days | ({"lte": number_of(until)} if until else {})}}


def number_of(day: date) -> int:
    """`20200701`"""
    return day.year * 10_000 + day.month * 100 + day.day


def left(request: SearchRequest) -> list[Query]:
    """The dates and the exclusions, which count for every facet."""
    excluded = [_any_value(name, values) for name in facets.NAMES if (values := request.choice(name).exclude)]
    dates = [between(request.since, request.until)] if request.since or request.until else []
    return [*dates, *([{"bool": {"must_not": excluded}}] if excluded else [])]


def chosen(request: SearchRequest, *names: str) -> list[Query]:
    """What is chosen in these facets."""
    return [_any_value(name, values) for name in names if (values := request.choice(name).include)]


def everything(request: SearchRequest) -> list[Query]:
    return [*left(request), *chosen(request, *facets.NAMES)]


def only(request: SearchRequest) -> SearchRequest:
    """A request that asks for the same filters, and for nothing else: what counts are kept by."""
    usual = SearchRequest()
    return replace(
        request,
        text=usual.text,
        literal=usual.literal,
        author_like=usual.author_like,
        sort=usual.sort,
        page=usual.page,
        page_size=usual.page_size,
    )


def _any_value(facet: str, values: tuple[str, ...]) -> Query:
    return {"terms": {facet: [*values]}}
