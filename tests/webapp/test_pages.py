"""The pages, as a reader without JavaScript gets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import webapp
from indexer.model import Article, Notice, Offer, OfferKind

ClientFor = Callable[..., FlaskClient]

PAGES = (
    "/", "/tim-kiem", "/tim-kiem?q=xây&author=đình lâm&not_year=2019", "/tim-kiem?q=xyz",
    "/bai/2020/07/01/don-vi.html?q=xây", "/bai/khong-ngay", "/tro-giup", "/khong-co",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "%s %(q)s",
    "\x00", "'", "a" * 10_000, "\u202egnourt", "ＦＵＬＬ", "-" * 300, "((((", '"""', "ngày:x",
)  # fmt: skip

DATA_BLOCK = '<script type="application/ld+json">'
"""Holds data about an article, and is never run."""


def text_of(client: FlaskClient, url: str) -> str:
    """The page's text as read, without tags."""
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def links_of(client: FlaskClient, url: str, label: str) -> list[str]:
    """Where the links go whose text holds `label`."""
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', client.get(url).text, re.DOTALL)
    return [unescape(href) for href, inside in found if label in re.sub(r"<[^>]*>", "", inside)]


def test_home_tells_the_size_and_lists_the_newest(client: FlaskClient) -> None:
    home = text_of(client, "/")
    assert "Kho có 4 bài, 2004–2020." in home
    assert home.index("Đẩy mạnh xây dựng Đảng") < home.index("Vụ lúa được mùa")
    assert "Đình Lâm 2" in home


def test_home_leads_to_years_and_authors(client: FlaskClient) -> None:
    assert 'aria-label="2015: 1 bài"' in client.get("/").text
    (url,) = links_of(client, "/", "Hồng Hà")
    assert "1 bài" in text_of(client, url)


def test_only_home_takes_the_cursor(client: FlaskClient) -> None:
    assert [url for url in PAGES if " autofocus" in client.get(url).text] == ["/"]


def test_an_empty_archive_says_what_to_do(client_for: ClientFor) -> None:
    client = client_for(())
    assert "Kho chưa có bài nào" in text_of(client, "/")
    assert "khobao index" in text_of(client, "/")
    assert "Không có bài nào khớp." in text_of(client, "/tim-kiem?q=a")


def test_results_say_what_was_searched_and_light_it(client: FlaskClient) -> None:
    response = client.get("/tim-kiem?q=xây dựng")
    assert "Đã tìm xây dựng — 4 bài" in text_of(client, "/tim-kiem?q=xây dựng")
    assert "<mark>xây</mark> <mark>dựng</mark>" in response.text
    assert 'value="xây dựng"' in response.text


def test_an_article_without_day_and_author_has_no_empty_line(client: FlaskClient) -> None:
    assert 'class="about"' not in client.get("/tim-kiem?q=không ngày").text
    assert "Không rõ ngày đăng" in text_of(client, "/bai/khong-ngay")


def test_notices_of_the_archive_are_shown_in_the_page_s_language(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("every_spelling"),))
    assert "không có dấu" in text_of(client, "/tim-kiem?q=a")
    client.set_cookie("lang", "en")
    assert "The query has no marks" in text_of(client, "/tim-kiem?q=a")


def test_a_facet_value_is_chosen_by_its_link_and_given_up_by_its_chip(client: FlaskClient) -> None:
    (url,) = links_of(client, "/tim-kiem?q=xây", "Hồng Hà")[:1]
    assert "— 1 bài" in text_of(client, url)
    assert "Không lọc thì có 4 bài." in text_of(client, url)
    (back,) = links_of(client, url, "bỏ bộ lọc này")
    assert "— 4 bài" in text_of(client, back)


def test_a_facet_value_can_be_excluded_and_taken_back(client: FlaskClient) -> None:
    (url,) = links_of(client, "/tim-kiem?q=xây", "trừ ra Hồng Hà")
    assert "— 3 bài" in text_of(client, url)
    assert "đã trừ" in text_of(client, url)
    (back,) = links_of(client, url, "lấy lại Hồng Hà")
    assert "— 4 bài" in text_of(client, back)


def test_months_are_offered_once_a_year_is_chosen(client: FlaskClient) -> None:
    assert "Tháng 7" not in text_of(client, "/tim-kiem?q=xây")
    assert "Tháng 7" in text_of(client, "/tim-kiem?q=xây&year=2020")


def test_dates_are_kept_in_their_fields_as_typed_by_people(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&from=2015&to=7/2020").text
    assert 'value="1/1/2015"' in page
    assert 'value="31/7/2020"' in page


def test_a_date_that_cannot_be_read_stays_in_its_field(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây&from=hôm+xưa").text
    assert 'value="hôm xưa"' in page
    assert 'aria-describedby="from-error date-hint" aria-invalid="true"' in page
    assert '<li id="from-error">Chưa đọc được ngày' in page


def test_nothing_found_offers_ways_out_that_find_something(client: FlaskClient) -> None:
    url = "/tim-kiem?q=xây&year=1999"
    assert "Không có bài nào khớp." in text_of(client, url)
    (out,) = links_of(client, url, "Bỏ hết bộ lọc: có 4 bài")
    assert "— 4 bài" in text_of(client, out)


def test_where_only_a_part_was_searched_nobody_says_that_nothing_matches(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("partial_answer"),))
    nothing = text_of(client, "/tim-kiem?q=xyz")
    assert "mới tìm được trong một phần kho" in nothing
    assert "Chưa tìm thấy bài nào." in nothing
    assert "Không có bài nào khớp." not in nothing
    assert "mới tìm được trong một phần kho" in text_of(client, "/tim-kiem?q=xây")


@pytest.mark.parametrize(
    ("query", "step"),
    [
        ("lúa gạo", "Chỉ cần một trong các từ: lúa OR gạo"),
        ("xyz", "Xem tất cả bài"),
    ],
)
def test_looser_questions_are_offered(client: FlaskClient, query: str, step: str) -> None:
    assert step in text_of(client, f"/tim-kiem?q={query}")


def test_where_a_phrase_stands_nowhere_its_words_are_offered_with_what_they_find(client_for: ClientFor) -> None:
    client = client_for(offers=(Offer(OfferKind.UNQUOTED, "lúa xây", 12),))
    page = client.get('/tim-kiem?q="lúa xây"').text
    assert "Không cần đúng cụm từ: lúa xây (12 bài)" in page
    assert 'href="/tim-kiem?q=l%C3%BAa+x%C3%A2y"' in page
    assert "Không cần đúng cụm từ" not in client_for().get('/tim-kiem?q="lúa xây"').text


# -- other questions, one click away

SPELLINGS = (
    Offer(OfferKind.SPELLING, "xây", 812),
    Offer(OfferKind.SPELLING, "dựng", 40),
    Offer(OfferKind.UNMARKED, "xay", 1204),
)


def test_other_spellings_are_offered_with_their_counts_under_the_same_filters(client_for: ClientFor) -> None:
    client = client_for(offers=SPELLINGS)
    here = "/tim-kiem?q=lúa&year=2015&page=1&literal=1"
    assert "Cách viết khác: xây 812 (812 bài) dựng 40 (40 bài) Không kể dấu 1.204 (1.204 bài)" in text_of(client, here)
    assert links_of(client, here, "dựng") == ["/tim-kiem?q=d%E1%BB%B1ng&year=2015"]
    assert links_of(client, here, "Không kể dấu") == ["/tim-kiem?q=xay&year=2015"]


def test_the_spellings_of_a_query_without_marks_narrow_it(client_for: ClientFor) -> None:
    client = client_for(offers=SPELLINGS[:2], notices=(Notice("every_spelling"),))
    page = text_of(client, "/tim-kiem?q=xay")
    assert "Có các cách viết: xây 812" in page
    assert "Không kể dấu" not in page
    assert "Đã tìm xây — 4 bài" in text_of(client, links_of(client, "/tim-kiem?q=xay", "(812 bài)")[0])


def test_the_search_without_marks_is_offered_alone(client_for: ClientFor) -> None:
    page = text_of(client_for(offers=SPELLINGS[2:]), "/tim-kiem?q=xyz")
    assert "Cách viết khác: Không kể dấu 1.204" in page


def test_a_page_without_offers_has_no_room_for_them(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=xây").text
    assert 'class="spellings' not in page
    assert 'class="correction"' not in page


def test_did_you_mean_leads_to_what_it_says(client_for: ClientFor) -> None:
    client = client_for(offers=(Offer(OfferKind.CORRECTION, "xây dựng", 4),))
    here = "/tim-kiem?q=xây zựng"
    assert "Có phải bạn muốn tìm: xây dựng (4 bài) ?" in text_of(client, here)
    (url,) = links_of(client, here, "xây dựng")
    assert "Đã tìm xây dựng — 4 bài" in text_of(client, url)


def test_what_was_likely_meant_is_not_offered_once_more_among_the_spellings(client_for: ClientFor) -> None:
    client = client_for(offers=(Offer(OfferKind.CORRECTION, "xây", 812), *SPELLINGS))
    page = text_of(client, "/tim-kiem?q=lúa")
    assert "Có phải bạn muốn tìm: xây (812 bài) ? Cách viết khác: dựng 40" in page


@pytest.fixture
def decoding(client_for: ClientFor) -> FlaskClient:
    """Looks at an archive that reads `xaay` as keystrokes."""
    notice = Notice("keyboard_decoded", {"typed": "xaay", "searched": "xây"})
    return client_for(notices=(notice,), offers=(Offer(OfferKind.LITERAL, "xaay", 0, literal=True),), searched="xây")


def test_what_was_searched_in_place_of_what_was_typed_stands_in_the_heading(decoding: FlaskClient) -> None:
    page = decoding.get("/tim-kiem?q=xaay").text
    assert "Đã tìm xây — 4 bài" in text_of(decoding, "/tim-kiem?q=xaay")
    assert "<title>xây – Kho Báo</title>" in page
    assert 'value="xaay"' in page, "the box keeps what the reader typed"


def test_the_sentence_that_says_so_leads_back_to_what_was_typed(decoding: FlaskClient) -> None:
    page = text_of(decoding, "/tim-kiem?q=xaay&year=2020")
    assert "Không có bài nào với “xaay”" in page
    (back,) = links_of(decoding, "/tim-kiem?q=xaay&year=2020", "Tìm đúng như đã gõ: “xaay”")
    assert back == "/tim-kiem?q=xaay&year=2020&literal=1"
    assert "Đã tìm xaay — 0 bài" in text_of(decoding, back)


def test_a_literal_search_says_so_and_leads_back_to_the_usual_one(decoding: FlaskClient) -> None:
    here = "/tim-kiem?q=xaay&year=2020"
    assert "Tìm đúng như đã gõ, không thay bằng câu khác." not in text_of(decoding, here)
    assert "Tìm đúng như đã gõ, không thay bằng câu khác. Tìm như thường lệ" in text_of(decoding, f"{here}&literal=1")
    assert links_of(decoding, f"{here}&literal=1", "Tìm như thường lệ") == ["/tim-kiem?q=xaay&year=2020"]


def test_a_question_typed_after_a_literal_one_starts_afresh(decoding: FlaskClient) -> None:
    page = decoding.get("/tim-kiem?q=xaay&sort=oldest&literal=1").text
    assert 'name="sort"' in page
    assert 'name="literal"' not in page


def test_articles_light_what_was_searched_and_lead_back_to_its_list(decoding: FlaskClient) -> None:
    (article,) = links_of(decoding, "/tim-kiem?q=xaay&sort=oldest", "Đẩy mạnh")
    assert "3 chỗ khớp" in text_of(decoding, article)
    (back,) = links_of(decoding, article, "Về kết quả tìm xây")
    assert back == "/tim-kiem?q=x%C3%A2y&sort=oldest"


def test_offers_speak_english_too(client_for: ClientFor) -> None:
    client = client_for(offers=(Offer(OfferKind.CORRECTION, "xây dựng", 1), *SPELLINGS))
    client.set_cookie("lang", "en")
    page = text_of(client, "/tim-kiem?q=lúa")
    assert "Did you mean: xây dựng (1 article) ?" in page
    assert "Other spellings: xây 812 (812 articles)" in page


def test_text_of_offers_is_never_markup(client_for: ClientFor) -> None:
    offers = tuple(Offer(kind, "<b>&" * 50, 2) for kind in OfferKind)
    notices = (Notice("marks_dropped", {"typed": "<i>", "searched": "<b>"}),)
    page = client_for(offers=offers, notices=notices).get("/tim-kiem?q=xây").text
    assert "<i>" not in page
    assert "<b>" not in page


def test_words_that_the_archive_lacks_are_not_offered_again(client_for: ClientFor) -> None:
    client = client_for(notices=(Notice("missing_words", {"words": "zzz"}),))
    assert "Chỉ cần một trong các từ" not in text_of(client, "/tim-kiem?q=zzz yyy")


def test_thousands_of_results_are_paged(client_for: ClientFor, thousands: tuple[Article, ...]) -> None:
    client = client_for(thousands)
    first = text_of(client, "/tim-kiem?q=xây")
    assert "— 3.200 bài" in first
    assert "Trang sau" in first
    assert "Trang trước" not in first
    (url,) = links_of(client, "/tim-kiem?q=xây", "320")
    assert "Trang sau" not in text_of(client, url)


def test_a_page_past_the_end_leads_to_the_last(client: FlaskClient) -> None:
    response = client.get("/tim-kiem?q=xây&page=99&size=3")
    assert response.status_code == 302
    assert response.location.endswith("size=3&page=2")


def test_long_facets_are_folded(client_for: ClientFor, thousands: tuple[Article, ...]) -> None:
    assert "Xem thêm 12" in text_of(client_for(thousands), "/tim-kiem")


def test_pages_stay_light(client_for: ClientFor, thousands: tuple[Article, ...]) -> None:
    client = client_for(thousands)
    style = len((Path(webapp.__file__).parent / "static" / "khobao.css").read_bytes())
    for url in ("/", "/tim-kiem?q=xây dựng&year=2010&author=tác giả 7", "/tro-giup"):
        assert len(client.get(url).data) + style < 60_000, url


def test_the_article_leads_back_to_exactly_the_same_results(client: FlaskClient) -> None:
    search = "/tim-kiem?q=xây&author=hồng hà&from=2004&sort=oldest&size=5"
    (article,) = links_of(client, search, "Đẩy mạnh")
    (back,) = links_of(client, article, "Về kết quả tìm xây")
    assert text_of(client, back) == text_of(client, search)


def test_the_article_shows_everything_it_has(client: FlaskClient) -> None:
    page = text_of(client, "/bai/2020/07/01/don-vi.html?q=xây")
    for part in (
        "thứ Tư, 1/7/2020, 10:07", "Chính trị", ["Đình Lâm", "Hồng Hà"][0],
        "Công tác xây dựng Đảng có nhiều chuyển biến.", "Một buổi sinh hoạt chi bộ",
        "Ảnh: Hồng Hà", "3 chỗ khớp",
        "Đình Lâm, Hồng Hà (2020), “Đẩy mạnh xây dựng Đảng ở cơ sở”, Kho Báo, ngày 1/7/2020",
    ):  # fmt: skip
        assert part in page


def test_an_article_that_nobody_searched_for_has_no_way_back(client: FlaskClient) -> None:
    page = client.get("/bai/2020/07/01/don-vi.html").text
    assert "<mark" not in page
    assert 'class="back"' not in page


def test_ids_of_any_kind_are_reachable(client: FlaskClient) -> None:
    (url,) = links_of(client, "/tim-kiem?q=phong trào", "Hội nghị tổng kết")
    assert "Bài đầu tiên của kho." in text_of(client, url)


def test_text_of_articles_is_never_markup(client: FlaskClient) -> None:
    page = client.get("/bai/2015/12/31/lua.txt?q=kho").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.replace(DATA_BLOCK, "").count("<script") == 1  # our own file


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("url", ["/tim-kiem", "/bai/khong-ngay"])
def test_hostile_text_is_answered_and_escaped(client: FlaskClient, url: str, query: str) -> None:
    names = ("q", "author", "year", "month", "from", "to", "sort", "page", "size", "not_author", "literal")
    response = client.get(url, query_string=dict.fromkeys(names, query))
    assert response.status_code == 200
    assert response.text.replace(DATA_BLOCK, "").count("<script") == 1
    assert "<img" not in response.text
    assert "49" not in response.text


def test_raw_bytes_in_an_address_are_answered(client: FlaskClient) -> None:
    assert client.get("/tim-kiem?q=%ff%ed%a0%80%00").status_code == 200
    assert client.get("/bai/%ff%ed%a0%80%00?q=%ff").status_code == 404


def test_help_examples_run(client: FlaskClient) -> None:
    examples = re.findall(r'<dt><a href="([^"]+)"', client.get("/tro-giup").text)
    assert len(examples) > 10
    for url in examples:
        assert client.get(unescape(url)).status_code == 200


def test_the_language_switch_returns_to_the_same_page(client: FlaskClient) -> None:
    here = "/tim-kiem?q=x%C3%A2y+d%E1%BB%B1ng&year=2020"
    (switch,) = links_of(client, here, "English")
    response = client.get(switch)
    assert response.location == here
    assert '<html lang="en">' in client.get(here).text
    assert "Searched xây dựng" in text_of(client, here)
    (back,) = links_of(client, here, "Tiếng Việt")
    client.get(back)
    assert '<html lang="vi">' in client.get(here).text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_language_switch_never_leaves_the_site(client: FlaskClient, target: str) -> None:
    response = client.get("/ngon-ngu/en", query_string={"next": target})
    assert response.location == "/"


def test_the_browser_s_languages_do_not_matter(client: FlaskClient) -> None:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="vi">' in response.text


def test_unknown_languages_are_not_found(client: FlaskClient) -> None:
    assert client.get("/ngon-ngu/fr").status_code == 404
    client.set_cookie("lang", "fr")
    assert '<html lang="vi">' in client.get("/").text


@pytest.mark.parametrize("url", PAGES)
def test_nothing_needs_inline_script_or_style(client: FlaskClient, url: str) -> None:
    page = client.get(url)
    text = page.text.replace(DATA_BLOCK, "")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|<style|\son\w+=", text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("url", PAGES)
def test_ids_are_unique_and_labels_point_somewhere(client: FlaskClient, url: str) -> None:
    page = client.get(url).text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'\s(?:for|form|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert set(pointed) <= set(ids)
    assert page.count("<h1") == 1
