"""The best few of many matches, without sorting them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.matching import Floats
from indexer.engines.whoosh_engine.postings import SEGMENT_LIMIT, Numbers
from indexer.ranking import SCORE_DIGITS

BLOCK = 64
"""Values whose largest is looked at in their stead."""

UNIT: float = 10.0**SCORE_DIGITS
"""A score times this, rounded, is compared as a whole number."""

TIER_BIT, RANK_BITS = 60, SEGMENT_LIMIT.bit_length() - 1


def best_by_score(scores: Floats, heights: NDArray[Any] | None, ranks: NDArray[Any], count: int) -> Numbers:
    """The places of the best `count` in their order: the greatest height, then rounded score, then the lowest rank.

    Heights, at most 7, are those of tiers; None: all the same.
    """
    near = _near_top(scores if heights is None else scores + heights * (scores.max(initial=0.0) + 1), count, 1 / UNIT)
    keys = np.rint(scores[near] * UNIT).astype(np.int64) << RANK_BITS
    keys += SEGMENT_LIMIT - 1 - ranks[near].astype(np.int64)
    if heights is not None:
        keys += heights[near].astype(np.int64) << TIER_BIT
    return near[_best(keys, count)]


def best_by_rank(ranks: NDArray[Any], count: int) -> Numbers:
    """The places of the `count` lowest ranks, ascending."""
    return _best(-ranks.astype(np.int64), count)


def _best(keys: NDArray[np.int64], count: int) -> Numbers:
    """The places of the `count` largest keys, which are all different, the largest first."""
    near = _near_top(keys, count, 0)
    return near[np.argsort(keys[near])[::-1][:count]]


def _near_top(values: NDArray[Any], count: int, slack: float) -> Numbers:
    """Places that surely hold the `count` largest values, and all within `slack` of them; few more where it can be.

    The count-th largest of the blocks' maxima is a lower bound of the count-th largest value.
    """
    if len(values) <= 2 * count:
        return np.arange(len(values))
    sample = values
    if len(values) >= 2 * count * BLOCK:
        sample = np.maximum.reduceat(values, np.arange(0, len(values), BLOCK))
    bound = np.partition(sample, len(sample) - count)[len(sample) - count]
    return np.flatnonzero(values >= bound - slack)


def in_order(keys: Sequence[NDArray[Any]], id_of: Callable[[int], str]) -> Numbers:
    """The places sorted by the keys, the first key first, each ascending. Ids decide, and are asked, only for ties."""
    order = np.lexsort(keys[::-1])
    ordered = [key[order] for key in keys]
    is_tied = np.logical_and.reduce([key[1:] == key[:-1] for key in ordered])
    if is_tied.any():
        run_of = np.cumsum(np.concatenate([[False], ~is_tied]))
        for run in np.unique(run_of[1:][is_tied]).tolist():
            begin, end = np.searchsorted(run_of, (run, run + 1)).tolist()
            order[begin:end] = sorted(order[begin:end].tolist(), key=id_of)
    return order
