"""A merge gives the segment that the articles left would have given; segments stay few and commits cheap."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents import Document
from indexer.engines.whoosh_engine.merging import (
    GROWTH,
    MOST_SEGMENTS,
    SHARE_OF_NEW,
    SMALL_WORK,
    Part,
    choose_segments,
    merge_segments,
)
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT
from indexer.engines.whoosh_engine.segment import ARTICLES_FILE, TERMS_FILE
from tests.indexer.engines.whoosh_engine.samples import document, documents, sample, small_steps, write_segment

# -- how


@pytest.fixture(autouse=True, scope="module")
def steps() -> Iterator[None]:
    with small_steps():
        yield


@st.composite
def segments(draw: st.DrawFn) -> list[list[tuple[Document, bool]]]:
    """Some segments' documents, none of whose ids is in two of them, and whether each is still there."""
    found = []
    for prefix in "xyz"[: draw(st.integers(1, 3))]:
        held = draw(documents([f"{prefix}{letter}" for letter in "abcdef"]))
        found.append([(each, draw(st.booleans())) for each in held])
    return found


@settings(deadline=None, max_examples=50)
@given(segments().filter(lambda found: any(is_left for held in found for _, is_left in held)))
def test_merged_segments_are_what_the_articles_left_would_give(written: list[list[tuple[Document, bool]]]) -> None:
    """Byte for byte: nothing of deleted articles stays, not even their words and names."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        parts = [
            Part(
                write_segment(folder, f"part{place}", (each for each, _ in held)), np.array([left for _, left in held])
            )
            for place, held in enumerate(written)
        ]
        merge_segments(parts, folder, "merged")
        write_segment(folder, "fresh", (each for held in written for each, is_left in held if is_left))
        for suffix in (TERMS_FILE, ARTICLES_FILE):
            assert (folder / f"merged{suffix}").read_bytes() == (folder / f"fresh{suffix}").read_bytes()


def test_frequencies_and_positions_of_long_articles_are_merged(tmp_path: Path) -> None:
    long = [document("x", "mưa", "mưa " * 300), document("y", "", "nắng " * 66_000 + "mưa"), document("z", "đi", "đi")]
    parts = [
        Part(write_segment(tmp_path, each.article.id, [each]), np.array([each.article.id != "z"])) for each in long
    ]
    merge_segments(parts, tmp_path, "merged")
    write_segment(tmp_path, "fresh", long[:2])
    assert (tmp_path / "merged.terms").read_bytes() == (tmp_path / "fresh.terms").read_bytes()


def test_segments_with_hundreds_of_articles_are_merged(tmp_path: Path) -> None:
    """More than 8 bits number, some deleted."""
    is_left = np.arange(400) % 3 > 0
    held = [sample(400), sample(400, first=400)]
    parts = [Part(write_segment(tmp_path, f"part{place}", each), is_left) for place, each in enumerate(held)]
    merge_segments(parts, tmp_path, "merged")
    write_segment(tmp_path, "fresh", (each for part in held for each in compress(part, is_left)))
    for suffix in (TERMS_FILE, ARTICLES_FILE):
        assert (tmp_path / f"merged{suffix}").read_bytes() == (tmp_path / f"fresh{suffix}").read_bytes()


# -- which

SIZES = st.lists(st.integers(1, SEGMENT_LIMIT) | st.integers(1, 5000), max_size=20)


@given(SIZES, st.integers(0, 100_000))
def test_what_is_merged_fits_and_is_worth_it(sizes: list[int], added: int) -> None:
    chosen = choose_segments(sizes, added)
    assert len(chosen) != 1
    assert chosen == sorted(set(chosen))
    total = sum(sizes[place] for place in chosen)
    assert total <= SEGMENT_LIMIT
    if len(sizes) <= MOST_SEGMENTS:
        assert total <= max(SMALL_WORK, SHARE_OF_NEW * added)


@given(SIZES)
def test_the_smallest_are_merged_first(sizes: list[int]) -> None:
    chosen = choose_segments(sizes, SEGMENT_LIMIT)
    others = [size for place, size in enumerate(sizes) if place not in chosen]
    if chosen:
        assert max(sizes[place] for place in chosen) <= min(others, default=SEGMENT_LIMIT)


def simulate(commits: list[int], deletions: random.Random | None = None) -> tuple[list[list[int]], int]:
    """The sizes of the segments after each commit of so many articles, and how many articles merges wrote."""
    sizes: list[int] = []
    written, history = 0, []
    for added in commits:
        full, rest = divmod(added, SEGMENT_LIMIT)
        sizes += [SEGMENT_LIMIT] * full + [rest] * (rest > 0)
        if deletions:
            sizes = [size - deletions.randint(0, min(size, 20)) for size in sizes]
            sizes = [size for size in sizes if size]
        chosen = choose_segments(sizes, added)
        merged = sum(sizes[place] for place in chosen)
        written += merged
        sizes = [size for place, size in enumerate(sizes) if place not in chosen] + [merged] * (merged > 0)
        assert max(sizes, default=0) <= SEGMENT_LIMIT
        history.append(list(sizes))
    return history, written


def most_expected(articles: int) -> int:
    """Segments that are more than half full, as two of them may not fit into one; and smaller ones beside them."""
    return 2 * articles // SEGMENT_LIMIT + MOST_SEGMENTS + 1


MOST_REWRITES = 16
"""In the mean over all articles: most of them are rewritten while they are in small segments, which costs little."""

SCHEDULES = {
    "daily": [120] * 2000,
    "one by one": [1] * 3000,
    "a correction, then daily": [1, *[120] * 1000],
    "an archive, then daily": [100_000, *[90] * 1000],
    "large": [9000] * 120,
    "halves of a segment": [SEGMENT_LIMIT // 2 + 1] * 30,
    "random": random.Random(1).choices([1, 3, 40, 500, 6000], k=2000),
    "falling": sorted((random.Random(2).randint(1, 20_000) for _ in range(300)), reverse=True),
    "rising": sorted(random.Random(3).randint(1, 20_000) for _ in range(300)),
    "by fours": [4**power for power in range(8)] * 20,
}


@pytest.mark.parametrize("with_deletions", [False, True])
@pytest.mark.parametrize("schedule", SCHEDULES, ids=str)
def test_segments_stay_few_and_articles_are_seldom_rewritten(schedule: str, *, with_deletions: bool) -> None:
    commits = SCHEDULES[schedule]
    history, written = simulate(commits, random.Random(4) if with_deletions else None)
    for sizes in history:
        assert len(sizes) <= most_expected(sum(sizes)), sizes
    assert written <= MOST_REWRITES * sum(commits)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300) | st.integers(1, 100_000), min_size=1, max_size=8), st.integers(0, 10**6))
def test_segments_stay_few_whatever_is_committed(commits: list[int], seed: int) -> None:
    history, _ = simulate(random.Random(seed).choices(commits, k=150))
    for sizes in history:
        assert len(sizes) <= most_expected(sum(sizes)), sizes


def test_one_small_segment_does_not_keep_others_apart() -> None:
    assert choose_segments([1, 120, 120, 50_000], 120) == [0, 1, 2]


def test_a_small_commit_leaves_a_large_archive_alone() -> None:
    assert choose_segments([60_000, 20_000, 50], 50) == []
    assert choose_segments([60_000, 20_000, 50, 40], 40) == [2, 3]


def test_no_merge_grows_much_beyond_its_largest_part() -> None:
    assert choose_segments([1, GROWTH - 1], 1) == [0, 1]
    assert choose_segments([1, GROWTH], 1) == []
