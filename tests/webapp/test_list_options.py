"""Lists as readers want them: near-identical articles folded, sizes, looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.folding import mark_copies
from indexer.model import SearchPage, SearchRequest
from indexer.settings import Settings
from tests.webapp.conftest import ClientFor, FakeArchive, many_articles
from webapp import links
from webapp.app import create_app
from webapp.links import Links
from webapp.view import USUAL, View, read_view

ARTICLES_IN = re.compile(r'href="/bai/bai/(\d+)')


@dataclass(frozen=True)
class Copying(FakeArchive):
    """Every third article is the same text."""

    def search(self, request: SearchRequest) -> SearchPage:
        page = super().search(request)
        clusters = {one.id: 0 for number, one in enumerate(self.articles) if number % 3 == 0}
        return replace(page, hits=tuple(mark_copies(page.hits, clusters)))


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Settings(), lambda: Copying(many_articles(24))).test_client()


def test_copies_fold_below_the_first_of_them_and_none_is_lost(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=&sort=newest").text
    copies = sum(int(one) % 3 == 0 for one in ARTICLES_IN.findall(page)) - 1
    assert copies > 1
    assert f"và {copies} bài trùng" in page
    assert f"{copies} bài trùng đã gộp trên trang này." in page
    assert "— 24 bài" in page
    assert page.count("<li value=") == 10 - copies
    unfolded = client.get("/tim-kiem?q=&sort=newest&gop=0").text
    assert unfolded.count("<li value=") == 10
    assert f"và {copies} bài trùng" not in unfolded
    assert sorted(ARTICLES_IN.findall(page)) == sorted(ARTICLES_IN.findall(unfolded))


def test_pages_neither_lose_nor_repeat_an_article(client: FlaskClient) -> None:
    pages = [client.get(f"/tim-kiem?q=&page={number}").text for number in (1, 2, 3)]
    found = [one for page in pages for one in ARTICLES_IN.findall(page)]
    assert sorted(map(int, found)) == list(range(24))


def test_compact_lists_show_titles_without_passages(client: FlaskClient) -> None:
    assert 'class="snippet"' in client.get("/tim-kiem?q=").text
    page = client.get("/tim-kiem?q=&gon=1").text
    assert 'class="snippet"' not in page
    assert "Bài xây dựng số" in page


def test_the_view_goes_along_with_every_link_and_with_the_form(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=&gon=1&gop=0").text
    assert '<input type="hidden" name="gon" value="1">' in page
    for url in re.findall(r'href="(/(?:tim-kiem\?|bai/)[^"]*)"', page):
        looks = read_view(MultiDict(re.findall(r"(gon|gop)=(\d)", url)))
        assert (looks.compact + (not looks.folds)) >= 1, url  # each look can be taken back
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    assert canonical
    assert "gon" not in canonical[1]


def test_sizes_are_offered_where_there_is_more_than_the_shortest_page(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=").text
    assert all(f">{size}</a>" in page for size in (10, 20, 50))
    assert "size=20" in page
    small = create_app(Settings(max_page_size=20), lambda: Copying(many_articles(24))).test_client().get("/tim-kiem?q=")
    assert ">50</a>" not in small.text


def test_few_results_need_no_choice_of_sizes(client_for: ClientFor) -> None:
    assert "Mỗi trang" not in client_for(many_articles(10)).get("/tim-kiem?q=").text


@given(st.integers(1, 200), st.integers(1, 100), st.integers(1, 100))
def test_another_size_keeps_the_first_result_in_view(page: int, size: int, other: int) -> None:
    first = (page - 1) * size + 1
    request = links.sized(SearchRequest(page=page, page_size=size), other)
    assert (request.page - 1) * other < first <= request.page * other


@given(st.lists(st.text()), st.lists(st.text()))
def test_any_view_is_read(compact: list[str], folds: list[str]) -> None:
    view = read_view(MultiDict([*(("gon", one) for one in compact), *(("gop", one) for one in folds)]))
    assert read_view(MultiDict(view.items())) == view


def test_the_usual_view_says_nothing() -> None:
    assert Links(view=USUAL).search(SearchRequest("a")) == "/tim-kiem?q=a"
    assert Links(view=View(compact=True)).search(SearchRequest("a")) == "/tim-kiem?q=a&gon=1"
    assert Links(view=View(compact=True)).json(SearchRequest("a")) == "/api/v1/search?q=a"


def test_authors_are_looked_for_by_name_within_the_results(client_for: ClientFor) -> None:
    client = client_for(many_articles(200))
    few = client_for(many_articles(8)).get("/tim-kiem?q=xây").text
    assert 'name="author_like"' not in few  # they are all there to see
    page = client.get("/tim-kiem?q=xây&gon=1").text
    form = page[page.index('class="facet-search"') : page.index("</form>", page.index('class="facet-search"'))]
    assert '<input type="hidden" name="q" value="xây">' in form
    assert '<input type="hidden" name="gon" value="1">' in form
    page = client.get("/tim-kiem?q=xây&author_like=khong%20ai").text
    assert 'value="khong ai"' in page
    assert "Xem mọi tác giả" in page
    assert "author_like" not in re.findall(r'href="(/bai/[^"]*)"', page)[0]


@pytest.mark.parametrize(
    ("facet", "heading", "value"), [("section", "Chuyên mục", "Kinh tế"), ("source", "Nguồn", "Báo Bến Sim")]
)
def test_sections_and_sources_can_be_chosen_and_excluded(
    client_for: ClientFor, facet: str, heading: str, value: str
) -> None:
    client = client_for()
    page = client.get("/tim-kiem?q=xây").text
    assert f">{heading}</h2>" in page
    assert f"not_{facet}={quote_plus(value)}" in page
    chosen = client.get(f"/tim-kiem?q=xây&{facet}={value}").text
    assert "— 1 bài" in chosen
    assert f"<span>{value}</span>" in chosen
    assert "Vụ lúa" not in client.get(f"/tim-kiem?q=xây&not_{facet}={value}").text
