"""Suggestions under the search box: keyboard, pointer, and what a screen reader is told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

OWNERS_TITLE = "Sơ kết công tác tổ chức xây dựng Đảng 6 tháng đầu năm"


def box_of(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Tìm trong kho báo")


def typed(page: Page, text: str) -> Locator:
    """The suggestions for what a reader types letter by letter."""
    box_of(page).press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize("text", ["xây d", "xay d"])
def test_type_arrow_enter_searches(open_page: OpenPage, text: str) -> None:
    page = open_page("/")
    expect(typed(page, text).first).to_contain_text("xây dựng")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?**")
    expect(box_of(page)).to_have_value("xây dựng")
    assert page.locator("article.result").count() > 0


def test_enter_without_a_choice_searches_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "xay d")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?**")
    expect(box_of(page)).to_have_value("xay d")


def test_a_title_opens_its_article(open_page: OpenPage) -> None:
    page = open_page("/tim-kiem?q=mua")
    box_of(page).fill("")
    typed(page, "so ket cong tac").filter(has_text=OWNERS_TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OWNERS_TITLE)


def test_an_author_is_searched_for_by_name(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "đình lâ").filter(has_text="tác giả").click()
    page.wait_for_url("**/tim-kiem?**")
    expect(box_of(page)).to_have_value(re.compile('^tác giả:"Đình Lâm"$', re.IGNORECASE))
    assert page.locator("article.result").count() > 0


def test_escape_and_tab_close_the_list_and_leave_the_text(open_page: OpenPage) -> None:
    page = open_page("/")
    for key in ("Escape", "Tab"):
        box_of(page).fill("")
        box_of(page).focus()
        typed(page, "xây d")
        page.keyboard.press(key)
        expect(page.get_by_role("option")).to_have_count(0)
        expect(box_of(page)).to_have_attribute("aria-expanded", "false")
        expect(box_of(page)).to_have_value("xây d")
    expect(box_of(page)).not_to_be_focused()


def test_a_screen_reader_is_told_what_there_is_and_where_the_reader_stands(open_page: OpenPage) -> None:
    page = open_page("/")
    box = box_of(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    options = typed(page, "xây d")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Gợi ý")).to_have_id(str(box.get_attribute("aria-controls")))
    expect(page.get_by_role("status")).to_have_text(f"{options.count()} gợi ý")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)


def test_a_late_answer_to_an_earlier_question_is_dropped(open_page: OpenPage) -> None:
    page = open_page("/")
    held: list[Route] = []
    page.route(re.compile("/goi-y.*q=x%C3%A2y$"), lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot mark a list's own method
    with page.expect_request(re.compile("/goi-y.*q=x%C3%A2y$")):
        box_of(page).press_sequentially("xây")
    expect(typed(page, " d").first).to_contain_text("xây dựng")
    before = page.get_by_role("option").all_inner_texts()
    held[0].fulfill(json={"status": "", "completions": []})
    page.wait_for_timeout(100)
    assert page.get_by_role("option").all_inner_texts() == before


def test_keys_pressed_while_a_letter_is_composed_belong_to_the_input_method(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "xây d")
    composing = "new KeyboardEvent('keydown', {key: 'ArrowDown', isComposing: true, bubbles: true, cancelable: true})"
    box_of(page).evaluate(f"box => box.dispatchEvent({composing})")
    assert box_of(page).get_attribute("aria-activedescendant") is None


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_fits_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page("/tim-kiem?q=", width=width)
    typed(page, "xây d")
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_box_is_a_plain_one(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    expect(page.get_by_role("searchbox", name="Tìm trong kho báo")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)
