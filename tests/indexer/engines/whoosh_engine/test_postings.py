"""Postings survive the file: frequencies of any size, positions, and titles that lie over the bodies' postings."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.array_file import starts_of
from indexer.engines.whoosh_engine.articles import ArticleRow
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, FieldPostings, Postings, join
from indexer.engines.whoosh_engine.segment import WORDS, Segment, SegmentWriter
from indexer.querying.plan import BODY, TITLE
from indexer.ranking import COMPOUNDS

Lists = list[dict[int, int]]
"""For each term: article -> frequency."""

ARTICLES = st.integers(0, 9) | st.sampled_from([255, 256, SEGMENT_LIMIT - 1])
FREQUENCIES = st.integers(1, 3) | st.sampled_from([254, 255, 256, 700])
TERMS = 4
LISTS = st.lists(st.dictionaries(ARTICLES, FREQUENCIES, max_size=4), min_size=TERMS, max_size=TERMS)


def postings_of(lists: Lists) -> Postings:
    """Positions run on from posting to posting, so that a wrong place would show."""
    flat = [entry for entries in lists for entry in sorted(entries.items())]
    frequencies = np.array([frequency for _, frequency in flat], np.uint32)
    return Postings(
        starts_of(np.array([len(entries) for entries in lists])),
        np.array([article for article, _ in flat], np.uint16),
        frequencies,
        np.arange(frequencies.sum()) % 60_000,
    )


def write(folder: Path, title: Lists, body: Lists, cut: int = 1) -> tuple[FieldPostings, FieldPostings]:
    """Written as a segment's are: the body in two ranges of terms."""
    vocabularies = {WORDS: [b"%d" % term for term in range(TERMS)], COMPOUNDS: []}
    with SegmentWriter(folder, "s", vocabularies) as writer:
        ranges = split(postings_of(body), cut)
        writer.add_texts(postings_of(title), ranges, np.dtype(np.uint32))
        writer.add_compounds(postings_of([]))
        writer.finish([ArticleRow("id", 0, (), (0, 0, 0))])
    postings = Segment(folder, "s").postings
    return postings[TITLE], postings[BODY]


def split(postings: Postings, cut: int) -> list[Postings]:
    """The first terms, and the others."""
    assert postings.positions is not None
    ends = starts_of(postings.frequencies)[postings.begins]
    ranges = []
    for first, last in ((0, cut), (cut, len(postings.begins) - 1)):
        entries = slice(postings.begins[first], postings.begins[last])
        ranges.append(
            Postings(
                postings.begins[first : last + 1] - postings.begins[first],
                postings.articles[entries],
                postings.frequencies[entries],
                postings.positions[ends[first] : ends[last]],
            )
        )
    return ranges


@settings(deadline=None)
@given(LISTS, LISTS, st.integers(0, TERMS))
def test_titles_and_bodies_are_read_back(title: Lists, body: Lists, cut: int) -> None:
    with TemporaryDirectory() as name:
        titles, bodies = write(Path(name), title, body, cut)
        assert len(titles) == len(bodies) == TERMS
        assert titles.counts().tolist() == list(map(len, title))
        assert bodies.counts().tolist() == [len({*t, *b}) for t, b in zip(title, body, strict=True)]
        for term in range(TERMS):
            assert read(titles, term) == title[term]
            assert read(bodies, term) == dict.fromkeys(title[term], 0) | body[term], "a title's articles are listed too"
            assert bodies.articles(term).tolist() == sorted({*title[term], *body[term]})


def read(field: FieldPostings, term: int) -> dict[int, int]:
    return dict(zip(field.articles(term).tolist(), field.frequencies(term).tolist(), strict=True))


@settings(deadline=None)
@given(LISTS, LISTS, st.integers(0, TERMS), st.integers(0, TERMS))
def test_a_range_of_terms_is_what_was_given(title: Lists, body: Lists, first: int, last: int) -> None:
    """For merging: without the articles that are only listed for their titles."""
    first, last = sorted((first, last))
    with TemporaryDirectory() as name:
        for field, lists in zip(write(Path(name), title, body), (title, body), strict=True):
            given_positions = positions_of(postings_of(lists))
            assert as_plain(field.slice(first, last)) == as_plain(
                postings_of(lists[first:last]), given_positions[first:]
            )
            for term in range(TERMS):
                assert field.positions(term).tolist() == given_positions[term]


def positions_of(postings: Postings) -> list[list[int]]:
    """Of each term."""
    assert postings.positions is not None
    ends = starts_of(postings.frequencies)[postings.begins]
    return [postings.positions[begin:end].tolist() for begin, end in pairwise(ends.tolist())]


def as_plain(postings: Postings, positions: list[list[int]] | None = None) -> object:
    count = len(postings.begins) - 1
    return (
        postings.begins.tolist(),
        postings.articles.tolist(),
        postings.frequencies.tolist(),
        (positions_of(postings) if positions is None else positions)[:count],
    )


@given(LISTS, st.integers(0, TERMS))
def test_two_ranges_of_terms_make_one(lists: Lists, cut: int) -> None:
    whole = postings_of(lists)
    assert as_plain(join(split(whole, cut))) == as_plain(whole)
