"""An engine on the node that all tests share (see `fixtures`), and a cluster of three nodes that may be broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine
from tests.opensearch.fixtures import HEAP, unique_prefix
from tests.opensearch.nodes import Cluster
from tests.opensearch.prepare import Distribution

SHORT_QUEUES = {"thread_pool.write.size": "1", "thread_pool.write.queue_size": "1"}
"""A node with these turns away what a busy one with the usual 10,000 places would."""


@pytest.fixture(scope="module")
def shared_engine(cluster_url: str) -> Iterator[OpenSearchEngine]:
    """An engine whose indexes are there until the last test of a module."""
    with unique_prefix(cluster_url) as prefix:
        yield OpenSearchEngine(ClusterOptions((cluster_url,), prefix=prefix, shards=2, replicas=0))


@pytest.fixture(scope="module")
def started_cluster(distribution: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes, started once for a module; tests take `three_nodes`."""
    with Cluster(distribution.command(HEAP), tmp_path_factory.mktemp("three"), 3, SHORT_QUEUES) as cluster:
        yield cluster


@pytest.fixture
def three_nodes(started_cluster: Cluster) -> Cluster:
    """Three nodes, green and empty, whatever the test before did to them."""
    started_cluster.clear()
    return started_cluster
