"""The inversion in bulk gives the postings that going through the texts word by word gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents import PASSAGE_BREAK
from indexer.engines.whoosh_engine.inversion import MOST_TERMS, invert, term_ranges
from indexer.engines.whoosh_engine.postings import join
from indexer.engines.whoosh_engine.segment import WORDS
from indexer.querying.plan import BODY, TITLE
from tests.indexer.engines.whoosh_engine.samples import document, expected, listed, small_steps, write_segment


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    with small_steps():
        yield


NO_TERM = -1
TERMS = 12
TEXTS = st.lists(st.lists(st.integers(NO_TERM, TERMS - 1), max_size=15), min_size=1, max_size=8)


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_every_term_lists_its_articles_and_places(texts: list[list[int]], positions: bool) -> None:
    terms = np.array([term for text in texts for term in text], np.int32)
    postings = join(invert(terms, np.array(list(map(len, texts))), TERMS, positions=positions))
    wanted = expected([[PASSAGE_BREAK if term == NO_TERM else str(term) for term in text] for text in texts])
    entries = [entry for term in range(TERMS) for entry in wanted.get(str(term), ())]
    assert np.diff(postings.begins).tolist() == [len(wanted.get(str(term), ())) for term in range(TERMS)]
    assert postings.articles.tolist() == [article for article, _, _ in entries]
    assert postings.frequencies.tolist() == [frequency for _, frequency, _ in entries]
    if positions:
        assert postings.positions is not None
        assert postings.positions.tolist() == [place for _, _, places in entries for place in places]
    else:
        assert postings.positions is None


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 40))
def test_ranges_of_terms_follow_each_other_and_stay_small(counts: list[int], most: int) -> None:
    ranges = list(term_ranges(np.array(counts, np.int64), most))
    assert [number for first, last in ranges for number in range(first, last)] == list(range(len(counts)))
    for first, last in ranges:
        assert last - first <= MOST_TERMS
        assert sum(counts[first:last]) <= most or last - first == 1


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from(["xây", "dựng", "¶", "đảng"]), max_size=9), min_size=2, max_size=6))
def test_a_segment_holds_what_its_articles_hold(texts: list[list[str]]) -> None:
    titles, bodies = texts, list(reversed(texts))
    documents = [
        document(str(number), " ".join(title), " ".join(body))
        for number, (title, body) in enumerate(zip(titles, bodies, strict=True))
    ]
    with TemporaryDirectory() as name:
        segment = write_segment(Path(name), "s", documents)
        words = list(segment.vocabularies[WORDS])
        assert listed(segment.postings[TITLE], words) == expected(titles)
        assert listed(segment.postings[BODY], words) == expected(bodies)


@pytest.mark.parametrize("length", [65_535, 65_536, 70_000])
def test_an_article_may_be_longer_than_positions_of_16_bits(tmp_path: Path, length: int) -> None:
    body = ["đầu", *["giữa"] * (length - 2), "cuối"]
    segment = write_segment(tmp_path, "s", [document("short", "", "đầu"), document("long", "", " ".join(body))])
    found = listed(segment.postings[BODY], list(segment.vocabularies[WORDS]))
    assert found == expected([["đầu"], body])
