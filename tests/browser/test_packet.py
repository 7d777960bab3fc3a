"""The results as one file: opened from a disk, without a network, it shows its articles and searches them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def packet(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader downloads, on a stick."""
    file = tmp_path_factory.mktemp("stick") / "bai.html"
    with urlopen(f"{server}/tim-kiem.html?q={quote('xây dựng')}") as answer:  # noqa: S310 - our own server
        file.write_bytes(answer.read())
    return file


@pytest.fixture
def page(browser: Browser, packet: Path) -> Iterator[Page]:
    """It, opened; a message on the console fails the test, as does any request."""
    context = browser.new_context(offline=True, locale="vi-VN", viewport={"width": 390, "height": 800})
    complaints: list[str] = []
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(packet.as_uri())
    yield page
    context.close()
    assert complaints == []


def shown(page: Page) -> list[str]:
    return [title.inner_text() for title in page.locator("article:visible h2").all()]


def found(page: Page, query: str) -> list[str]:
    """The titles that its search finds."""
    page.get_by_label("Tìm trong các bài này").fill(query)
    page.get_by_label("Tìm trong các bài này").press("Enter")
    return shown(page)


def test_it_searches_as_the_archive_does_with_and_without_marks(page: Page) -> None:
    everything = shown(page)
    assert len(everything) > 5
    marked, unmarked = found(page, "đảng bộ "), found(page, "dang bo ")
    assert marked
    assert set(marked) <= set(unmarked) < set(everything)
    assert found(page, "ĐẢNG  bộ ") == marked
    assert found(page, "đang bộ ") != marked
    assert set(found(page, '"xây dựng đảng"')) <= set(found(page, "đảng dựng xây "))
    assert found(page, '"đảng dựng xây"') == []
    assert found(page, "khôngcógì") == []
    assert found(page, "") == everything


def test_either_place_of_a_tone_is_the_same_and_a_word_may_go_on(page: Page) -> None:
    assert found(page, "hòa ") == found(page, "hoà ")
    assert set(found(page, "đản")) >= set(found(page, "đảng "))
    assert found(page, "đản ") == []
    for query in ('"', "“", "(", "[", "\\", "*", "𝕏", "😀", "<b>", "a" * 5000):
        found(page, query)


def test_what_is_found_is_counted_opened_and_lit_and_given_back(page: Page) -> None:
    expect(page.locator("#counted")).to_contain_text("trong")
    before = page.locator("main").inner_html()
    titles = found(page, '"sơ kết công tác tổ chức xây dựng đảng"')
    assert len(titles) in {1, 2, 3}
    expect(page.locator("#counted")).to_have_text(f"{len(titles)} trong {page.locator('article').count()} bài")
    lit = page.locator("article:visible mark.found").all_inner_texts()
    assert {word.lower() for word in lit} == set("sơ kết công tác tổ chức xây dựng đảng".split())
    found(page, "")
    page.get_by_role("button", name="Mở hết").click()
    assert page.locator("mark.found").count() == 0
    page.get_by_role("button", name="Gập hết").click()
    assert page.locator("main").inner_html().replace(' open=""', "") == before


def test_all_that_is_shown_is_printed(page: Page) -> None:
    found(page, "đảng ")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article:visible details:not([open])").count() == 0


def test_without_javascript_it_can_be_read(browser: Browser, packet: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(packet.as_uri())
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.locator("summary").first.click()
    expect(page.locator("article .text").first).to_be_visible()
    context.close()
