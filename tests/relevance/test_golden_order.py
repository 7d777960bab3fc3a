"""The judged queries over the sample archive (README.md says how they were graded): the right articles, in order."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from indexer.archive import Archive
from indexer.model import SearchRequest
from tests.relevance.judgements import read_qrels, read_queries
from tests.relevance.measures import ndcg

HERE = Path(__file__).parent
QUERIES = read_queries(HERE / "queries.tsv")
QRELS = read_qrels(HERE / "qrels.tsv")

MUST = 2
"""The lowest grade of an article that must be found."""

FLOOR = 0.97
"""The mean nDCG@10 of the set may not fall below this: an article graded 1 may stand out of order here and there."""


def ranking(archive: Archive, text: str) -> list[str]:
    return [hit.id for hit in archive.search(SearchRequest(text, page_size=100)).hits]


@pytest.mark.parametrize("name", QUERIES)
def test_articles_that_must_be_found_come_first_in_the_order_of_their_grades(
    sample_archive: Archive, name: str
) -> None:
    found, grades = ranking(sample_archive, QUERIES[name]), QRELS[name]
    must = {article for article, grade in grades.items() if grade >= MUST}
    assert must <= set(found), f"{QUERIES[name]} does not find {sorted(must - set(found))}"
    last = max(found.index(article) for article in must)
    top = [(grades.get(article, 0), article) for article in found[: last + 1]]
    assert top == sorted(top, key=lambda graded: -graded[0]), QUERIES[name]


def test_the_order_as_a_whole_is_close_to_the_best_one(sample_archive: Archive) -> None:
    reached = {name: ndcg(ranking(sample_archive, text), QRELS[name], 10) for name, text in QUERIES.items()}
    worst = sorted(reached.items(), key=lambda item: item[1])[:10]
    assert mean(reached.values()) >= FLOOR, worst


def test_the_set_is_sound(sample_archive: Archive) -> None:
    assert len(QUERIES) >= 60
    assert QUERIES.keys() == QRELS.keys()
    for name, grades in QRELS.items():
        assert max(grades.values()) in (MUST, 3), f"{name}: nothing must be found"
        assert all(grade <= 3 for grade in grades.values()), name
        for article in grades:
            assert sample_archive.article(article), f"{name}: the archive does not hold {article}"
