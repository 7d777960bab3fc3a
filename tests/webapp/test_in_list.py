"""An article knows its neighbours in the results, also where the list has changed a little since."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import SearchRequest, Sort
from tests.webapp.conftest import FakeArchive, many_articles
from webapp.in_list import MOST, REACH, at_number, find_position, page_around, read_number

ARTICLES = many_articles(60)
REQUEST = SearchRequest("xây dựng", sort=Sort.NEWEST)
ORDER = [hit.id for hit in FakeArchive(ARTICLES).search(SearchRequest("xây dựng", sort=Sort.NEWEST, page_size=60)).hits]


@given(st.integers(1, MOST))
def test_the_page_that_is_asked_for_holds_all_that_are_near(number: int) -> None:
    page, size = page_around(number)
    first, last = (page - 1) * size + 1, page * size
    assert first <= max(1, number - REACH)
    assert last >= number + REACH


@pytest.mark.parametrize("number", [1, 2, 10, 11, 35, 59, 60])
@pytest.mark.parametrize("moved", [0, 1, -3, REACH])
def test_neighbours_are_found_though_the_numbers_moved(number: int, moved: int) -> None:
    position = find_position(FakeArchive(ARTICLES), REQUEST, ORDER[number - 1], max(1, number + moved))
    assert position
    assert (position.number, position.total) == (number, 60)
    before, after = position.previous, position.next
    assert (before and (before.id, before.number)) == ((ORDER[number - 2], number - 1) if number > 1 else None)
    assert after is None or (after.id, after.number) == (ORDER[number], number + 1)
    assert after or number + REACH >= 60 or moved < 0


def test_an_article_that_is_not_near_its_number_has_no_place() -> None:
    assert find_position(FakeArchive(ARTICLES), REQUEST, ORDER[0], 50) is None
    assert find_position(FakeArchive(ARTICLES), REQUEST, "nope", 1) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("13", 13), ("0", 0), ("", 0), ("-1", 0), ("x", 0), ("٣", 0), ("9" * 5000, 0), ("100001", 0)],
)
def test_what_is_no_number_is_none(text: str, number: int) -> None:
    assert read_number(text) == number


def test_the_way_back_leads_to_the_page_that_holds_the_article() -> None:
    pages = [at_number(SearchRequest(page=7, page_size=10), number).page for number in (0, 1, 10, 11, 25)]
    assert pages == [7, 1, 1, 2, 3]
