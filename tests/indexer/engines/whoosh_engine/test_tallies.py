"""Facets are counted over all segments at once, as counting article by article does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents import Document
from indexer.engines.whoosh_engine.tallies import Tallies
from indexer.engines.whoosh_engine.view import SegmentView
from indexer.querying.plan import TEXT_FIELDS
from tests.indexer.engines.whoosh_engine.samples import documents, write_segment


@settings(deadline=None, max_examples=60)
@given(st.lists(documents(), max_size=3), st.data())
def test_authors_months_and_years_are_counted(segments: list[list[Document]], data: st.DataObject) -> None:
    """An author counts once an article, however often and in whatever spelling the byline names him."""
    with TemporaryDirectory() as name:
        views = [
            SegmentView(
                write_segment(Path(name), f"s{place}", held), np.ones(len(held), bool), dict.fromkeys(TEXT_FIELDS, 1.0)
            )
            for place, held in enumerate(segments)
        ]
        tallies = Tallies(views)
        chosen = [sorted(data.draw(st.sets(st.integers(0, len(held) - 1)))) for held in segments]
        articles = tallies.number([np.array(each, np.intp) for each in chosen])
        picked = [held[number].article for held, each in zip(segments, chosen, strict=True) for number in each]
        days = [article.published.day for article in picked if article.published]
        months = tallies.count_months(articles)
        assert tallies.count_authors(articles) == Counter(
            key for each in picked for key in {a.key for a in each.authors}
        )
        assert tallies.by_month(months) == Counter(f"{day:%Y-%m}" for day in days)
        assert tallies.by_year(months) == Counter(f"{day:%Y}" for day in days)
