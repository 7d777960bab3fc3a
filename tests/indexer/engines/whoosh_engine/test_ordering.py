"""The best few are those that sorting everything puts first."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh_engine.ordering import best_by_rank, best_by_score, in_order
from indexer.ranking import SCORE_DIGITS

SCORES = st.sampled_from([0.0, 1.0, 1.0000002, 1.0000006, 2.5, 7.25]) | st.floats(0, 100, allow_nan=False)


@settings(deadline=None)
@given(st.lists(SCORES, max_size=40), st.integers(1, 12), st.integers(1, 200), st.booleans(), st.randoms())
def test_the_best_by_score_are_those_of_a_sort(
    few: list[float], count: int, times: int, has_tiers: bool, chance: st.DataObject
) -> None:
    """The highest tier, score to six digits, rank; of few results and of thousands, most of them with ties."""
    scores = few * times
    ranks = list(range(len(scores)))
    chance.shuffle(ranks)  # type: ignore[attr-defined]
    height = [rank % 3 for rank in ranks] if has_tiers else None
    order = sorted(
        range(len(scores)),
        key=lambda at: (-height[at] if height else 0, -round(scores[at], SCORE_DIGITS), ranks[at]),
    )
    heights = None if height is None else np.array(height, np.int8)
    found = best_by_score(np.array(scores, np.float64), heights, np.array(ranks, np.uint16), count)
    assert found.tolist() == order[:count]


@settings(deadline=None)
@given(st.integers(0, 1500), st.integers(1, 10), st.randoms())
def test_the_best_by_rank_are_the_lowest(size: int, count: int, chance: st.DataObject) -> None:
    ranks = list(range(size))
    chance.shuffle(ranks)  # type: ignore[attr-defined]
    found = best_by_rank(np.array(ranks, np.uint16), count).tolist()
    assert [ranks[at] for at in found] == list(range(min(size, count)))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.text("abc", min_size=1, max_size=2)), max_size=15))
def test_ids_decide_where_all_keys_are_equal(entries: list[tuple[int, int, str]]) -> None:
    keys = [np.array([entry[column] for entry in entries], np.int64) for column in (0, 1)]
    found = in_order(keys, lambda at: entries[at][2])
    assert [entries[at] for at in found.tolist()] == sorted(entries)
