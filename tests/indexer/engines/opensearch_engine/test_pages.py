"""What is asked for one page of results, and what is made of the answers: pure functions."""

from __future__ import annotations

from datetime import date

import pytest

from indexer import ranking
from indexer.engines.opensearch_engine import far_pages, pages
from indexer.engines.opensearch_engine.compiling import Compiler
from indexer.engines.opensearch_engine.pages import Result
from indexer.engines.opensearch_engine.statistics import Statistics
from indexer.model import Choice, SearchRequest, Sort
from indexer.querying.plan import EVERYTHING, TITLE, Bonus, Plan, Spellings

RAIN, WIND = (Spellings((term,), (TITLE,)) for term in ("mưa", "gió"))
COMPILER = Compiler(Statistics(10, {"title": 8.0}, {RAIN: 2, WIND: 3}), {})
SCORING = COMPILER.scoring(RAIN)
TIERS = Plan(RAIN, tiers=(WIND, RAIN))
WITH_BONUS = Plan(RAIN, (Bonus(WIND, 0.3),))
BY_WIND, BY_RAIN = COMPILER.filtering(WIND), COMPILER.filtering(RAIN)


def test_each_tier_leaves_out_those_above_it_and_heeds_the_filters() -> None:
    request = SearchRequest(since=date(2020, 7, 1), section=Choice(exclude=("Kinh tế",)))
    passing = [
        {"range": {"day": {"gte": 20200701}}},
        {"bool": {"must_not": [{"terms": {"section": ["Kinh tế"]}}]}},
    ]
    asked = [listing["query"]["bool"] for listing in pages.to_ask(TIERS, request, SCORING, COMPILER)]
    assert [(each["filter"], each["must_not"]) for each in asked] == [
        ([*passing, BY_WIND], []),
        ([*passing, BY_RAIN], [BY_WIND]),
        (passing, [BY_WIND, BY_RAIN]),
    ]


@pytest.mark.parametrize(
    ("plan", "sort", "order"),
    [
        (TIERS, Sort.RELEVANCE, pages.BY_SCORE),
        (Plan(EVERYTHING, tiers=(RAIN,)), Sort.RELEVANCE, pages.NEWEST),
        (TIERS, Sort.NEWEST, pages.NEWEST),
        (TIERS, Sort.OLDEST, pages.OLDEST),
    ],
)
def test_results_stand_by_score_where_there_is_one_and_else_by_date(plan: Plan, sort: Sort, order: object) -> None:
    asked = pages.to_ask(plan, SearchRequest(sort=sort), SCORING, COMPILER)
    assert {id(listing["sort"]) for listing in asked} == {id(order)}
    assert len(asked) == (1 + len(plan.tiers) if sort is Sort.RELEVANCE else 1)


@pytest.mark.parametrize(
    ("plan", "request_", "places"),
    [
        (TIERS, SearchRequest(page=3, page_size=10), (20, 30)),
        (WITH_BONUS, SearchRequest(page=3, page_size=10), (0, ranking.RESCORED)),
        (WITH_BONUS, SearchRequest(page=1, page_size=2 * ranking.RESCORED), (0, 2 * ranking.RESCORED)),
        (WITH_BONUS, SearchRequest(page=ranking.RESCORED // 10 + 1), (ranking.RESCORED, ranking.RESCORED + 10)),
        (WITH_BONUS, SearchRequest(page=3, sort=Sort.NEWEST), (20, 30)),
    ],
)
def test_bonuses_are_given_to_all_that_may_get_any(
    plan: Plan, request_: SearchRequest, places: tuple[int, int]
) -> None:
    assert pages.places(plan, request_) == places


def test_what_is_too_far_is_not_asked_for_at_once() -> None:
    listings = pages.to_ask(TIERS, SearchRequest(), SCORING, COMPILER)
    assert [each["size"] for each in far_pages.at_once(listings, 70)] == [70] * 3
    assert far_pages.at_once(listings, far_pages.WINDOW + 1) == []


def test_scores_that_are_equal_to_six_digits_are_put_in_order_by_date_then_id() -> None:
    best = Result(0, 1.0, 5, "z")
    older, newer, twin = Result(1, 2.0000001, 1, "a"), Result(1, 2.0000002, 2, "c"), Result(1, 2.0, 2, "b")
    assert pages.in_order([older, newer, twin, best]) == [best, twin, newer, older]


def test_a_result_is_read_from_what_it_was_sorted_by() -> None:
    hits = [{"_score": 1.5, "sort": [1.5, 20200701080000, "a"]}, {"_score": 0.5, "sort": [20200701, 7, "b"]}]
    found = pages.read([{"hits": {"hits": hits[:1]}}, {"hits": {"hits": hits[1:]}}])
    assert found == [Result(0, 1.5, 20200701080000, "a"), Result(1, 0.5, 7, "b")]
