"""Counts that disagree are found, even where every byte is as it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.articles import ArticleColumns
from indexer.engines.whoosh_engine.postings import FieldPostings, Postings
from indexer.engines.whoosh_engine.searcher import WhooshSearcher
from indexer.errors import IndexDamaged
from tests.indexer.engines.whoosh_engine import samples


@pytest.fixture
def searcher(tmp_path: Path) -> WhooshSearcher:
    """An index of two segments, one with a deleted article."""
    engine = WhooshEngine()
    engine.create(tmp_path)
    for documents in samples.DOCUMENTS:
        writer = engine.writer(tmp_path)
        for document in documents:
            writer.add(document)
        writer.commit()
    return engine.searcher(tmp_path)


def test_an_index_as_it_was_written_has_nothing_wrong(searcher: WhooshSearcher) -> None:
    assert [*searcher.verify()] == []
