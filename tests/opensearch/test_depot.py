"""Builds that machines share through a real cluster."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.opensearch_engine import ClusterOptions, breaker, client, depot, indexes, lease
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.depot import OpenSearchDepot
from indexer.engines.opensearch_engine.reference import Reference, write_reference
from indexer.errors import IndexBusy, IndexDamaged, SwitchLost
from indexer.manifest import MANIFEST
from tests.opensearch.bad_network import BadNetwork, all_in_turn

pytestmark = pytest.mark.opensearch

ONE, TWO, THREE = (f"20260101-00000{number}-000000-abcd" for number in (1, 2, 3))


@pytest.fixture
def options(cluster_url: str, index_prefix: str) -> ClusterOptions:
    return ClusterOptions((cluster_url,), prefix=index_prefix, replicas=0)


@pytest.fixture
def cluster(options: ClusterOptions) -> Cluster:
    return Cluster(options)


@pytest.fixture
def here(cluster: Cluster) -> OpenSearchDepot:
    return OpenSearchDepot(cluster)


@pytest.fixture
def there(options: ClusterOptions) -> OpenSearchDepot:
    """On another machine."""
    return OpenSearchDepot(Cluster(options))


@pytest.fixture
def network(cluster_url: str) -> Iterator[BadNetwork]:
    network = BadNetwork(cluster_url, slow_s=0.1)
    yield network
    network.stop()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(client, "LONGEST_WAIT_S", 0.02)
    monkeypatch.setattr(breaker, "PAUSE_S", 0.05)
    monkeypatch.setattr(depot, "SEEN_S", 0.0)


def make_build(cluster: Cluster, builds: Path, name: str, **files: bytes) -> Path:
    """A folder with an index, as a run leaves it."""
    folder = builds / name
    folder.mkdir(parents=True)
    index = indexes.name_of(cluster.options.prefix, name)
    write_reference(folder, Reference(index, indexes.create(cluster, index), is_committed=True))
    for each, content in files.items():
        (folder / each).write_bytes(content)
    (folder / MANIFEST).write_text(f'{{"build": "{name}"}}')
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


LARGE = random.Random(1).randbytes(2_300_000)


def test_a_build_comes_whole_to_another_machine_over_a_bad_network(
    network: BadNetwork, options: ClusterOptions, cluster: Cluster, tmp_path: Path
) -> None:
    folder = make_build(cluster, tmp_path / "here", ONE, lexicon=LARGE, empty=b"")
    shaky = OpenSearchDepot(Cluster(replace(options, urls=(network.url,))))
    assert (shaky.live(), shaky.names()) == (None, [])
    with network.failing(all_in_turn()):
        with shaky.lock():
            shaky.publish(folder)
            shaky.switch(ONE, None)
        assert (shaky.live(), shaky.names()) == (ONE, [ONE])
        shaky.fetch(ONE, tmp_path / "there" / ONE)
        with shaky.lock():
            shaky.sweep()
    assert contents(tmp_path / "there" / ONE) == contents(folder)
    assert shaky.names() == [ONE]


def test_what_builds_share_is_there_once_and_goes_with_the_last_of_them(
    cluster: Cluster, here: OpenSearchDepot, tmp_path: Path
) -> None:
    builds = [make_build(cluster, tmp_path, name, lexicon=LARGE, own=name.encode()) for name in (ONE, TWO)]
    with here.lock():
        for folder in builds:
            here.publish(folder)
        here.switch(TWO, None)
        of_one_build = 3 + 3  # the lexicon's; own, cluster.json, manifest
        assert len([*here._all_chunks()]) == of_one_build + 3
        here.discard(ONE)
        assert here.names() == [TWO]
        assert len([*here._all_chunks()]) == of_one_build
        here.discard(TWO)
        assert here.names() == [TWO], "the live one stays"
    here.fetch(TWO, tmp_path / "fetched")
    assert contents(tmp_path / "fetched") == contents(builds[1])
    with pytest.raises(IndexDamaged, match=f"no build {ONE}"):
        here.fetch(ONE, tmp_path / "gone")


def test_a_part_that_was_altered_or_lost_is_noticed(cluster: Cluster, here: OpenSearchDepot, tmp_path: Path) -> None:
    here_folder = make_build(cluster, tmp_path, ONE, lexicon=b"words")
    with here.lock():
        here.publish(here_folder)
    chunks = [*here._all_chunks()]
    path = f"/{cluster.options.prefix}-depot/_doc"
    assert len(chunks) == len(contents(here_folder))
    for each in chunks:
        cluster.request("PUT", f"{path}/{each}", {"kind": "chunk", "id": each, "data": "AAAA"})
        with pytest.raises(IndexDamaged, match="altered"):
            here.fetch(ONE, tmp_path / f"altered-{each}")
        cluster.request("DELETE", f"{path}/{each}")
        with pytest.raises(IndexDamaged, match="missing"):
            here.fetch(ONE, tmp_path / f"lost-{each}")
        for state in ("altered", "lost"):
            assert not (tmp_path / f"{state}-{each}" / MANIFEST).exists()
        with here.lock():
            here.publish(here_folder)  # mends it
    here.fetch(ONE, tmp_path / "whole")


def test_of_two_that_switch_the_second_is_told(
    cluster: Cluster, here: OpenSearchDepot, there: OpenSearchDepot, tmp_path: Path
) -> None:
    for name in (ONE, TWO, THREE):
        here.publish(make_build(cluster, tmp_path, name))
    here.switch(ONE, None)
    here.switch(TWO, ONE)
    with pytest.raises(SwitchLost, match=f"{THREE} was not made live: by now {TWO} is"):
        there.switch(THREE, ONE)
    with pytest.raises(SwitchLost):
        there.switch(THREE, None)
    assert there.live() == here.live() == TWO
    there.switch(TWO, ONE)  # it is so already
    there.switch(ONE, TWO)
    assert here.live() == ONE


def test_only_what_is_of_no_build_of_ours_is_swept_away(
    cluster: Cluster, here: OpenSearchDepot, tmp_path: Path
) -> None:
    prefix = cluster.options.prefix
    others = f"{prefix}-other-{ONE}"  # of an archive whose prefix begins like ours
    killed = f"{prefix}-{THREE}"
    for index in (others, killed):
        indexes.create(cluster, index)
    with here.lock():
        here.publish(make_build(cluster, tmp_path, ONE))
        here.sweep()
    left = {row["index"] for row in cluster.request("GET", f"/_cat/indices/{prefix}*", params={"format": "json"})}
    assert left == {f"{prefix}-depot", f"{prefix}-{ONE}", others}


def test_one_machine_writes_at_a_time(here: OpenSearchDepot, there: OpenSearchDepot) -> None:
    with here.lock(), pytest.raises(IndexBusy, match=r"process \d+ on "), there.lock():
        pass
    with there.lock():
        pass


def test_the_lock_of_a_machine_that_died_is_taken_over_and_it_is_told_when_it_comes_back(
    cluster: Cluster,
    here: OpenSearchDepot,
    there: OpenSearchDepot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lease, "LEASE_S", 0.0)
    monkeypatch.setattr(lease, "MARGIN_S", 0.0)
    monkeypatch.setattr(lease, "RENEW_S", 0.5)
    folder = make_build(cluster, tmp_path, ONE)
    with here.lock(), there.lock(), pytest.raises(IndexBusy):
        _until_busy(here, folder)
    assert there.names() == [ONE]


def _until_busy(slept: OpenSearchDepot, folder: Path) -> None:
    """Publishes until it is noticed that the lock is another's by now."""
    for _ in range(100):
        slept.publish(folder)
        time.sleep(0.05)


def test_a_lock_is_kept_up_as_long_as_it_is_held(
    here: OpenSearchDepot, there: OpenSearchDepot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE_S", 1.0)
    monkeypatch.setattr(lease, "MARGIN_S", 0.0)
    monkeypatch.setattr(lease, "RENEW_S", 0.05)
    with here.lock():
        time.sleep(1.2)
        with pytest.raises(IndexBusy), there.lock():
            pass
