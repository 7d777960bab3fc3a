"""Results so far from the best one that OpenSearch does not count to them: gone through in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.engines.opensearch_engine.pages import Result
from indexer.engines.opensearch_engine.questions import Questions
from indexer.engines.opensearch_engine.words import Query

WINDOW = 10_000
"""As many results OpenSearch gives at once (`index.max_result_window`)."""


def at_once(listings: Sequence[Query], last: int) -> list[Query]:
    """What is asked for all results before a place; nothing where it is too far."""
    return [{**listing, "size": last} for listing in listings] if last <= WINDOW else []


def walk(listings: Sequence[Query], first: int, last: int, questions: Questions) -> Iterator[Result]:
    """The results at these places, from 0 on, `last` exclusive; a listing for each tier. Fewer where time runs out."""
    totals = questions.ask([_counting(listing) for listing in listings])
    before = 0
    for tier, (listing, answer) in enumerate(zip(listings, totals, strict=True)):
        total = answer["hits"]["total"]["value"]
        for hit in _in_tier(listing, max(0, first - before), min(total, last - before), questions):
            yield Result.read(tier, hit)
        before += total


def _counting(listing: Query) -> Query:
    return {"size": 0, "track_total_hits": True, "query": listing["query"]}


def _in_tier(listing: Query, first: int, last: int, questions: Questions) -> Iterator[Mapping[str, Any]]:
    at = 0
    after: Query = {}
    while first < last and at < last and not questions.is_partial:
        answer = questions.ask([{**listing, **after, "size": min(WINDOW, last - at)}])[0]
        hits = answer["hits"]["hits"]
        yield from hits[max(0, first - at) :]
        if not hits:
            return
        at, after = at + len(hits), {"search_after": hits[-1]["sort"]}
