"""The cache keeps what was found within its limit, and never changes an answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.cache import LARGEST_SHARE, MatchCache
from indexer.engines.whoosh_engine.matching import InOneField, Scored, Worked
from tests.indexer.engines.whoosh_engine.samples import answers, commit, sample

BYTES_PER_ARTICLE = 16


def worked(articles: int) -> Worked:
    return Worked(Scored(np.arange(articles, dtype=np.intp), np.zeros(articles)), articles)


class Finder:
    """Finds a result for a key, and counts how often it was asked to."""

    def __init__(self, cache: MatchCache) -> None:
        self._cache, self.found = cache, 0

    def get(self, key: int, articles: int) -> Worked:
        def find() -> Worked:
            self.found += 1
            return worked(articles)

        kept = self._cache.get(key, find)
        assert isinstance(kept, Worked)
        return kept

    def keeps(self, key: int, articles: int) -> bool:
        before = self.found
        self.get(key, articles)
        return self.found == before


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=60), st.integers(0, 60_000))
def test_what_is_kept_stays_within_the_limit(asked: list[tuple[int, int]], limit: int) -> None:
    """A key's size is always the same, as what is found for it is."""
    finder = Finder(MatchCache(limit))
    sizes = {key: 10 + 100 * key for key, _ in asked}
    for key, size in sizes.items():
        assert finder.get(key, size).count == size
    kept = sum(BYTES_PER_ARTICLE * size for key, size in reversed(sizes.items()) if finder.keeps(key, size))
    assert kept <= limit


def test_the_least_recently_used_goes_first() -> None:
    size = 100
    finder = Finder(MatchCache(LARGEST_SHARE * (BYTES_PER_ARTICLE * size + 1000)))
    for key in range(LARGEST_SHARE):
        finder.get(key, size)
    assert finder.keeps(0, size), "there was room for all; now it is the most recent"
    finder.get(99, size)
    assert finder.keeps(0, size)
    assert finder.keeps(99, size)
    assert not finder.keeps(1, size)


def test_one_dear_result_does_not_throw_out_all_others() -> None:
    finder = Finder(MatchCache(20_000))
    finder.get(1, 10)
    finder.get(2, 1000)
    assert finder.keeps(1, 10)
    assert not finder.keeps(2, 1000)


def test_what_is_read_from_postings_is_not_kept() -> None:
    cache, found = MatchCache(10**6), []

    def find() -> InOneField:
        found.append(1)
        return InOneField(np.arange(3), np.ones(3), np.ones(3))

    for _ in range(2):
        cache.get("key", find)
    assert len(found) == 2


def test_answers_are_the_same_with_and_without_a_cache(tmp_path: Path) -> None:
    engine = WhooshEngine()
    engine.create(tmp_path)
    commit(engine, tmp_path, sample(200))
    commit(engine, tmp_path, sample(50, seed=1, first=190), remove=["id-0003"])
    cached, uncached = (WhooshEngine(cache_mb=room).searcher(tmp_path) for room in (32, 0))
    for _ in range(3):
        assert answers(cached) == answers(uncached)
