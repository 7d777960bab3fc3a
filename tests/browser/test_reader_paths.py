"""The ways readers go, in a real browser, with JavaScript and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

OWNERS_TITLE = "Sơ kết công tác tổ chức xây dựng Đảng 6 tháng đầu năm"


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    chosen: bool = request.param
    return chosen


def search(page: Page, text: str) -> None:
    box = page.get_by_label("Tìm trong kho báo")
    box.fill(text)
    box.press("Enter")
    page.wait_for_url("**/tim-kiem?**")


def choose(page: Page, facet: str, value: str) -> None:
    row = page.locator(f"section[aria-labelledby=facet-{facet}] li").filter(has_text=re.compile(rf"^\s*{value}")).first
    if not row.is_visible():
        page.locator(f"section[aria-labelledby=facet-{facet}] details summary").click()
    row.locator("a.value").click()


def test_searching_without_marks_finds_and_lights_the_owners_article(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    search(page, "xay dung dang")
    hit = page.locator("article.result").filter(has_text=OWNERS_TITLE)
    expect(hit.locator("mark").filter(has_text="xây dựng Đảng").first).to_be_visible()


def test_filters_narrow_widen_and_exclude(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=xay+dung", javascript=javascript)
    everything = page.locator(".how-many").inner_text()
    choose(page, "author", "Đình Lâm")
    expect(page.locator(".chips")).to_contain_text("Đình Lâm")
    choose(page, "year", "2020")
    choose(page, "month", "Tháng 7")
    assert re.search(r"author=.*year=2020.*month=2020-07", page.url)
    expect(page.get_by_role("link", name=OWNERS_TITLE)).to_be_visible()
    page.get_by_role("link", name="Bỏ hết bộ lọc").click()
    expect(page.locator(".how-many")).to_have_text(everything)
    row = page.locator("section[aria-labelledby=facet-author] li").filter(has_text="Đình Lâm").first
    row.locator("a.exclude").click()
    expect(page.locator(".chips")).to_contain_text("Trừ")
    expect(page.locator("article.result .who").filter(has_text=re.compile("Đình Lâm", re.IGNORECASE))).to_have_count(0)


def test_an_article_opens_with_the_words_lit_and_leads_back(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=x%C3%A2y+d%E1%BB%B1ng+%C4%90%E1%BA%A3ng&year=2020", javascript=javascript)
    results = page.url
    page.get_by_role("link", name=OWNERS_TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OWNERS_TITLE)
    expect(page.locator("h1 mark")).to_have_text("xây dựng Đảng")
    expect(page.locator("article.story .who")).to_have_text("Đình Lâm")
    expect(page.locator("article.story time")).to_contain_text("1/7/2020")
    expect(page.locator("figcaption")).to_contain_text("Tạp chí Xây dựng Đảng")
    assert page.locator("article.story").inner_text().count("Sáng 1-7, ông Phạm Minh Chính") == 1
    page.get_by_role("link", name="Về kết quả").click()
    expect(page).to_have_url(results)


def test_an_article_tells_why_it_is_found_and_why_not_by_another_query(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=xay+dung+dang", javascript=javascript)
    page.get_by_role("link", name=OWNERS_TITLE).click()
    page.get_by_role("link", name="Vì sao tìm thấy bài này?").click()
    expect(page.locator(".why")).to_contain_text("“xay” khớp với “xây” ở tiêu đề")
    page.get_by_label("Thử câu tìm khác với bài này").fill("xây dựng đang")
    page.get_by_role("button", name="Giải thích").click()
    expect(page.locator(".why")).to_contain_text("“đang” không có trong bài; chỉ có “Đảng”, khác thanh")
    page.get_by_role("link", name="Ẩn phần giải thích").click()
    expect(page.locator(".why")).to_have_count(0)
    page.locator(".similar a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(OWNERS_TITLE)


def test_a_shared_address_shows_another_reader_the_same(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=xay+dung+dang&year=2020", javascript=javascript)
    other = open_page(page.url, javascript=javascript)
    titles = [one.locator(".result-title").all_inner_texts() for one in (page, other)]
    assert titles[0] == titles[1] != []


def test_english_is_one_click_away_and_stays(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=xay+dung+dang", javascript=javascript)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "q=xay+dung+dang" in page.url
    page.locator("article.result a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_dates_typed_as_people_type_them_filter_with_both_ends(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=", javascript=javascript)
    page.get_by_label("Từ").fill("1/7/2020")
    page.get_by_label("Đến").fill("7/2020")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**from=**")
    years = page.locator("article.result time")
    assert years.count() > 0
    assert all("/7/2020" in text for text in years.all_inner_texts())


def test_every_bar_of_the_timeline_leads_to_its_articles(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=&month=2020-07")
    bars = page.locator("ol.timeline a")
    bars.first.click()
    assert page.locator("article.result").count() > 0


def test_the_timeline_leads_from_years_to_a_day_and_back(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=", javascript=False)
    for unit in ("year", "month", "day"):
        page.locator(f"ol.by-{unit} a").first.click()
        page.wait_for_load_state()
        assert page.locator("article.result").count() > 0
    expect(page.locator("ol.by-day .chosen")).to_have_count(1)
    for _ in range(3):
        page.locator(".time-head a").last.click()
        page.wait_for_load_state()
    expect(page.locator("ol.by-year")).to_be_visible()


def test_keys_walk_the_results_and_open_one(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=&gon=1")
    titles = page.locator(".result-title a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
    opened = titles.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(opened)


def test_months_of_several_years_say_which(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=&month=2020-07&month=2019-06")
    labels = page.locator("section[aria-labelledby=facet-month] bdi").all_inner_texts()
    assert len(labels) == len(set(labels))


def test_a_query_that_says_nothing_shows_the_archive_as_such(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=%22%22")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tất cả bài trong kho")
    expect(page.locator(".notes")).to_be_visible()


def test_every_example_of_the_help_page_runs(open_page: OpenPage) -> None:
    page = open_page("/tro-giup")
    addresses = [link.get_attribute("href") for link in page.locator(".examples a").all()]
    assert len(addresses) >= 10
    for address in addresses:
        answer = page.request.get(str(address))
        assert answer.ok
        assert '<article class="result"' in answer.text(), f"nothing found: {address}"


def test_slash_puts_the_cursor_into_the_box(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=mua")
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm trong kho báo")).to_be_focused()


def test_nothing_found_offers_the_next_step(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/tim-kiem?q=qwertyuiop", javascript=javascript)
    expect(page.locator(".empty")).to_be_visible()
    assert page.locator(".next-steps a").count() >= 1


def test_an_unknown_article_is_a_page_not_a_wall(open_page: OpenPage) -> None:
    page = open_page("/bai/khong-co-bai-nay", expect_error=True)
    expect(page.get_by_label("Tìm trong kho báo")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/tim-kiem?q=xay+dung+dang", "/tro-giup", "/tim-kiem?q=qwertyuiop"])
def test_no_page_scrolls_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page("/tro-giup")  # a window costs seven times as much as a page in it
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
