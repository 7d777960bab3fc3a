"""Indexes in the cluster: made, cloned, closed to writing, removed. All may raise ClusterAway and ClusterRefused.

Each request may arrive twice, since an answer may get lost. Who makes an index is alone in it: see `BuildStore.lock`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster
from indexer.engines.opensearch_engine.mapping import index_body
from indexer.errors import ClusterRefused, IndexDamaged

MISSING, TIMED_OUT = 404, 408
EXISTS = "resource_already_exists_exception"

LOOK_S = 10
"""Seconds that the cluster is asked to wait at a time; it may be lost sight of meanwhile."""

LOOKS = 6

LOOK_AGAIN_S = 0.5
IDLE_LOOKS = 20
"""After so many, a copy that no node is making is not waited for."""

TIMEOUT_S = 60.0
"""Changes to the state of a busy cluster wait in a row."""


def name_of(prefix: str, build: str, generation: int = 1) -> str:
    """The index of a build; one that is written again, as only tests do, has a further one each time."""
    return f"{prefix}-{build.lower()}" if generation == 1 else f"{prefix}-{build.lower()}.{generation}"


def create(cluster: Cluster, index: str) -> int:
    """Make an empty index, in place of any of that name; returns, once it can be written, when it was made."""
    return _make(cluster, index, f"/{index}", index_body(cluster.options))


def clone(cluster: Cluster, source: str, index: str) -> int:
    """Make an index that holds what a committed one holds, and shares its files on the nodes; as `create`."""
    settings = {"index.blocks.write": None, "index.number_of_replicas": cluster.options.replicas}
    return _make(cluster, index, f"/{source}/_clone/{index}", {"settings": settings})


def _make(cluster: Cluster, index: str, path: str, body: Mapping[str, Any]) -> int:
    remove(cluster, index)
    try:
        _change(cluster, "PUT", path, body)
    except ClusterRefused as refusal:
        if refusal.kind != EXISTS:  # then the request went there twice
            raise
    wait_until_allocated(cluster, index)
    return made_at(cluster, index)


def remove(cluster: Cluster, index: str) -> None:
    """No error where it is not there."""
    try:
        _change(cluster, "DELETE", f"/{index}")
    except ClusterRefused as refusal:
        if refusal.status != MISSING:
            raise


def _change(cluster: Cluster, method: str, path: str, body: Mapping[str, Any] | None = None) -> None:
    cluster.request(method, path, body, patience_s=LONG_PATIENCE_S, timeout_s=TIMEOUT_S)


def made_at(cluster: Cluster, index: str) -> int:
    """When it was made, in ms since 1970: tells it from another of its name, and comes back with a snapshot.

    Raises IndexDamaged where the cluster has no such index.
    """
    wanted = {"filter_path": "*.settings.index.creation_date"}
    try:
        settings = cluster.request("GET", f"/{index}/_settings", params=wanted)
    except ClusterRefused as refusal:
        if refusal.status != MISSING:
            raise
        raise IndexDamaged(f"the cluster at {cluster.where} has no index {index}") from refusal
    return int(settings[index]["settings"]["index"]["creation_date"])


def wait_until_allocated(cluster: Cluster, index: str) -> None:
    """Wait until every shard has a copy that works. Raises ClusterRefused, saying why not, where one gets none."""
    for _ in range(LOOKS):
        if _is_allocated(cluster, index):
            return
    raise ClusterRefused(cluster.where, TIMED_OUT, "unallocated", _why_not_allocated(cluster, index))


def _is_allocated(cluster: Cluster, index: str) -> bool:
    try:
        cluster.request(
            "GET",
            f"/_cluster/health/{index}",
            params={"wait_for_status": "yellow", "timeout": f"{LOOK_S}s"},
            patience_s=LONG_PATIENCE_S,
            timeout_s=LOOK_S * 2,
        )
    except ClusterRefused as refusal:
        if refusal.status != TIMED_OUT:
            raise
        return False
    return True


def _why_not_allocated(cluster: Cluster, index: str) -> str:
    rows = cluster.request("GET", f"/_cat/shards/{index}", params={"format": "json", "h": "shard,prirep,state"})
    shard = next((int(row["shard"]) for row in rows if row["prirep"] == "p" and row["state"] != "STARTED"), 0)
    told = cluster.request("POST", "/_cluster/allocation/explain", {"index": index, "shard": shard, "primary": True})
    deciders = (each for node in told.get("node_allocation_decisions", ()) for each in node.get("deciders", ()))
    reasons = dict.fromkeys(each["explanation"] for each in deciders)
    return f"no node takes shard {shard} of {index}: {'; '.join(reasons) or told.get('allocate_explanation', '')}"


def wait_for_copies(cluster: Cluster, index: str) -> None:
    """Wait until there are as many copies as the nodes have room for: then the loss of one of them loses nothing.

    Where a node is missing, or full, fewer must do.
    """
    looks_in_vain = 0
    while looks_in_vain < IDLE_LOOKS:
        health = cluster.request("GET", f"/_cluster/health/{index}", patience_s=LONG_PATIENCE_S)
        is_alone = health["number_of_data_nodes"] <= cluster.options.replicas
        if health["status"] == "green" or (is_alone and not health["initializing_shards"]):
            return
        looks_in_vain = 0 if health["initializing_shards"] else looks_in_vain + 1
        time.sleep(LOOK_AGAIN_S)


def count(cluster: Cluster, index: str) -> int:
    """The articles in it that can be seen."""
    answer = cluster.request("GET", f"/{index}/_count", patience_s=LONG_PATIENCE_S, on_all_shards=True)
    articles: int = answer["count"]
    return articles


def refresh(cluster: Cluster, index: str) -> None:
    """Let be seen what was written."""
    cluster.request("POST", f"/{index}/_refresh", patience_s=LONG_PATIENCE_S, timeout_s=TIMEOUT_S, on_all_shards=True)


def close_to_writing(cluster: Cluster, index: str) -> None:
    """Let nothing be written any more, and put all that was on the nodes' disks."""
    _change(cluster, "PUT", f"/{index}/_block/write")
    cluster.request("POST", f"/{index}/_flush", patience_s=LONG_PATIENCE_S, timeout_s=TIMEOUT_S, on_all_shards=True)
