"""The best ways through columns of choices, against trying them all."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.suggesting.paths import best_paths


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_the_best_of_all_paths_are_found_in_order(sizes: list[int], count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    first = chance.normal(size=sizes[0])
    steps = [chance.normal(size=shape) for shape in pairwise(sizes)]
    found = best_paths(first, steps, count)

    def score(choices: tuple[int, ...]) -> float:
        turns = zip(steps, choices, choices[1:], strict=False)
        return float(first[choices[0]] + sum(step[left, right] for step, left, right in turns))

    every = sorted(product(*map(range, sizes)), key=score, reverse=True)
    assert [path.choices for path in found] == every[:count]
    assert np.allclose([path.score for path in found], [score(path.choices) for path in found])


def test_paths_that_score_alike_are_each_found_once() -> None:
    found = best_paths(np.zeros(2), [np.zeros((2, 2))] * 2, 100)
    assert {path.choices for path in found} == {*product(range(2), repeat=3)}
    assert len(found) == 8
