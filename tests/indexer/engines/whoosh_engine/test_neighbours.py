"""How often words stand side by side: as counting neighbours in the texts says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings

from indexer.array_file import Array, ArrayFile
from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.merging import Part, merge_segments
from indexer.engines.whoosh_engine.segment import WORDS, Segment
from indexer.lexicon import neighbours
from indexer.lexicon.neighbours import SELDOM
from indexer.ports import Company
from tests.indexer.engines.whoosh_engine.samples import (
    answers,
    commit,
    document,
    documents,
    sample,
    small_steps,
    write_segment,
)


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    with small_steps():
        yield


def kept(segment: Segment) -> Counter[tuple[str, str]]:
    """All pairs that the segment keeps, with their counts."""
    words = [word.decode() for word in segment.vocabularies[WORDS]]
    counts = segment.neighbours.count(range(len(words)), range(len(words)))
    rows, columns = np.nonzero(counts)
    found = {
        (words[row], words[column]): int(counts[row, column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    }
    return Counter(found)


def counted(written: Iterable[Document]) -> Counter[tuple[str, str]]:
    texts = [text for each in written for text in (each.title, each.body)]
    return Counter(pair for text in texts for pair in pairwise(text) if PASSAGE_BREAK not in pair)


@settings(deadline=None, max_examples=100)
@given(documents())
def test_pairs_are_counted_as_they_stand_in_the_texts(written: list[Document]) -> None:
    """None reaches over the end of a passage, of a title or of an article."""
    with TemporaryDirectory() as name:
        segment = write_segment(Path(name), "s", written)
        expected = counted(written)
        assert kept(segment) == expected
        assert len(segment.neighbours) == len(expected)
        for number, word in enumerate(segment.vocabularies[WORDS]):
            after = [count for (left, _), count in expected.items() if left == word.decode()]
            before = sum(right == word.decode() for _, right in expected)
            assert segment.neighbours.company(number) == Company(sum(after), len(after), before)


def test_a_large_segment_leaves_out_what_is_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "ALL_KEPT", 99)
    monkeypatch.setattr(neighbours, "MOST_COMMON", 3)
    small, large = sample(99), sample(100)
    assert kept(write_segment(tmp_path, "small", small)) == counted(small)
    often = {pair: count for pair, count in counted(large).items() if count > SELDOM}
    assert kept(write_segment(tmp_path, "large", large)) == often
    assert len(often) < len(counted(large))


def test_merged_counts_are_summed_and_deleted_articles_no_longer_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is seldom in each of two large segments is left out, though together it might not be."""
    monkeypatch.setattr(neighbours, "ALL_KEPT", 3)
    first = [document(str(number), "mưa to", "mưa rẻ" if number < SELDOM else "") for number in range(6)]
    second = [document(str(number), "to mưa", "mưa rẻ" if number < SELDOM else "mưa to") for number in range(6, 11)]
    is_left = np.array([False, *[True] * 5])
    parts = [
        Part(write_segment(tmp_path, "first", first), is_left),
        Part(write_segment(tmp_path, "second", second), np.ones(5, bool)),
    ]
    merge_segments(parts, tmp_path, "merged")
    assert kept(Segment(tmp_path, "merged")) == {("mưa", "to"): 5 + 5, ("to", "mưa"): 5}


def test_nothing_of_it_is_read_before_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a large table, and most searches need nothing of it."""
    engine, read = WhooshEngine(), set()
    engine.create(tmp_path)
    commit(engine, tmp_path, sample(20))
    part = ArrayFile.part

    def watched(file: ArrayFile, name: str, start: int, stop: int) -> Array:
        read.add(name.partition(".")[0])
        return part(file, name, start, stop)

    monkeypatch.setattr(ArrayFile, "part", watched)
    searcher = engine.searcher(tmp_path)
    answers(searcher)
    assert "body" in read
    assert "neighbours" not in read
    searcher.lexicon.company("mưa")
    assert "neighbours" in read
