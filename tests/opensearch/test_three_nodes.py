"""Three nodes of which one is lost, or all are busy: readers get right answers, and every article is there."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from indexer import bootstrap
from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine, client, writer
from indexer.errors import ClusterAway
from indexer.model import SearchRequest
from indexer.reports import Step
from indexer.settings import Settings
from tests.conftest import settings_in
from tests.opensearch import articles
from tests.opensearch.nodes import Cluster, ask

pytestmark = pytest.mark.opensearch

BEFORE, ADDED = 100, 2000

SYLLABLES = "thuyền bến cá thu khoang đầy sớm nay lưới biển sóng xóm chợ nắng mưa gió sông đồng lúa vườn".split()


def write_articles(path: Path, numbers: range) -> None:
    """All of them of boats and quays, and no two alike, or staff would be told of thousands of copies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for number in numbers:
            text = " ".join(random.Random(number).choices(SYLLABLES, k=40))
            file.write(json.dumps({"id": f"t{number}", "title": "Thuyền về bến", "body": text}) + "\n")


@dataclass
class Reader:
    """Somebody who searches again and again: how many articles each whole answer had.

    That there is none for a while, as long as the client tries other nodes, is no wrong answer; nor is one that says
    itself that it is partial, as at the moment when a node goes.
    """

    settings: Settings
    totals: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def searching(self) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=self._search, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _search(self, stop: threading.Event) -> None:
        archive = bootstrap.live_archive(self.settings)
        while not stop.wait(0.02):
            try:
                page = archive().search(SearchRequest("thuyền bến", page_size=20))
            except ClusterAway:
                continue
            except Exception as error:
                self.wrong.append(repr(error))
                return
            if page.is_partial:
                continue
            self.totals.append(page.total)
            if len(page.hits) != 20:
                self.wrong.append(f"{len(page.hits)} hits of {page.total}")


def test_a_node_that_is_lost_while_articles_come_in_costs_nobody_an_article(
    three_nodes: Cluster, tmp_path: Path
) -> None:
    here = settings_in(
        tmp_path,
        build_workers=1,
        engine="opensearch",
        opensearch_url=",".join(three_nodes.urls),
        opensearch_shards=2,
        opensearch_replicas=1,
    )
    there = Reader(replace(here, index_dir=tmp_path / "there"))
    write_articles(here.seeds_dir / "before.jsonl", range(BEFORE))
    bootstrap.index(here)
    three_nodes.wait_for("green")
    write_articles(here.seeds_dir / "added.jsonl", range(BEFORE, BEFORE + ADDED))
    lost = threading.Event()

    def lose_a_node(step: Step) -> None:
        if step.articles > ADDED // 2 and not lost.is_set():
            lost.set()
            three_nodes.kill(1)

    with there.searching():
        report = bootstrap.index(here, progress=lose_a_node)
        wait_until(lambda: BEFORE + ADDED in there.totals[-1:])
    assert lost.is_set()
    assert (len(report.new), report.articles, report.rejected) == (ADDED, BEFORE + ADDED, ())
    assert there.wrong == []
    assert {*there.totals} == {BEFORE, BEFORE + ADDED}
    assert there.totals == sorted(there.totals), "nobody went back to the build before"

    three_nodes.restart(1)
    three_nodes.wait_for("green")
    searcher = bootstrap.open_searcher(here)
    assert [*searcher.verify()] == []
    assert sorted(searcher.ids()) == sorted(f"t{number}" for number in range(BEFORE + ADDED))


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_three_nodes_go_on_without_one_and_it_returns_with_its_data(three_nodes: Cluster) -> None:
    shards = {"settings": {"number_of_shards": 3, "number_of_replicas": 0}}
    three_nodes.ask("/alone", "PUT", shards)  # a shard a node, and nobody has a copy
    for i in range(30):
        three_nodes.ask(f"/alone/_doc/{i}", "PUT", {"n": i})
    three_nodes.kill(1)
    three_nodes.ask("/_cluster/health?wait_for_nodes=2")
    assert ask(three_nodes.urls[2], "/_cat/nodes?format=json", "GET")[1:], "the other two still know each other"
    three_nodes.restart(1)
    three_nodes.wait_for("green")
    three_nodes.ask("/alone/_refresh", "POST")
    assert three_nodes.ask("/alone/_count") == {
        "count": 30,
        "_shards": {"total": 3, "successful": 3, "skipped": 0, "failed": 0},
    }


# -- more to write than there is room for in the queues of the nodes


@contextmanager
def crowd(three_nodes: Cluster, is_enough: Callable[[], bool]) -> Iterator[None]:
    """Others who write into the same cluster as fast as they can, whatever they are told, until it is enough."""
    lines = [{"index": {}}, {"n": 1}] * 500
    body = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    three_nodes.ask("/crowd", "PUT", {"settings": {"number_of_shards": 3, "number_of_replicas": 0}})
    over = threading.Event()

    def write(url: str) -> None:
        place = urlsplit(url)
        while not (over.is_set() or is_enough()):
            connection = HTTPConnection(place.netloc, timeout=30)
            connection.request("POST", "/crowd/_bulk", body, {"Content-Type": "application/x-ndjson"})
            connection.getresponse().read()
            connection.close()

    threads = [threading.Thread(target=write, args=(url,)) for url in three_nodes.urls * 2]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def turned_away(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The status of each request of ours that has to be sent again."""
    statuses: list[int] = []

    class Noting(client.Patience):
        def wait(self, failure: client.TryAgain) -> None:
            statuses.append(failure.status)
            super().wait(failure)

    monkeypatch.setattr(client, "Patience", Noting)
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(client, "LONGEST_WAIT_S", 0.1)
    return statuses


def test_articles_get_in_although_the_queues_of_the_nodes_are_full(
    three_nodes: Cluster, tmp_path: Path, turned_away: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "BATCH_ARTICLES", 20)
    documents = articles.sample(600)
    engine = OpenSearchEngine(ClusterOptions(tuple(three_nodes.urls), prefix="full", shards=3, replicas=0))
    engine.create(tmp_path)
    writing = engine.writer(tmp_path)
    with crowd(three_nodes, lambda: turned_away.count(client.BUSY) >= 10):
        for document in documents:
            writing.add(document)
        assert writing.commit() == ()
    assert turned_away.count(client.BUSY) >= 10, "queues were hardly ever full"
    searcher = engine.searcher(tmp_path)
    assert sorted(searcher.ids()) == [each.article.id for each in documents]
    assert [*searcher.verify()] == []
