"""A lexicon in parts says what counting the articles that are left says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.names import Names
from indexer.analysis.syllables import fold
from indexer.author_merges import NO_MERGES, read_merges
from indexer.documents import PASSAGE_BREAK, Document
from indexer.engines.memory import MemoryLexicon
from indexer.errors import IndexDamaged
from indexer.lexicon import counts, neighbours, parts
from indexer.lexicon.parts import PartBuilder, check_parts, merge_parts, open_parts
from indexer.model import Article, Author
from indexer.ports import Lexicon

WORDS = "xây dựng đảng đang dang xay mưa mua mùa hoà 2020 covid-19 đ z".split()
COMPOUNDS = "xây_dựng hoà_bình mùa_mưa đang_mua".split()
PERSONS, PLACES = ("Trần Văn Sáu", "Hòa Bình", "Xây Dựng"), ("Hòa Bình", "Đà Lạt", "Đang Mưa")
AUTHORS = (Author("Đình Lâm", "đình lâm"), Author("ĐÌNH LÂM", "đình lâm"), Author("Thu Hòa", "thu hoà"))
TERMS = (*WORDS, "vắng", PASSAGE_BREAK)


def some(values: Sequence[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


DOCUMENTS = st.builds(
    lambda authors, title, body, compounds, names: Document(
        Article("", "", authors=authors), "", "", title, body, compounds, names
    ),
    st.lists(st.sampled_from(AUTHORS), max_size=2).map(tuple),
    some([*WORDS, PASSAGE_BREAK], 5),
    some([*WORDS, PASSAGE_BREAK], 12),
    some(COMPOUNDS, 3),
    st.builds(
        lambda people, places: Names(tuple({*people} - {*places}), tuple({*places})),
        some(PERSONS, 2),
        some(PLACES, 2),
    ),
)
RUNS = st.lists(st.tuples(st.lists(DOCUMENTS, max_size=5), st.lists(st.integers(0, 99), max_size=4)), max_size=5)
"""Run after run, what is added, and which of the articles that are there are removed before."""


@contextmanager
def small_steps(memory: int = 10**9) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "PAIRS_AT_ONCE", 4)
        patch.setattr(parts, "MEMORY", memory)
        patch.setattr(parts, "MOST_PARTS", 2)
        yield


def write(folder: Path, added: Iterable[Document], removed: Iterable[Document] = ()) -> Path:
    builder = PartBuilder()
    for each in removed:
        builder.remove(each)
    for each in added:
        builder.add(each)
    return builder.write(folder)


def after(folder: Path, runs: list[tuple[list[Document], list[int]]], *, merged: bool) -> list[Document]:
    """The articles that are left when the runs have written their parts."""
    left: list[Document] = []
    for added, removed in runs:
        gone = [left.pop(number % len(left)) for number in removed if left]
        write(folder, added, gone)
        left += added
        if merged:
            merge_parts(folder)
    return left


@settings(deadline=None, max_examples=60)
@given(RUNS, st.booleans(), st.sampled_from([1, 3000, 10**9]))
def test_parts_say_what_the_articles_say_that_are_left(
    runs: list[tuple[list[Document], list[int]]], merged: bool, memory: int
) -> None:
    """After additions, removals and merges, however little memory there is for counting."""
    with TemporaryDirectory() as name, small_steps(memory):
        left = after(Path(name), runs, merged=merged)
        found, expected = open_parts(Path(name)), MemoryLexicon(left)
        assert_same(found, expected)
        everything = MemoryLexicon(document for added, _ in runs for document in added)
        for term in TERMS:
            lowest, company, highest = (each.company(term) for each in (expected, found, everything))
            assert company.followed == lowest.followed
            if expected.frequency(term):
                assert (lowest.followers > 0) <= company.followers <= highest.followers
                assert (lowest.predecessors > 0) <= company.predecessors <= highest.predecessors
            else:
                assert company == lowest
        assert 1 <= found.distinct_pairs() <= everything.distinct_pairs()


def assert_same(found: Lexicon, expected: Lexicon) -> None:
    assert found.article_count() == expected.article_count()
    assert dict(found.author_names()) == dict(expected.author_names())
    assert dict(found.author_keys()) == dict(expected.author_keys())
    assert found.pair_counts(TERMS, TERMS).tolist() == expected.pair_counts(TERMS, TERMS).tolist()
    for compound in (*COMPOUNDS, "vắng_mặt"):
        assert found.compound_frequency(compound) == expected.compound_frequency(compound)
    for term in TERMS:
        assert found.frequency(term) == expected.frequency(term)
        assert found.spellings(fold(term)) == expected.spellings(fold(term))
    for prefix in ("", "d", "da", "x", "xay", "hoa b", "\ud800"):
        assert found.beginning_with(prefix) == expected.beginning_with(prefix)
        for limit in (1, 2, 99):
            assert found.completions(prefix, limit) == expected.completions(prefix, limit)
