"""Around an article: the list it was found in, others beside it, its permanent address, what machines are told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.model import Article
from indexer.settings import Settings
from indexer.short_codes import code_of
from tests.webapp.conftest import ARTICLES, ClientFor, FakeArchive, author, many_articles, stamp
from webapp.app import create_app

ARTICLE = "/bai/2020/07/01/don-vi.html"
CODE = code_of("2020/07/01/don-vi.html")


def links(page: str, label: str) -> list[str]:
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(href) for href, inside in found if label in unescape(re.sub(r"<[^>]*>", "", inside))]


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def data_of(page: str) -> dict[str, object]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    found = json.loads(block[1])
    assert isinstance(found, dict)
    return found


def test_a_reader_walks_through_the_results_and_back_to_the_page_they_stand_on(client_for: ClientFor) -> None:
    client = client_for(many_articles(30))
    page = client.get("/tim-kiem?q=xây&sort=newest").text
    (url, *_) = links(page, "Bài xây dựng")
    titles = []
    for _ in range(12):
        page = client.get(url).text
        titles.append(re.findall(r"<title>(.*?) –", page)[0])
        url = links(page, "Bài sau")[0]
    assert "Bài 12 / 30" in text_of(page)
    assert len(set(titles)) == 12
    assert text_of(client.get(links(page, "Về kết quả")[0]).text).count(titles[-1]) == 1
    assert titles[-2] in client.get(links(page, "Bài trước")[0]).text


def test_the_ends_of_the_list_are_ends(client_for: ClientFor) -> None:
    client = client_for(many_articles(2))
    first = client.get(links(client.get("/tim-kiem?q=xây").text, "Bài xây dựng")[0]).text
    last = client.get(links(first, "Bài sau")[0]).text
    assert not links(first, "Bài trước")
    assert not links(last, "Bài sau")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99", "9" * 400])
def test_a_number_that_is_not_the_articles_is_passed_over(client: FlaskClient, number: str) -> None:
    page = client.get(f"{ARTICLE}?q=xây&n={number}")
    assert page.status_code == 200
    assert not links(page.text, "Bài sau")
    assert links(page.text, "Về kết quả")


def test_matches_are_numbered_and_lead_on(client: FlaskClient) -> None:
    page = client.get(f"{ARTICLE}?q=xây").text
    assert links(page, "3 chỗ khớp") == ["#m1"]
    assert re.findall(r'<mark id="(m\d)"', page) == ["m1", "m2", "m3"]
    assert "#m1" not in client.get(ARTICLE).text


def test_articles_of_the_same_author_and_of_the_same_day_stand_below(client_for: ClientFor) -> None:
    others = tuple(
        Article(
            id=f"k{number}", title=f"Bài khác {number}", authors=(author("Đình Lâm"),), published=stamp(number, 5, 2019)
        )
        for number in range(1, 13)
    )
    twin = Article(id="day", title="Cũng hôm ấy", published=stamp(1, 7, 2020))
    page = client_for((ARTICLES[0], *others, twin)).get(ARTICLE).text
    below = text_of(page[page.index("Cùng tác giả") :])
    assert below.startswith("Cùng tác giả Đình Lâm Bài khác 12 12/5/2019 Bài khác 11 11/5/2019")
    assert "Xem cả 13 bài Cùng ngày 1/7/2020 Cũng hôm ấy" in below
    assert "Cùng tác giả Hồng Hà" not in below
    assert "Đẩy mạnh" not in below.split("Bài có chỗ sai")[0]


def test_the_permanent_address_leads_to_the_article(client: FlaskClient) -> None:
    page = client.get(f"{ARTICLE}?q=xây").text
    assert links(page, f"http://localhost/b/{CODE}") == [f"http://localhost/b/{CODE}"]
    answer = client.get(f"/b/{CODE}")
    assert (answer.status_code, answer.location) == (302, ARTICLE)
    assert client.get(f"/b/{CODE.upper()}").status_code in {302, 404}
    assert client.get("/b/0000000000").status_code == 404
    assert client.get("/b/").status_code == 404


def test_any_article_is_reached_by_its_permanent_address(client: FlaskClient) -> None:
    for one in ARTICLES:
        assert client.get(f"/b/{code_of(one.id)}", follow_redirects=True).status_code == 200


def test_articles_that_share_an_address_are_both_offered() -> None:
    class Sharing(FakeArchive):
        def with_code(self, code: str) -> tuple[str, ...]:  # noqa: ARG002 - all have it
            return (ARTICLES[0].id, ARTICLES[2].id)

    client = create_app(Settings(), Sharing).test_client()
    page = client.get(f"/b/{CODE}")
    assert page.status_code == 300
    assert [client.get(links(page.text, title)[0]).status_code for title in ("Đẩy mạnh", "Bài xây dựng không")] == [
        200
    ] * 2
    assert client.get(f"/b/{CODE}.ris").text.count("ER  - ") == 2


@pytest.mark.parametrize(
    ("ending", "media_type", "opening"),
    [("bib", "application/x-bibtex", "@article{khobao-"), ("ris", "application/x-research-info-systems", "TY  - NEWS")],
)
def test_citations_are_files_to_take_along(client: FlaskClient, ending: str, media_type: str, opening: str) -> None:
    answer = client.get(f"/b/{CODE}.{ending}")
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="khobao-{CODE}.{ending}"'
    assert answer.text.startswith(opening)
    assert f"http://localhost/b/{CODE}" in answer.text
    assert client.get(f"/b/0000000000.{ending}").status_code == 404
    assert client.get(f"/b/{CODE}.pdf").status_code == 404


def test_the_newspaper_is_named_where_the_settings_do() -> None:
    client = create_app(Settings(newspaper="Báo Quê"), FakeArchive).test_client()
    page = client.get(ARTICLE).text
    assert "ở cơ sở”, Báo Quê, ngày 1/7/2020" in text_of(page)
    assert '<meta property="og:site_name" content="Báo Quê">' in page
    assert "T2  - Báo Quê" in client.get(f"/b/{CODE}.ris").text


def test_machines_are_told_what_the_article_is(client: FlaskClient) -> None:
    page = client.get(f"{ARTICLE}?q=xây").text
    data = data_of(page)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Đẩy mạnh xây dựng Đảng ở cơ sở"
    assert data["datePublished"] == "2020-07-01T10:07:00+07:00"
    assert data["author"] == [{"@type": "Person", "name": "Đình Lâm"}, {"@type": "Person", "name": "Hồng Hà"}]
    assert data["url"] == f"http://localhost/b/{CODE}"
    assert f'<link rel="canonical" href="http://localhost{ARTICLE}">' in page
    assert '<meta property="og:title" content="Đẩy mạnh xây dựng Đảng ở cơ sở">' in page
    (told,) = re.findall(r'<meta name="description" content="([^"]*)"', page)
    assert told.startswith("Nhiều cách làm mới")
    assert len(told) <= 161


def test_what_is_unknown_is_not_told(client: FlaskClient) -> None:
    page = client.get("/bai/khong-ngay").text
    assert set(data_of(page)) == {
        "@context", "@type", "headline", "description", "inLanguage", "url", "mainEntityOfPage", "publisher",
    }  # fmt: skip
    assert "published_time" not in page
    assert "không rõ ngày" in text_of(page)


def test_no_text_ends_the_data_block(client_for: ClientFor) -> None:
    nasty = "</script><script>alert(1)</script><!-- \u2028 &quot;"
    page = client_for((replace(ARTICLES[2], title=nasty, lead=nasty),)).get("/bai/khong-ngay").text
    assert data_of(page)["headline"] == nasty
    assert page.count("<script") == 2
