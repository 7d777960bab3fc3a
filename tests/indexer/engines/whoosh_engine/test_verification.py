"""Counts that disagree are found, even where every byte is as it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.articles import ArticleColumns
from indexer.engines.whoosh_engine.postings import FieldPostings, Postings
from indexer.lexicon.vocabulary import Vocabulary
from indexer.ports import Searcher
from tests.indexer.engines.whoosh_engine import samples


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """An index of two segments, one of them with a deleted article."""
    engine = WhooshEngine()
    engine.create(tmp_path)
    with samples.small_steps() as patch:
        patch.setattr("indexer.engines.whoosh_engine.writer.choose_segments", lambda *_: [])
        samples.commit(engine, tmp_path, samples.sample(20))
        return samples.commit(engine, tmp_path, samples.sample(3, first=20), remove=["id-0004"])


def test_an_index_as_it_was_written_has_nothing_wrong(searcher: Searcher) -> None:
    assert [*searcher.verify()] == []


def test_an_empty_index_has_nothing_wrong(tmp_path: Path) -> None:
    WhooshEngine().create(tmp_path)
    assert [*WhooshEngine().searcher(tmp_path).verify()] == []


def test_a_length_that_its_postings_do_not_add_up_to_names_the_article(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = ArticleColumns.lengths
    monkeypatch.setattr(ArticleColumns, "lengths", lambda columns, field: lengths(columns, field) + 1)
    assert any("body: article id-0000 has" in problem for problem in searcher.verify())


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda it: replace(it, articles=it.articles[::-1].copy()), "are not in order"),
        (lambda it: replace(it, articles=it.articles + np.uint16(100)), "an article that is not there"),
        (lambda it: replace(it, frequencies=it.frequencies[1:]), "not of one length"),
        (lambda it: replace(it, positions=None if it.positions is None else it.positions[1:]), "not one position"),
    ],
)
def test_postings_that_cannot_be_right_are_found(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, spoil: object, problem: str
) -> None:
    whole = FieldPostings.slice

    def spoilt(postings: FieldPostings, first: int, last: int) -> Postings:
        return spoil(whole(postings, first, last))  # type: ignore[operator,no-any-return]

    monkeypatch.setattr(FieldPostings, "slice", spoilt)
    assert any(problem in told for told in searcher.verify())


def test_terms_that_are_not_in_order_are_found(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vocabulary, "__iter__", lambda _: iter([b"b", b"a"]))
    assert any("words are not in order" in problem for problem in searcher.verify())


def test_two_articles_of_one_id_are_found(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ArticleColumns, "all_ids", lambda columns: ["x"] * columns.size)
    assert any("have one id" in problem for problem in searcher.verify())


def test_an_order_by_date_that_leaves_somebody_out_is_found(searcher: Searcher) -> None:
    columns = searcher._views[0].columns  # type: ignore[attr-defined]
    columns.newest = np.zeros_like(columns.newest)
    assert any("newest" in problem for problem in searcher.verify())
