"""The same answers from a real cluster as from the reference, to any plan and request.

Scores are those of single precision there: two that differ by less than CLOSE may stand in either order. Equal ones may
not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import ranking
from indexer.author_merges import Merges, read_merges
from indexer.engines.memory import MemoryEngine
from indexer.engines.opensearch_engine import OpenSearchEngine, facet_counts, far_pages, near
from indexer.model import Choice, SearchRequest, Sort
from indexer.ports import Matches, Searcher
from indexer.querying.plan import EVERYTHING, AllOf, AnyOf, MostOf, Near, NoneOf, Plan, Sequence, Spellings, texts_in
from tests.indexer.engines.test_contract import MERGES, after_commits, assert_counts_what_is_found, assert_same_words
from tests.indexer.engines.whoosh_engine import samples
from tests.opensearch import articles

pytestmark = pytest.mark.opensearch

CLOSE = 1e-5
REMOVED = [f"id-{number:04d}" for number in range(0, 300, 7)]
HISTORY = [
    (articles.sample(300), []),
    (articles.sample(30, seed=1, first=100), REMOVED),
    (articles.sample(100, first=300), ["id-0350"]),
]
"""Commits: what is added or changed, and what is then removed."""

EVERY_RESULT = SearchRequest(page_size=1000)


class Both(NamedTuple):
    """Searchers of the same articles."""

    reference: Searcher
    cluster: Searcher


@pytest.fixture(scope="module")
def both(shared_engine: OpenSearchEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Bonuses are given to so few that they end within a page."""
    folder = tmp_path_factory.mktemp("answers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "RESCORED", 50)
        yield Both(*(after_commits(engine, folder, HISTORY) for engine in (MemoryEngine(), shared_engine)))


def assert_alike(expected: Matches, found: Matches, reference: dict[str, float]) -> None:
    """`reference` is the reference's score of every article that it finds."""
    assert found.counts == expected.counts
    assert (found.total, found.unfiltered_total) == (expected.total, expected.unfiltered_total)
    assert found.words_found == expected.words_found
    assert not found.is_partial
    for (wanted, score), (got, close) in zip(expected.page, found.page, strict=True):
        assert close == pytest.approx(score, abs=CLOSE)
        assert wanted == got or 0 < abs(score - reference[got]) < CLOSE


def ask_both(both: Both, plan: Plan, request: SearchRequest) -> None:
    every = both.reference.search(plan, replace(request, page=1, page_size=1000))
    assert_alike(both.reference.search(plan, request), both.cluster.search(plan, request), dict(every.page))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(samples.ALL_PLANS, samples.REQUESTS, st.sampled_from([1, 7, 40, 300]), MERGES)
def test_any_plan_gets_the_answer_of_the_reference(
    both: Both, plan: Plan, request: SearchRequest, page_size: int, merges: Merges
) -> None:
    merged = Both(both.reference.merging(merges), both.cluster.merging(merges))
    ask_both(merged, plan, replace(request, page_size=page_size))
    assert_counts_what_is_found(merged, plan, request)


@pytest.mark.parametrize("plan", samples.PLANS, ids=lambda plan: type(plan.match).__name__)
@pytest.mark.parametrize(
    "asked", [EVERY_RESULT, SearchRequest(page=8, page_size=30, sort=Sort.OLDEST)], ids=["all", "late"]
)
def test_every_kind_of_plan_gets_the_answer_of_the_reference(both: Both, plan: Plan, asked: SearchRequest) -> None:
    ask_both(both, plan, asked)


def test_words_are_counted_as_by_the_reference(both: Both) -> None:
    assert_same_words(*both)


def test_a_clause_weighs_in_an_article_what_the_reference_says(both: Both) -> None:
    clauses = [clause for plan in samples.PLANS for clause in texts_in(plan.match)]
    for article_id in ("id-0001", "id-0102", "id-0333"):
        expected, found = (each.weigh(clauses, article_id) for each in both)
        assert expected is not None
        assert found is not None
        assert np.array(found) == pytest.approx(np.array(expected), abs=CLOSE)


# -- words near each other, in more articles than are looked at

RAIN_AND_PEACE = Near((samples.MUA, samples.word("hoà")), 3)
THREE_WORDS = Near((samples.MUA, samples.word("hoà"), samples.DANG), 3)


@pytest.mark.parametrize("distance", [1, 2, 5])
def test_of_two_words_the_cluster_tells_which_articles_match(
    both: Both, distance: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "FEW", 0)
    clause = replace(RAIN_AND_PEACE, distance=distance)
    for plan in (Plan(clause), Plan(AllOf((samples.XAY, NoneOf((clause,))))), Plan(samples.XAY, tiers=(clause,))):
        expected, found = (each.search(plan, EVERY_RESULT) for each in both)
        assert (found.counts, found.total, found.is_partial) == (expected.counts, expected.total, False)
        assert {*dict(found.page)} == {*dict(expected.page)}
        assert_counts_what_is_found(both, plan, EVERY_RESULT)


def test_of_three_words_some_articles_are_looked_at_and_the_answer_says_so(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = both.reference.search(Plan(THREE_WORDS), EVERY_RESULT)
    monkeypatch.setattr(near, "MOST_LOOKED_AT", 30)
    assert both.cluster.count(THREE_WORDS, EVERY_RESULT) is None
    found = both.cluster.search(Plan(THREE_WORDS), EVERY_RESULT)
    assert found.is_partial
    assert 0 < found.total < expected.total
    assert {*dict(found.page)} <= {*dict(expected.page)}
    monkeypatch.undo()
    ask_both(both, Plan(THREE_WORDS), EVERY_RESULT)


# -- more than OpenSearch takes at once


@pytest.mark.parametrize("sort", Sort)
def test_far_pages_are_gone_through_in_steps(both: Both, sort: Sort, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_pages, "WINDOW", 70)
    tiers_and_bonuses = samples.PLANS[7]
    for page, size in ((1, 300), (3, 90), (99, 10)):
        ask_both(both, tiers_and_bonuses, SearchRequest(sort=sort, page=page, page_size=size))


@pytest.mark.parametrize("plan", samples.PLANS[:4])
def test_facets_may_have_more_values_than_are_counted_at_once(
    both: Both, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facet_counts, "MOST_VALUES", 1)
    ask_both(both, plan, EVERY_RESULT)
    merged = Both(*(each.merging(read_merges("Đình Lâm = Thu Hòa").merges) for each in both))
    ask_both(merged, plan, SearchRequest(year=Choice(("2020",)), section=Choice(exclude=("Kinh tế",))))


def test_there_is_nothing_on_a_page_behind_all_others(both: Both) -> None:
    assert both.cluster.search(Plan(EVERYTHING), SearchRequest(page=10_000, page_size=100)).page == ()


@pytest.mark.parametrize("article_id", ["", "x" * 600, "x\ud800", "x\0"], ids=ascii)
def test_what_can_be_no_id_is_no_article(both: Both, article_id: str) -> None:
    assert both.cluster.article(article_id) is None
    assert both.cluster.holding(article_id) is None
    assert both.cluster.weigh([samples.XAY], article_id) is None


def test_half_a_character_is_in_no_article(both: Both) -> None:
    assert both.cluster.search(Plan(samples.word("x\ud800", "mưa\ud800")), EVERY_RESULT).total == 0


def word(name: str, spellings: int) -> Spellings:
    """A word of so many spellings that no article holds, and of one that many do."""
    return Spellings((name, *(f"{name}{number}.x+y" for number in range(spellings))))


@pytest.mark.parametrize(("words", "spellings"), [(1, 200), (20, 40)])
def test_words_may_have_more_spellings_than_a_query_has_parts(both: Both, words: int, spellings: int) -> None:
    parts = tuple(word(name, spellings) for name in (samples.WORDS * 3)[:words])
    two = (parts[0], parts[-1])
    for clause in (AllOf(parts), MostOf(parts), AnyOf((Sequence((*two, *two)), Near(two, 4)))):
        ask_both(both, Plan(clause, tiers=(parts[0],)), EVERY_RESULT)
