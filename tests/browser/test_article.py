"""An article in a real browser: from match to match and from article to article, by keys and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from indexer.reader_reports import ReaderReports
from indexer.settings import Settings
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

RESULTS = "/tim-kiem?q=xây+dựng"


def open_article(page: Page) -> None:
    page.locator(".result-title a").first.click()
    expect(page.locator("article.story")).to_be_visible()


def test_keys_lead_from_match_to_match_and_from_article_to_article(open_page: OpenPage) -> None:
    page = open_page(RESULTS)
    open_article(page)
    for _ in range(3):
        page.keyboard.press("n")
    expect(page.locator(".hop:visible")).to_have_attribute("data-place", re.compile(r"^3 / \d+$"))
    expect(page.locator("#m3")).to_be_in_viewport()
    page.keyboard.press("p")
    expect(page.locator(".hop:visible")).to_have_attribute("data-place", re.compile(r"^2 / \d+$"))
    first = page.locator("h1").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".steps")).to_contain_text("Bài 2 /")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text(first)
    page.keyboard.press("n")
    page.go_back()  # matches leave no trace in the history
    expect(page.locator(".steps")).to_contain_text("Bài 2 /")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(r"/tim-kiem\?"))


def test_the_keys_are_told_and_can_be_turned_off(open_page: OpenPage) -> None:
    page = open_page(RESULTS)
    open_article(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Chỗ khớp sau")
    page.get_by_label("Dùng phím tắt").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".hop:visible")).to_have_count(0)
    page.get_by_role("button", name="Phím tắt").click()
    page.get_by_label("Dùng phím tắt").check()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("n")
    expect(page.locator(".hop:visible")).to_have_count(1)


def test_a_citation_is_copied_with_one_click(open_page: OpenPage) -> None:
    page = open_page(RESULTS)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_article(page)
    page.get_by_role("button", name="Chép", exact=True).first.click()
    expect(page.locator("[data-copied]")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-vi").inner_text()


def test_without_a_script_matches_lead_on_and_a_mistake_is_reported(
    open_page: OpenPage, sample_settings: Settings
) -> None:
    page = open_page(RESULTS, javascript=False, width=390)
    open_article(page)
    page.locator(".to-match").click()
    page.locator(".hop:visible a").last.click()
    expect(page.locator(".hop:visible")).to_have_attribute("data-place", re.compile(r"^2 / \d+$"))
    page.locator(".report summary").click()
    page.get_by_label("Ngày sai").check()
    page.get_by_label("Chỗ nào, và đúng ra là gì?").fill("Bài đăng năm 2019.")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("h1")).to_have_text("Cảm ơn bạn")
    reports = ReaderReports(sample_settings.index_dir)
    (report,) = reports.read().reports
    assert report.text == "Bài đăng năm 2019."
    reports.close({report.id})
