"""Articles on their way into a real cluster, over networks good and bad: nothing lost, nothing doubled, all told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.documents import Document
from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine, breaker, bulk, client, writer
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.reference import read_reference
from indexer.errors import ClusterAway, IndexDamaged
from indexer.lexicon.parts import open_parts
from indexer.ports import Refusal
from tests.indexer.engines.whoosh_engine import samples
from tests.opensearch.bad_network import BadNetwork, Fault, all_in_turn, every_second

pytestmark = pytest.mark.opensearch

FIRST = samples.sample(60)
SECOND = samples.sample(40, seed=1, first=40)
"""20 that replace others, 20 that are new."""
REMOVED = ["id-0003", "id-0059", "not-there"]


@pytest.fixture
def options(cluster_url: str, index_prefix: str) -> ClusterOptions:
    return ClusterOptions((cluster_url,), prefix=index_prefix, replicas=0)


@pytest.fixture
def cluster(options: ClusterOptions) -> Cluster:
    """What tells us what is there, over a good network."""
    return Cluster(options)


@pytest.fixture
def network(cluster_url: str) -> Iterator[BadNetwork]:
    network = BadNetwork(cluster_url)
    yield network
    network.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(client, "LONGEST_WAIT_S", 0.02)
    monkeypatch.setattr(breaker, "PAUSE_S", 0.05)
    monkeypatch.setattr(bulk, "TIMEOUT_S", 0.5)
    monkeypatch.setattr(writer, "BATCH_ARTICLES", 5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "first"
    folder.mkdir()
    return folder


def write(engine: OpenSearchEngine, folder: Path, documents: list[Document], removed: list[str]) -> tuple[Refusal, ...]:
    writing = engine.writer(folder)
    for document in documents:
        writing.add(document)
    for article_id in removed:
        writing.remove(article_id)
    return writing.commit()


def begun_from(folder: Path) -> Path:
    """A folder for the next build, as the build store begins it."""
    new = folder.with_name("second")
    new.mkdir()
    for file in folder.iterdir():
        (new / file.name).hardlink_to(file)
    return new


def held(cluster: Cluster, folder: Path) -> dict[str, tuple[str, str]]:
    """Id -> title and digest, as the cluster has them."""
    reference = read_reference(folder)
    found = cluster.search(reference.index, {"size": 1000, "_source": ["id", "article.title", "digest"]})
    rows = [hit["_source"] for hit in found["hits"]["hits"]]
    assert len(rows) == found["hits"]["total"]["value"] == reference.articles
    return {row["id"]: (row["article"]["title"], row["digest"]) for row in rows}


def as_held(documents: list[Document]) -> dict[str, tuple[str, str]]:
    return {each.article.id: (each.article.title, each.digest) for each in documents}


def expected() -> dict[str, tuple[str, str]]:
    after = {**as_held(FIRST), **as_held(SECOND)}
    return {article_id: row for article_id, row in after.items() if article_id not in REMOVED}


@pytest.mark.usefixtures("impatient")
def test_nothing_is_lost_or_doubled_by_a_bad_network(
    network: BadNetwork, options: ClusterOptions, cluster: Cluster, folder: Path
) -> None:
    """Every second request fails in one way or another, also those that make, clone, count and close indexes."""
    engine = OpenSearchEngine(replace(options, urls=(network.url,), timeout_s=5))
    with network.failing(all_in_turn()):
        engine.create(folder)
        assert write(engine, folder, FIRST, []) == ()
        second = begun_from(folder)
        assert write(engine, second, SECOND, REMOVED) == ()
    assert {*network.met} == {*Fault} - {Fault.LATE}
    assert held(cluster, second) == expected()
    assert held(cluster, folder) == as_held(FIRST), "the build before is as it was"
    assert open_parts(second).article_count() == len(expected())


@pytest.mark.usefixtures("impatient")
def test_a_request_that_was_given_up_for_lost_undoes_nothing_when_it_is_carried_out_late(
    network: BadNetwork, options: ClusterOptions, cluster: Cluster, folder: Path
) -> None:
    engine = OpenSearchEngine(replace(options, urls=(network.url,)))
    engine.create(folder)
    writing = engine.writer(folder)
    with network.failing(every_second(Fault.LATE, "_bulk")):
        writing.add(FIRST[0])
        writing.add(FIRST[1])
        writing.remove(FIRST[0].article.id)  # sends what waits, twice: the first is late
    writing._send()
    network.release()
    writing.commit()
    assert held(cluster, folder) == as_held(FIRST[1:2])


@pytest.mark.usefixtures("impatient")
def test_a_cluster_that_stays_away_ends_the_run_and_leaves_the_build_before(
    network: BadNetwork,
    options: ClusterOptions,
    cluster: Cluster,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = OpenSearchEngine(replace(options, urls=(network.url,)))
    engine.create(folder)
    write(engine, folder, FIRST, [])
    second = begun_from(folder)
    writing = engine.writer(second)
    for module in (bulk, writer):
        monkeypatch.setattr(module, "LONG_PATIENCE_S", 0.2)
    for document in SECOND[:4]:
        writing.add(document)
    with network.failing(lambda _method, _path: Fault.REFUSED), pytest.raises(ClusterAway, match="does not answer"):
        writing.commit()
    writing.cancel()
    assert held(cluster, folder) == as_held(FIRST)
    assert read_reference(second).index == read_reference(folder).index


def unfit(document: Document) -> Document:
    """No index takes a keyword of so many bytes."""
    return replace(document, article=replace(document.article, section="x" * 40_000))


def test_an_article_that_the_index_does_not_take_is_told_and_the_others_go_in(
    options: ClusterOptions, cluster: Cluster, folder: Path
) -> None:
    engine = OpenSearchEngine(options)
    engine.create(folder)
    first = [FIRST[0], unfit(FIRST[1]), *FIRST[2:10]]
    (refusal,) = write(engine, folder, first, [])
    assert refusal.article_id == FIRST[1].article.id
    assert "immense" in refusal.reason
    others = [*FIRST[:1], *FIRST[2:10]]
    assert held(cluster, folder) == as_held(others)
    assert open_parts(folder).article_count() == len(others)
    second = begun_from(folder)
    (refusal,) = write(engine, second, [unfit(FIRST[0])], [])
    assert refusal.article_id == FIRST[0].article.id
    assert held(cluster, second) == as_held(others), "it is held as it was before"
    assert open_parts(second).article_count() == len(others)


@pytest.mark.usefixtures("impatient")
def test_an_article_too_large_for_a_request_is_told_too(
    options: ClusterOptions, cluster: Cluster, folder: Path
) -> None:
    engine = OpenSearchEngine(options)
    engine.create(folder)
    long_id = replace(FIRST[1], article=replace(FIRST[1].article, id="x" * 600))  # refuses the request as a whole
    (refusal,) = write(engine, folder, [FIRST[0], long_id, *FIRST[2:8]], [])
    assert refusal.article_id == long_id.article.id
    assert held(cluster, folder) == as_held([FIRST[0], *FIRST[2:8]])


def test_what_a_killed_writer_left_is_not_taken_for_the_index(
    options: ClusterOptions, cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BATCH_ARTICLES", 5)
    engine = OpenSearchEngine(options)
    engine.create(folder)
    killed = engine.writer(folder)
    for document in FIRST[:20]:
        killed.add(document)
    write(engine, folder, FIRST[30:40], [])
    assert held(cluster, folder) == as_held(FIRST[30:40])


def test_an_index_that_somebody_replaced_meanwhile_is_not_committed(
    options: ClusterOptions, cluster: Cluster, folder: Path
) -> None:
    engine = OpenSearchEngine(options)
    engine.create(folder)
    writing = engine.writer(folder)
    writing.add(FIRST[0])
    index = read_reference(folder).index
    cluster.request("DELETE", f"/{index}")
    with pytest.raises(IndexDamaged, match="replaced"):
        writing.commit()
    assert not read_reference(folder).is_committed
