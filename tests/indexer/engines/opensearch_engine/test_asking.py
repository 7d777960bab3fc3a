"""What the searcher asks a cluster that is played by the test: partial answers are told, articles fetched together."""

from __future__ import annotations

import time
from typing import Any

import pytest

from indexer.budget import UNLIMITED, Budget
from indexer.documents import to_document
from indexer.engines.opensearch_engine import articles, questions
from indexer.engines.opensearch_engine.articles import Articles
from indexer.engines.opensearch_engine.client import Cluster, ClusterOptions
from indexer.engines.opensearch_engine.mapping import to_source
from indexer.engines.opensearch_engine.questions import LEAST_MS, Questions
from indexer.errors import IndexDamaged
from indexer.model import Article
from tests.indexer.engines.opensearch_engine.scripted import Answer, Scripted

WHOLE: dict[str, Any] = {"timed_out": False, "_shards": {"total": 2, "failed": 0}, "hits": {}}


def told(*answers: Answer) -> tuple[Cluster, Scripted]:
    script = Scripted([*answers])
    return Cluster(ClusterOptions(("http://one:9200",)), script), script


# -- searches within a budget


LATE: dict[str, Any] = {**WHOLE, "timed_out": True}
LACKING: dict[str, Any] = {**WHOLE, "_shards": {"total": 2, "failed": 1}}


@pytest.mark.parametrize(("answer", "times"), [(LATE, 1), (LACKING, 2)], ids=["late", "shard"])
def test_what_a_shard_did_not_tell_in_time_makes_the_whole_answer_partial(
    answer: dict[str, Any], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ANOTHER_COPY_S", 0.001)
    cluster, _ = told(*({"responses": [WHOLE, answer]} for _ in range(times)), {"responses": [WHOLE]})
    asked = Questions(cluster, "a", UNLIMITED)
    asked.ask([{}, {}])
    assert asked.is_partial
    asked.ask([{}])
    assert asked.is_partial, "a later answer that is whole does not mend it"


def test_where_a_shard_is_lost_another_copy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "ANOTHER_COPY_S", 0.001)
    cluster, script = told({"responses": [LACKING]}, {"responses": [WHOLE]})
    asked = Questions(cluster, "a", UNLIMITED)
    assert asked.ask([{}]) == [WHOLE]
    assert not asked.is_partial
    assert len(script.requests) == 2


def test_the_cluster_is_told_what_is_left_of_the_budget() -> None:
    cluster, script = told({"responses": [WHOLE]})
    for budget in (UNLIMITED, Budget(0.0), Budget(100.0)):
        Questions(cluster, "a", budget).ask([{"size": 1}])
    unlimited, spent, ample = (lines[1].get("timeout") for lines in script.bodies)
    assert unlimited is None
    assert spent == f"{LEAST_MS}ms"
    assert 90_000 < int(ample.removesuffix("ms")) <= 100_000


def test_time_spent_waiting_for_the_cluster_is_spent() -> None:
    def slow(_: object) -> dict[str, Any]:
        time.sleep(0.05)
        return {"responses": [WHOLE]}

    cluster, script = told(slow)
    asked = Questions(cluster, "a", Budget(10.0))
    for _ in range(2):
        asked.ask([{}])
    first, second = (int(lines[1]["timeout"].removesuffix("ms")) for lines in script.bodies)
    assert second <= first - 50


# -- articles


def stored(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """All articles are there but `z`."""
    return {"docs": [_doc(article_id) for article_id in lines[0]["ids"]]}


def _doc(article_id: str) -> dict[str, Any]:
    source = to_source(to_document(Article(article_id, "Tin"), "/a", "d"))
    return {"_id": article_id, "found": article_id != "z", "_source": source}


def asked(script: Scripted) -> list[list[str]]:
    return [lines[0]["ids"] for lines in script.bodies]


def test_articles_of_a_page_are_fetched_with_the_first_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "TOGETHER", 3)
    cluster, script = told(stored)
    held = Articles(cluster, "a")
    held.expect(["a", "b", "c", "d", "e"])
    assert script.requests == [], "a page of which only the ids are wanted costs nothing"
    assert [article and article.id for article in map(held.get, "abcdez")] == ["a", "b", "c", "d", "e", None]
    assert asked(script) == [["a", "b", "c"], ["d", "e"], ["z"]]


def test_an_article_that_cannot_be_read_is_told_by_its_id() -> None:
    cluster, _ = told({"docs": [{"_id": "a", "found": True, "_source": {"article": {}}}]})
    with pytest.raises(IndexDamaged, match="the article a in the index news cannot be read"):
        Articles(cluster, "news").get("a")
