"""`khobao index` with the index in a real cluster, over a network that fails: what it says, and what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import bootstrap, upkeep
from indexer.engines.opensearch_engine import breaker, client, indexes
from indexer.errors import ClusterAway
from indexer.model import SearchRequest
from indexer.reports import Report
from indexer.settings import Settings
from tests.conftest import WriteArticle, settings_in
from tests.opensearch.bad_network import BadNetwork, Fault, all_in_turn
from tests.opensearch.nodes import ask

pytestmark = pytest.mark.opensearch


@pytest.fixture
def network(cluster_url: str) -> Iterator[BadNetwork]:
    network = BadNetwork(cluster_url, slow_s=0.1)
    yield network
    network.stop()


@pytest.fixture
def settings(network: BadNetwork, index_prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(client, "LONGEST_WAIT_S", 0.02)
    monkeypatch.setattr(breaker, "PAUSE_S", 0.05)
    return settings_in(
        tmp_path,
        build_workers=1,
        engine="opensearch",
        opensearch_url=network.url,
        opensearch_prefix=index_prefix,
        opensearch_replicas=0,
    )


def counts(report: Report) -> str:
    return str(report)


def found(settings: Settings, text: str) -> list[str]:
    return sorted(hit.id for hit in bootstrap.open_archive(settings).search(SearchRequest(text)).hits)


def test_a_run_over_a_bad_network_says_what_it_did_and_other_machines_see_it(
    settings: Settings, network: BadNetwork, cluster_url: str, write_article: WriteArticle, tmp_path: Path
) -> None:
    there = replace(settings, index_dir=tmp_path / "there", opensearch_url=cluster_url)
    for name in "abcd":
        write_article(f"{name}.txt", title=f"Bài {name}")
    with network.failing(all_in_turn()):
        assert counts(bootstrap.index(settings)) == "4 articles: 4 new, 0 changed, 0 removed, 0 unchanged, 0 rejected"
        assert found(there, "bài") == ["a", "b", "c", "d"]
        write_article("a.txt", title="Chuyện a")
        write_article("e.txt", title="Bài e")
        (settings.seeds_dir / "b.txt").unlink()
        (settings.seeds_dir / "f.txt").write_bytes(b"")
        report = bootstrap.index(settings)
    assert counts(report) == "4 articles: 1 new, 1 changed, 1 removed, 2 unchanged, 1 rejected"
    assert {*network.met} == {*Fault} - {Fault.LATE}
    for each in (settings, there):
        assert found(each, "bài") == ["c", "d", "e"]
        assert found(each, "chuyện") == ["a"]


def test_a_run_that_the_cluster_does_not_live_to_see_leaves_the_archive_as_it_was(
    settings: Settings,
    network: BadNetwork,
    cluster_url: str,
    write_article: WriteArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    well_connected = replace(settings, opensearch_url=cluster_url)
    write_article("a.txt", title="Bài a")
    bootstrap.index(settings)
    write_article("b.txt", title="Bài b")
    monkeypatch.setattr(indexes, "LONG_PATIENCE_S", 0.2)

    def away_once_it_is_cloned(_method: str, path: str) -> Fault:
        return Fault.REFUSED if "_bulk" in path or "_clone" in path else Fault.NONE

    with network.failing(away_once_it_is_cloned), pytest.raises(ClusterAway):
        bootstrap.index(settings)
    assert found(well_connected, "bài") == ["a"]
    assert len(bootstrap.store_of(well_connected).complete()) == 1
    assert counts(bootstrap.index(well_connected)).startswith("2 articles: 1 new")
    assert found(well_connected, "bài") == ["a", "b"]


def test_a_snapshot_that_is_restored_is_the_archive_again(
    settings: Settings, cluster_url: str, index_prefix: str, write_article: WriteArticle, tmp_path: Path
) -> None:
    write_article("a.txt", title="Bài a")
    bootstrap.index(settings)
    repository = f"/_snapshot/{index_prefix}"
    ask(cluster_url, repository, "PUT", {"type": "fs", "settings": {"location": index_prefix}})
    ours = {"indices": f"{index_prefix}*", "include_global_state": False}
    ask(cluster_url, f"{repository}/one?wait_for_completion=true", "PUT", ours)
    ask(cluster_url, f"/{index_prefix}*", "DELETE")
    restored = {"indices": f"{index_prefix}*", "include_aliases": True}
    ask(cluster_url, f"{repository}/one/_restore?wait_for_completion=true", "POST", restored)
    ask(cluster_url, repository, "DELETE")

    elsewhere = replace(settings, index_dir=tmp_path / "elsewhere")
    assert found(elsewhere, "bài") == ["a"]
    assert upkeep.check_index(elsewhere, deep=True).problems == ()
    write_article("b.txt", title="Bài b")
    assert counts(bootstrap.index(elsewhere)) == "2 articles: 1 new, 0 changed, 0 removed, 1 unchanged, 0 rejected"
