"""The measures, against values worked out by hand."""

from __future__ import annotations

import pytest

from tests.relevance.measures import ndcg, recall, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("ranking", "depth", "expected"),
    [
        ("abc", 10, 1.0),
        ("dxb", 10, 1 / 3),
        ("dxb", 2, 0.0),
        ("xyz", 10, 0.0),
        ("", 10, 0.0),
    ],
)
def test_reciprocal_rank_is_one_over_the_place_of_the_first_relevant(ranking: str, depth: int, expected: float) -> None:
    assert reciprocal_rank(list(ranking), GRADES, depth) == expected


# The ideal is 3 / log2(2) + 2 / log2(3) + 1 / log2(4) = 3 + 1.261860 + 0.5 = 4.761860.
@pytest.mark.parametrize(
    ("ranking", "depth", "expected"),
    [
        ("abc", 10, 1.0),
        ("abdc", 10, (3 + 1.261860 + 0.430677) / 4.761860),  # 1 / log2(5)
        ("cba", 10, (1 + 1.261860 + 1.5) / 4.761860),
        ("xa", 10, 1.892789 / 4.761860),  # 3 / log2(3)
        ("xa", 1, 0.0),
        ("ba", 1, 2 / 3),  # of one place, the ideal is 3
        ("", 10, 0.0),
    ],
)
def test_ndcg_compares_with_the_best_order(ranking: str, depth: int, expected: float) -> None:
    assert ndcg(list(ranking), GRADES, depth) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("ranking", "depth", "expected"),
    [("abc", 10, 1.0), ("abc", 2, 2 / 3), ("dxc", 10, 1 / 3), ("d", 10, 0.0), ("", 10, 0.0)],
)
def test_recall_is_the_share_of_the_relevant_that_was_found(ranking: str, depth: int, expected: float) -> None:
    assert recall(list(ranking), GRADES, depth) == pytest.approx(expected)


def test_where_nothing_is_relevant_no_list_is_wrong_but_none_is_right_at_a_place() -> None:
    nothing = {"a": 0}
    assert (ndcg(["a"], nothing, 10), recall(["a"], nothing, 10), reciprocal_rank(["a"], nothing, 10)) == (1, 1, 0)
