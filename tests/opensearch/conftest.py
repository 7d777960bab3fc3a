"""A real OpenSearch: one node that all test workers share, and a cluster of three that may be broken.

Without Java or Maven these tests are skipped, and in CI that is an error.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine
from tests.opensearch.nodes import Cluster, ask, join
from tests.opensearch.prepare import Distribution, Unprepared, prepared

HEAP = "256m"


@pytest.fixture(scope="session")
def distribution() -> Distribution:
    """What nodes are started with."""
    try:
        return prepared()
    except Unprepared as missing:
        if os.environ.get("CI"):
            pytest.fail(f"no OpenSearch: {missing}")
        pytest.skip(f"no OpenSearch: {missing}")


@pytest.fixture(scope="session")
def cluster_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a node that all workers share, or OPENSEARCH_URL. Others use it too: see `index_prefix`."""
    given = os.environ.get("OPENSEARCH_URL")
    if given:
        yield given.rstrip("/")
        return
    distribution: Distribution = request.getfixturevalue("distribution")
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "opensearch"
    with shared_node(distribution.command(HEAP), shared) as url:
        yield url


@contextmanager
def shared_node(command: list[str], folder: Path) -> Iterator[str]:
    """The node of this folder, started by whoever comes first; it ends with the last of its users."""
    folder.mkdir(exist_ok=True)
    address = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        use = join(folder)
        if use is None:
            started = Cluster(command, folder)
            started.start()
            started.wait_for("green")
            address.write_text(started.urls[0], encoding="ascii")
    try:
        yield address.read_text(encoding="ascii")
    finally:
        if use is None:
            started.wait_until_unused()
        else:
            os.close(use)


@pytest.fixture
def index_prefix(cluster_url: str) -> Iterator[str]:
    """See `unique_prefix`."""
    with unique_prefix(cluster_url) as prefix:
        yield prefix


@contextmanager
def unique_prefix(cluster_url: str) -> Iterator[str]:
    """Begins the names of some indexes; all that begin so are deleted afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield prefix
    ask(cluster_url, f"/{prefix}*", "DELETE")


@pytest.fixture(scope="module")
def shared_engine(cluster_url: str) -> Iterator[OpenSearchEngine]:
    """An engine whose indexes are there until the last test of a module."""
    with unique_prefix(cluster_url) as prefix:
        yield OpenSearchEngine(ClusterOptions((cluster_url,), prefix=prefix, shards=2, replicas=0))


@pytest.fixture(scope="module")
def started_cluster(distribution: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes, started once for a module; tests take `three_nodes`."""
    with Cluster(distribution.command(HEAP), tmp_path_factory.mktemp("three"), count=3) as cluster:
        yield cluster


@pytest.fixture
def three_nodes(started_cluster: Cluster) -> Cluster:
    """Three nodes, green and empty, whatever the test before did to them."""
    started_cluster.clear()
    return started_cluster
