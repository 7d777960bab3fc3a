"""All articles of an index, one after the other, without their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.mapping import unpack_path
from indexer.engines.opensearch_engine.words import Query
from indexer.ports import Holding

PAGE = 5000
"""Articles that are asked for at a time."""

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


def _scan(
    cluster: Cluster, index: str, fields: list[str], query: Query | None = None, order: list[Query] = IN_ITS_ORDER
) -> Iterator[dict[str, list[Any]]]:
    """The fields of every article. Raises ClusterAway, also where the cluster forgot the scan: it has to begin anew."""
    opened = cluster.request(
        "POST", f"/{index}/_search/point_in_time", params={"keep_alive": KEEP_ALIVE}, patience_s=LONG_PATIENCE_S
    )
    point = opened["pit_id"]
    try:
        yield from _pages(cluster, point, {"query": query or {"match_all": {}}, "sort": order}, fields)
    finally:
        cluster.request("DELETE", "/_search/point_in_time", {"pit_id": [point]})


def _pages(cluster: Cluster, point: str, asked: Query, fields: list[str]) -> Iterator[dict[str, list[Any]]]:
    about = {"pit": {"id": point, "keep_alive": KEEP_ALIVE}, "size": PAGE, "_source": False, "docvalue_fields": fields}
    after: Query = {}
    while True:
        answer = cluster.request(
            "POST", "/_search", {**about, **asked, **after}, patience_s=LONG_PATIENCE_S, on_all_shards=True
        )
        hits = answer["hits"]["hits"]
        yield from (hit["fields"] for hit in hits)
        if len(hits) < PAGE:
            return
        after = {"search_after": hits[-1]["sort"]}
