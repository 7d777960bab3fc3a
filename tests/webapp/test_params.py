"""Reading arguments: everything sensible is understood, nothing whatsoever is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.bootstrap import read_period
from indexer.model import Choice, SearchRequest, Sort
from webapp.params import MAX_FACET_VALUES, MAX_PAGE, Limits, Reading, clean, read_search

LIMITS = Limits(query_chars=500, page_size=10, max_page_size=100)
NAMES = (
    "q", "author", "not_author", "author_like", "section", "not_section", "source", "not_source", "year", "not_year",
    "month", "not_month", "from", "to", "sort", "page", "size", "literal",
)  # fmt: skip
HOSTILE = st.one_of(
    st.text(st.characters(), max_size=30),  # lone surrogates and controls included
    st.integers().map(str),
    st.sampled_from(["", "\x00", "\ud800", "٣", "１", "1e9", "9" * 10_000, "1/2", "2020..2019"]),
)


def read(*items: tuple[str, str]) -> Reading:
    return read_search(MultiDict(items), LIMITS, read_period)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.parameter, problem.code) for problem in reading.problems]


def test_no_arguments_ask_for_everything() -> None:
    assert read() == Reading(SearchRequest())


def test_a_full_search_is_understood() -> None:
    reading = read(
        ("q", " xây  dựng "), ("author", "đình lâm"), ("author", "hồng hà"), ("not_year", "2019"),
        ("year", "2020"), ("month", "2020-07"), ("from", "2015"), ("to", "7/2020"),
        ("sort", "oldest"), ("page", "3"), ("size", "25"), ("literal", "1"),
    )  # fmt: skip
    assert reading.problems == ()
    assert reading.request == SearchRequest(
        text="xây dựng",
        author=Choice(("đình lâm", "hồng hà")),
        year=Choice(("2020",), ("2019",)),
        month=Choice(("2020-07",)),
        since=date(2015, 1, 1),
        until=date(2020, 7, 31),
        sort=Sort.OLDEST,
        page=3,
        page_size=25,
        literal=True,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "-1"), ("page", "0"), ("page", "1.5"), ("page", "٣"), ("page", "９"),
        ("size", "abc"), ("sort", "best"), ("year", "abc"), ("year", "0000"), ("year", "٢٠٢٠"),
        ("month", "2020-13"), ("not_month", "2020"), ("from", "31/2/2020"), ("to", "hôm xưa"),
        ("author", "x" * 101), ("literal", "yes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_reported(name: str, value: str) -> None:
    reading = read((name, value))
    assert reading.request == SearchRequest()
    assert codes(reading) == [(name, "unreadable")]


@pytest.mark.parametrize(("name", "largest"), [("page", MAX_PAGE), ("size", 100)])
def test_numbers_above_the_limit_are_cut_to_it(name: str, largest: int) -> None:
    reading = read((name, str(10**30)))
    assert codes(reading) == [(name, "too_large")]
    assert largest in {reading.request.page, reading.request.page_size}


def test_a_long_query_is_cut() -> None:
    reading = read(("q", "x" * 10_000))
    assert reading.request.text == "x" * 500
    assert codes(reading) == [("q", "query_cut")]


def test_too_many_choices_are_cut() -> None:
    reading = read(*(("author", f"tên {number}") for number in range(50)))
    assert len(reading.request.author.include) == MAX_FACET_VALUES
    assert codes(reading) == [("author", "too_many")]


def test_dates_in_the_wrong_order_change_places() -> None:
    reading = read(("from", "2016"), ("to", "2015"))
    assert (reading.request.since, reading.request.until) == (date(2015, 1, 1), date(2016, 12, 31))
    assert codes(reading) == [("from", "reversed")]


def test_a_search_is_literal_only_if_it_says_so() -> None:
    assert read(("literal", "0")) == Reading(SearchRequest())


def test_empty_form_fields_are_no_problem() -> None:
    assert read(*((name, "  ") for name in NAMES)) == Reading(SearchRequest())


def test_an_excluded_value_is_not_also_chosen() -> None:
    assert read(("year", "2020"), ("not_year", "2020")).request.year == Choice((), ("2020",))


@given(st.lists(st.tuples(st.sampled_from(NAMES), HOSTILE), max_size=20))
def test_no_arguments_are_an_error(items: list[tuple[str, str]]) -> None:
    request = read(*items).request
    request.text.encode()
    assert len(request.text) <= LIMITS.query_chars
    assert 1 <= request.page <= MAX_PAGE
    assert 1 <= request.page_size <= LIMITS.max_page_size


@given(st.text(st.characters()))
def test_cleaned_text_can_be_sent_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    once.encode()
    assert "\x00" not in once
    assert clean(once) == once
