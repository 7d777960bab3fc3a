"""The main ways with nothing but keys, without a script, without motion; nothing jumps; stacked marks have room."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.conftest import OWNERS_ARTICLE

pytestmark = pytest.mark.browser

RESULTS = "/tim-kiem?q=xay+dung+dang"
MOST_STOPS = 120
"""More than any page has links before what is looked for."""

STOP = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return { shown: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, inside: bottom > 0 && top < innerHeight };
}"""
"""Whether the reader sees where the focus is."""

SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => { sum += shift.value })).observe(
    { type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => setTimeout(() => resolve(sum), 200));
})"""
"""The cumulative layout shift of the page so far (web.dev/cls)."""

TIGHT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const { lineHeight, fontSize } = getComputedStyle(element);
  return own && element.getClientRects().length && parseFloat(lineHeight) / parseFloat(fontSize) < 1.395;
}).map((element) => element.outerHTML.slice(0, 120))"""
"""Elements whose lines stand so close that the marks of Ẫ can touch the dot of an ặ above it: 1.4 in Literata."""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus; each stop on the way must be seen."""
    target = wanted.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(STOP) == {"shown": True, "inside": True}, page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("(target) => document.activeElement === target", target):
            return
    pytest.fail(f"no key leads to {wanted}")


def enter(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_search_filter_open_next_match_cite_and_back_with_nothing_but_keys(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.get_by_label("Tìm trong kho báo")).to_be_focused()
    page.keyboard.type("xay dung dang")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?**")
    enter(page, page.locator("section[aria-labelledby=facet-author] a.value").first)
    expect(page.locator(".chips")).to_contain_text("Đình Lâm")
    results = page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").nth(1)).to_be_in_viewport()
    page.keyboard.press("Enter")
    enter(page, page.locator(".result-title a").first)
    expect(page.locator("article.story")).to_be_visible()
    enter(page, page.locator(".to-match"))
    enter(page, page.locator(".hop:visible a").last)
    expect(page.locator(".hop:visible")).to_have_attribute("data-place", re.compile(r"^2 / \d+$"))
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Trích dẫn")).to_be_in_viewport()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(page, page.get_by_role("button", name="Chép", exact=True).first)
    expect(page.locator("[data-copied]")).to_have_text("Đã chép")
    page.keyboard.press("u")
    expect(page).to_have_url(results)


def test_search_filter_open_next_match_cite_and_back_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False, width=390)
    page.get_by_label("Tìm trong kho báo").fill("xay dung dang")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(".filters > summary").click()
    page.locator("section[aria-labelledby=facet-author] a.value").first.click()
    expect(page.locator(".chips")).to_contain_text("Đình Lâm")
    results = page.url
    page.locator(".result-title a").first.click()
    page.locator(".to-match").click()
    page.locator(".hop:visible a").last.click()
    expect(page.locator(".hop:visible")).to_have_attribute("data-place", re.compile(r"^2 / \d+$"))
    page.locator(".to-cite").click()
    expect(page.locator("#cite-vi")).to_be_in_viewport()
    page.locator(".more-ways summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp").first.click()
    assert download.value.suggested_filename.endswith(".bib")
    page.get_by_role("link", name="Về kết quả").click()
    expect(page).to_have_url(results)


def test_who_asked_for_no_motion_gets_none(open_page: OpenPage) -> None:
    page = open_page(f"/bai/{OWNERS_ARTICLE}")
    moving = (
        "[...document.querySelectorAll('*')].some((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0)"
    )
    for motion, scrolls in (("no-preference", "smooth"), ("reduce", "auto")):
        page.emulate_media(reduced_motion=motion)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolls
    assert not page.evaluate(moving)


@pytest.mark.parametrize("path", ["/", RESULTS, f"/bai/{OWNERS_ARTICLE}?q=xay+dung+dang"])
def test_nothing_jumps_when_the_fonts_come_late_and_no_line_is_tight(open_page: OpenPage, path: str) -> None:
    page = open_page("/healthz", width=390, expect_error=True)
    page.route("**/*.woff2", late)
    page.goto(path)
    assert page.evaluate("document.fonts.size") > 0
    assert page.evaluate(SHIFT) < 0.02  # of 0.1, where web.dev begins to call it bad
    assert page.evaluate(TIGHT) == []


def late(route: Route) -> None:
    time.sleep(0.1)
    route.continue_()


def test_every_language_on_a_page_is_marked(open_page: OpenPage) -> None:
    page = open_page(RESULTS, width=390)
    expect(page.get_by_role("link", name="English")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("article.result").first).to_have_attribute("lang", "vi")
    expect(page.get_by_role("link", name="Tiếng Việt")).to_have_attribute("lang", "vi")
    expect(page.get_by_label("Search the archive")).to_have_attribute("lang", "vi")
