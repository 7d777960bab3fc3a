"""All articles of an index, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.mapping import unpack_path
from indexer.engines.opensearch_engine.words import Query
from indexer.ports import Holding

PAGE, PAGE_WITH_TEXT = 5000, 500
"""Articles that are asked for at a time: without their text, with it."""

KEEP_ALIVE = "5m"
"""How long the cluster remembers a scan between two pages."""

IN_ITS_ORDER = [{"_shard_doc": "asc"}]
"""The order that costs the cluster nothing."""


def ids(cluster: Cluster, index: str) -> Iterator[str]:
    return (fields["id"][0] for fields in _scan(cluster, index, ["id"]))


def holdings(cluster: Cluster, index: str) -> Iterator[tuple[str, Holding]]:
    for fields in _scan(cluster, index, ["id", "path", "digest"]):
        yield fields["id"][0], Holding(unpack_path(fields["path"][0]), fields["digest"][0])


def published_in(cluster: Cluster, index: str, year: int) -> Iterator[tuple[str, int]]:
    """See `ports.Searcher.published_in`."""
    dated = {"exists": {"field": "day"}}
    query: Query = (
        {"bool": {"filter": [{"term": {"year": f"{year:04d}"}}]}} if year else {"bool": {"must_not": [dated]}}
    )
    for fields in _scan(cluster, index, ["id", "day"], query, [{"day": "asc"}, {"id": "asc"}]):
        yield fields["id"][0], int(fields["day"][0]) if year else 0


def stored(cluster: Cluster, index: str, fields: list[str]) -> Iterator[Mapping[str, Any]]:
    """Every article as it is stored, as `_source`, with its `_id` and what some fields say of it."""
    return _hits(cluster, index, {"_source": ["article"], "docvalue_fields": fields, "size": PAGE_WITH_TEXT})


def _scan(
    cluster: Cluster, index: str, fields: list[str], query: Query | None = None, order: list[Query] = IN_ITS_ORDER
) -> Iterator[dict[str, list[Any]]]:
    """The fields of every article."""
    wanted = {"_source": False, "stored_fields": "_none_", "docvalue_fields": fields, "size": PAGE}
    return (hit["fields"] for hit in _hits(cluster, index, wanted, query, order))


def _hits(
    cluster: Cluster, index: str, wanted: Query, query: Query | None = None, order: list[Query] = IN_ITS_ORDER
) -> Iterator[Mapping[str, Any]]:
    """Raises ClusterAway, also where the cluster forgot the scan: it has to begin anew."""
    opened = cluster.request(
        "POST", f"/{index}/_search/point_in_time", params={"keep_alive": KEEP_ALIVE}, patience_s=LONG_PATIENCE_S
    )
    point = opened["pit_id"]
    asked = {**wanted, "pit": {"id": point, "keep_alive": KEEP_ALIVE}, "sort": order}
    try:
        yield from _pages(cluster, {**asked, "query": query or {"match_all": {}}})
    finally:
        cluster.request("DELETE", "/_search/point_in_time", {"pit_id": [point]})


def _pages(cluster: Cluster, asked: Query) -> Iterator[Mapping[str, Any]]:
    after: Query = {}
    while True:
        answer = cluster.request("POST", "/_search", {**asked, **after}, patience_s=LONG_PATIENCE_S, on_all_shards=True)
        hits = answer["hits"]["hits"]
        yield from hits
        if len(hits) < asked["size"]:
            return
        after = {"search_after": hits[-1]["sort"]}
