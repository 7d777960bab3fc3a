"""URLs: whatever is written down is read back the same, and every change can be taken back."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.bootstrap import read_period
from indexer.model import FACETS, Choice, SearchRequest, Sort
from webapp import links
from webapp.links import Links, local_path
from webapp.params import Limits, clean, read_search

URLS = Links()
LIMITS = Limits()

YEARS = st.integers(1800, 2100).map(str)
NAMES = st.text(min_size=1, max_size=20).map(clean).filter(bool)
VALUES = {
    "author": NAMES,
    "section": NAMES,
    "source": NAMES,
    "year": YEARS,
    "month": st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12)),
}
DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))


def choices(facet: str) -> st.SearchStrategy[Choice]:
    values = st.lists(VALUES[facet], unique=True, max_size=6)
    return values.flatmap(
        lambda all_values: st.integers(0, len(all_values)).map(
            lambda cut: Choice(tuple(all_values[:cut]), tuple(all_values[cut:]))
        )
    )


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    return SearchRequest(
        text=clean(draw(st.text(max_size=60))),
        author=draw(choices("author")),
        author_like=clean(draw(st.text(max_size=20))),
        section=draw(choices("section")),
        source=draw(choices("source")),
        year=draw(choices("year")),
        month=draw(choices("month")),
        since=draw(st.sampled_from([None, days[0]])),
        until=draw(st.sampled_from([None, days[1]])),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, 10_000)),
        page_size=draw(st.integers(1, 100)),
        literal=draw(st.booleans()),
    )


def read_back(url: str) -> SearchRequest:
    items = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    reading = read_search(MultiDict(items), LIMITS, read_period)
    assert reading.problems == ()
    return reading.request


@given(requests())
def test_every_request_is_read_back_from_its_url(request: SearchRequest) -> None:
    for url in (URLS.search(request), URLS.json(request), URLS.article("a/b", request)):
        assert url.isascii()
        assert read_back(url) == request


@given(requests(), st.sampled_from(FACETS), st.data())
def test_choosing_and_excluding_can_be_taken_back(request: SearchRequest, facet: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[facet])
    chosen = links.toggled(links.without(request, facet, value), facet, value)
    assert value in chosen.choice(facet).include
    excluded = links.barred(chosen, facet, value)
    assert value in excluded.choice(facet).exclude
    assert value not in excluded.choice(facet).include
    for back in (links.toggled(chosen, facet, value), links.barred(excluded, facet, value)):
        assert value not in (*back.choice(facet).include, *back.choice(facet).exclude)
        assert back.page == 1


def test_a_year_takes_its_months_along() -> None:
    request = SearchRequest(year=Choice(("2020",)), month=Choice(("2020-07", "2019-01")))
    assert links.toggled(request, "year", "2020").month == Choice(("2019-01",))


def test_filters_go_and_the_question_stays() -> None:
    request = SearchRequest("lúa", Choice(("x",)), since=date(2020, 1, 1), sort=Sort.OLDEST, page=4, literal=True)
    assert links.unfiltered(request) == SearchRequest("lúa", sort=Sort.OLDEST, literal=True)
    assert links.undated(request, since=True).since is None


def test_only_a_literal_search_says_so_and_its_facets_orders_and_pages_too() -> None:
    literal = SearchRequest("xaay", literal=True)
    assert URLS.search(literal) == "/tim-kiem?q=xaay&literal=1"
    assert "literal" not in URLS.search(SearchRequest("xaay"))
    kept = (
        links.toggled(literal, "year", "2020"), links.sorted_by(literal, Sort.OLDEST), links.on_page(literal, 2),
    )  # fmt: skip
    assert all(request.literal for request in kept)


def test_another_question_starts_afresh_under_the_same_filters() -> None:
    request = SearchRequest("xaay", year=Choice(("2020",)), page=3, literal=True)
    assert links.asking(request, "xây") == SearchRequest("xây", year=Choice(("2020",)))
    assert links.asking_literally(links.asking(request, "xây"), "xaay") == links.on_page(request, 1)


def test_article_ids_of_any_kind_become_paths() -> None:
    assert URLS.article("2020/bài 1?#%.html") == "/bai/2020/b%C3%A0i%201%3F%23%25.html"


def test_links_respect_where_the_site_is_mounted() -> None:
    assert Links(root="/kho").search(SearchRequest("a")) == "/kho/tim-kiem?q=a"


def test_hidden_fields_carry_what_the_form_does_not_show() -> None:
    request = SearchRequest("a", Choice(("x",)), since=date(2020, 1, 1), sort=Sort.NEWEST, page=3, literal=True)
    assert URLS.hidden_fields(request) == (("author", "x"), ("sort", "newest"))


@pytest.mark.parametrize("path", ["/", "/tim-kiem?q=a%20b", "/bai/x//y?next=//z"])
def test_paths_on_this_site_may_be_returned_to(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "x", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "/\t/evil.example", "/\n/evil.example", " //evil.example", "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b", "///evil.example", "/\x00", "/\ud800", "/" + "x" * 10_000,
    ],
)  # fmt: skip
def test_other_sites_may_not_be_returned_to(path: str) -> None:
    assert local_path(path) is None


@given(st.text(st.characters()))
def test_judging_a_path_never_fails(text: str) -> None:
    assert local_path("/" + text) in {None, "/" + text}
