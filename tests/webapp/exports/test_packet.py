"""The page that searches itself: all the text, nothing of it markup, and no need of anything else.

That it does search is tried in a browser: `tests/browser/test_packet.py`.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from indexer.model import Article
from tests.webapp.exports.articles import ARTICLES
from tests.webapp.exports.conftest import ClientOfOne
from webapp.exports.characters import legal

TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "em", "bdi", "p", "a", "form", "label",
    "input", "button", "main", "article", "details", "summary", "span", "time", "div", "figure", "figcaption", "mark",
    "script",
}  # fmt: skip


class Reader(HTMLParser):
    """What a page holds: its tags, and the text of elements marked `data-text`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.is_text = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"p", "figcaption"}:
            self.is_text = "data-text" in dict(attrs)
            self.texts += [""] if self.is_text else []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "figcaption"}:
            self.is_text = False

    def handle_data(self, data: str) -> None:
        if self.is_text:
            self.texts[-1] += data


def test_it_needs_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/tim-kiem.html?q=xây+dựng")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "src=" not in answer.text
    assert "<link" not in answer.text
    assert "@import" not in answer.text
    assert "url(" not in answer.text


def test_the_words_searched_are_lit_and_each_article_can_be_cited(client: FlaskClient) -> None:
    page = client.get("/tim-kiem.html?q=Đảng").text
    assert 'Bài về <em lang="vi"><bdi>Đảng</bdi></em>' in page
    assert "Công tác xây dựng <mark>Đảng</mark> có nhiều chuyển biến." in page
    assert "Đình Lâm, Hồng Hà (2020), “Đẩy mạnh xây dựng Đảng ở cơ sở”, Kho Báo, ngày 1/7/2020, http://" in page
    permanent = re.search(r'href="http://localhost(/b/\w+)"', page)
    assert permanent
    assert client.get(permanent[1]).location == "/bai/2020/07/01/don-vi.html"


def test_it_speaks_the_reader_s_language(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    page = client.get("/tim-kiem.html?q=Đảng").text
    assert '<html lang="en">' in page
    assert "Search these articles" in page


def test_its_policy_lets_in_its_own_script_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/tim-kiem.html?q=Đảng").text
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found
    policy = found[1].replace("&#39;", "'")
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'", policy)


@examples(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_no_article_is_markup_and_its_text_is_all_there(client_of_one: ClientOfOne, article: Article) -> None:
    page = Reader(client_of_one(article).get("/tim-kiem.html").text)
    assert {*page.tags} <= TAGS
    assert page.tags.count("script") == 1
    told = [legal(text) for text in (*([article.lead] if legal(article.lead) else []), *article.paragraphs)]
    assert page.texts[: len(told)] == told
