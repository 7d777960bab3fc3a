"""What is sent to the cluster and what comes back: pure functions."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import facets
from indexer.documents import PASSAGE_BREAK, to_document
from indexer.engines.opensearch_engine.client import ClusterOptions
from indexer.engines.opensearch_engine.mapping import (
    index_body,
    pack_path,
    to_article,
    to_holding,
    to_source,
    unpack_path,
)
from indexer.model import Article, Author, Caption, Stamp
from indexer.ports import Holding

VIETNAM = timezone(timedelta(hours=7))

ARTICLE = Article(
    id="tin/1",
    title="Mưa lớn ở Huế",
    lead="Nước lên nhanh.",
    paragraphs=("Đường ngập.", "Chợ nghỉ."),
    captions=(Caption("Chợ Đông Ba", "Thu Hòa"),),
    authors=(Author("Thu Hòa", "thu hoà"),),
    published=Stamp(datetime(2020, 7, 1, 10, 7, tzinfo=VIETNAM)),
    section="Xã hội",
)

BODY_OF_INDEX = index_body(ClusterOptions(("http://a:1",), shards=3, replicas=2))


@pytest.mark.parametrize("article", [ARTICLE, Article("b", "Không ngày")], ids=["full", "bare"])
def test_an_article_comes_back_as_it_was_and_no_field_is_strange_to_the_index(article: Article) -> None:
    source = to_source(to_document(article, "a.txt", "d"))
    assert source.keys() <= BODY_OF_INDEX["mappings"]["properties"].keys()
    assert to_article(json.loads(json.dumps(source))) == article
    assert to_holding(source) == Holding("a.txt", "d")


def test_the_fields_of_a_date_are_parts_of_its_moment() -> None:
    source = to_source(to_document(ARTICLE, "a.txt", "d"))
    assert (source["moment"], source["day"]) == (20200701100700, 20200701)
    assert [source[facet] for facet in (facets.YEAR, facets.MONTH)] == [["2020"], ["2020-07"]]
    undated = to_source(to_document(replace(ARTICLE, published=None), "a.txt", "d"))
    assert undated["moment"] == 0
    assert "day" not in undated
    assert not undated.get(facets.YEAR)


def test_tokens_are_sent_as_they_are_and_breaks_have_no_length() -> None:
    document = to_document(ARTICLE, "a.txt", "d")
    source = to_source(document)
    assert tuple(source["body"].split(" ")) == document.body
    assert PASSAGE_BREAK in source["body"]
    assert source["body_length"] == len(document.body) - document.body.count(PASSAGE_BREAK)


def test_shards_and_replicas_are_as_set() -> None:
    index = BODY_OF_INDEX["settings"]["index"]
    assert (index["number_of_shards"], index["number_of_replicas"]) == (3, 2)


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
def test_any_path_a_disk_may_have_can_be_sent_and_comes_back(raw: bytes) -> None:
    path = os.fsdecode(raw)
    packed = pack_path(path)
    packed.encode()  # JSON in UTF-8
    assert unpack_path(packed) == path
