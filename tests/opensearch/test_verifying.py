"""What `khobao check` finds out about an index in a cluster that somebody else wrote into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.engines.opensearch_engine import ClusterOptions, OpenSearchEngine
from indexer.engines.opensearch_engine.client import Cluster
from indexer.engines.opensearch_engine.mapping import to_source
from indexer.engines.opensearch_engine.reference import read_reference
from tests.indexer.engines.whoosh_engine import samples
from tests.opensearch import articles

pytestmark = pytest.mark.opensearch

DOCUMENTS = articles.sample(30)
FIRST = DOCUMENTS[0]


class Vandal:
    """Writes into an index behind our back."""

    def __init__(self, options: ClusterOptions, folder: Path) -> None:
        self._cluster, self._index = Cluster(options), read_reference(folder).index
        self._cluster.request("PUT", f"/{self._index}/_settings", {"index.blocks.write": False})

    def put(self, article_id: str, source: dict[str, Any]) -> None:
        self._cluster.request("PUT", f"/{self._index}/_doc/{article_id}", source, params={"refresh": "true"})

    def remove(self, article_id: str) -> None:
        self._cluster.request("DELETE", f"/{self._index}/_doc/{article_id}", params={"refresh": "true"})


@pytest.fixture
def options(cluster_url: str, index_prefix: str) -> ClusterOptions:
    return ClusterOptions((cluster_url,), prefix=index_prefix, replicas=0)


@pytest.fixture
def vandal(options: ClusterOptions, tmp_path: Path) -> Vandal:
    engine = OpenSearchEngine(options)
    engine.create(tmp_path)
    samples.commit(engine, tmp_path, DOCUMENTS)
    assert problems(options, tmp_path) == []
    return Vandal(options, tmp_path)


def problems(options: ClusterOptions, folder: Path) -> list[str]:
    return [*OpenSearchEngine(options).searcher(folder).verify()]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title_length", 99, "title_length says [99]"),
        ("author", ["ai đó"], "author says ['ai đó']"),
        ("year", ["1887"], "year says ['1887']"),
        ("article", {"id": 1}, "cannot be read"),
        ("id", "id-0001", "id says ['id-0001'] instead of ['id-0000']"),
    ],
)
def test_a_field_that_says_something_else_than_the_article_is_told(
    vandal: Vandal, options: ClusterOptions, tmp_path: Path, field: str, value: object, told: str
) -> None:
    vandal.put("id-0000", {**to_source(FIRST), field: value})
    (problem,) = problems(options, tmp_path)
    assert "article id-0000" in problem
    assert told in problem


def test_words_that_are_not_those_of_the_lexicon_are_told(
    vandal: Vandal, options: ClusterOptions, tmp_path: Path
) -> None:
    vandal.put("id-0000", {**to_source(FIRST), "title": "lạ", "body": "lạ"})
    told = problems(options, tmp_path)
    assert len(told) == len({*FIRST.title, *FIRST.body} - {"¶"})


def test_an_article_that_was_taken_out_or_put_in_is_told(
    vandal: Vandal, options: ClusterOptions, tmp_path: Path
) -> None:
    vandal.put("other", to_source(FIRST))
    assert any("is kept under the id other" in problem for problem in problems(options, tmp_path))
    vandal.remove("other")
    vandal.remove("id-0001")
    assert "holds 29 articles, the words beside it are those of 30" in problems(options, tmp_path)[0]
