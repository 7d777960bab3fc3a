"""Why an article is found, or not, on the page of the article; and the articles beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.model import Notice
from tests.webapp.conftest import many_articles

ClientFor = Callable[..., FlaskClient]

ARTICLE = "/bai/2020/07/01/don-vi.html"


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def link_called(client: FlaskClient, url: str, label: str) -> list[str]:
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', client.get(url).text, re.DOTALL)
    return [unescape(href) for href, inside in found if label in inside]


def test_an_article_that_was_searched_for_leads_to_why_it_was_found(client: FlaskClient) -> None:
    (url,) = link_called(client, f"{ARTICLE}?q=xây+dựng&year=2020", "Vì sao tìm thấy bài này?")
    assert url == f"{ARTICLE}?q=x%C3%A2y+d%E1%BB%B1ng&year=2020&why=1"
    page = text_of(client, url)
    assert "đứng thứ 1 trong 1 bài" in page
    assert "Khớp: “xây” có ở tiêu đề, đoạn 2 (3 lần)." in page
    assert "Điểm của bài: 3,000" in page


def test_an_article_that_was_not_searched_for_says_nothing_of_it(client: FlaskClient) -> None:
    assert "Vì sao" not in text_of(client, ARTICLE)


def test_why_an_article_is_not_found_is_told_at_its_address(client: FlaskClient) -> None:
    page = text_of(client, f"{ARTICLE}?q=xây+qwerty&year=2021&why=1")
    assert "Vì sao không tìm thấy bài này?" in page
    assert "Không khớp: “qwerty” không có trong bài." in page
    assert "Không khớp: Bài không rõ ngày đăng" in page
    assert "Điểm của bài" not in page


def test_the_explanation_speaks_english_too(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    page = text_of(client, f"{ARTICLE}?q=xây&why=1")
    assert "Why is this article found?" in page
    assert "Matches: “xây” stands in the title, paragraph 2 (3×)." in page
    assert "Score of the article: 1.500" in page


def test_how_the_query_was_read_is_told(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("every_spelling"),))
    assert "không có dấu" in text_of(client, f"{ARTICLE}?q=xây&why=1")


def test_the_explanation_can_be_hidden_and_another_query_tried(client: FlaskClient) -> None:
    url = f"{ARTICLE}?q=xây&author=đình+lâm&from=2015&why=1"
    (hidden,) = link_called(client, url, "Ẩn phần giải thích")
    assert "Giải thích" not in text_of(client, hidden)
    form = re.search(r'<form class="why-form".*?</form>', client.get(url).text, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.group()))
    assert fields == {"q": "xây", "author": "đình lâm", "from": "2015-01-01", "why": "1"}
    assert unescape(re.findall(r'action="([^"]*)"', form.group())[0]) == ARTICLE


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "%s %(q)s", "'"])
def test_what_was_asked_is_shown_as_text(client: FlaskClient, query: str) -> None:
    page = client.get(ARTICLE, query_string={"q": query, "why": "1"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "49" not in page.text


@pytest.mark.parametrize("value", ["0", "", "x", "11"])
def test_only_1_asks_for_the_explanation(client: FlaskClient, value: str) -> None:
    assert "Giải thích" not in text_of(client, f"{ARTICLE}?q=xây&why={value}")


def test_an_unknown_article_has_no_explanation(client: FlaskClient) -> None:
    assert client.get("/bai/nope?q=xây&why=1").status_code == 404


def test_articles_on_the_same_subject_stand_below(client_for: ClientFor) -> None:
    client = client_for(many_articles(9))
    assert link_called(client, "/bai/bai/3", "Bài xây dựng số 5") == ["/bai/bai/5"]
    page = text_of(client, "/bai/bai/3")
    assert page.index("Nội dung xây dựng.") < page.index("Trích dẫn") < page.index("Bài liên quan")
    assert page.count("Bài xây dựng số") >= 5


def test_where_there_are_none_there_is_no_heading(client: FlaskClient) -> None:
    assert "Bài liên quan" not in text_of(client, ARTICLE)
