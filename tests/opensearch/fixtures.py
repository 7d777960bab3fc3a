"""A real OpenSearch: one node that all test workers share.

Without Java or Maven these tests are skipped, and in CI that is an error.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.opensearch.nodes import Cluster, ask, join
from tests.opensearch.prepare import Distribution, Unprepared, prepared

HEAP = "256m"


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "what holds the index of the sample archive: with opensearch, a node is started (or OPENSEARCH_URL used)"
    parser.addoption("--engine", choices=["whoosh", "opensearch"], default="whoosh", help=told)


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


@pytest.fixture(scope="session")
def engine_settings(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """The settings of the engine that --engine names."""
    if request.config.getoption("engine") == "whoosh":
        yield {}
        return
    url = request.getfixturevalue("cluster_url")
    with unique_prefix(url) as prefix:
        yield {"engine": "opensearch", "opensearch_url": url, "opensearch_prefix": prefix, "opensearch_replicas": 0}
