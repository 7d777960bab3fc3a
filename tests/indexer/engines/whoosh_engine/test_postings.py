"""Postings survive the file: frequencies of any size, positions, and titles that lie over the bodies' postings."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh_engine.array_file import ArrayFile, ArrayWriter, starts_of
from indexer.engines.whoosh_engine.postings import (
    SEGMENT_LIMIT,
    FieldPostings,
    Postings,
    join,
    overlaid_arrays,
    postings_arrays,
    with_all_of,
)
from indexer.querying.plan import BODY, TITLE

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


def write(folder: Path, title: Lists, body: Lists) -> tuple[FieldPostings, FieldPostings]:
    both = with_all_of(postings_of(body), postings_of(title))
    writer = ArrayWriter(folder / "terms", "terms")
    writer.add(postings_arrays(BODY, both))
    writer.add(overlaid_arrays(TITLE, postings_of(title), both))
    writer.close()
    file = ArrayFile(folder / "terms", "terms")
    field = FieldPostings(file, BODY)
    return FieldPostings(file, TITLE, field), field


@settings(deadline=None)
@given(LISTS, LISTS)
def test_titles_and_bodies_are_read_back(title: Lists, body: Lists) -> None:
    with TemporaryDirectory() as name:
        titles, bodies = write(Path(name), title, body)
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


def test_positions_behind_the_65536th_word_are_kept(tmp_path: Path) -> None:
    far = Postings(starts_of(np.array([1])), np.zeros(1, np.uint16), np.array([2]), np.array([3, 70_000]))
    writer = ArrayWriter(tmp_path / "terms", "terms")
    writer.add(postings_arrays(BODY, far))
    writer.close()
    assert FieldPostings(ArrayFile(tmp_path / "terms", "terms"), BODY).positions(0).tolist() == [3, 70_000]


@given(LISTS, st.integers(0, TERMS))
def test_two_ranges_of_terms_make_one(lists: Lists, cut: int) -> None:
    parts = [postings_of(part) for part in (lists[:cut], lists[cut:])]
    joined, whole = join(parts), postings_of(lists)
    assert as_plain(joined)[:3] == as_plain(whole)[:3]  # type: ignore[index]
    assert positions_of(joined) == [*positions_of(parts[0]), *positions_of(parts[1])]
