"""The postings of pairs say which articles hold two words side by side, as counting neighbours does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.whoosh_engine import pairs
from indexer.engines.whoosh_engine.pairs import COMMON
from indexer.engines.whoosh_engine.segment import WORDS, Segment
from indexer.querying.plan import BODY, TITLE
from tests.indexer.engines.whoosh_engine.samples import document, documents, sample, small_steps, write_segment

Neighbours = dict[tuple[str, str], dict[int, int]]
"""Left and right word -> article -> how often."""


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    with small_steps():
        yield


def kept(segment: Segment, field: str) -> Neighbours:
    """All pairs of words that the segment keeps."""
    field_pairs = segment.pairs[field]
    words = {
        number: word.decode() for number, word in enumerate(segment.vocabularies[WORDS]) if field_pairs.has(number)
    }
    found: Neighbours = {}
    for left, left_word in words.items():
        for right, right_word in words.items():
            for pair in field_pairs.find([left], [right]):
                postings = field_pairs.postings
                counts = zip(postings.articles(pair).tolist(), postings.frequencies(pair).tolist(), strict=True)
                found[left_word, right_word] = dict(counts)
    return found


def neighbours(texts: list[tuple[str, ...]], words: set[str]) -> Neighbours:
    found: Neighbours = {}
    for article, text in enumerate(texts):
        for pair, count in Counter(pairwise(text)).items():
            if {*pair} <= words:
                found.setdefault(pair, {})[article] = count
    return found


@settings(deadline=None, max_examples=50)
@given(documents())
def test_pairs_are_the_neighbours_in_the_texts(written: list[Document]) -> None:
    """In a title all of them; in a body those of two words that each stand in more than a COMMON part of the articles.
    None reaches over the end of a passage or of an article."""
    titles, bodies = [each.title for each in written], [each.body for each in written]
    holding = Counter(word for each in written for word in {*each.title, *each.body})
    common = {word for word, count in holding.items() if count > COMMON * len(written)} - {PASSAGE_BREAK}
    with TemporaryDirectory() as name:
        segment = write_segment(Path(name), "s", written)
        assert kept(segment, TITLE) == neighbours(
            titles, {word for title in titles for word in title} - {PASSAGE_BREAK}
        )
        assert kept(segment, BODY) == neighbours(bodies, common)


def test_several_spellings_are_looked_up_at_once(tmp_path: Path) -> None:
    segment = write_segment(tmp_path, "s", [document("a", "", "mưa to mua to"), document("b", "", "mua rẻ")])
    number = {word.decode(): place for place, word in enumerate(segment.vocabularies[WORDS])}
    found = segment.pairs[BODY].find([number["mưa"], number["mua"]], [number["to"], number["rẻ"]])
    assert len(found) == 3


def test_a_small_segment_keeps_pairs_of_titles_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "FEW_ARTICLES", 10)
    small = write_segment(tmp_path, "small", sample(9))
    assert kept(small, TITLE)
    assert not kept(small, BODY)
    assert kept(write_segment(tmp_path, "large", sample(10)), BODY)
